"""What pages tell people to look for is what the program says: the sentences stand in the catalogue."""

import re
from pathlib import Path

import pytest
import yaml

REPO = Path(__file__).parents[2]
HOWTO = REPO / "docs" / "howto"
#: The first cell of a table whose first column quotes the program.
QUOTING = {
    "en": {"it says", "you read", "you see"},
    "ja": {"表示", "出る言葉", "多いもの"},
}
#: Cells that show a form, and quote no sentence.
FORMS = {"“phrase” +3", "「言い回し」+3"}
PAGES = [("en", "back-up.md"), ("en", "before-you-go-live.md"), ("en", "explain.md"), ("en", "simulate.md")]


def sentences(language: str) -> list[str]:
    """Every sentence of a language, without blanks beside its values."""
    areas = sorted((REPO / "scheduler" / "catalogue" / language).glob("*.yaml"))
    return [
        re.sub(r" ?\{\w+\} ?", "{}", sentence)
        for area in areas
        for sentence in yaml.safe_load(area.read_text(encoding="utf-8")).values()
    ]


def quoting_cells(page: Path, language: str) -> list[str]:
    """The first column of the tables that quote."""
    cells, is_quoting = [], False
    for line in page.read_text(encoding="utf-8").splitlines():
        first = line.split("|")[1].strip() if line.startswith("|") else ""
        is_quoting = bool(first) and (is_quoting or first in QUOTING[language])
        if is_quoting and first not in {*QUOTING[language], "---"}:
            cells.append(first)
    return cells


def quotes_in(cell: str) -> list[str]:
    """What a cell quotes: what is in italics, or else all of it."""
    return re.findall(r"\*([^*]+)\*", cell) or [cell]


def is_said(quote: str, said: list[str]) -> bool:
    """`…` in a quote stands for whatever comes there; it is all of one sentence."""
    parts = [part.strip() for part in quote.split("…") if part.strip()]
    in_order = re.compile(".*?".join(re.escape(part) for part in parts))
    return any(in_order.search(sentence) for sentence in said)


@pytest.mark.parametrize(
    ("language", "page"), [*PAGES, *(("ja", page.replace(".md", ".ja.md")) for _, page in PAGES)]
)
def test_what_a_page_tells_to_look_for_is_what_the_program_says(language: str, page: str):
    said = sentences(language)
    quotes = [quote for cell in quoting_cells(HOWTO / page, language) for quote in quotes_in(cell)]

    assert quotes
    assert [quote for quote in quotes if quote not in FORMS and not is_said(quote, said)] == []


@pytest.mark.parametrize(
    ("language", "page", "quoted"),
    [
        ("en", "when-something-is-wrong.md", r'"([^"]+)"'),
        ("ja", "when-something-is-wrong.ja.md", "「([^」]+)」"),
    ],
)
def test_what_stands_in_quotes_on_the_page_for_trouble_is_said(language: str, page: str, quoted: str):
    said = sentences(language)
    rows = re.findall(r"^\|.+\|$", (HOWTO / page).read_text(encoding="utf-8"), re.MULTILINE)
    quotes = [quote for row in rows for quote in re.findall(quoted, row)]

    assert quotes
    assert [quote for quote in quotes if not is_said(quote, said)] == []
