from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine

from scheduler.model.cases import Outcome
from scheduler.model.decisions import Reason
from scheduler.model.facts import ChannelDescribed, MessageEdited
from scheduler.model.messages import MessageKind
from scheduler.ports import Store, Work
from scheduler.store.tables import METADATA
from tests.contract.rows import GAP, KEY, NOTHING, TUESDAY, WHERE, case, outgoing, record, sending
from tests.world import TEAM, joined, post

NAIVE = datetime(2026, 4, 14, 10)  # noqa: DTZ001


class Interrupted(Exception):
    pass


def told_and_interrupted(store: Store, tell: Callable[[Work], object]) -> None:
    def interrupted() -> None:
        with store.begin() as work:
            tell(work)
            raise Interrupted

    with pytest.raises(Interrupted):
        interrupted()


def test_what_a_block_writes_is_kept_when_it_ends(store: Store):
    with store.begin() as work:
        work.jobs.fired("thanks", TUESDAY)

    with store.begin() as work:
        assert work.jobs.last_fired() == {"thanks": TUESDAY}


def test_all_of_it_is_undone_when_the_block_raises(store: Store):
    def tell(work: Work) -> None:
        work.jobs.fired("thanks", TUESDAY)
        work.members.trace(joined("UN", "2026-04-14 10:00"))
        work.outbox.add(outgoing("welcome:1"))

    told_and_interrupted(store, tell)

    with store.begin() as work:
        assert work.jobs.last_fired() == {}
        assert work.members.get("UN").joined_at is None
        assert work.outbox.due(TUESDAY, most=9) == ()
        assert work.next_due() is None


def test_what_was_kept_before_survives_a_block_that_raises(store: Store):
    with store.begin() as work:
        work.outbox.add(outgoing("welcome:1"))

    told_and_interrupted(store, lambda work: work.outbox.skip("welcome:1", Reason.IS_BOT))

    with store.begin() as work:
        assert [message.dedup_key for message in work.outbox.due(TUESDAY, most=9)] == ["welcome:1"]


def test_a_block_that_was_refused_something_is_undone_too(store: Store):
    def refused() -> None:
        with store.begin() as work:
            work.jobs.fired("forget", TUESDAY)
            work.jobs.fired("thanks", NAIVE)

    with pytest.raises(ValueError, match="timezone"):
        refused()
    with store.begin() as work:
        assert work.jobs.last_fired() == {}


def test_another_reader_sees_nothing_before_the_block_has_ended(store: Store, database: str):
    reader = create_engine(database)
    jobs = METADATA.tables["jobs"]

    with store.begin() as work:
        work.jobs.fired("thanks", TUESDAY)
        with reader.connect() as other:
            during = other.execute(jobs.select()).all()
    with reader.connect() as other:
        after = other.execute(jobs.select()).all()
    reader.dispose()

    assert during == []
    assert after == [(TEAM, "thanks", TUESDAY)]


@pytest.mark.parametrize(
    "instant",
    [
        pytest.param(datetime(2026, 4, 14, 1, 2, 3, 456789, tzinfo=UTC), id="utc, to the microsecond"),
        pytest.param(datetime(2026, 4, 14, 10, tzinfo=ZoneInfo("Asia/Tokyo")), id="tokyo"),
        pytest.param(datetime(2026, 4, 14, 10, tzinfo=ZoneInfo("Asia/Kathmandu")), id="kathmandu"),
        pytest.param(
            datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")),
            id="a second time in a fold",
        ),
    ],
)
def test_instants_come_back_as_the_same_ones_in_utc(store: Store, instant: datetime):
    with store.begin() as work:
        work.jobs.fired("thanks", instant)

    with store.begin() as work:
        found = work.jobs.last_fired()["thanks"]

    assert (found, found.tzinfo) == (instant.astimezone(UTC), UTC)


NAIVE_POST = replace(post("UN", "2026-04-14 10:00", "hi"), at=NAIVE)


@pytest.mark.parametrize(
    "tell",
    [
        pytest.param(lambda work: work.jobs.fired("thanks", NAIVE), id="jobs.fired"),
        pytest.param(lambda work: work.messages.add(NAIVE_POST, NOTHING, gap=GAP), id="messages.add"),
        pytest.param(
            lambda work: work.messages.edit(
                MessageEdited(team=TEAM, channel="C1", ts="1.0", at=NAIVE, text=""), NOTHING
            ),
            id="messages.edit",
        ),
        pytest.param(lambda work: work.messages.forget(before=NAIVE), id="messages.forget"),
        pytest.param(
            lambda work: work.messages.thanked("C1", start=NAIVE, end=TUESDAY), id="messages.thanked"
        ),
        pytest.param(
            lambda work: work.messages.pointing_at("C1", "1.0", author="UN", after=NAIVE, until=TUESDAY),
            id="messages.pointing_at",
        ),
        pytest.param(
            lambda work: work.channels.describe(
                ChannelDescribed(team=TEAM, channel="C1", at=NAIVE, name="chat")
            ),
            id="channels.describe",
        ),
        pytest.param(lambda work: work.cases.save(case(run_end_at=NAIVE)), id="cases.save, its run"),
        pytest.param(lambda work: work.cases.save(case(opened_at=NAIVE)), id="cases.save"),
        pytest.param(lambda work: work.cases.close(KEY, Outcome.EXPIRED, NAIVE), id="cases.close"),
        pytest.param(lambda work: work.cases.set_due(KEY, NAIVE, ()), id="cases.set_due"),
        pytest.param(lambda work: work.cases.due(NAIVE, most=1), id="cases.due"),
        pytest.param(lambda work: work.cases.near("C1", start=TUESDAY, end=NAIVE), id="cases.near"),
        pytest.param(lambda work: work.cases.week(NAIVE, TUESDAY), id="cases.week"),
        pytest.param(lambda work: work.cases.top_answerers(before=NAIVE, most=1), id="cases.top_answerers"),
        pytest.param(
            lambda work: work.enrolments.start("UN", "newcomer", "hello", NAIVE), id="enrolments.start"
        ),
        pytest.param(lambda work: work.enrolments.due(NAIVE, most=1), id="enrolments.due"),
        pytest.param(lambda work: work.outbox.add(outgoing("w", at=NAIVE)), id="outbox.add"),
        pytest.param(lambda work: work.outbox.due(NAIVE, most=1), id="outbox.due"),
        pytest.param(lambda work: sending(work, "w", at=NAIVE), id="outbox.sending"),
        pytest.param(lambda work: work.outbox.sent("w", NAIVE, "hash", WHERE), id="outbox.sent"),
        pytest.param(lambda work: work.outbox.sent_to("UN", since=NAIVE), id="outbox.sent_to"),
        pytest.param(
            lambda work: work.outbox.sent_of_kind(MessageKind.ALERT, since=NAIVE), id="outbox.sent_of_kind"
        ),
        pytest.param(lambda work: work.outbox.alerts_to(since=NAIVE), id="outbox.alerts_to"),
        pytest.param(lambda work: work.decisions.record(record(NAIVE)), id="decisions.record"),
        pytest.param(lambda work: work.decisions.forget(before=NAIVE), id="decisions.forget"),
    ],
)
def test_an_instant_without_a_zone_is_refused(store: Store, tell: Callable[[Work], object]):
    with pytest.raises(ValueError, match="timezone"), store.begin() as work:
        tell(work)
