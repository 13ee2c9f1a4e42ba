"""For how long a lease surely holds, and when somebody else may take it; the times are real seconds."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from scheduler.live.holding import LeaseKeeper, Terms
from scheduler.live.lease import LeaseLost, SoleKeeper, while_held
from scheduler.live.writer import Writer
from scheduler.ports import Store, Work
from scheduler.store.engine import SqlStore, open_store
from tests.contract.rows import TUESDAY
from tests.ready import ready_database
from tests.world import TEAM

T = TypeVar("T")
Write = Callable[[LeaseKeeper], Coroutine[None, None, None]]
TERMS = Terms(lasts=timedelta(seconds=15), renewed_every=timedelta(seconds=5), safety=timedelta(seconds=3))


class Steady:
    """Seconds that pass when they are told to; each transaction may take some."""

    def __init__(self) -> None:
        self.at = 100.0
        self.a_commit_takes = 0.0

    def __call__(self) -> float:
        return self.at


class Direct(Writer):
    """A writer without a thread, over a store that others use as well."""

    def __init__(self, store: SqlStore, seconds: Steady) -> None:
        self._store_of_all = store
        self._seconds = seconds

    async def do(self, change: Callable[[Work], T]) -> T:
        with self._store_of_all.begin() as work:
            done = change(work)
        self._seconds.at += self._seconds.a_commit_takes
        return done

    async def use(self, use: Callable[[Store], T]) -> T:
        return use(self._store_of_all)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with closing(open_store(ready_database(tmp_path / "lease.db"), TEAM, throw_away=True)) as store:
        yield store


@pytest.fixture
def seconds() -> Steady:
    return Steady()


@pytest.fixture
def first(store: SqlStore, seconds: Steady) -> LeaseKeeper:
    return LeaseKeeper(Direct(store, seconds), "first", terms=TERMS, elapsed=seconds)


@pytest.fixture
def second(store: SqlStore, seconds: Steady) -> LeaseKeeper:
    return LeaseKeeper(Direct(store, seconds), "second", terms=TERMS, elapsed=seconds)


def keep(keeper: LeaseKeeper) -> bool:
    asyncio.run(keeper.keep())
    return keeper.is_held


def test_who_finds_no_lease_takes_it(first: LeaseKeeper):
    assert (keep(first), first.surely_holds()) == (True, True)


def test_who_finds_one_stands_by(first: LeaseKeeper, second: LeaseKeeper):
    keep(first)

    assert (keep(second), second.surely_holds()) == (False, False)


@pytest.mark.parametrize(
    ("passed", "surely"),
    [
        pytest.param(0.0, True, id="at once"),
        pytest.param(11.999, True, id="just before the safety begins"),
        pytest.param(12.0, False, id="three seconds before it ends"),
        pytest.param(3600.0, False, id="an hour later: the process was stopped"),
    ],
)
def test_it_surely_holds_until_three_seconds_before_its_end(
    first: LeaseKeeper, seconds: Steady, passed: float, surely: bool
):
    keep(first)
    seconds.at += passed

    assert first.surely_holds() is surely


@pytest.mark.parametrize(("passed", "surely"), [(7.999, True), (8.0, False)])
def test_the_time_that_a_slow_database_took_counts_as_passed(
    first: LeaseKeeper, seconds: Steady, passed: float, surely: bool
):
    seconds.a_commit_takes = 4
    keep(first)
    seconds.at += passed

    assert first.surely_holds() is surely


def test_a_renewal_begins_it_anew_and_is_asked_for_every_five_seconds(
    store: SqlStore, first: LeaseKeeper, seconds: Steady
):
    keep(first)
    found = []
    for passed in (4.9, 0.1, 4.9, 0.1):
        seconds.at += passed
        keep(first)
        lease = store.read().leases.get()
        found.append(lease and lease.renewals)
    seconds.at += 11.9

    assert (found, first.surely_holds()) == ([0, 1, 1, 2], True)


def test_who_stands_by_takes_it_when_it_saw_no_renewal_for_fifteen_seconds(
    first: LeaseKeeper, second: LeaseKeeper, seconds: Steady
):
    keep(first)
    seconds.at += 1
    keep(second)
    taken = []
    for passed in (14.9, 0.1):
        seconds.at += passed
        taken.append(keep(second))

    assert taken == [False, True]


def test_each_renewal_makes_it_wait_again(first: LeaseKeeper, second: LeaseKeeper, seconds: Steady):
    keep(first)
    taken = []
    for _ in range(20):
        seconds.at += 5
        keep(first)
        taken.append(keep(second))

    assert (any(taken), first.is_held) == (False, True)


def test_both_never_surely_hold_it_however_slow_the_database_is(
    first: LeaseKeeper, second: LeaseKeeper, seconds: Steady
):
    seconds.a_commit_takes = 2
    keep(first)
    keep(second)
    both = []
    for _ in range(400):
        seconds.at += 0.1
        keep(second)
        both.append((first.surely_holds(), second.surely_holds()))

    assert (True, True) not in both
    assert both[-1] == (False, True)


def test_what_is_given_up_is_taken_at_once(first: LeaseKeeper, second: LeaseKeeper):
    keep(first)
    keep(second)
    asyncio.run(first.give_up())

    assert (first.is_held, keep(second)) == (False, True)


def test_who_was_stopped_and_goes_on_finds_at_its_renewal_that_it_lost(
    first: LeaseKeeper, second: LeaseKeeper, seconds: Steady
):
    keep(first)
    keep(second)
    seconds.at += 60
    keep(second)

    assert (keep(first), second.is_held) == (False, True)


def fire(work: Work) -> None:
    work.jobs.fired("thanks", TUESDAY)


async def do(keeper: LeaseKeeper) -> None:
    await keeper.writer.do(fire)


async def use(keeper: LeaseKeeper) -> None:
    def change(store: Store) -> None:
        with store.begin() as work:
            fire(work)

    await keeper.writer.use(change)


@pytest.mark.parametrize("write", [do, use])
def test_who_lost_it_without_knowing_writes_nothing_down(
    store: SqlStore, first: LeaseKeeper, second: LeaseKeeper, seconds: Steady,
    write: Write,
):  # fmt: skip
    keep(first)
    keep(second)
    seconds.at += 60
    keep(second)

    with pytest.raises(LeaseLost):
        asyncio.run(write(first))
    assert store.read().jobs.last_fired() == {}


@pytest.mark.parametrize("write", [do, use])
def test_its_holder_writes(store: SqlStore, first: LeaseKeeper, write: Write):
    keep(first)
    asyncio.run(write(first))

    assert store.read().jobs.last_fired() == {"thanks": TUESDAY}


def test_who_stands_by_does_none_of_the_holder_s_work_and_who_finds_it_lost_stands_by(
    first: LeaseKeeper, second: LeaseKeeper, seconds: Steady
):
    done = []

    async def work() -> None:
        done.append(first.is_held)
        await first.writer.do(fire)

    asyncio.run(while_held(first, work)())
    keep(first)
    asyncio.run(while_held(first, work)())
    keep(second)
    seconds.at += 60
    keep(second)
    asyncio.run(while_held(first, work)())
    asyncio.run(while_held(first, work)())

    assert (done, first.is_held) == ([True, True], False)


def test_each_time_it_is_taken_is_another_tenure(first: LeaseKeeper, second: LeaseKeeper):
    tenures = []
    for keeper in (first, second, first):
        keep(keeper)
        tenures.append(keeper.tenure)
        asyncio.run(keeper.give_up())

    assert tenures == [1, 2, 3]


def test_a_file_s_only_process_always_holds_it(store: SqlStore, seconds: Steady):
    keeper = SoleKeeper(Direct(store, seconds))
    asyncio.run(keeper.keep())

    assert (keeper.is_held, keeper.surely_holds()) == (True, True)
