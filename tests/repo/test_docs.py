"""The pages: what they point at exists, what they tell people to type works, both languages agree."""

import re
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scheduler.cli import app

REPO = Path(__file__).parents[2]
PAGES = [*sorted(REPO.glob("*.md")), *sorted((REPO / "docs").rglob("*.md"))]
#: The English pages. The index is in both languages, and the changes are told in English only.
TWINS = [page for page in PAGES if page.suffixes == [".md"] and page.name not in {"index.md", "CHANGELOG.md"}]


def commands_on(page: Path) -> set[str]:
    """The `ambassador` command lines in a page's code blocks, without comments and redirections."""
    blocks = re.findall(r"^```.*?^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return {line.strip() for block in blocks for line in re.findall(r"\bambassador ([^#>|\n]+)", block)}


COMMANDS = sorted({command for page in PAGES for command in commands_on(page)})


def table_column(page: str, *, number: int) -> list[str]:
    rows = re.findall(r"^\|(.+)\|$", (REPO / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)
    cells = [[cell.strip() for cell in row.split("|")][number] for row in rows]
    return [cell for cell in cells if cell not in {"---", "word", "英語", "meaning"}]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPO)))
def test_links_lead_to_files_that_exist(page: Path):
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    inside = [link for link in links if not link.startswith("https://")]

    assert [link for link in inside if not (page.parent / link).exists()] == []


def prose_of(page: Path) -> str:
    """A page without its code blocks."""
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def anchors_of(page: Path) -> set[str]:
    """Its headings as links name them: letters and digits, small ones, with hyphens for blanks."""
    headings = re.findall(r"^#+ (.+)$", prose_of(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPO)))
def test_links_into_a_page_lead_to_headings_that_exist(page: Path):
    links = re.findall(r"\]\(([\w./-]*)#([^)]+)\)", page.read_text(encoding="utf-8"))

    assert [
        link for link in links if link[1] not in anchors_of((page.parent / link[0]) if link[0] else page)
    ] == []


def shape_of(page: Path) -> tuple[list[str], int, list[str]]:
    """The levels of its headings, how many rows its tables have, and which pages it leads to."""
    text = prose_of(page)
    links = re.findall(r"\]\((?!#)([^)#]+)(?:#[^)]*)?\)", text)
    return (
        re.findall(r"^#+(?= )", text, re.MULTILINE),
        len(re.findall(r"^\|", text, re.MULTILINE)),
        sorted(re.sub(r"\.(?:ja|en)(?=\.\w+$)", "", link) for link in links),
    )


@pytest.mark.parametrize("page", TWINS, ids=lambda page: str(page.relative_to(REPO)))
def test_both_languages_of_a_page_have_the_same_shape(page: Path):
    assert shape_of(page.with_suffix(".ja.md")) == shape_of(page)


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


@cache
def help_of(name: str) -> str:
    """What `ambassador NAME --help` prints."""
    result = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    return result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_on_the_pages_exist_with_their_options(command: str):
    name, *rest = command.split()

    assert [word for word in rest if word.startswith("--") and word not in help_of(name)] == []


def test_glossaries_hold_the_same_words_in_the_same_order():
    assert table_column("glossary.ja.md", number=1) == table_column("glossary.md", number=0)


def test_a_word_has_one_line_in_the_glossary():
    words = table_column("glossary.md", number=0)

    assert sorted(words) == sorted(set(words))


def test_a_word_of_the_glossary_is_used_or_said_to_come():
    """As it stands in code, in words for people, or on another page."""
    files = [
        *(path for path in (REPO / "scheduler").rglob("*.*") if path.suffix in {".py", ".yaml"}),
        *(page for page in PAGES if not page.name.startswith("glossary")),
    ]
    used = "\n".join(path.read_text(encoding="utf-8") for path in files).lower().replace("_", " ")
    words = zip(table_column("glossary.md", number=0), table_column("glossary.md", number=1), strict=True)
    now = [word for word, meaning in words if not meaning.endswith("(to come)")]

    assert len(now) > 80
    assert [word for word in now if not all(each in used for each in word.split(", "))] == []


def test_the_page_for_contributors_names_every_folder_of_the_code():
    folders = {path.parent.name for path in (REPO / "scheduler").glob("*/__init__.py")}
    pages = [REPO / "CONTRIBUTING.md", REPO / "CONTRIBUTING.ja.md"]
    named = [set(re.findall(r"`scheduler/(\w+)/`", page.read_text(encoding="utf-8"))) for page in pages]

    assert [folders - names for names in named] == [set(), set()]


def test_licence_is_the_unchanged_apache_licence():
    text = (REPO / "LICENSE").read_text(encoding="utf-8")

    assert text.split()[:6] == ["Apache", "License", "Version", "2.0,", "January", "2004"]
    assert len(text.encode()) == 11358
