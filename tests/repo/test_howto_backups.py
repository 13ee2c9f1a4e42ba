"""The commands of the page on backups, run one after the other as they stand there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.store.connecting import file_address
from scheduler.store.engine import open_store
from tests.contract.rows import TUESDAY
from tests.world import TEAM

REPO = Path(__file__).parents[2]
PROGRAM = ".venv/bin/ambassador "


def commands(page: str) -> list[str]:
    """In the order of the page."""
    text = (REPO / "docs/howto" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line.removeprefix(PROGRAM) for line in lines if line.startswith(PROGRAM)]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder of somebody who follows the page: a config and a database."""
    shutil.copy(REPO / "config.yaml", tmp_path)
    store = open_store(file_address(tmp_path / "ambassador.db"), TEAM)
    with store.begin() as work:
        work.jobs.fired("thanks", TUESDAY)
    store.close()
    return tmp_path


def test_both_languages_have_the_same_commands():
    assert commands("back-up.ja.md") == commands("back-up.md")


def test_each_command_of_the_page_works(place: Path):
    environ = {**os.environ, "PYTHONPATH": str(REPO)}
    codes = []
    for command in commands("back-up.md"):
        made = next((each.name for each in place.glob("backups/*")), "")
        words = command.replace("FILE.db", made).split()
        line = [sys.executable, "-m", "scheduler", *words]
        codes.append(
            subprocess.run(line, cwd=place, env=environ, capture_output=True, check=False).returncode
        )

    assert codes == [0, 0, 0, 0]
