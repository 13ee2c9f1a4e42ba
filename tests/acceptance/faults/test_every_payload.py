"""Whatever Slack may send is kept, then folded, or dead with a reason: nothing is raised or stops."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from scheduler.actions.context import Context
from scheduler.actions.directory import directory_of
from scheduler.clock import SteppingClock
from scheduler.live.inbox import fold_some
from scheduler.live.intake import Intake
from scheduler.live.recent import Recent
from scheduler.live.writer import Writer
from scheduler.policy.opentime import OpenTime
from scheduler.ports import Store, Work
from scheduler.slack.events import HANDLED
from scheduler.store.engine import SqlStore, open_store
from tests.acceptance.live_world import START, TEAM
from tests.integration.sandbox.samples import PAYLOADS, SHAPES, needs_samples
from tests.world import make_settings

T = TypeVar("T")
Payload = Mapping[str, Any]
SETTINGS = make_settings()
CONTEXT = Context(settings=SETTINGS, open_time=OpenTime(SETTINGS.calendar), directory=directory_of(SETTINGS))
#: What became of a payload, and why.
Ends = list[tuple[str, str, str | None]]


def ends_of(payloads: Sequence[Payload], folder: Path) -> Ends:
    """(kind, what became of it, why), in the order in which they came."""
    return asyncio.run(taken_in(payloads, f"sqlite:///{folder / 'inbox.db'}", _ends))


async def taken_in(
    payloads: Sequence[Payload], url: str, ask: Callable[[Store], T], *, again: bool = False
) -> T:
    """What `ask` finds once all are folded: as they were heard, or `again`, as they are kept."""
    writer, clock, came = Writer(), SteppingClock(START), []
    await writer.open(lambda: open_store(url, TEAM, throw_away=True))
    intake = Intake(writer, clock, lambda: came.append(True))
    await asyncio.gather(*(intake.keep(payload) for payload in payloads))
    while await writer.do(partial(_fold, None if again else intake.recent)):
        pass
    found = await writer.use(ask)
    await writer.close(lambda store: store.close())  # type: ignore[attr-defined]
    assert came
    return found


def _fold(recent: Recent | None, work: Work) -> bool:
    emptied = fold_some(work, CONTEXT, now=START, recent=recent)
    return bool(emptied.folded or emptied.dead)


def _ends(store: Store) -> Ends:
    assert isinstance(store, SqlStore)
    return list(store._driver.execute("SELECT kind, state, reason FROM inbox ORDER BY id"))


def nothing_is_left_and_nothing_else_was_raised(ends: Ends) -> None:
    assert {state for _, state, _ in ends} <= {"done", "dead"}
    strange = [
        (kind, why)
        for kind, state, why in ends
        if state == "dead" and "missing or malformed" not in (why or "")
    ]
    assert strange == []


def named(payloads: Sequence[Payload]) -> list[Payload]:
    """The samples share their event ids."""
    return [{**payload, "event_id": f"Ev{number}"} for number, payload in enumerate(payloads)]


def read(folder: Path) -> list[Payload]:
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]


@needs_samples
def test_every_payload_of_slacks_own_tests_is_taken_in(tmp_path: Path):
    found = [sample["payload"] for sample in read(PAYLOADS)]
    told = [each.get("payload", each) for each in found if isinstance(each, dict)]
    ends = ends_of(named(told), tmp_path)

    assert len(ends) == len(told) > 150
    nothing_is_left_and_nothing_else_was_raised(ends)


@needs_samples
def test_every_shape_of_an_event_is_taken_in_and_what_is_not_handled_is_done_with(tmp_path: Path):
    ends = ends_of(named(read(SHAPES / "events")), tmp_path)

    assert len(ends) > 50
    nothing_is_left_and_nothing_else_was_raised(ends)
    assert {state for kind, state, _ in ends if kind not in HANDLED} == {"done"}


HURTFUL = [
    pytest.param({"type": "message", "text": "\ud83d\udc00 \ud800"}, id="half a sign"),
    pytest.param({"type": "\ud800"}, id="half a sign as type"),
    pytest.param({"type": ["message"]}, id="a list as type"),
    pytest.param({"type": "message", "client_msg_id": "\ud800"}, id="half a sign as gesture"),
    pytest.param({"type": "message", "channel": None, "ts": 17, "user": []}, id="fields of other kinds"),
    pytest.param({"type": "message", "ts": "0.0", "channel": "C1", "user": "U1", "text": "x"}, id="long ago"),
    pytest.param({"type": "message", "ts": "9999999999.0", "channel": "C1", "user": "U1"}, id="far ahead"),
    pytest.param(
        {"type": "message", "ts": "1785713400.000000", "channel": "C1", "user": "U1", "text": "\0 \ud800"},
        id="no text at all",
    ),
    pytest.param({"type": "message", "text": "x" * 300_000, "ts": "1.0", "channel": "C1"}, id="oversized"),
    pytest.param({"type": "reaction_added", "item": {"type": "message"}}, id="a stamp on nothing"),
    pytest.param({"type": "team_join", "user": {"id": "U9", "profile": "?"}}, id="a member of no kind"),
    pytest.param({"type": "x" * 100_000}, id="a long type"),
    pytest.param({}, id="nothing"),
    pytest.param("message", id="no event at all"),
    pytest.param(None, id="none"),
]


@pytest.mark.parametrize("event", HURTFUL)
def test_fault_24_an_event_that_hurts_is_kept_and_stops_nothing(tmp_path: Path, event: object):
    hurts = {"type": "event_callback", "event_id": "Ev1", "event": event}
    after = {"type": "event_callback", "event_id": "Ev2", "event": {"type": "emoji_changed"}}
    ends = ends_of([hurts, {**hurts, "event_id": "\ud800"}, after], tmp_path)

    assert len(ends) == 3
    nothing_is_left_and_nothing_else_was_raised(ends)
    assert ends[-1] == ("emoji_changed", "done", None)
