"""Whatever stands in the file: settings, or problems that can be told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.config import describe, read, shipped
from scheduler.errors import Problem

SHIPPED = shipped().read_text(encoding="utf-8")
LINES = SHIPPED.splitlines(keepends=True)
PIECES = [
    *("：", "\u3000", "\t", "*", "&a ", "!x ", "{{", "{", "[", "- ", ": ", "#", "'", '"', "\\e", "|\n"),
    *("---\n", "~", "99999999999999999999", "true", "off", "xoxb-1234", "\x07", "\ud800", "\ufeff", ""),
]  # fmt: skip


def told(folder: Path, content: bytes) -> tuple[Problem, ...]:
    file = folder / "config.yaml"
    file.write_bytes(content)
    settings, problems = read(file)
    assert (settings is None) == bool(problems)
    return problems


def check_sayable(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        for language in ("ja", "en"):
            assert describe(problem, language).encode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@given(st.binary(max_size=200))
def test_any_bytes(folder: Path, content: bytes):
    check_sayable(told(folder, content))


@given(st.text(max_size=200))
def test_any_text(folder: Path, text: str):
    check_sayable(told(folder, text.encode(errors="surrogatepass")))


@given(st.integers(0, len(SHIPPED)), st.integers(0, 12), st.sampled_from(PIECES))
def test_the_shipped_file_with_a_slip_of_the_pen(folder: Path, at: int, dropped: int, piece: str):
    text = SHIPPED[:at] + piece + SHIPPED[at + dropped :]

    check_sayable(told(folder, text.encode(errors="surrogatepass")))


@given(st.data())
def test_the_shipped_file_with_lines_lost_and_moved(folder: Path, data: st.DataObject):
    chosen = data.draw(st.lists(st.sampled_from(LINES), max_size=40))

    check_sayable(told(folder, "".join(chosen).encode()))
