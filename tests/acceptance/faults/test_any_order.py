"""Fault scenario 12: joins, posts, replies, stamps, edits and deletions come in any order."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.actions.context import Context
from scheduler.actions.directory import directory_of
from scheduler.clock import SteppingClock
from scheduler.live.inbox import fold_some
from scheduler.live.intake import envelope_of
from scheduler.model.cases import Case, Outcome
from scheduler.model.people import Member
from scheduler.pipeline.crew import Crew
from scheduler.pipeline.round import make_round
from scheduler.policy.opentime import OpenTime
from scheduler.sandbox import Sandbox
from scheduler.store.engine import SqlStore, open_store
from tests.acceptance.live_world import MINUTE, START, TEAM
from tests.world import AMBASSADORS, HOUR, Mailbox, PlainRenderer, make_settings

Payload = Mapping[str, Any]
SETTINGS = make_settings()
CONTEXT = Context(settings=SETTINGS, open_time=OpenTime(SETTINGS.calendar), directory=directory_of(SETTINGS))
CREW = Crew(context=CONTEXT, renderer=PlainRenderer())
HEARD = START + 3 * HOUR


@cache
def story() -> tuple[Payload, ...]:
    """What Slack tells of one morning, in the order in which it happened."""
    clock = SteppingClock(START)
    sandbox = Sandbox(clock=clock, team=TEAM)
    ambassador, other = AMBASSADORS[0].member, "UX"
    with sandbox.past(START - 24 * HOUR):
        sandbox.people.join("みどり", member=ambassador)
        sandbox.people.join("あきら", member=other)

    def after(minutes: int) -> None:
        clock.step_to(START + minutes * MINUTE)

    place = sandbox.channels.create("questions", channel="Cquestions", with_app=True)
    sandbox.channels.create("ambassadors", channel="Cambassadors", with_app=True)
    sandbox.people.join("はるか", member="UNEW")
    after(30)
    answered = sandbox.post("UNEW", place, "申請書の様式はどこにありますか")
    after(41)
    sandbox.post(ambassador, place, "ここにあります", thread_ts=answered)
    after(50)
    deleted = sandbox.post("UNEW", place, "押印は要りますか")
    after(51)
    sandbox.edit(place, deleted, "押印はまだ要りますか")
    sandbox.react(other, place, deleted, "eyes")
    sandbox.unreact(other, place, deleted, "eyes")
    after(55)
    sandbox.delete(place, deleted)
    after(62)
    edited = sandbox.post("UNEW", place, "はじめまして")
    after(63)
    sandbox.edit(place, edited, "はじめまして。だれに聞けばよいか教えてください")
    after(64)
    sandbox.people.join("そら", member="ULATE")
    touched = sandbox.post("ULATE", place, "会議室の予約はどうすればできますか")
    after(70)
    sandbox.react(other, place, touched, "eyes")
    sandbox.people.change("ULATE", display_name="そら（総務課）")
    return tuple(envelope.payload for envelope in sandbox.delivery.waiting)


@dataclass(frozen=True, slots=True)
class Known:
    members: Sequence[Member]
    cases: Sequence[Case]
    sent: Sequence[tuple[str, str]]
    dead: Sequence[tuple[str, int]]


@contextmanager
def new_store(empty: Path) -> Iterator[SqlStore]:
    with TemporaryDirectory() as folder:
        shutil.copy(empty, Path(folder) / "any.db")
        store = open_store(f"sqlite:///{folder}/any.db", TEAM, throw_away=True)
        yield store
        store.close()


def known_after(payloads: Sequence[Payload], empty: Path) -> Known:
    """All of it is heard before anything is planned; then two days pass."""
    mailbox = Mailbox()
    with new_store(empty) as store:
        with store.begin() as work:
            work.inbox.put([envelope_of(payload, received_at=HEARD) for payload in payloads])
            while fold_some(work, CONTEXT, now=HEARD).folded:
                pass
            known = [work.members.get(member) for member in ("UNEW", "ULATE", "UX")]
            cases, dead = tuple(work.cases.all()), work.inbox.refused()
        for hours in range(48):
            make_round(store, CREW, mailbox, now=HEARD + hours * HOUR)
    sent = sorted((str(message.case), message.message) for message, _ in mailbox.sent)
    return Known(known, cases, sent, dead)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose tables are there."""
    path = tmp_path_factory.mktemp("order") / "empty.db"
    open_store(f"sqlite:///{path}", TEAM, throw_away=True).close_for_good()
    return path


@pytest.fixture(scope="module")
def in_order(empty: Path) -> Known:
    return known_after(story(), empty)


def test_fault_12_of_a_morning_as_it_happened_only_who_still_waits_is_told_of(in_order: Known):
    outcomes = [case.outcome for case in in_order.cases]
    waiting = {str(case.key) for case in in_order.cases if case.is_open}

    assert outcomes == [Outcome.ANSWERED, Outcome.WITHDRAWN, None, None]
    assert {case for case, message in in_order.sent if message != "welcome"} == waiting
    assert in_order.dead == ()


@given(st.permutations(story()), st.lists(st.sampled_from(story()), max_size=10))
@settings(max_examples=25)
def test_fault_12_in_any_order_and_twice_over_the_same_is_known_and_the_same_is_sent(
    empty: Path, in_order: Known, shuffled: list[Payload], again: list[Payload]
):
    copies = [{**payload, "event_id": f"Again{number}"} for number, payload in enumerate(again)]

    assert known_after([*copies[::2], *shuffled, *copies[1::2]], empty) == in_order
