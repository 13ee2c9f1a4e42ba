"""When it is noted that everything was heard so far: a restart reads on from there."""

import asyncio
from collections import deque
from types import SimpleNamespace
from typing import Any, cast

import pytest

from scheduler.app.chores import Chores
from scheduler.app.seen import Seen
from scheduler.app.service import Service
from scheduler.clock import SteppingClock
from scheduler.slack.events.notices import ChannelAppeared
from tests.world import local

NOON = local("2026-04-14 12:00")
NEWS = (ChannelAppeared("C9"),)


class Notes:
    """Stands in for the writer: counts what is written down."""

    def __init__(self) -> None:
        self.count = 0

    async def do(self, _: object) -> None:
        self.count += 1


def marks(
    *,
    gap: bool = False,
    reading: bool = False,
    uncertain_for: float | None = 0.0,
    notices: tuple[Any, ...] = (),
    refused: str | None = None,
) -> int:
    """How many were made of a service in that state."""
    notes = Notes()
    service = SimpleNamespace(
        missed=SimpleNamespace(gap=gap, is_catching_up=reading),
        ear=SimpleNamespace(uncertain_for=uncertain_for),
        notices=deque(notices),
        keeper=SimpleNamespace(writer=notes),
        identity=None,
    )
    clock = SteppingClock(NOON)
    seen = Seen(clock)
    seen.refused_code = refused
    asyncio.run(Chores(cast("Service", service), seen, clock).keep_mark())
    return notes.count


def test_while_all_is_well_it_is_noted():
    assert marks() == 1


@pytest.mark.parametrize(
    "state",
    [
        pytest.param({"gap": True}, id="something was missed"),
        pytest.param({"reading": True}, id="something is being read back"),
        pytest.param({"uncertain_for": None}, id="nothing is heard"),
        pytest.param({"notices": NEWS}, id="something is still to be acted on"),
        pytest.param({"refused": "token_revoked"}, id="Slack tells a refused app nothing"),
    ],
)
def test_else_the_mark_stays_where_it_is(state: dict[str, Any]):
    assert marks(**state) == 0
