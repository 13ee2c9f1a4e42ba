"""What stands around a post in its channel."""

from datetime import datetime, timedelta

import pytest

from scheduler.model.cases import Case, CaseKey, Habit, Outcome, SignKind, WeakStrength
from scheduler.model.facts import MessagePosted
from scheduler.model.readings import TextReading
from scheduler.ports import Store
from tests.contract.rows import GAP, NOTHING, TUESDAY, case
from tests.world import TEAM, delete, post, reply

DAY = timedelta(days=1)
AFTER = TUESDAY + DAY
EARLIER = post("UA", "2026-04-14 09:00", "")
BEFORE = post("UB", "2026-04-14 09:58", "")
QUESTION = post("UN", "2026-04-14 10:00", "")
MORE = post("UN", "2026-04-14 10:01", "")
NEXT = post("UA", "2026-04-14 10:10", "")
BACK = post("UN", "2026-04-14 10:20", "")
LAST = post("UB", "2026-04-14 10:30", "")
#: None of them is a top-level message by a human in the channel.
ASIDE = (
    post("UBOT", "2026-04-14 10:02", "", is_bot=True),
    reply("UA", "2026-04-14 10:03", "", QUESTION),
    post("UA", "2026-04-14 10:04", "", "chat"),
)


def tell(store: Store, *posts: MessagePosted, reading: TextReading = NOTHING) -> None:
    with store.begin() as work:
        for each in posts:
            work.messages.add(each, reading, gap=GAP)


@pytest.fixture(autouse=True)
def _talk(store: Store) -> None:
    tell(store, EARLIER, BEFORE, QUESTION, MORE, NEXT, LAST, *ASIDE)


@pytest.mark.parametrize(
    ("since", "most", "found"),
    [
        pytest.param(TUESDAY - DAY, 5, [EARLIER, BEFORE], id="in-order"),
        pytest.param(TUESDAY - timedelta(hours=1), 5, [EARLIER, BEFORE], id="at-that-instant"),
        pytest.param(TUESDAY - timedelta(minutes=59), 5, [BEFORE], id="none-that-is-older"),
        pytest.param(TUESDAY - DAY, 1, [BEFORE], id="the-last-ones"),
    ],
)
def test_what_others_said_before_a_post(store: Store, since: datetime, most: int, found: list[MessagePosted]):
    with store.begin() as work:
        before = work.talks.before("Cquestions", QUESTION.ts, author="UN", since=since, most=most)
    assert [message.ts for message in before] == [each.ts for each in found]


def test_what_was_said_before_stays_when_it_is_deleted(store: Store):
    with store.begin() as work:
        work.messages.delete(delete(BEFORE, "2026-04-14 11:00"))
        before = work.talks.before("Cquestions", QUESTION.ts, author="UN", since=TUESDAY - DAY, most=1)
    assert [(message.ts, message.deleted_at is not None) for message in before] == [(BEFORE.ts, True)]


def test_the_author_s_own_words_are_not_among_those_before(store: Store):
    with store.begin() as work:
        before = work.talks.before("Cquestions", NEXT.ts, author="UN", since=TUESDAY, most=5)
    assert before == ()


@pytest.mark.parametrize(
    ("until", "most", "found"),
    [
        pytest.param(AFTER, 9, [NEXT, LAST], id="in-order"),
        pytest.param(AFTER, 1, [NEXT], id="the-first-ones"),
        pytest.param(NEXT.at, 9, [NEXT], id="up-to-that-instant"),
    ],
)
def test_what_was_said_after_a_post(store: Store, until: datetime, most: int, found: list[MessagePosted]):
    with store.begin() as work:
        after = work.talks.after("Cquestions", MORE.ts, until=until, most=most)
    assert [message.ts for message in after] == [each.ts for each in found]


def test_what_was_deleted_was_not_said_after(store: Store):
    with store.begin() as work:
        work.messages.delete(delete(NEXT, "2026-04-14 10:11"))
        after = work.talks.after("Cquestions", MORE.ts, until=AFTER, most=9)
    assert [message.ts for message in after] == [LAST.ts]


@pytest.mark.parametrize(
    ("reading", "counts"),
    [
        pytest.param(TextReading(thanks=True), True, id="thanks"),
        pytest.param(TextReading(resolves=True), True, id="solved"),
        pytest.param(NOTHING, False, id="neither"),
    ],
)
def test_later_words_by_the_author_that_end_something(store: Store, reading: TextReading, counts: bool):
    tell(store, BACK, reading=reading)
    with store.begin() as work:
        endings = work.talks.endings("Cquestions", MORE.ts, author="UN", until=AFTER)
    found = [(said.ts, last.ts if last else None) for said, last in endings]
    assert found == ([(BACK.ts, NEXT.ts)] if counts else [])


def test_an_ending_with_nothing_left_before_it_has_none(store: Store):
    tell(store, BACK, reading=TextReading(thanks=True))
    with store.begin() as work:
        work.messages.delete(delete(NEXT, "2026-04-14 10:11"))
        ((said, last),) = work.talks.endings("Cquestions", MORE.ts, author="UN", until=AFTER)
    assert (said.ts, last) == (BACK.ts, None)


def test_a_deleted_ending_ends_nothing(store: Store):
    tell(store, BACK, reading=TextReading(thanks=True))
    with store.begin() as work:
        work.messages.delete(delete(BACK, "2026-04-14 10:21"))
        assert work.talks.endings("Cquestions", MORE.ts, author="UN", until=AFTER) == ()


def test_the_runs_that_come_after_a_message(store: Store):
    with store.begin() as work:
        found = work.talks.runs_after("Cquestions", BEFORE.ts, until=NEXT.at)
    assert found == ((QUESTION.ts, "UN"), (QUESTION.ts, "UN"), (NEXT.ts, "UA"))


def test_whom_a_run_mentions(store: Store):
    tell(store, BACK, reading=TextReading(mentions=frozenset({"UA", "UB"}), links=frozenset({("C1", "1.0")})))
    with store.begin() as work:
        assert work.talks.mentioned("Cquestions", BACK.ts) == {"UA", "UB"}
        assert work.talks.mentioned("Cquestions", QUESTION.ts) == frozenset()


# how a channel answers


def ended(ts: str, how: SignKind | None, **what: object) -> Case:
    told: dict[str, object] = {"outcome": Outcome.ANSWERED, "closed_at": TUESDAY, "touched_how": how, **what}
    channel = str(told.pop("channel", "Cquestions"))
    return case(key=CaseKey(team=TEAM, channel=channel, ts=ts), **told)


@pytest.mark.parametrize(
    ("known", "habit"),
    [
        pytest.param(ended("1.0", SignKind.REPLY), Habit(in_threads=1, all_in_threads=1), id="a-reply"),
        *(
            pytest.param(ended("1.0", how), Habit(outside=1, all_outside=1), id=f"a-{how.value}")
            for how in (SignKind.MENTION, SignKind.LINK, SignKind.TALK)
        ),
        pytest.param(ended("1.0", SignKind.STAMP), Habit(), id="a-stamp-tells-nothing"),
        pytest.param(
            ended("1.0", SignKind.TALK, channel="Cchat"), Habit(all_outside=1), id="in-another-channel"
        ),
        pytest.param(
            ended("1.0", None, outcome=Outcome.EXPIRED, weak_strength=WeakStrength.STRONG),
            Habit(outside=1, all_outside=1),
            id="a-talk-that-nobody-ended",
        ),
        pytest.param(
            ended("1.0", None, outcome=Outcome.MAYBE_ANSWERED, weak_strength=WeakStrength.LIKELY),
            Habit(),
            id="what-was-only-likely-teaches-nothing",
        ),
        pytest.param(
            ended("1.0", None, outcome=Outcome.RESOLVED, weak_strength=WeakStrength.STRONG),
            Habit(),
            id="the-author-solved-it",
        ),
        pytest.param(ended("1.0", SignKind.REPLY, closed_at=AFTER), Habit(), id="ended-at-that-instant"),
        pytest.param(
            ended("1.0", SignKind.REPLY, closed_at=None, outcome=None), Habit(), id="that-has-not-ended"
        ),
        pytest.param(ended("1.0", SignKind.REPLY, opened_at=TUESDAY - 2 * DAY), Habit(), id="of-long-ago"),
    ],
)
def test_how_cases_were_answered_before(store: Store, known: Case, habit: Habit):
    with store.begin() as work:
        work.cases.save(known)
        assert work.talks.habit("Cquestions", since=TUESDAY - DAY, before=AFTER) == habit
