"""What a text says, with the phrases that are shipped."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.readings import TextReading
from scheduler.phrases import load_phrases
from scheduler.policy.phrases import QUOTE, WORDLESS, read
from scheduler.settings import Phrase, PhraseKind, Phrases

PHRASES = load_phrases()


def reading(text: str) -> TextReading:
    return read(text, PHRASES)


@pytest.mark.parametrize(
    "text",
    [
        "押印の様式はどこにありますか?",
        "押印の様式はどこにありますか？",
        "この列、消してもよい？",
        "様式はどちらにあるのでしょうか。",
        "どなたか経験された方はいらっしゃいますか。",
        "詳しい方、いらっしゃいませんか",
        "使い方を教えてください。",
        "使い方を教えて下さい",
        "どなたか教えていただけると幸いです。",
        "手順を教えていただけると嬉しいです。",
        "おすすめがあれば教えていただけると助かります。",
        "教えていただきたく、投稿しました。",
        "おしえてください",
        "ご教示いただけますと幸いです。",
        "ご教示ください。",
        "ご教授いただけると助かります。",
        "御教示願います。",
        "質問です。住民票の様式について。",
        "はじめて質問させていただきます。",
        "基本的な質問で恐縮ですが、質問させてください。",
        "質問があります。",
        "皆さんの知恵をお借りしたいです。",
        "お知恵を拝借したく。",
        "操作が分からず困っています。",
        "初期設定でつまづいています。",
        "初期設定でつまずいています。",
        "設定で行き詰まってしまいました。",
        "ログインの画面から進めなくて・・・",
        "ログインの画面から進めなくて…",
        "証明書が切れているみたいなんですが",
        "証明書が切れているみたいなのですが…",
        "保存するとエラーになります。",
        "「権限がありません」と出てきます",
        "ひとり情シスで、相談です。",
        "他市の事例を探しています。",
        "アドバイスをお願いします。",
        "ご存じの方がいれば。",
        "how do i share a folder",
        "Does anyone know the form",
        "it doesn’t work on my PC",
        "I'm stuck with the settings",
    ],
)
def test_asks(text: str):
    assert reading(text).asks


@pytest.mark.parametrize(
    "text",
    [
        "はじめまして。〇〇市の中村です。よろしくお願いします。",
        "分からないことだらけですが、よろしくお願いします。",
        "分からないことも多いと思いますが、仲良くしていただけると嬉しいです。",
        "ありがとうございました。",
        "教えていただきありがとうございます。助かりました。",
        "教えていただき、ありがとうございました。",
        "教えていただいたとおりにやってみます。",
        "教えてくださってありがとうございます！",
        "教えてもらった方法でできました。",
        "ご教示ありがとうございます。",
        "ご教示いただきありがとうございました。",
        "アドバイスありがとうございます。",
        "アドバイスいただいた方法で進めます。",
        "ご意見ありがとうございます。",
        "助けていただき感謝です。",
        "うちでは困っている人が多かったので、手順書を作りました。",
        "様式は共有フォルダにありますから、そちらをどうぞ。",
        "初めてですから、ゆっくりで大丈夫です。",
        "すぐには変わらないでしょうから、様子を見ます。",
        "なるほど、そうですか。",
        "えっ、本当ですか!?",
        "分からないことがあれば、気軽に書いてくださいね。",
        "質問がありましたらこのスレッドへ。",
        "うまくいかない場合は、いちど再起動してみてください。",
        "ご存じのとおり、来週は閉庁です。",
        "どなたかの参考になれば。",
        "参考にしていただければ幸いです。",
        "そんな感じになるのかなと思いました。",
        "最近は釣りにハマっています。",
        "なぜか今年は桜が早いですね。",
        "今日の一枚です。庁舎の前の桜が咲きました。",
        "1週間お疲れさまでした。よい週末を。",
        "Thank you, that helped.",
        "👍",
        "",
        "   \n\n",
    ],
)
def test_does_not_ask(text: str):
    assert not reading(text).asks


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("こう書きます。\n```\nif (a ? b : c)\n```", id="a-block-of-code"),
        pytest.param("こう書きます。\n```\nif (a ? b : c)", id="a-block-that-is-never-closed"),
        pytest.param("`a?b` で動きました。", id="code-in-a-line"),
        pytest.param("&gt; 様式はどこですか\nここにあります。", id="a-quote"),
        pytest.param("> 様式はどこですか\nここにあります。", id="a-quote-not-escaped"),
        pytest.param("こう聞かれました。\n&gt;&gt;&gt; 様式は\nどこですか", id="a-quote-to-the-end"),
        pytest.param("<https://example.jp/search?q=1|検索はこちら？> にあります。", id="a-link"),
        pytest.param("https://example.jp/search?q=1 にあります。", id="a-bare-address"),
        pytest.param("<@U123|教えて> さん、ようこそ。", id="a-mention"),
        pytest.param("<#C123|質問です> へどうぞ。", id="a-channel"),
    ],
)
def test_code_quotes_links_and_mentions_do_not_ask(text: str):
    assert not reading(text).asks


def test_a_question_beside_a_quote_asks():
    assert reading("&gt; 来週は閉庁です\nこれは本庁だけでしょうか").asks


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "&gt;&gt;&gt; 来週は\n閉庁です\n\nこれは本庁だけでしょうか",
            id="after-the-paragraph-that-is-quoted",
        ),
        pytest.param("```\nx = 1\n\nこれは本庁だけでしょうか", id="after-a-block-that-is-never-closed"),
    ],
)
def test_a_question_in_the_next_paragraph_asks(text: str):
    assert reading(text).asks


def test_a_question_after_a_bare_address_asks():
    assert reading("https://example.jp/様式。これで合っていますか").asks


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ｱﾄﾞﾊﾞｲｽをお願いします", id="half-width-kana"),
        pytest.param("ﾊﾟｽﾜｰﾄﾞが分かりません", id="half-width-kana-with-marks"),
        pytest.param("ＨＯＷ　ＴＯ　ｐｒｉｎｔ", id="full-width-letters"),
        pytest.param("これでよい？", id="a-full-width-mark"),
        pytest.param("使い方を教\u200bえてください", id="a-space-without-width"),
        pytest.param("使い方を教\x00え\x1bてください", id="control-characters"),
        pytest.param("使い方を\u202e教\u2066えて", id="marks-of-direction"),
        pytest.param("ご教示\u00adください", id="a-soft-hyphen"),
        pytest.param("て\u3099しょうか、て\u3099すか。使えますか", id="marks-apart-from-their-kana"),
    ],
)
def test_width_and_unseen_signs_make_no_difference(text: str):
    assert reading(text).asks


@pytest.mark.parametrize(
    "text",
    [
        "解決しました。ありがとうございました！",
        "自己解決しました。お騒がせしました。",
        "自己解決です",
        "自己解決できました。",
        "【解決】様式の件",
        "【解決済】様式の件",
        "（解決）様式の件",
        "おかげさまで無事に動きました。",
        "Solved it, thanks!",
        "never mind, I found it",
    ],
)
def test_resolves(text: str):
    assert reading(text).resolves


@pytest.mark.parametrize(
    "text",
    [
        "まだ解決していません。",
        "この件は未解決です。",
        "自己解決できませんでした。",
        "解決しましたらご報告します。",
        "ほかの方は解決しましたか",
        "解決済みのスレッドも探しました。",
        "どうすれば解決できますか。",
        "ありがとうございます。",
        "> 解決しました\nよかったです。",
    ],
)
def test_does_not_resolve(text: str):
    assert not reading(text).resolves


@pytest.mark.parametrize(
    ("text", "thanks"),
    [
        ("1週間お疲れさまでした。よい週末を。", True),
        ("１週間、お疲れ様でした！", True),
        ("みなさん、今週もお疲れさまでした", True),
        ("今週もありがとうございました。", True),
        ("Thank you all for this week!", True),
        ("お疲れさまです。中村です。", False),
        ("ありがとうございました。", False),
        ("来週もよろしくお願いします。", False),
    ],
)
def test_knows_a_weekly_thank_you(text: str, thanks: bool):
    assert reading(text).weekly_thanks is thanks


def test_the_phrases_that_decided_are_told_once_each():
    told = reading("どなたか教えてください。本当に教えてください。解決しました").phrases
    assert told == ("どなたか +2", "教えて +3", "解決しました")


def test_what_asks_adds_up_and_of_what_tells_only_the_strongest_counts():
    said = reading("はじめまして。助かりました。どなたか迷っている人。")

    assert said.phrases == ("はじめまして -1", "助かりました -2", "どなたか +2", "迷って +2")
    assert said.score == 2 + 2 - 2


@pytest.mark.parametrize(
    ("text", "score"),
    [
        pytest.param("共有します。様式はありますか", 3 - 1, id="what-is-shared-takes-one-point"),
        pytest.param("助かりました。様式はありますか", 3 - 1, id="so-do-thanks"),
        pytest.param("やってみてはいかがでしょうか", -3, id="an-offer-is-no-question"),
        pytest.param("Have you tried it?", 3 - 3, id="an-offer-takes-all-its-points"),
    ],
)
def test_a_plain_question_stays_one_whatever_is_said_around_it(text: str, score: int):
    assert reading(text).score == score


@pytest.mark.parametrize(
    "text", ["いつ開催しますか", "参加しますか。", "これが楽しみですか", "なぜ動きませんか", "解決しましたか"]
)
def test_what_goes_on_as_a_question_is_no_statement(text: str):
    assert reading(text).asks
    assert not reading(text).resolves


OWN = Phrases(
    known=(
        Phrase("教えて", PhraseKind.ASKS, 3),
        Phrase("教えてください", PhraseKind.ASKS, 1),
        Phrase("ますか", PhraseKind.ASKS_AT_THE_END, 3),
        Phrase("それは", PhraseKind.REPLIES, 1),
        Phrase("how to", PhraseKind.ASKS, 2),
        Phrase("どの辺", PhraseKind.ASKS, 1),
        Phrase("らしい", PhraseKind.OFFERS, -1),
    ),
    digest="own",
)


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        pytest.param("教えてください", ("教えてください +1",), id="the-longest-counts"),
        pytest.param("ありますか", ("ますか +3",), id="at-the-end-of-the-text"),
        pytest.param("ありますか?", ("ますか +3",), id="a-mark-belongs-to-it"),
        pytest.param("どの辺", ("どの辺 +1",), id="a-weak-one-asks-little"),
        pytest.param("どの辺?", ("どの辺? +2",), id="with-a-mark-it-asks"),
        pytest.param("らしい?", ("らしい -1",), id="what-tells-does-not"),
        pytest.param("ありますか。はい", ("ますか +3",), id="before-a-full-stop"),
        pytest.param("ありますか\nはい", ("ますか +3",), id="before-a-line-break"),
        pytest.param("ありますか:bow:", ("ますか +3",), id="before-a-stamp"),
        pytest.param("ありますか🙏", ("ますか +3",), id="before-a-pictogram"),
        pytest.param("ありますかwww", ("ますか +3",), id="before-laughter"),
        pytest.param("（ありますか）", ("ますか +3",), id="before-a-bracket"),
        pytest.param("ありますかね", (), id="not-in-the-middle"),
        pytest.param("それは違います", ("それは",), id="opening"),
        pytest.param("<@U1> さん、それは違います", ("それは",), id="opening-after-a-name"),
        pytest.param("違います。それは", (), id="not-opening"),
        pytest.param("How to print", ("how to +2",), id="a-word-begins"),
        pytest.param("show to print", (), id="no-word-begins"),
    ],
)
def test_where_a_phrase_stands_matters(text: str, phrases: tuple[str, ...]):
    assert read(text, OWN).phrases == phrases


@pytest.mark.parametrize(
    "text",
    [
        "いえ、違います。",
        "なるほど！",
        "<@U1> それはいいですね",
        "了解です",
        "Yes, it does.",
        "&gt; 来週です\nそうします",
    ],
)
def test_opens_like_a_reply(text: str):
    assert reading(text).replies


@pytest.mark.parametrize(
    "text", ["はじめまして。", "様式はどこですか。それは昨年のものですか。", "前任者から引き継ぎました。"]
)
def test_does_not_open_like_a_reply(text: str):
    assert not reading(text).replies


def test_a_quote_at_the_beginning_is_named():
    assert reading("&gt; 来週は閉庁です\n助かります。").phrases[0] == QUOTE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        ":tada::tada:",
        "👍",
        "<https://example.jp/a>",
        "https://example.jp/a",
        "<@U1>",
        "……",
        "\x00\u200b",
    ],
)
def test_a_text_without_a_word_tells_rather_than_asks(text: str):
    said = reading(text)

    assert (said.asks, said.score, said.phrases) == (False, -1, (WORDLESS,))


def test_code_alone_says_something_and_nothing_for_sure():
    assert (reading("```\nerror 403\n```").score, reading("```\nerror 403\n```").phrases) == (0, ())


def terms(text: str, key: str = "T1") -> frozenset[str]:
    return read(text, PHRASES, key=key).terms


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("電子申請のマイナポータル連携", "マイナポータルの電子申請は春からです", 2),
        ("LGWANのプロキシ", "ＬＧＷＡＮのﾌﾟﾛｷｼですね", 2),
        ("`kintone` のプラグイン", "```\nkintone\n```", 1),
        ("質問です。今回の方法について", "質問です。今回の方法です", 0),
        ("戸籍", "住民票", 0),
    ],
)
def test_texts_on_one_topic_share_terms(one: str, other: str, shared: int):
    assert len(terms(one) & terms(other)) == shared


def test_terms_are_few_and_keyed():
    many = " ".join(f"word{number}" for number in range(100))

    assert len(terms(many)) == 12
    assert not terms("電子申請", "T1") & terms("電子申請", "T2")
    assert "電子申請" not in "".join(terms("電子申請"))


def test_without_phrases_nothing_is_found():
    found = read("教えてください？", Phrases())
    assert (found.asks, found.resolves, found.weekly_thanks, found.phrases) == (False, False, False, ())


def test_mentions_and_linked_posts_are_told():
    text = (
        "<@U1> <@W2|nakamura> <@U1> <#C9|chat> <!here> &lt;@U3&gt; "
        "<https://example.slack.com/archives/C024BE91L/p1776038400000100?thread_ts=1776038400.000100|これ> "
        "<https://example.slack.com/archives/C024BE91L/p17>"
    )
    found = reading(text)
    assert found.mentions == {"U1", "W2"}
    assert found.links == {("C024BE91L", "1776038400.000100")}


def test_the_length_is_that_of_the_text():
    assert (reading("").length, reading("あいう").length) == (0, 3)


HOSTILE = (
    "`" * 40_000,
    "```" * 13_000,
    "`a\n" * 13_000,
    "<" * 40_000,
    "<@U1|" * 8_000,
    "&gt;" * 10_000,
    ">>>\n" * 10_000,
    "&gt;&gt;&gt;\n" * 3_000,
    "https://" * 5_000,
    "/archives/C1/p177603840" * 1_700,
    "教え" * 20_000,
    "いただけると" * 6_000,
    "\u200b" * 40_000,
    "\ufdfa" * 40_000,
    "e\u0301" * 20_000,
    "\ud800" * 40_000,
    "?" * 40_000,
    "ですかw" * 10_000,
    ":a" * 20_000,
    "漢" * 40_000,
    "ｶﾞ" * 20_000,
    " " * 40_000,
    ":tada:" * 6_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_forty_thousand_signs_of_anything_are_read_in_time_linear_in_their_number(text: str):
    # Eight times as long takes about eight times as long; were it quadratic, sixty-four times.
    assert reading(text).length == len(text)
    assert _cheapest(text) < 30 * max(_cheapest(text[: len(text) // 8]), 0.000_1)


def _cheapest(text: str) -> float:
    return min(_spent(text) for _ in range(3))


def _spent(text: str) -> float:
    began = process_time()
    reading(text)
    return process_time() - began


def test_a_question_behind_much_code_is_seen():
    assert reading("```\n" + "x = 1\n" * 6_000 + "```\nどうすれば直りますか").asks


@given(st.text(max_size=300))
def test_anything_is_read_without_an_exception_and_what_asks_has_a_phrase(text: str):
    said = reading(text)

    assert said.asks == (said.score >= 2)
    assert said.phrases or not said.score


@given(st.lists(st.sampled_from([each.text for each in PHRASES.known]), max_size=6))
def test_the_score_lies_between_what_asks_less_what_tells_most_and_what_asks(pieces: list[str]):
    said = reading("、".join(pieces))
    signed = [told.rpartition(" ")[2] for told in said.phrases]
    weights = [int(weight) for weight in signed if weight[:1] in {"+", "-"}]
    asking = sum(weight for weight in weights if weight > 0)

    assert asking + min([0, *weights]) <= said.score <= asking
