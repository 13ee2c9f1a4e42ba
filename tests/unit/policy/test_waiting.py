"""Which first posts wait, in each kind of channel, beside what was said just before. All is invented."""

from datetime import timedelta

import pytest

from scheduler.model.cases import ChannelKind
from scheduler.model.decisions import Reason, Rule, Ruling
from scheduler.model.facts import Shape
from scheduler.model.readings import KnownMessage
from scheduler.phrases import load_phrases
from scheduler.policy.phrases import read
from scheduler.policy.waiting import Waiting, decide_waiting
from tests.world import local, ts_of

NOON = local("2026-04-14 12:00")
QUESTION = "電子申請のマイナポータル連携について、どなたか教えてください。"


def said(text: str, minutes: int = 0, author: str = "UN") -> KnownMessage:
    """A top-level message, some minutes after noon."""
    at = NOON + timedelta(minutes=minutes)
    reading = read(text, load_phrases(), key="T1")
    return KnownMessage(
        channel="C1", ts=ts_of(at), at=at, author=author, shape=Shape.POST, thread_ts=None, run_ts=ts_of(at),
        is_human=True, asks=reading.asks, resolves=reading.resolves, score=reading.score,
        offers=reading.offers, replies=reading.replies, thanks=reading.thanks, terms=reading.terms,
        phrases=reading.phrases,
    )  # fmt: skip


def decided(
    *texts: str,
    after: tuple[KnownMessage, ...] = (),
    kind: ChannelKind = ChannelKind.QUESTIONS,
    mentioned: str = "",
) -> Waiting:
    run = tuple(said(text, minute) for minute, text in enumerate(texts))
    return decide_waiting(run, after, mentioned=frozenset(mentioned.split()), kind=kind)


def ruling(waiting: Waiting, rule: Rule) -> Ruling | None:
    return next((each for each in waiting.rulings if each.rule is rule), None)


@pytest.mark.parametrize(
    ("text", "in_questions", "in_chat"),
    [
        ("様式はどこにありますか。", True, True),
        ("二要素認証の設定がうまくいかず…", True, True),
        ("他の自治体さんではどうされていますか", True, True),
        ("庁内Wi-Fiの件です。", True, False),
        ("会議室の予約システムを替えることになった。", True, False),
        ("```\nerror 403\n```", True, False),
        ("はじめまして。よろしくお願いします。", False, False),
        ("ありがとうございます。助かりました。", False, False),
        ("資料が公開されました。共有します。", False, False),
        ("設定からオンにしてみてください。", False, False),
        (":tada:", False, False),
        ("<https://example.jp/a>", False, False),
        ("", False, False),
    ],
)
def test_what_waits_by_itself(text: str, in_questions: bool, in_chat: bool):
    told = [decided(text, kind=kind).waits for kind in (ChannelKind.QUESTIONS, ChannelKind.CHAT)]

    assert told == [in_questions, in_chat]


def test_every_hello_opens_and_whether_it_asks_is_noted():
    hello = decided("はじめまして。", kind=ChannelKind.INTRODUCTIONS)
    asking = decided("はじめまして。様式はどこですか。", kind=ChannelKind.INTRODUCTIONS)

    assert (hello.waits, hello.rulings) == (
        True,
        (Ruling(Rule.READS_LIKE_A_QUESTION, False, "はじめまして -1"),),
    )
    assert (asking.waits, asking.rulings[0].holds) == (True, True)


def test_a_run_is_one_post_and_its_question_may_come_second():
    waiting = decided("はじめまして。よろしくお願いします。", "様式はどこですか。", kind=ChannelKind.CHAT)

    assert waiting.waits
    assert ruling(waiting, Rule.READS_LIKE_A_QUESTION) == Ruling(
        Rule.READS_LIKE_A_QUESTION, True, "はじめまして -1, よろしくお願い -1, どこで +1, ですか +3"
    )


def test_pieces_that_each_ask_a_little_ask_together():
    assert not decided("もしよければ", kind=ChannelKind.CHAT).waits
    assert decided("もしよければ", "良い方法", kind=ChannelKind.CHAT).waits


def test_an_answer_in_several_messages_is_one_though_it_says_what_is_wrong():
    assert not decided("それで開けなくなります。原因は権限ですね。", "設定からオンにしてみてください。").waits
    assert not decided("というエラーですね。", "権限を付けてみてはいかがでしょうか。").waits


def test_what_asks_nothing_says_so():
    assert decided("雪がすごいです。", kind=ChannelKind.CHAT).reason is Reason.ASKS_NOTHING


ASKED = said(QUESTION, -20, "UA")
JUST_SPOKE = said("今日は窓口が混んでいます。", -10, "UA")
SPOKE = said("今日は窓口が混んでいます。", -20, "UA")
LONG_AGO = said("今日は窓口が混んでいます。", -600, "UA")


@pytest.mark.parametrize(
    ("text", "before", "mentioned", "how"),
    [
        pytest.param("<@UA> 3階にあります。", SPOKE, "UA", "mention 20", id="mentions-who-just-spoke"),
        pytest.param("<@UB> 3階にあります。", SPOKE, "UB", None, id="mentions-somebody-else"),
        pytest.param("&gt; 混んでいます\n同じくです", SPOKE, "", "quote 20", id="opens-with-a-quote"),
        pytest.param("いえ、今日は空いています。", SPOKE, "", "opening_words 20", id="opens-like-a-reply"),
        pytest.param("いえ、今日は空いています。", LONG_AGO, "", None, id="nobody-spoke-just-before"),
        pytest.param("それは総務課の担当です。", ASKED, "", "opening_words 20", id="opens-like-an-answer"),
        pytest.param(
            "マイナポータル側で電子申請の届出が要ります。",
            ASKED,
            "",
            "same_topic 20",
            id="the-topic-of-a-question",
        ),
        pytest.param(
            "県の手引きが参考になると思います。", ASKED, "", "after_a_question 20", id="reads-like-an-answer"
        ),
        pytest.param("3階の窓口です。", ASKED, "", "after_a_question 20", id="asks-nothing-after-a-question"),
        pytest.param("3階の窓口です。", SPOKE, "", None, id="asks-nothing-after-a-remark"),
        pytest.param(
            "3階の窓口です。", JUST_SPOKE, "", "running_talk 10", id="asks-nothing-minutes-after-a-remark"
        ),
        pytest.param("3階の窓口です。", None, "", None, id="nobody-spoke"),
    ],
)
def test_what_tells_that_a_post_is_part_of_a_talk(
    text: str, before: KnownMessage | None, mentioned: str, how: str | None
):
    waiting = decided(text, after=(before,) if before else (), mentioned=mentioned)

    assert ruling(waiting, Rule.PART_OF_A_TALK) == Ruling(Rule.PART_OF_A_TALK, how is not None, how or "")
    assert (waiting.reason is Reason.PART_OF_A_TALK) is (how is not None)


@pytest.mark.parametrize("kind", [ChannelKind.QUESTIONS, ChannelKind.CHAT])
@pytest.mark.parametrize(
    ("text", "waits"),
    [
        pytest.param("いえ、本庁だけでしょうか？", False, id="asks-back"),
        pytest.param("電子申請とマイナポータルのどちらの画面ですか", False, id="asks-back-on-the-same-topic"),
        pytest.param(
            "それは知りませんでした。別件ですが、公印省略の基準を教えていただけますか。どなたかご存じないでしょうか。",
            True,
            id="clearly-asks-something-new",
        ),
        pytest.param("同じく困っています。どうすればよいでしょうか", True, id="has-the-same-trouble"),
        pytest.param("公印省略の基準はどこですか", True, id="asks-on-another-topic"),
    ],
)
def test_in_a_talk_only_a_clear_question_waits(text: str, waits: bool, kind: ChannelKind):
    assert decided(text, after=(ASKED,), kind=kind).waits is waits


def test_a_trouble_report_after_a_remark_waits():
    assert decided("ログインできなくて…", after=(SPOKE,)).waits


def test_the_nearest_that_tells_is_named():
    far, near = said("<@UB>", -50, "UA"), said("お昼です", -5, "UB")

    waiting = decided("<@UA> <@UB> そうですね", after=(far, near), mentioned="UA UB")

    assert ruling(waiting, Rule.PART_OF_A_TALK) == Ruling(Rule.PART_OF_A_TALK, True, "mention 5")
