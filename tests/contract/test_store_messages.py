from datetime import timedelta

import pytest

from scheduler.model.cases import CaseKey
from scheduler.model.facts import Shape
from scheduler.model.readings import KnownMessage, TextReading
from scheduler.ports import Concerned, Store
from tests.contract.rows import GAP, NOTHING, TUESDAY, case
from tests.world import TEAM, delete, edit, local, post, reply

QUESTION = post("UN", "2026-04-14 10:00", "")
SECOND = post("UN", "2026-04-14 10:05", "")
ANSWER = reply("UA", "2026-04-14 10:10", "", QUESTION)
ASKS = TextReading(asks=True, phrases=("ですか +3", "how do i +3"), length=12)
RESOLVES = TextReading(resolves=True)


def test_a_message_is_kept_with_what_its_text_was_found_to_say(store: Store):
    with store.begin() as work:
        work.messages.add(QUESTION, ASKS, gap=GAP)
    with store.begin() as work:
        run = work.messages.run(QUESTION.channel, QUESTION.ts)

    assert run == (
        KnownMessage(
            channel="Cquestions",
            ts=QUESTION.ts,
            at=TUESDAY,
            author="UN",
            shape=Shape.POST,
            thread_ts=None,
            run_ts=QUESTION.ts,
            is_human=True,
            asks=True,
            resolves=False,
            phrases=("ですか +3", "how do i +3"),
        ),
    )


def test_a_message_that_was_known_is_not_placed_again(store: Store):
    with store.begin() as work:
        work.messages.add(QUESTION, ASKS, gap=GAP)
    with store.begin() as work:
        again = work.messages.add(QUESTION, NOTHING, gap=GAP)
        (kept,) = work.messages.run(QUESTION.channel, QUESTION.ts)

    assert (again, kept.asks) == (None, True)


def test_an_edit_that_is_told_before_the_message_stays(store: Store):
    change = edit(QUESTION, "2026-04-14 11:00", "")

    with store.begin() as work:
        was_new = work.messages.edit(change, RESOLVES)
        placed = work.messages.add(QUESTION, ASKS, gap=GAP)
    with store.begin() as work:
        (kept,) = work.messages.run(QUESTION.channel, QUESTION.ts)

    assert placed is not None
    assert (was_new, placed.was_awaited, kept.asks, kept.resolves, kept.edited_at) == (
        True,
        True,
        False,
        True,
        change.at,
    )


@pytest.mark.parametrize(
    "order", [pytest.param((0, 1), id="in order"), pytest.param((1, 0), id="out of order")]
)
def test_the_latest_edit_wins(store: Store, order: tuple[int, int]):
    edits = (
        (edit(QUESTION, "2026-04-14 11:00", ""), NOTHING),
        (edit(QUESTION, "2026-04-14 12:00", ""), RESOLVES),
    )
    with store.begin() as work:
        work.messages.add(QUESTION, ASKS, gap=GAP)
        for place in order:
            work.messages.edit(*edits[place])
    with store.begin() as work:
        (kept,) = work.messages.run(QUESTION.channel, QUESTION.ts)

    assert (kept.asks, kept.resolves, kept.edited_at) == (False, True, local("2026-04-14 12:00"))


def test_an_edit_that_was_known_changes_nothing(store: Store):
    change = edit(QUESTION, "2026-04-14 11:00", "")
    with store.begin() as work:
        assert [work.messages.edit(change, RESOLVES) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("order", [pytest.param("ad", id="in order"), pytest.param("da", id="deleted first")])
def test_a_deleted_message_stays_deleted(store: Store, order: str):
    with store.begin() as work:
        for each in order:
            if each == "a":
                work.messages.add(QUESTION, ASKS, gap=GAP)
            else:
                work.messages.delete(delete(QUESTION, "2026-04-14 11:00"))
    with store.begin() as work:
        (kept,) = work.messages.run(QUESTION.channel, QUESTION.ts)

    assert kept.deleted_at == local("2026-04-14 11:00")


def test_a_deletion_that_was_known_changes_nothing(store: Store):
    told = delete(QUESTION, "2026-04-14 11:00")
    with store.begin() as work:
        assert [work.messages.delete(told) for _ in range(2)] == [True, False]


def test_a_message_that_something_was_told_of_before_was_awaited(store: Store):
    with store.begin() as work:
        work.messages.await_(QUESTION.channel, QUESTION.ts)
        work.messages.await_(QUESTION.channel, QUESTION.ts)
    with store.begin() as work:
        awaited = work.messages.add(QUESTION, ASKS, gap=GAP)
        unexpected = work.messages.add(SECOND, ASKS, gap=GAP)

    assert awaited is not None
    assert unexpected is not None
    assert (awaited.was_awaited, unexpected.was_awaited) == (True, False)


def test_what_never_came_is_no_message(store: Store):
    with store.begin() as work:
        work.messages.await_(QUESTION.channel, QUESTION.ts)
        work.messages.delete(delete(SECOND, "2026-04-14 11:00"))

        assert work.messages.runs_in_channel("Cquestions") == ()
        assert work.messages.author_of(QUESTION.channel, QUESTION.ts) is None
        assert work.messages.concerned_run(QUESTION.channel, QUESTION.ts) is None


def test_replies_are_those_in_the_threads_of_all_messages_of_a_run(store: Store):
    to_second = reply("UB", "2026-04-14 10:07", "", SECOND)
    sent_to_channel = reply("UB", "2026-04-14 10:20", "", QUESTION, shape=Shape.BROADCAST)
    elsewhere = reply("UB", "2026-04-14 10:08", "", post("UC", "2026-04-14 09:00", ""))
    with store.begin() as work:
        for fact in (sent_to_channel, ANSWER, QUESTION, to_second, SECOND, elsewhere):
            work.messages.add(fact, NOTHING, gap=GAP)
        work.messages.delete(delete(ANSWER, "2026-04-14 11:00"))
    with store.begin() as work:
        replies = work.messages.replies(QUESTION.channel, QUESTION.ts)

    assert [(each.ts, each.deleted_at) for each in replies] == [
        (to_second.ts, None),
        (ANSWER.ts, local("2026-04-14 11:00")),
        (sent_to_channel.ts, None),
    ]


@pytest.mark.parametrize(
    ("ts", "run"),
    [
        pytest.param(QUESTION.ts, QUESTION.ts, id="its own"),
        pytest.param(SECOND.ts, QUESTION.ts, id="the run it goes on"),
        pytest.param(ANSWER.ts, QUESTION.ts, id="that of the post it replies to"),
        pytest.param("1.000000", None, id="never heard of"),
    ],
)
def test_the_run_that_a_message_concerns_is_found(store: Store, ts: str, run: str | None):
    with store.begin() as work:
        for fact in (ANSWER, SECOND, QUESTION):
            work.messages.add(fact, NOTHING, gap=GAP)

        concerned = work.messages.concerned_run("Cquestions", ts)
        assert concerned == (Concerned(run, has_case=False) if run else None)
        assert work.messages.await_("Cquestions", ts) == concerned


def test_whether_there_is_a_case_of_the_run_is_told_with_it(store: Store):
    of_question = CaseKey(team=TEAM, channel="Cquestions", ts=QUESTION.ts)
    with store.begin() as work:
        for fact in (ANSWER, SECOND, QUESTION):
            work.messages.add(fact, NOTHING, gap=GAP)
        work.cases.save(case(key=of_question))

        for each in (QUESTION, SECOND, ANSWER):
            assert work.messages.concerned_run("Cquestions", each.ts) == Concerned(QUESTION.ts, has_case=True)


def test_the_author_of_a_message_is_found_and_all_messages_of_an_author(store: Store):
    with store.begin() as work:
        for fact in (ANSWER, SECOND, QUESTION):
            work.messages.add(fact, NOTHING, gap=GAP)

        assert work.messages.author_of(ANSWER.channel, ANSWER.ts) == "UA"
        assert sorted(work.messages.by_author("UN")) == [
            ("Cquestions", QUESTION.ts, QUESTION.at),
            ("Cquestions", SECOND.ts, SECOND.at),
        ]


@pytest.mark.parametrize(
    ("channel", "start", "end", "thanked"),
    [
        pytest.param("chat", timedelta(0), timedelta(seconds=1), True, id="from the start on"),
        pytest.param("chat", timedelta(seconds=-1), timedelta(0), False, id="up to the end, without it"),
        pytest.param("questions", timedelta(0), timedelta(seconds=1), False, id="in another channel"),
    ],
)
def test_a_humans_weekly_thank_you_is_seen_in_its_time_and_channel(
    store: Store, channel: str, start: timedelta, end: timedelta, thanked: bool
):
    told = post("UA", "2026-04-17 16:00", "", channel="chat")
    with store.begin() as work:
        work.messages.add(told, TextReading(weekly_thanks=True), gap=GAP)

        found = work.messages.thanked(f"C{channel}", start=told.at + start, end=told.at + end)
        assert found == thanked


@pytest.mark.parametrize(
    ("reading", "what"),
    [
        pytest.param(NOTHING, {}, id="something else"),
        pytest.param(TextReading(weekly_thanks=True), {"is_bot": True}, id="a bot's"),
        pytest.param(
            TextReading(weekly_thanks=True), {"shape": Shape.REPLY, "thread_ts": "1.0"}, id="inside a thread"
        ),
    ],
)
def test_other_words_are_no_weekly_thank_you(store: Store, reading: TextReading, what: dict[str, object]):
    told = post("UA", "2026-04-17 16:00", "", channel="chat", **what)
    with store.begin() as work:
        work.messages.add(told, reading, gap=GAP)

        assert work.messages.thanked("Cchat", start=told.at, end=told.at + GAP) is False


def test_a_thank_you_that_was_deleted_was_none(store: Store):
    told = post("UA", "2026-04-17 16:00", "", channel="chat")
    with store.begin() as work:
        work.messages.add(told, TextReading(weekly_thanks=True), gap=GAP)
        work.messages.delete(delete(told, "2026-04-17 16:05"))

        assert work.messages.thanked("Cchat", start=told.at, end=told.at + GAP) is False
