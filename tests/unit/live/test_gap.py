"""When something has to be read back from Slack, and when another process heard it."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scheduler.actions.context import Context
from scheduler.actions.directory import directory_of
from scheduler.live.gap import Gap
from scheduler.live.inbox import fold_some
from scheduler.live.intake import envelope_of
from scheduler.model.marks import ALIVE, BEHIND
from scheduler.policy.opentime import OpenTime
from scheduler.store.engine import SqlStore, open_store
from tests.ready import ready_database
from tests.world import TEAM, local, make_settings

SETTINGS = make_settings()
CONTEXT = Context(settings=SETTINGS, open_time=OpenTime(SETTINGS.calendar), directory=directory_of(SETTINGS))
BEGAN = local("2026-08-03 10:00")
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with closing(open_store(ready_database(tmp_path / "gap.db"), TEAM, throw_away=True)) as store:
        yield store


def heard_all(store: SqlStore, gap: Gap, *, alive: datetime | None, behind: str = "") -> bool:
    with store.begin() as work:
        if alive:
            work.marks.put(ALIVE, alive.isoformat())
        work.marks.put(BEHIND, behind)
        return gap.heard_all(work)


def listening() -> Gap:
    gap = Gap()
    for second in range(300):
        gap.listen(is_well=True, now=BEGAN + second * SECOND)
    return gap


def test_each_holding_of_a_lease_begins_with_one():
    gap = Gap()
    before = gap.is_open(0) and gap.is_open(7)
    gap.close(7)

    assert (before, gap.is_open(7), gap.is_open(8)) == (True, False, True)


def test_what_was_missed_is_one_until_it_is_closed():
    gap = Gap()
    gap.close(0)
    gap.open()
    before = gap.is_open(0)
    gap.close(0)

    assert (before, gap.is_open(0)) == (True, False)


@pytest.mark.parametrize(
    ("alive", "heard"),
    [
        pytest.param(None, False, id="nobody ever heard anything"),
        pytest.param(BEGAN - SECOND, False, id="the holder was gone before we listened"),
        pytest.param(BEGAN + 59 * SECOND, False, id="its clock may be a minute ahead of ours"),
        pytest.param(BEGAN + MINUTE, True, id="a minute later it heard everything still"),
        pytest.param(BEGAN + 9 * MINUTE, True, id="and long after that"),
    ],
)
def test_who_listened_before_the_last_mark_missed_nothing(
    store: SqlStore, alive: datetime | None, heard: bool
):
    assert heard_all(store, listening(), alive=alive) is heard


def test_what_the_holder_had_begun_to_read_back_is_still_to_be_read(store: SqlStore):
    late = BEGAN + 9 * MINUTE

    assert heard_all(store, listening(), alive=late, behind=late.isoformat()) is False


def test_who_does_not_listen_at_this_moment_may_have_missed_something(store: SqlStore):
    gap = listening()
    gap.listen(is_well=False, now=BEGAN + 5 * MINUTE)

    assert heard_all(store, gap, alive=BEGAN + 9 * MINUTE) is False


def test_who_missed_something_itself_begins_anew(store: SqlStore):
    gap = listening()
    gap.open()
    gap.listen(is_well=True, now=BEGAN + 5 * MINUTE)

    assert heard_all(store, gap, alive=BEGAN + 5 * MINUTE) is False


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", BEGAN.isoformat(), id="from now on"),
        pytest.param(
            "2026-08-03T00:30:00+00:00", "2026-08-03T00:30:00+00:00", id="what is missed already stays"
        ),
    ],
)
def test_that_slack_lost_events_is_known_to_whoever_goes_on(store: SqlStore, before: str, after: str):
    with store.begin() as work:
        work.marks.put(BEHIND, before)
        work.inbox.put([envelope_of({"type": "app_rate_limited"}, received_at=BEGAN)])
    with store.begin() as work:
        fold_some(work, CONTEXT, now=BEGAN)
    with store.begin() as work:
        assert work.marks.get(BEHIND) == after
