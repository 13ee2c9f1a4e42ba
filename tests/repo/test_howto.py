"""What the how-to pages show of a simulation, and of a mistake in a phrase file, is what is printed."""

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scheduler.cli import app

REPO = Path(__file__).parents[2]


def quotes_on(page: str) -> list[str]:
    """The code blocks that show output: those that hold no command."""
    text = (REPO / "docs" / "howto" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [block for kind, block in blocks if not kind and ".venv/bin/ambassador " not in block]


@pytest.mark.parametrize(("page", "language"), [("simulate.md", "en"), ("simulate.ja.md", "ja")])
def test_what_a_page_shows_of_a_simulation_is_what_it_prints(
    page: str, language: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(REPO)
    printed = CliRunner().invoke(app, ["simulate", "--lang", language])

    quotes = quotes_on(page)
    assert (printed.exit_code, bool(quotes)) == (0, True)
    assert [quote for quote in quotes if quote not in printed.stdout] == []


@pytest.mark.parametrize(("page", "language"), [("teach-a-phrase.md", "en"), ("teach-a-phrase.ja.md", "ja")])
def test_the_phrases_of_the_page_count_and_its_mistake_is_told_like_that(
    page: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    shutil.copy(REPO / "config.yaml", tmp_path)
    text = (REPO / "docs" / "howto" / page).read_text(encoding="utf-8")
    (phrases,) = re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    (mistake,) = [quote for quote in quotes_on(page) if quote.startswith("phrases.yaml:")]
    results = []
    for written in (phrases, phrases.replace("tells:", "tellls:")):
        (tmp_path / "phrases.yaml").write_text(written, encoding="utf-8")
        results.append(CliRunner().invoke(app, ["check", "--lang", language]))

    assert [result.exit_code for result in results] == [0, 2]
    assert mistake in results[1].output
