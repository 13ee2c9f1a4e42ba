"""What the how-to pages show of a simulation is what it prints today."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]


def quotes_on(page: str) -> list[str]:
    """The code blocks that show output: those that hold no command."""
    text = (REPO / "docs" / "howto" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [block for block in blocks if not block.startswith(".venv/bin/ambassador ")]


@pytest.mark.parametrize(("page", "language"), [("simulate.md", "en"), ("simulate.ja.md", "ja")])
def test_what_a_page_shows_of_a_simulation_is_what_it_prints(page: str, language: str):
    command = [sys.executable, "-m", "scheduler", "simulate", "--lang", language]
    printed = subprocess.run(command, cwd=REPO, capture_output=True, text=True, encoding="utf-8", check=True)

    quotes = quotes_on(page)
    assert quotes
    assert [quote for quote in quotes if quote not in printed.stdout] == []
