"""The demo as people run it: the same bytes each time, whatever the environment, and it ends well."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

REPO = Path(__file__).parents[2]
FAST = ("--once", "--speed", "1e9")
#: Nobody listens there: whoever asks this proxy gets nothing.
PROXY = "http://127.0.0.1:9"


def command(*options: str) -> list[str]:
    return [sys.executable, "-m", "scheduler", "demo", *options]


def environment(**more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPO), **more}


@cache
def printed(language: str) -> str:
    told = subprocess.run(
        command(*FAST, "--lang", language),
        cwd=REPO,
        env=environment(PYTHONUTF8="1"),
        capture_output=True,
        check=True,
    )
    assert told.stderr == b""
    return told.stdout.decode()


def days(text: str, *wanted: str) -> Iterator[str]:
    """The sections of these days."""
    for section in text.split("\n\n"):
        if section.startswith(wanted):
            yield section


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("ja", ("4月23日", "4月24日", "4月29日", "5月1日")),
        ("en", ("Thursday, 23", "Friday, 24", "Friday, 1")),
    ],
)
def test_some_days_read_like_this(language: str, wanted: tuple[str, ...], snapshot: SnapshotAssertion):
    assert "\n\n".join(days(printed(language), *wanted)) == snapshot


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_end_reads_like_this(language: str, snapshot: SnapshotAssertion):
    ending = printed(language).split("\n\n")[-3:]

    assert "\n\n".join(ending) == snapshot


def test_every_line_fits_80_columns():
    lines = (printed("ja") + printed("en")).splitlines()

    assert [line for line in lines if cell_len(line) > 80 and "https://" not in line] == []


@pytest.mark.parametrize(("page", "language"), [("README.md", "en"), ("README.ja.md", "ja")])
def test_what_the_readme_shows_of_the_demo_is_what_the_demo_prints(page: str, language: str):
    """Here, and not with the other tests of the front door, since the demo takes its time."""
    text = (REPO / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    (shown,) = [block for block in blocks if "#" in block and "→" in block]

    assert shown in printed(language)


def test_it_prints_the_same_bytes_again_without_config_behind_a_proxy_that_is_not_there(tmp_path: Path):
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"), PROXY)
    again = subprocess.run(
        command(*FAST, "--lang", "ja"),
        cwd=tmp_path,
        env=environment(PYTHONUTF8="1", PYTHONHASHSEED="7", TZ="Europe/Paris", **proxies),
        capture_output=True,
        check=True,
    )

    assert again.stdout.decode() == printed("ja")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGHUP])
def test_ctrl_c_and_a_closed_window_end_it_at_once_and_leave_nothing(sent: signal.Signals, tmp_path: Path):
    running = subprocess.Popen(
        command("--speed", "2000", "--lang", "en"),
        cwd=REPO,
        env=environment(PYTHONUTF8="1", TMPDIR=str(tmp_path)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert running.stdout is not None
    before = list(takewhile(lambda line: not line.startswith("Monday"), running.stdout))
    running.send_signal(sent)
    _, told = running.communicate(timeout=30)

    assert before[1] == "Two weeks of the service at work in the sample community\n"
    assert (running.returncode, told) == (130, "Interrupted. Nothing is left behind.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("speed", ["0", "-5", "nan"])
def test_a_speed_that_is_none_is_refused(speed: str):
    refused = subprocess.run(
        command("--speed", speed, "--lang", "en"),
        cwd=REPO,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (refused.returncode, refused.stderr) == (2, "--speed needs a number above 0.\n")
