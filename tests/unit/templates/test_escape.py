"""Everything that a person can put into a name or a post comes out as plain, inert text."""

import pytest

from scheduler.templates.escape import (
    BEGIN,
    END,
    LONGEST_LINE,
    LONGEST_QUOTE,
    clean,
    one_line,
    quote,
)

INERT = [
    pytest.param("<!channel>", "＠channel", id="channel"),
    pytest.param("<!here|here>", "here", id="here-with-a-label"),
    pytest.param("<!here|@here>", "＠here", id="here-with-a-loud-label"),
    pytest.param("<!everyone>", "＠everyone", id="everyone"),
    pytest.param("<!subteam^S012|@kikaku>", "@kikaku", id="user-group"),
    pytest.param("<!date^1392734382^{date}|2月18日>", "2月18日", id="date"),
    pytest.param("<@U1>", "@…", id="member"),
    pytest.param("<@U1|nakamura>", "@nakamura", id="member-with-a-label"),
    pytest.param("<@U1|@here>", "＠here", id="member-with-a-loud-label"),
    pytest.param("<#C1|雑談>", "#雑談", id="channel-link"),
    pytest.param("<#C1>", "#…", id="channel-link-without-a-label"),
    pytest.param("<https://www.example.jp>", "https://www.example.jp", id="link"),
    pytest.param("<https://evil.example|city.lg.jp>", "city.lg.jp", id="link-with-a-label"),
    pytest.param("<mailto:a@example.jp|a@example.jp>", "a@example.jp", id="mail"),
    pytest.param("&lt;!here&gt;", "＠here", id="escaped-once"),
    pytest.param("&amp;lt;!here&amp;gt;", "&lt;!here&gt;", id="escaped-twice-stays-text"),
    pytest.param("@here @Channel @EVERYONE", "＠here ＠Channel ＠EVERYONE", id="bare-words"),
    pytest.param("@hereです", "＠hereです", id="bare-word-before-japanese"),
    pytest.param("@\u202ehere", "＠here", id="bare-word-broken-by-a-direction-sign"),
    pytest.param("@\u200bhere", "＠here", id="bare-word-broken-by-a-zero-width-space"),
    pytest.param("@\u200dhere", "＠here", id="bare-word-broken-by-a-joiner"),
    pytest.param("<<!here>!here>", "@…", id="nested"),
    pytest.param("a < b > c & d", "a < b > c & d", id="ordinary-signs"),
    pytest.param("*太字* _斜体_ ~線~", "＊太字＊ ＿斜体＿ ～線～", id="markup"),
    pytest.param("my_file_name 2*3 10~20", "my_file_name 2*3 10~20", id="signs-inside-words-stay"),
    pytest.param("```rm```", "｀｀｀rm｀｀｀", id="code-fence"),
    pytest.param("> 引用\n>>> 続き", "引用\n続き", id="quotation"),
    pytest.param("a\u202eb\u2066c\u2069d\x07e\u00adf", "abcdef", id="direction-and-control-signs"),
    pytest.param("\ud800x", "x", id="lone-surrogate"),
    pytest.param(f"{BEGIN}x{END}", "x", id="our-own-marks"),
    pytest.param("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧", id="an-emoji-family-stays-together"),
    pytest.param("髙𠮷﨑", "髙𠮷﨑", id="rare-kanji-of-names"),
    pytest.param(" \u3164\u2800\u200b\u3000", "", id="only-invisible"),
    pytest.param("", "", id="empty"),
]


@pytest.mark.parametrize(("written", "inert"), INERT)
def test_what_people_write_is_made_inert(written: str, inert: str):
    assert clean(written) == inert


def test_cleaned_text_is_escaped_where_it_goes_into_a_message():
    assert one_line("a < b & c > d").strip(BEGIN + END) == "a &lt; b &amp; c &gt; d"


def test_a_name_stays_on_one_line():
    assert one_line("中村\n> 葵").strip(BEGIN + END) == "中村 &gt; 葵"


@pytest.mark.parametrize("sign", ["あ", "&", "<", "🙏", "a b "])
def test_a_long_name_is_cut_so_that_it_fits_when_it_is_escaped(sign: str):
    cut = one_line(sign * 40_000).strip(BEGIN + END)
    assert len(cut) <= LONGEST_LINE
    assert cut.endswith("…")


@pytest.mark.parametrize("text", ["あ" * 40_000, "&" * 40_000, "あ\n" * 20_000, "<\n&\n" * 10_000])
def test_a_long_post_is_cut_so_that_it_fits_when_it_is_escaped(text: str):
    cut = quote(clean(text)).replace(BEGIN, "").replace(END, "")
    assert len(cut) <= LONGEST_QUOTE
    assert cut.endswith("…")


def test_every_line_of_a_quotation_is_marked():
    assert quote("一行目\n\n二行目").replace(BEGIN, "").replace(END, "") == "> 一行目\n> 二行目"


def test_an_empty_quotation_is_nothing():
    assert quote("") == ""
