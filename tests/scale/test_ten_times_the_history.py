"""Memory grows with open cases, not with history: ten copies of the real export, one after the other.

Takes minutes; `make test-memory` runs it. Both runs are whole processes, measured by the operating system.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tools.stretch_export import stretch

REPO = Path(__file__).parents[2]
EXPORT = REPO / ".." / "shared" / "data" / "slack-export-haskell-jp.zip"
CONFIG = REPO / "tests" / "data" / "haskell-jp.yaml"

pytestmark = [
    pytest.mark.scale,
    pytest.mark.skipif(not EXPORT.exists(), reason="the real export is not part of this repository"),
]


@dataclass(frozen=True)
class Run:
    seconds: float
    peak_kib: int
    members: int


def measured(export: Path) -> Run:
    """`ambassador simulate --json`, in a process of its own."""
    command = [sys.executable, "-m", "scheduler", "simulate", str(export), "--config", str(CONFIG), "--json"]
    began = time.monotonic()
    with subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        told = json.load(process.stdout)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return Run(time.monotonic() - began, usage.ru_maxrss, told["history"]["members"])


def test_ten_times_the_history_takes_ten_times_the_time_and_hardly_more_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    longer = tmp_path / "longer.zip"
    stretch(EXPORT, longer, times=10)

    once, ten_times = measured(EXPORT), measured(longer)

    longer_by, larger_by = ten_times.seconds / once.seconds, ten_times.peak_kib / once.peak_kib
    with capsys.disabled():
        print(f"\nonce: {once.seconds:.1f} s, {once.peak_kib / 1024:.0f} MiB")
        print(f"ten times: {ten_times.seconds:.1f} s, {ten_times.peak_kib / 1024:.0f} MiB")
        print(f"ratios: time {longer_by:.2f} (at most 12), peak memory {larger_by:.2f} (at most 1.3)")
    # Slackbot is the same in every copy; everybody else is somebody new.
    assert ten_times.members == 10 * (once.members - 1) + 1
    assert (longer_by <= 12, larger_by <= 1.3) == (True, True)
