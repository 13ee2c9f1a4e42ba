import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from scheduler.report.wrapping import wrap


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("はじめての投稿です", ["はじめての", "投稿です"], id="japanese breaks anywhere"),
        pytest.param("はじめての、投稿", ["はじめて", "の、投稿"], id="no line begins with a comma"),
        pytest.param("はじめての, 投稿", ["はじめて", "の, 投稿"], id="nor with one of English"),
        pytest.param("はじめて（投稿）", ["はじめて", "（投稿）"], id="no line ends with an opening bracket"),
        pytest.param("投稿は全部42件です", ["投稿は全部", "42件です"], id="a number keeps its unit"),
        pytest.param("a first post", ["a first", "post"], id="english breaks at blanks"),
        pytest.param("一行\n二行", ["一行", "二行"], id="line feeds stay"),
        pytest.param("一行\n\n二行", ["一行", "", "二行"], id="empty lines stay"),
        pytest.param("https://example.com", ["https://example.com"], id="an address stays whole"),
        pytest.param("これは履歴.zip", ["これは履歴", ".zip"], id="a name's ending stays whole"),
        pytest.param("post: 千晴's", ["post:", "千晴's"], id="a name keeps its genitive"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_lines_of_ten_cells(text: str, expected: list[str]):
    assert list(wrap(text, 10)) == expected


def test_every_line_begins_with_the_indent():
    assert list(wrap("はじめての投稿", 12, indent="  ")) == ["  はじめての", "  投稿"]


@given(st.text(alphabet="あいう漢字、。（）「」ー 1234abc件"), st.integers(min_value=20, max_value=60))
def test_nothing_is_lost_but_blanks(text: str, width: int):
    assert "".join(wrap(text, width)).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet="あいう漢字カナ"), st.integers(min_value=8, max_value=60))
def test_no_line_of_japanese_is_too_long(text: str, width: int):
    assert all(cell_len(line) <= width for line in wrap(text, width))
