"""When a post is a case, and what touches, answers, closes and re-opens it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from scheduler.model.cases import Case, ChannelKind, Outcome, SignKind
from scheduler.model.decisions import Reason, Rule
from scheduler.model.facts import JoinSource, Shape
from scheduler.model.people import Member
from scheduler.model.readings import KnownMessage, KnownStamp
from scheduler.policy.cases import expires_at, judge
from scheduler.policy.opening import why_open
from scheduler.policy.postfacts import PostFacts
from scheduler.settings import AnswerMode, AnswerTo, ChannelRule
from tests.world import TEAM, local, make_settings, ts_of

SETTINGS = make_settings()
QUESTIONS = ChannelRule(match=("questions",), kind=ChannelKind.QUESTIONS, topic="office")
ALWAYS = replace(QUESTIONS, answer=AnswerTo.ALWAYS)
HELLO = ChannelRule(match=("hello",), kind=ChannelKind.INTRODUCTIONS)
CHAT = ChannelRule(match=("chat",), kind=ChannelKind.CHAT)
OFF = ChannelRule(match=(), kind=ChannelKind.OFF)
BY_TOUCH = replace(QUESTIONS, answered_by=AnswerMode.TOUCH)
BY_MARK = replace(QUESTIONS, answered_by=AnswerMode.MARK)

AUTHOR, HELPER, AMBASSADOR = "U1", "U2", "UA"
JOINED = local("2026-04-10 09:00")
POSTED = local("2026-04-14 10:00")
NOT_KNOWN_WHEN = Member(team=TEAM, member=AUTHOR, joined_at=JOINED, join_source=JoinSource.FIRST_SEEN)


def at(text: str) -> datetime:
    """`10:20` on the day of the post, or a day and a time of 2026."""
    return local(f"2026-{text}" if " " in text else f"2026-04-14 {text}")


def said(when: str = "10:00", author: str | None = AUTHOR, **what: object) -> KnownMessage:
    told: dict[str, object] = {
        "channel": "C1", "ts": ts_of(at(when)), "at": at(when), "author": author, "shape": Shape.POST,
        "thread_ts": None, "run_ts": ts_of(POSTED), "is_human": True, "asks": False, "resolves": False,
        "score": 4 if what.get("asks") else 0, **what,
    }  # fmt: skip
    return KnownMessage(**told)  # type: ignore[arg-type]


def replied(when: str, author: str | None, **what: object) -> KnownMessage:
    return said(when, author, **{"shape": Shape.REPLY, "thread_ts": ts_of(POSTED), **what})


def stamped(when: str, member: str, stamp: str, *, dated: bool = True) -> KnownStamp:
    return KnownStamp(ts=ts_of(POSTED), at=at(when), member=member, stamp=stamp, dated=dated)


def around(*run: KnownMessage, **what: object) -> PostFacts:
    """The facts around a first post, unless told otherwise."""
    joined = Member(team=TEAM, member=AUTHOR, joined_at=JOINED, join_source=JoinSource.EVENT)
    told: dict[str, object] = {
        "team": TEAM, "run": run or (said(),), "author": joined, "earlier_posts": 0, "rule": QUESTIONS,
        "ambassadors": frozenset({AMBASSADOR}), **what,
    }  # fmt: skip
    return PostFacts(**told)  # type: ignore[arg-type]


def judged(facts: PostFacts) -> tuple[Case, ...]:
    return judge(facts, why_open(facts, SETTINGS), SETTINGS)


def only(facts: PostFacts) -> Case:
    (case,) = judged(facts)
    return case


def touched(case: Case) -> tuple[datetime | None, str | None, SignKind | None]:
    return case.touched_at, case.touched_by, case.touched_how


NEVER = (None, None, None)
ASKS = said(asks=True)
PINNED = stamped("10:30", HELPER, "pushpin")


# opening


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param(around(), Reason.FIRST_POST, id="the-first-post"),
        pytest.param(around(said("12-20 10:00")), Reason.FIRST_POST, id="the-first-post-long-after-joining"),
        pytest.param(around(earlier_posts=1), Reason.EARLY_POST, id="the-second-soon-after-joining"),
        pytest.param(around(earlier_posts=2), Reason.EARLY_POST, id="the-third-soon-after-joining"),
        pytest.param(
            around(said("05-10 09:00"), earlier_posts=1), Reason.EARLY_POST, id="thirty-days-to-the-second"
        ),
        pytest.param(
            around(earlier_posts=9, rule=ALWAYS), Reason.ALWAYS_ANSWERED, id="any-post-where-promised"
        ),
        pytest.param(
            around(author=NOT_KNOWN_WHEN, rule=ALWAYS),
            Reason.ALWAYS_ANSWERED,
            id="where-promised-it-does-not-matter-when-somebody-joined",
        ),
        pytest.param(around(rule=HELLO), Reason.FIRST_POST, id="a-hello"),
        pytest.param(around(ASKS, rule=CHAT), Reason.FIRST_POST, id="a-question-in-a-chat"),
    ],
)
def test_a_post_opens_a_case_at_once(facts: PostFacts, reason: Reason):
    case = only(facts)
    assert (case.reason, case.opened_at) == (reason, facts.run[0].at)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param(around(earlier_posts=3), Reason.NOT_A_BEGINNER, id="the-fourth-post"),
        pytest.param(
            around(said("05-10 09:01"), earlier_posts=1), Reason.NOT_A_BEGINNER, id="the-second-a-month-later"
        ),
        pytest.param(
            around(author=NOT_KNOWN_WHEN), Reason.NOT_A_BEGINNER, id="the-first-that-we-see-of-anybody"
        ),
        pytest.param(
            around(author=Member(team=TEAM, member=AUTHOR)), Reason.NOT_A_BEGINNER, id="somebody-never-traced"
        ),
        pytest.param(around(rule=CHAT), Reason.ASKS_NOTHING, id="chat-that-asks-nothing"),
        pytest.param(
            around(ASKS, rule=CHAT, earlier_posts=3), Reason.NOT_A_BEGINNER, id="a-regular-asks-in-a-chat"
        ),
        pytest.param(around(ASKS, rule=OFF), Reason.CHANNEL_OFF, id="a-channel-that-is-off"),
        pytest.param(
            around(rule=OFF, stamps=(PINNED,)), Reason.CHANNEL_OFF, id="marked-in-a-channel-that-is-off"
        ),
        pytest.param(
            around(rule=CHAT, stamps=(stamped("10:30", HELPER, "pushpin", dated=False),)),
            Reason.ASKS_NOTHING,
            id="marked-nobody-knows-when",
        ),
    ],
)
def test_a_post_opens_no_case(facts: PostFacts, reason: Reason):
    assert (judged(facts), why_open(facts, SETTINGS).reason) == ((), reason)


@pytest.mark.parametrize(
    ("facts", "opened_at"),
    [
        pytest.param(around(earlier_posts=9, stamps=(PINNED,)), at("10:30"), id="by-somebody-else"),
        pytest.param(
            around(earlier_posts=9, stamps=(stamped("10:05", AUTHOR, "pushpin"),)),
            at("10:05"),
            id="by-its-author",
        ),
        pytest.param(
            around(earlier_posts=9, stamps=(stamped("07-01 09:00", HELPER, "pushpin"),)),
            at("07-01 09:00"),
            id="long-after",
        ),
        pytest.param(
            around(earlier_posts=9, stamps=(stamped("10:40", AMBASSADOR, "pushpin"), PINNED)),
            at("10:30"),
            id="twice",
        ),
        pytest.param(around(rule=CHAT, stamps=(PINNED,)), at("10:30"), id="in-a-chat"),
        pytest.param(
            around(author=NOT_KNOWN_WHEN, stamps=(stamped("10:30", HELPER, "pushpin::skin-tone-2"),)),
            at("10:30"),
            id="in-any-skin-tone",
        ),
    ],
)
def test_a_post_that_somebody_marks_opens_a_case_then(facts: PostFacts, opened_at: datetime):
    case = only(facts)
    assert (case.reason, case.opened_at, case.touched_at) == (Reason.MARKED, opened_at, None)


def test_a_mark_does_not_open_a_second_time():
    case = only(around(stamps=(PINNED,)))
    assert (case.reason, case.opened_at) == (Reason.FIRST_POST, POSTED)


def test_what_came_before_the_mark_neither_touches_nor_answers():
    facts = around(earlier_posts=9, stamps=(PINNED,), replies=(replied("10:10", HELPER),))
    assert (touched(only(facts)), only(facts).is_open) == (NEVER, True)


def test_a_chat_opens_when_its_author_comes_to_the_question():
    case = only(around(said(), said("10:06", asks=True), rule=CHAT))
    assert (case.opened_at, case.asks, case.key.ts) == (at("10:06"), True, ts_of(POSTED))


THANKS_ALL = said(thanks=True, score=-1)
TOLD_BEFORE = said("09:50", HELPER, asks=True)
GUESS = said(offers=True, score=-2)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param(
            around(rule=ALWAYS, earlier_posts=9), Reason.ALWAYS_ANSWERED, id="that-only-tells-something"
        ),
        pytest.param(
            around(GUESS, rule=ALWAYS, earlier_posts=9),
            Reason.ALWAYS_ANSWERED,
            id="that-guesses-but-nobody-asked",
        ),
        pytest.param(
            around(ASKS, rule=ALWAYS, earlier_posts=9), Reason.ALWAYS_ANSWERED, id="by-an-old-member"
        ),
        pytest.param(around(ASKS, rule=ALWAYS), Reason.FIRST_POST, id="by-a-newcomer"),
        pytest.param(around(GUESS, rule=ALWAYS), Reason.FIRST_POST, id="by-a-newcomer-who-guesses"),
        pytest.param(around(rule=ALWAYS, earlier_posts=2), Reason.EARLY_POST, id="by-somebody-fairly-new"),
        pytest.param(
            around(rule=replace(HELLO, answer=AnswerTo.ALWAYS)), Reason.FIRST_POST, id="a-newcomers-hello"
        ),
    ],
)
def test_where_everybody_is_promised_an_answer_a_post_opens_a_case(facts: PostFacts, reason: Reason):
    assert only(facts).reason is reason


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param(around(THANKS_ALL, rule=ALWAYS), Reason.ASKS_NOTHING, id="thanks"),
        pytest.param(
            around(GUESS, before=(TOLD_BEFORE,), rule=ALWAYS),
            Reason.PART_OF_A_TALK,
            id="the-answer-to-another",
        ),
        pytest.param(
            around(said(resolves=True), earlier_posts=1), Reason.ASKS_NOTHING, id="an-earlier-one-is-solved"
        ),
        pytest.param(around(THANKS_ALL), Reason.ASKS_NOTHING, id="thanks-where-beginners-are-looked-after"),
        pytest.param(around(GUESS, before=(TOLD_BEFORE,)), Reason.PART_OF_A_TALK, id="a-guess-in-a-talk"),
    ],
)
def test_a_post_that_waits_for_nobody_opens_no_case(facts: PostFacts, reason: Reason):
    assert (judged(facts), why_open(facts, SETTINGS).reason) == ((), reason)


def test_a_post_that_waits_for_nobody_opens_a_case_once_it_is_marked():
    case = only(around(THANKS_ALL, stamps=(PINNED,)))
    assert (case.reason, case.opened_at) == (Reason.MARKED, at("10:30"))


def test_a_hello_is_a_case_whatever_it_says():
    assert only(around(THANKS_ALL, rule=HELLO, before=(TOLD_BEFORE,))).reason is Reason.FIRST_POST


JOINED_AT = JOINED.isoformat()


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        pytest.param(around(ASKS, rule=OFF), [(Rule.CHANNEL_WATCHED, False, "off")], id="not-watched"),
        pytest.param(
            around(rule=HELLO),
            [
                (Rule.CHANNEL_WATCHED, True, "introductions"),
                (Rule.FIRST_POST, True, "0"),
                (Rule.JOIN_KNOWN, True, JOINED_AT),
            ],
            id="a-hello",
        ),
        pytest.param(
            around(ASKS),
            [
                (Rule.CHANNEL_WATCHED, True, "questions"),
                (Rule.FIRST_POST, True, "0"),
                (Rule.JOIN_KNOWN, True, JOINED_AT),
                (Rule.READS_LIKE_A_QUESTION, True, ""),
                (Rule.PART_OF_A_TALK, False, ""),
            ],
            id="a-first-question",
        ),
        pytest.param(
            around(ASKS, earlier_posts=3),
            [
                (Rule.CHANNEL_WATCHED, True, "questions"),
                (Rule.FIRST_POST, False, "3"),
                (Rule.JOIN_KNOWN, True, JOINED_AT),
                (Rule.EARLY_POST, False, "3"),
                (Rule.MARKED, False, ""),
            ],
            id="no-beginner-any-more",
        ),
        pytest.param(
            around(author=NOT_KNOWN_WHEN, stamps=(PINNED,)),
            [
                (Rule.CHANNEL_WATCHED, True, "questions"),
                (Rule.FIRST_POST, True, "0"),
                (Rule.JOIN_KNOWN, False, ""),
                (Rule.MARKED, True, at("10:30").isoformat()),
            ],
            id="marked",
        ),
        pytest.param(
            around(ASKS, rule=ALWAYS, earlier_posts=9),
            [
                (Rule.CHANNEL_WATCHED, True, "questions"),
                (Rule.ALWAYS_ANSWERED, True, ""),
                (Rule.FIRST_POST, False, ""),
                (Rule.JOIN_KNOWN, True, JOINED_AT),
                (Rule.EARLY_POST, False, ""),
                (Rule.READS_LIKE_A_QUESTION, True, ""),
                (Rule.PART_OF_A_TALK, False, ""),
            ],
            id="an-old-member-whose-posts-are-not-counted-where-everybody-is-promised-an-answer",
        ),
        pytest.param(
            around(THANKS_ALL, rule=ALWAYS),
            [
                (Rule.CHANNEL_WATCHED, True, "questions"),
                (Rule.ALWAYS_ANSWERED, True, ""),
                (Rule.FIRST_POST, True, "0"),
                (Rule.JOIN_KNOWN, True, JOINED_AT),
                (Rule.READS_LIKE_A_QUESTION, False, ""),
                (Rule.PART_OF_A_TALK, False, ""),
                (Rule.MARKED, False, ""),
            ],
            id="thanks-where-everybody-is-promised-an-answer",
        ),
    ],
)
def test_the_rules_that_were_asked_stand_there_in_order(
    facts: PostFacts, asked: list[tuple[Rule, bool, str]]
):
    rulings = why_open(facts, SETTINGS).rulings
    assert [(each.rule, each.holds, each.value) for each in rulings] == asked


def test_a_case_knows_its_channel_and_whether_it_asks():
    case = only(around(said(), said("10:06", asks=True)))
    assert (case.kind, case.topic, case.asks, case.opened_at) == (
        ChannelKind.QUESTIONS,
        "office",
        True,
        POSTED,
    )


# touching


@pytest.mark.parametrize(
    ("facts", "sign"),
    [
        pytest.param(
            around(replies=(replied("10:10", HELPER),)), (at("10:10"), HELPER, SignKind.REPLY), id="a-reply"
        ),
        pytest.param(
            around(replies=(replied("10:10", HELPER, shape=Shape.BROADCAST),)),
            (at("10:10"), HELPER, SignKind.REPLY),
            id="a-reply-that-was-also-sent-to-the-channel",
        ),
        pytest.param(
            around(stamps=(stamped("10:05", HELPER, "eyes"),)),
            (at("10:05"), HELPER, SignKind.STAMP),
            id="a-stamp",
        ),
        pytest.param(
            around(stamps=(stamped("10:05", HELPER, "otsukaresama"),)),
            (at("10:05"), HELPER, SignKind.STAMP),
            id="a-stamp-that-the-config-does-not-name",
        ),
        pytest.param(
            around(stamps=(stamped("10:05", HELPER, "white_check_mark"),)),
            (at("10:05"), HELPER, SignKind.STAMP),
            id="a-stranger-cannot-resolve-but-was-there",
        ),
        pytest.param(
            around(stamps=(stamped("10:05", HELPER, "no_entry_sign"),)),
            (at("10:05"), HELPER, SignKind.STAMP),
            id="a-stranger-cannot-dismiss-but-was-there",
        ),
        pytest.param(
            around(pointing=(said("11:00", HELPER),)),
            (at("11:00"), HELPER, SignKind.MENTION),
            id="a-post-that-points-at-it",
        ),
        pytest.param(
            around(replies=(replied("10:20", HELPER),), stamps=(stamped("10:15", AMBASSADOR, "eyes"),)),
            (at("10:15"), AMBASSADOR, SignKind.STAMP),
            id="the-earliest-sign-counts",
        ),
        pytest.param(
            around(replies=(replied("10:10", None), replied("10:20", HELPER))),
            (at("10:20"), HELPER, SignKind.REPLY),
            id="the-first-by-somebody",
        ),
    ],
)
def test_a_human_sign_by_somebody_else_touches(
    facts: PostFacts, sign: tuple[datetime | None, str | None, SignKind | None]
):
    assert touched(only(facts)) == sign


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(around(), id="nothing"),
        pytest.param(around(replies=(replied("10:10", AUTHOR),)), id="the-author-replies"),
        pytest.param(around(stamps=(stamped("10:05", AUTHOR, "eyes"),)), id="the-author-stamps"),
        pytest.param(around(stamps=(stamped("10:05", AUTHOR, "ok"),)), id="the-author-stamps-an-answer"),
        pytest.param(around(said(), said("10:05")), id="the-author-goes-on"),
        pytest.param(around(pointing=(said("11:00", AUTHOR),)), id="the-author-links-the-own-post"),
        pytest.param(around(replies=(replied("10:01", "UBOT", is_human=False),)), id="a-bot-replies"),
        pytest.param(around(replies=(replied("10:01", "USLACKBOT", is_human=False),)), id="slackbot-replies"),
        pytest.param(
            around(replies=(replied("10:01", None, is_human=False),)), id="a-reply-without-an-author"
        ),
        pytest.param(
            around(pointing=(said("10:01", "UBOT", is_human=False),)), id="a-bot-mentions-the-author"
        ),
        pytest.param(
            around(replies=(replied("10:10", HELPER, deleted_at=at("10:30")),)), id="a-reply-taken-back"
        ),
        pytest.param(
            around(pointing=(said("10:10", HELPER, deleted_at=at("10:30")),)), id="a-mention-taken-back"
        ),
        pytest.param(around(stamps=(stamped("10:05", HELPER, "robot_face"),)), id="a-stamp-to-be-ignored"),
        pytest.param(around(stamps=(PINNED,)), id="a-mark"),
        pytest.param(around(said(edited_at=at("10:30"))), id="an-edit"),
        pytest.param(around(talk=(said("10:07", HELPER),)), id="the-next-post-in-the-channel"),
        pytest.param(
            around(stamps=(stamped("10:05", HELPER, "eyes", dated=False),)), id="a-stamp-nobody-knows-when"
        ),
    ],
)
def test_a_case_is_still_untouched_after(facts: PostFacts):
    case = only(facts)
    assert (touched(case), case.answered_at, case.is_open) == (NEVER, None, True)


@pytest.mark.parametrize(
    ("stamp", "member", "undated"),
    [
        pytest.param("eyes", HELPER, True, id="one-that-would-touch"),
        pytest.param("eyes", AUTHOR, False, id="the-authors-own"),
        pytest.param("robot_face", HELPER, False, id="one-to-be-ignored"),
        pytest.param("pushpin", HELPER, False, id="a-mark"),
    ],
)
def test_a_case_knows_that_a_stamp_without_a_time_may_have_touched_it(stamp: str, member: str, undated: bool):
    case = only(around(stamps=(stamped("10:05", member, stamp, dated=False),)))
    assert case.undated_stamp is undated


# answering


@pytest.mark.parametrize(
    ("rule", "reply", "stamp", "mention", "ok"),
    [
        pytest.param(QUESTIONS, True, False, False, True, id="by-a-reply"),
        pytest.param(BY_TOUCH, True, True, True, True, id="by-any-sign"),
        pytest.param(BY_MARK, False, False, False, True, id="by-a-mark-only"),
        pytest.param(HELLO, True, True, True, True, id="a-hello-by-any-sign"),
    ],
)
def test_the_channel_says_what_answers(rule: ChannelRule, reply: bool, stamp: bool, mention: bool, ok: bool):
    signs: list[dict[str, object]] = [
        {"replies": (replied("10:10", HELPER),)},
        {"stamps": (stamped("10:10", HELPER, "eyes"),)},
        {"pointing": (said("10:10", HELPER),)},
        {"stamps": (stamped("10:10", HELPER, "ok"),)},
    ]
    outcomes = [only(around(rule=rule, **sign)).outcome for sign in signs]
    answers = {True: Outcome.ANSWERED, False: None}
    assert outcomes == [answers[counts] for counts in (reply, stamp, mention, ok)]


def test_an_answer_is_a_touch_too():
    case = only(around(replies=(replied("10:10", HELPER),)))
    assert touched(case) == (at("10:10"), HELPER, SignKind.REPLY)
    assert (case.answered_at, case.answered_by, case.closed_at) == (at("10:10"), HELPER, at("10:10"))


def test_a_stamp_touches_and_a_later_reply_answers():
    case = only(around(stamps=(stamped("10:05", AMBASSADOR, "eyes"),), replies=(replied("11:00", HELPER),)))
    assert (case.touched_at, case.answered_at) == (at("10:05"), at("11:00"))
    assert (case.touched_by, case.answered_by) == (AMBASSADOR, HELPER)


def test_a_reply_under_any_message_of_the_run_answers():
    later = said("10:05", asks=True)
    facts = around(said(), later, replies=(replied("10:10", HELPER, thread_ts=later.ts),))
    assert only(facts).answered_at == at("10:10")


def test_what_comes_after_the_answer_changes_nothing():
    facts = around(replies=(replied("10:10", HELPER), replied("10:20", AMBASSADOR)))
    assert (only(facts).answered_at, only(facts).answered_by) == (at("10:10"), HELPER)


def test_a_taken_back_answer_leaves_the_next_one():
    taken_back = replied("10:10", HELPER, deleted_at=at("10:30"))
    facts = around(replies=(taken_back, replied("10:20", AMBASSADOR)))
    assert (only(facts).answered_at, only(facts).answered_by) == (at("10:20"), AMBASSADOR)


# closing


@pytest.mark.parametrize(
    ("facts", "outcome", "closed_at"),
    [
        pytest.param(
            around(replies=(replied("10:40", AUTHOR, resolves=True),)),
            Outcome.RESOLVED,
            at("10:40"),
            id="the-author-says-so-in-the-thread",
        ),
        pytest.param(
            around(said(), said("10:08", resolves=True)),
            Outcome.RESOLVED,
            at("10:08"),
            id="the-author-says-so-in-the-channel",
        ),
        pytest.param(
            around(said(edited_at=at("11:00"), resolves=True)),
            Outcome.RESOLVED,
            at("11:00"),
            id="the-author-writes-it-above-the-post",
        ),
        pytest.param(
            around(stamps=(stamped("11:00", AUTHOR, "white_check_mark"),)),
            Outcome.RESOLVED,
            at("11:00"),
            id="the-author-ticks-it-off",
        ),
        pytest.param(
            around(stamps=(stamped("11:00", AMBASSADOR, "white_check_mark"),)),
            Outcome.RESOLVED,
            at("11:00"),
            id="an-ambassador-ticks-it-off",
        ),
        pytest.param(
            around(stamps=(stamped("11:00", AMBASSADOR, "no_entry_sign"),)),
            Outcome.DISMISSED,
            at("11:00"),
            id="an-ambassador-says-that-it-needs-no-answer",
        ),
        pytest.param(
            around(said(deleted_at=at("10:20"))),
            Outcome.WITHDRAWN,
            at("10:20"),
            id="deleted",
        ),
        pytest.param(
            around(said(deleted_at=at("10:20")), said("10:05", deleted_at=at("10:30"))),
            Outcome.WITHDRAWN,
            at("10:30"),
            id="every-message-of-the-run-deleted",
        ),
        pytest.param(
            around(
                author=Member(
                    team=TEAM,
                    member=AUTHOR,
                    joined_at=JOINED,
                    join_source=JoinSource.EVENT,
                    deactivated_at=at("04-20 09:00"),
                )
            ),
            Outcome.AUTHOR_GONE,
            at("04-20 09:00"),
            id="the-author-is-gone",
        ),
    ],
)
def test_a_case_is_closed_when(facts: PostFacts, outcome: Outcome, closed_at: datetime):
    case = only(facts)
    assert (case.outcome, case.closed_at, case.touched_at, case.answered_at) == (
        outcome,
        closed_at,
        None,
        None,
    )


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(around(said(deleted_at=at("10:20")), said("10:05")), id="part-of-the-run-is-deleted"),
        pytest.param(around(stamps=(stamped("11:00", HELPER, "eyes"),)), id="somebody-stamps-it"),
        pytest.param(around(said(resolves=True)), id="the-post-itself-tells-of-something-solved"),
        pytest.param(
            around(stamps=(stamped("11:00", AUTHOR, "no_entry_sign"),)), id="the-author-cannot-dismiss"
        ),
        pytest.param(
            around(replies=(replied("10:40", AUTHOR, resolves=True, deleted_at=at("10:41")),)),
            id="solved-was-taken-back",
        ),
    ],
)
def test_a_case_stays_open_when(facts: PostFacts):
    assert only(facts).is_open


OFFERED = said("10:20", HELPER, offers=True)


def thanked(when: str, **what: object) -> KnownMessage:
    return said(when, AUTHOR, thanks=True, **what)


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        pytest.param(
            around(talk=(OFFERED, thanked("11:00"))),
            (at("10:20"), HELPER, SignKind.TALK, at("11:00")),
            id="in-the-channel",
        ),
        pytest.param(
            around(talk=(OFFERED,), replies=(replied("11:00", AUTHOR, thanks=True),)),
            (at("10:20"), HELPER, SignKind.TALK, at("11:00")),
            id="in-the-own-thread",
        ),
        pytest.param(
            around(talk=(OFFERED, said("10:40", AMBASSADOR), thanked("11:00"))),
            (at("10:40"), AMBASSADOR, SignKind.TALK, at("11:00")),
            id="for-the-last-that-was-said",
        ),
        pytest.param(
            around(pointing=(OFFERED,), talk=(OFFERED, thanked("11:00"))),
            (at("10:20"), HELPER, SignKind.MENTION, at("11:00")),
            id="for-a-mention",
        ),
        pytest.param(
            around(talk=(OFFERED, thanked("11:00", asks=True, score=2))),
            (at("10:20"), HELPER, SignKind.TALK, at("11:00")),
            id="and-says-what-comes-next",
        ),
    ],
)
def test_thanks_by_the_author_say_who_answered(
    facts: PostFacts, answer: tuple[datetime, str, SignKind, datetime]
):
    case = only(facts)
    assert (case.outcome, case.answered_at, case.answered_by) == (Outcome.ANSWERED, *answer[:2])
    assert (*touched(case), case.closed_at) == answer


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(around(talk=(thanked("11:00"),)), id="when-nobody-had-said-anything"),
        pytest.param(around(talk=(thanked("11:00"), said("11:10", HELPER))), id="before-anybody-spoke"),
        pytest.param(around(talk=(OFFERED, said("11:00", "U3", thanks=True))), id="by-somebody-else"),
        pytest.param(
            around(talk=(OFFERED, thanked("11:00", asks=True, score=5))), id="with-another-question"
        ),
        pytest.param(around(rule=BY_MARK, talk=(OFFERED, thanked("11:00"))), id="where-only-a-mark-answers"),
        pytest.param(
            around(talk=(replace(OFFERED, deleted_at=at("10:21")), thanked("11:00"))),
            id="for-what-was-deleted",
        ),
        pytest.param(around(talk=(OFFERED, thanked("05-02 09:00"))), id="after-the-case-expired"),
    ],
)
def test_thanks_answer_nothing(facts: PostFacts):
    assert (only(facts).is_open, only(facts).answered_at) == (True, None)


def test_thanks_tell_of_a_touch_that_came_before_a_stamp():
    stamps = (stamped("10:40", AMBASSADOR, "eyes"),)
    case = only(around(stamps=stamps, talk=(OFFERED, thanked("11:00"))))
    assert touched(case) == (at("10:20"), HELPER, SignKind.TALK)


@pytest.mark.parametrize(
    ("later", "closed_at"),
    [
        pytest.param(said("12:00", resolves=True), at("12:00"), id="hours-later"),
        pytest.param(said("04-20 12:00", resolves=True), at("04-20 12:00"), id="days-later"),
        pytest.param(said("12:00", resolves=True, asks=True), None, id="a-question-about-solving"),
        pytest.param(said("12:00", HELPER, resolves=True), None, id="somebody-else-s-own"),
        pytest.param(said("04-29 12:00", resolves=True), None, id="after-it-expired"),
    ],
)
def test_the_author_may_say_later_in_the_channel_that_it_is_solved(
    later: KnownMessage, closed_at: datetime | None
):
    case = only(around(talk=(later,)))
    assert (case.closed_at, case.outcome) == (closed_at, Outcome.RESOLVED if closed_at else None)


def test_a_stranger_who_says_that_it_is_solved_answers():
    assert only(around(replies=(replied("10:40", HELPER, resolves=True),))).outcome is Outcome.ANSWERED


def test_the_first_ending_is_the_one():
    gone = Member(
        team=TEAM, member=AUTHOR, joined_at=JOINED, join_source=JoinSource.EVENT, deactivated_at=at("12:00")
    )
    assert only(around(author=gone, replies=(replied("11:00", HELPER),))).outcome is Outcome.ANSWERED
    assert only(around(author=gone, replies=(replied("13:00", HELPER),))).outcome is Outcome.AUTHOR_GONE


# expiring and re-opening


def test_a_case_expires_two_weeks_after_it_opened():
    assert expires_at(only(around()), SETTINGS) == at("04-28 10:00")


@pytest.mark.parametrize(
    ("when", "touched_at"),
    [
        pytest.param("04-28 10:00", at("04-28 10:00"), id="on-the-last-second"),
        pytest.param("04-28 10:01", None, id="too-late"),
    ],
)
def test_signs_count_until_the_case_expires(when: str, touched_at: datetime | None):
    case = only(around(stamps=(stamped(when, HELPER, "eyes"),)))
    assert case.touched_at == touched_at


ANSWER = replied("10:10", HELPER)


def asked_again(when: str) -> KnownMessage:
    return replied(when, AUTHOR, asks=True)


def test_a_mark_on_a_post_that_had_expired_opens_it_anew():
    facts = around(stamps=(stamped("07-01 09:00", HELPER, "pushpin"),))
    first, second = judged(facts)
    assert (first.is_open, first.key.opening) == (True, 1)
    assert (second.reason, second.opened_at, second.key.opening) == (Reason.MARKED, at("07-01 09:00"), 2)


def test_a_mark_on_a_post_that_was_answered_opens_nothing():
    facts = around(replies=(ANSWER,), stamps=(stamped("07-01 09:00", HELPER, "pushpin"),))
    assert only(facts).outcome is Outcome.ANSWERED


def test_a_further_question_by_the_author_reopens():
    first, second = judged(around(replies=(ANSWER, asked_again("10:30"))))
    assert (first.outcome, first.key.opening) == (Outcome.ANSWERED, 1)
    assert (second.reason, second.opened_at, second.is_open) == (Reason.ASKED_AGAIN, at("10:30"), True)
    assert (second.key, second.asks) == (replace(first.key, opening=2), True)
    assert (second.kind, second.topic, second.author) == (first.kind, first.topic, AUTHOR)


def test_the_answer_to_the_further_question_closes_it():
    replies = (ANSWER, asked_again("10:30"), replied("11:00", AMBASSADOR))
    _, second = judged(around(replies=replies))
    assert (touched(second), second.answered_by) == (
        (at("11:00"), AMBASSADOR, SignKind.REPLY),
        AMBASSADOR,
    )


def test_a_further_question_in_the_channel_soon_after_reopens():
    facts = around(said(), said("10:08", asks=True), replies=(replied("10:04", HELPER),))
    assert [case.opened_at for case in judged(facts)] == [POSTED, at("10:08")]


def test_a_case_may_reopen_again_and_again():
    replies = (ANSWER, asked_again("10:30"), replied("11:00", HELPER), asked_again("11:30"))
    cases = judged(around(replies=replies))
    assert [(case.key.opening, case.outcome) for case in cases] == [
        (1, Outcome.ANSWERED),
        (2, Outcome.ANSWERED),
        (3, None),
    ]


@pytest.mark.parametrize(
    ("facts", "openings"),
    [
        pytest.param(around(replies=(ANSWER, asked_again("04-21 10:10"))), 2, id="within-a-week"),
        pytest.param(around(replies=(ANSWER, asked_again("04-21 10:11"))), 1, id="after-a-week"),
        pytest.param(around(replies=(ANSWER, replied("10:30", AUTHOR))), 1, id="thanks"),
        pytest.param(
            around(replies=(ANSWER, replied("10:30", AUTHOR, asks=True, thanks=True, score=2))),
            1,
            id="thanks-that-sound-a-little-like-a-question",
        ),
        pytest.param(
            around(replies=(ANSWER, replied("10:30", AUTHOR, asks=True, score=2))),
            1,
            id="what-only-sounds-a-little-like-a-question",
        ),
        pytest.param(
            around(replies=(ANSWER, replied("10:30", AUTHOR, asks=True, thanks=True, score=3))),
            2,
            id="thanks-and-another-question",
        ),
        pytest.param(around(replies=(ANSWER, replied("10:30", "U3", asks=True))), 1, id="somebody-else-asks"),
        pytest.param(around(replies=(asked_again("10:30"),)), 1, id="while-it-is-still-open"),
        pytest.param(
            around(stamps=(stamped("10:10", AUTHOR, "white_check_mark"),), replies=(asked_again("10:30"),)),
            2,
            id="after-it-was-resolved",
        ),
        pytest.param(
            around(stamps=(stamped("10:10", AMBASSADOR, "no_entry_sign"),), replies=(asked_again("10:30"),)),
            1,
            id="not-after-it-was-dismissed",
        ),
    ],
)
def test_a_further_question_reopens_only_what_was_answered_lately(facts: PostFacts, openings: int):
    assert len(judged(facts)) == openings


def test_a_taken_back_answer_takes_the_reopening_with_it():
    taken_back = replace(ANSWER, deleted_at=at("12:00"))
    case = only(around(replies=(taken_back, asked_again("10:30"))))
    assert (case.key.opening, case.is_open, case.touched_at) == (1, True, None)


@pytest.mark.parametrize(
    ("hours", "counts"),
    [pytest.param(0, True, id="at-the-instant-of-opening"), pytest.param(-1, False, id="before")],
)
def test_signs_count_from_the_opening_on(hours: int, counts: bool):
    reply = replied("10:00", HELPER)
    reply = replace(reply, at=reply.at + timedelta(hours=hours))
    assert (only(around(replies=(reply,))).touched_at is not None) is counts


def test_the_judgement_does_not_depend_on_the_order_of_signs():
    replies = (ANSWER, asked_again("10:30"), replied("11:00", AMBASSADOR))
    stamps = (stamped("10:05", HELPER, "eyes"), PINNED)
    turned = around(replies=replies[::-1], stamps=stamps[::-1])
    assert judged(turned) == judged(around(replies=replies, stamps=stamps))
