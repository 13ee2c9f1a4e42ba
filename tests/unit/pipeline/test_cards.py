"""What was posted about a case shows how it ended, in place, and notifies nobody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scheduler.actions.cards import FOLDED, fold_cards, folded_values
from scheduler.model.cases import Case, Outcome, SignKind
from scheduler.model.decisions import Hold, Reason, Skip
from scheduler.model.deliveries import Delivered
from scheduler.model.facts import Fact
from scheduler.model.messages import MessageKind, OutboxState, OutgoingMessage, Rendered, Wait
from scheduler.pipeline.crew import Parcel
from scheduler.pipeline.hold import hold
from scheduler.pipeline.recheck import recheck
from scheduler.pipeline.record import record
from tests.contract.rows import case
from tests.unit.pipeline.rows import CASE, QUESTION, alert
from tests.world import CHANNELS, HOUR, World, delete, described, joined, local, make_settings, reply, stamp

REPLY = reply("UX", "2026-04-14 11:30", "はい、必要です", QUESTION)
FIRST = f"alert:{CASE}:first"


def cards(world: World) -> list[tuple[str, str, str]]:
    """(local time sent, message, why) of every edit that was made, in order."""
    rows = [m for m in world.outbox_of("card") if m.state is OutboxState.SENT]
    times = {message: at for at, _, message in world.sent("card")}
    return [(times[m.message][11:], m.message, m.reason.value) for m in rows]


def card(*, message: str = FOLDED, reason: Reason = Reason.ANSWERED) -> OutgoingMessage:
    told = replace(alert(), kind=MessageKind.CARD, message=message, reason=reason, posted_ts="1.0")
    return replace(told, dedup_key=f"card:{alert().dedup_key}:{reason}:1.0")


@pytest.mark.parametrize(
    ("ends", "shows"),
    [
        pytest.param((REPLY,), [("11:30", FOLDED, "answered")], id="answered"),
        pytest.param(
            (stamp("UN", "2026-04-14 11:30", "white_check_mark", QUESTION),),
            [("11:30", FOLDED, "resolved")],
            id="solved by its author",
        ),
        pytest.param(
            (stamp("UA", "2026-04-14 11:30", "no_entry_sign", QUESTION),),
            [("11:30", FOLDED, "dismissed")],
            id="an ambassador says that it needs no answer",
        ),
        pytest.param((delete(QUESTION, "2026-04-14 11:30"),), [("11:30", FOLDED, "withdrawn")], id="deleted"),
        pytest.param(
            (described("UN", "2026-04-14 11:30", is_deactivated=True),),
            [("11:30", FOLDED, "author_gone")],
            id="its author left",
        ),
        pytest.param(
            (described("UN", "2026-04-14 11:30", is_bot=True),),
            [("11:30", FOLDED, "dismissed")],
            id="it turns out that it never was a case",
        ),
        pytest.param((stamp("UX", "2026-04-14 11:30", "eyes", QUESTION),), [], id="touched: it waits on"),
        pytest.param(
            (REPLY, delete(REPLY, "2026-04-14 11:40")),
            [("11:30", FOLDED, "answered"), ("11:40", "alert_first_look", "untouched")],
            id="answered, and the answer was taken back: it is shown open again",
        ),
        pytest.param(
            (REPLY, reply("UN", "2026-04-14 11:45", "もう一つ教えてください", QUESTION)),
            [("11:30", FOLDED, "answered")],
            id="asked again: that is another opening, and the first one stays as it ended",
        ),
    ],
)
def test_an_alert_shows_how_its_case_ended(
    world: World, ends: tuple[Fact, ...], shows: list[tuple[str, str, str]]
):
    world.live((QUESTION, *ends), "2026-04-14 11:50")

    assert cards(world) == shows


def test_a_case_that_ends_twice_is_shown_ended_twice(world: World):
    again = reply("UX", "2026-04-14 11:45", "はい", QUESTION)
    world.live((QUESTION, REPLY, delete(REPLY, "2026-04-14 11:40"), again), "2026-04-14 11:50")

    assert [m.reason.value for m in world.outbox_of("card")] == ["answered", "untouched", "answered"]


def test_every_alert_about_a_case_is_edited_where_it_stands(world: World):
    answer = reply("UX", "2026-04-14 13:30", "はい", QUESTION)
    world.live((QUESTION, answer), "2026-04-14 14:00")

    stood = [(m.recipient, m.ambassador, m.posted_channel) for m in world.outbox_of("alert")]
    edited = [(m.recipient, m.ambassador, m.posted_channel) for m in world.outbox_of("card")]
    assert len(stood) == 2
    assert edited == stood


def test_a_case_that_expires_folds_its_alerts(world: World):
    world.live((QUESTION,), "2026-04-28 10:30")

    assert {(m.message, m.reason) for m in world.outbox_of("card")} == {(FOLDED, Reason.EXPIRED)}


@pytest.mark.parametrize(
    ("closed_at", "told"),
    [
        pytest.param("2026-04-14 10:42", (Wait(42), 0), id="minutes"),
        pytest.param("2026-04-16 09:59", (Wait(47 * 60 + 59), 0), id="just under two days"),
        pytest.param("2026-04-16 10:00", (Wait(48 * 60), 2), id="two days"),
        pytest.param("2026-04-20 09:00", (Wait(143 * 60), 5), id="whole days only"),
    ],
)
def test_a_long_wait_is_told_in_days(closed_at: str, told: tuple[Wait, int]):
    assert told_of_an_answer_at(local(closed_at)) == told


@pytest.mark.parametrize(
    ("waited", "told"),
    [
        pytest.param(timedelta(seconds=29), (Wait(0), 0), id="nearly nothing"),
        pytest.param(timedelta(minutes=174, seconds=29), (Wait(174), 0), id="less than half a minute more"),
        pytest.param(timedelta(minutes=174, seconds=30), (Wait(175), 0), id="half a minute more"),
        pytest.param(timedelta(hours=47, minutes=59, seconds=40), (Wait(48 * 60), 2), id="nearly two days"),
    ],
)
def test_a_wait_is_told_to_the_nearest_minute_as_the_reports_do(waited: timedelta, told: tuple[Wait, int]):
    assert told_of_an_answer_at(local("2026-04-14 10:00") + waited) == told


def told_of_an_answer_at(closed_at: datetime) -> tuple[object, object]:
    opened = case(key=CASE, opened_at=local("2026-04-14 10:00"))
    values = folded_values(replace(opened, outcome=Outcome.ANSWERED, closed_at=closed_at))
    return values["waited"], values["days"]


def answered_by(how: SignKind, at: str) -> Case:
    closed_at = local("2026-04-14 11:00")
    touched = case(key=CASE, opened_at=local("2026-04-14 10:00"), touched_at=local(at), touched_how=how)
    return replace(touched, outcome=Outcome.ANSWERED, closed_at=closed_at, answered_at=closed_at)


@pytest.mark.parametrize(
    ("how", "at", "by_reaction"),
    [
        pytest.param(SignKind.REPLY, "2026-04-14 11:00", False, id="a reply"),
        pytest.param(SignKind.STAMP, "2026-04-14 11:00", True, id="a reaction, and that was enough"),
        pytest.param(SignKind.STAMP, "2026-04-14 10:30", False, id="a reaction, and later a reply"),
    ],
)
def test_a_reaction_that_was_enough_is_not_called_a_reply(how: SignKind, at: str, by_reaction: bool):
    assert folded_values(answered_by(how, at))["by_reaction"] is by_reaction


def test_a_case_that_nobody_was_told_of_has_no_card(world: World):
    world.live((QUESTION, replace(REPLY, at=local("2026-04-14 10:30"))), "2026-04-14 18:00")

    assert world.outbox_of("alert") == world.outbox_of("card") == []


def test_an_alert_that_was_on_its_way_when_its_case_ended_is_folded_once_it_stands(world: World):
    world.fold(QUESTION)
    with world.store.begin() as work:
        work.cases.set_due(CASE, None, ("first",))
        work.outbox.add(replace(alert(), dedup_key=FIRST))
    world.fold(REPLY)
    assert world.outbox_of("card") == []

    parcel = Parcel(replace(alert(), dedup_key=FIRST), Rendered(text="words"))
    with world.store.begin() as work:
        record(work, world.driver.crew, parcel, Delivered("D1", "1.0"), local("2026-04-14 11:31"))

    (edited,) = world.outbox_of("card")
    assert (edited.posted_channel, edited.posted_ts, edited.message) == ("D1", "1.0", FOLDED)


def test_folding_again_adds_nothing(world: World):
    world.live((QUESTION, REPLY), "2026-04-14 11:50")
    with world.store.begin() as work:
        case = work.cases.find(CASE)
        assert case
        fold_cards(work, case, now=local("2026-04-14 12:00"))

    assert len(world.outbox_of("card")) == 1


@pytest.mark.parametrize(
    ("facts", "message", "decision"),
    [
        pytest.param((REPLY,), card(), None, id="still answered: it is edited"),
        pytest.param((), card(), Skip(Reason.UNANSWERED), id="the answer was taken back meanwhile"),
        pytest.param(
            (delete(QUESTION, "2026-04-14 11:20"),), card(), Skip(Reason.WITHDRAWN), id="it ended otherwise"
        ),
        pytest.param((), card(message="alert_first_look"), None, id="still open: it is shown open"),
        pytest.param(
            (REPLY,), card(message="alert_first_look"), Skip(Reason.ANSWERED), id="answered once more"
        ),
        pytest.param(
            (described("UN", "2026-04-14 10:40", is_bot=True),), card(), Skip(Reason.CASE_GONE), id="no case"
        ),
    ],
)
def test_an_edit_is_made_while_it_shows_what_is_true(
    world: World, facts: tuple[Fact, ...], message: OutgoingMessage, decision: Hold | Skip | None
):
    world.fold(QUESTION, *facts)
    with world.store.begin() as work:
        assert recheck(work, world.driver.crew, message, local("2026-04-14 11:40")) == decision


def test_an_edit_waits_for_no_quiet_time_and_no_cap(world: World):
    with world.store.begin() as work:
        for number in range(9):
            work.outbox.add(replace(alert(), dedup_key=f"{number}"))
            work.outbox.sent(f"{number}", local("2026-04-14 22:00"), "hash", Delivered("D1", f"{number}"))
        at_night = local("2026-04-14 23:00")
        assert isinstance(hold(work, world.driver.crew, alert(), at_night), Hold)
        assert hold(work, world.driver.crew, card(), at_night) is None


def test_of_two_edits_of_one_message_the_later_one_waits_for_the_earlier(world: World):
    now = local("2026-04-14 11:40")
    with world.store.begin() as work:
        work.outbox.add(card())
        work.outbox.sending(card().dedup_key, now, nonce="mark", until=now + HOUR)
        waits = hold(work, world.driver.crew, replace(card(), dedup_key="card:later"), now)
        work.outbox.sent(card().dedup_key, now, "hash", Delivered("D1", "1.0"))
        goes = hold(work, world.driver.crew, replace(card(), dedup_key="card:later"), now)

    assert (waits, goes) == (Hold(now + timedelta(seconds=5), Reason.NOT_YET), None)


@pytest.fixture
def english(tmp_path: Path) -> Iterator[World]:
    """An ambassador who reads English, in a workspace that reads Japanese."""
    world = World(tmp_path, make_settings())
    world.fold(*CHANNELS, joined("UN", "2026-04-13 09:00"), described("UA", locale="en-GB"))
    yield world
    world.store.close()


def test_a_card_speaks_its_readers_language_and_tells_nothing_of_the_post(english: World):
    facts = (*(described("UN", name="葵"), described("UC", locale="en-US")), QUESTION, REPLY)
    english.live(facts, "2026-04-14 11:50")
    told = [rendered.text for message, rendered in english.mailbox.sent if message.kind == "card"]

    assert [text.partition(":")[0] for text in told] == [f"{FOLDED}/en"]
    assert "葵" not in told[0]
    assert "押印" not in told[0]
    assert "Wait(minutes=90)" in told[0]
