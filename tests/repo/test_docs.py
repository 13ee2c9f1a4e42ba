"""The pages: what they point at exists, what they tell people to type works, both languages agree."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
PAGES = [*sorted(REPO.glob("*.md")), *sorted((REPO / "docs").rglob("*.md"))]


def commands_on(page: Path) -> set[str]:
    """The `ambassador` command lines in a page's code blocks, without comments and redirections."""
    blocks = re.findall(r"^```.*?^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return {line.strip() for block in blocks for line in re.findall(r"\bambassador ([^#>|\n]+)", block)}


COMMANDS = sorted({command for page in PAGES for command in commands_on(page)})


def table_column(page: str, *, number: int) -> list[str]:
    rows = re.findall(r"^\|(.+)\|$", (REPO / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)
    cells = [[cell.strip() for cell in row.split("|")][number] for row in rows]
    return [cell for cell in cells if cell not in {"---", "word", "英語"}]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPO)))
def test_links_lead_to_files_that_exist(page: Path):
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    inside = [link for link in links if not link.startswith("https://")]

    assert [link for link in inside if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPO)))
def test_every_page_can_be_reached_from_the_index(page: Path):
    index = REPO / "docs" / "index.md"
    linked = {
        (index.parent / link).resolve() for link in re.findall(r"\]\(([^)#]+)", index.read_text("utf-8"))
    }

    assert page.resolve() in linked | {index.resolve()}


def test_pages_that_the_admins_files_point_at_exist():
    files = [REPO / "config.yaml", *(REPO / "messages").rglob("*.yaml")]
    pages = {
        page
        for file in files
        for page in re.findall(r"\bdocs/[\w./-]+\.md", file.read_text(encoding="utf-8"))
    }

    assert [page for page in pages if not (REPO / page).exists()] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_on_the_pages_exist_with_their_options(command: str):
    name, *rest = command.split()
    environ = {**os.environ, "COLUMNS": "200"}
    line = [sys.executable, "-m", "scheduler", name, "--help"]
    result = subprocess.run(
        line, cwd=REPO, env=environ, capture_output=True, text=True, encoding="utf-8", check=False
    )

    assert result.returncode == 0
    assert [word for word in rest if word.startswith("--") and word not in result.stdout] == []


def test_glossaries_hold_the_same_words_in_the_same_order():
    assert table_column("glossary.ja.md", number=1) == table_column("glossary.md", number=0)


def test_a_word_has_one_line_in_the_glossary():
    words = table_column("glossary.md", number=0)

    assert sorted(words) == sorted(set(words))


def test_licence_is_the_unchanged_apache_licence():
    text = (REPO / "LICENSE").read_text(encoding="utf-8")

    assert text.split()[:6] == ["Apache", "License", "Version", "2.0,", "January", "2004"]
    assert len(text.encode()) == 11358
