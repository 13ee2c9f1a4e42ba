"""`ambassador sandbox` as people use it: they copy what it prints, and the service finds all as in Slack."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from scheduler.catalogue import LANGUAGES, say

REPO = Path(__file__).parents[2]
OURS = (sys.executable, "-m", "scheduler")
#: Real seconds that only a failing test waits.
PATIENCE = 60
#: What doctor looks at in Slack: all is well there.
IN_SLACK = (
    *("slack", "bot_token", "app_token", "workspace", "scopes", "optional_scopes", "extra_scopes", "clock"),
    *("channels", "our_channels", "channel_names"),
)
_LAST_WORDS = {language: say(language, "sandbox.stop") for language in LANGUAGES}


class Terminal:
    """In which the stand-in runs; `told` is what it has printed."""

    def __init__(self, running: "subprocess.Popen[str]", language: str) -> None:
        assert running.stdout is not None
        self.running = running
        self.told = ""
        for line in running.stdout:
            self.told += line
            if _LAST_WORDS[language] in line:
                break

    def ctrl_c(self) -> tuple[int, str, str]:
        self.running.send_signal(signal.SIGINT)
        out, err = self.running.communicate(timeout=PATIENCE)
        return self.running.returncode, out, err


@contextmanager
def standing_in(*options: str, language: str = "en") -> Iterator[Terminal]:
    running = subprocess.Popen(
        [*OURS, "sandbox", *options, "--lang", language],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(REPO), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    try:
        yield Terminal(running, language)
    finally:
        running.kill()
        running.communicate()


def copied(told: str, folder: Path) -> dict[str, str]:
    """Does what it says: writes the settings into the shipped config, and gives what is exported."""
    text = (REPO / "config.yaml").read_text(encoding="utf-8")
    for setting in ("database", "slack_api"):
        (line,) = re.findall(rf"^  {setting}: .*$", told, re.MULTILINE)
        text, count = re.subn(rf"^  {setting}: \S+", line, text, flags=re.MULTILINE)
        assert count == 1
    assert "health: 127.0.0.1:8787" in text  # which another service on this machine may have
    text = text.replace("health: 127.0.0.1:8787", "health: off")
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    return dict(re.findall(r"^export (\w+)=(\S+)$", told, re.MULTILINE))


def typed(*command: str, folder: Path, exported: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """A command in another terminal, without the proxy that the machine may have."""
    return subprocess.run(
        [*OURS, *command], cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(REPO), "PYTHONUTF8": "1", **exported},
        capture_output=True, encoding="utf-8", check=False, timeout=PATIENCE,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_prints_is_all_that_the_service_needs(language: str, tmp_path: Path):
    with standing_in(language=language) as terminal:
        exported = copied(terminal.told, tmp_path)
        examined = typed("doctor", "--json", folder=tmp_path, exported=exported)
        filled = typed("backfill", "--days", "90", "--lang", "en", folder=tmp_path, exported=exported)
        ended = terminal.ctrl_c()

    findings = json.loads(examined.stdout)["findings"]
    status = {finding["check"]: finding["status"] for finding in findings}
    assert sorted(exported) == ["SLACK_APP_TOKEN", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"]
    assert [finding for finding in findings if finding["status"] == "fail"] == []
    assert {check: status[check] for check in IN_SLACK} == dict.fromkeys(IN_SLACK, "pass")
    assert "12 of 12 channels read (" in filled.stderr
    assert ended == (0, f"\n{say(language, 'sandbox.bye')}\n", "")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def test_it_listens_where_it_is_told_to_and_shows_its_page_there():
    port = free_port()
    with standing_in("--port", str(port)) as terminal, urlopen(f"http://127.0.0.1:{port}/") as page:
        shown = page.read().decode()

    assert f"\nhttp://127.0.0.1:{port}/\n" in terminal.told
    assert "なんでも相談" in shown


def refused(*options: str) -> tuple[int, str]:
    told = subprocess.run(
        [*OURS, "sandbox", *options, "--lang", "en"],
        capture_output=True, check=False, encoding="utf-8", timeout=PATIENCE,
    )  # fmt: skip
    return told.returncode, told.stderr


def test_a_port_that_is_taken_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        why = "Address already in use"

        assert refused("--port", str(port)) == (
            2, f"Port {port} cannot be used ({why}). Give --port another number, or leave it out.\n",
        )  # fmt: skip


@pytest.mark.parametrize("port", ["-1", "65536"])
def test_a_port_that_is_none_is_refused(port: str):
    assert refused("--port", port) == (2, f"--port needs a number from 1 to 65535, not {port}.\n")
