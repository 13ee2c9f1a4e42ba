"""The lease: which of several processes works for the workspace."""

from datetime import timedelta

from scheduler.ports import Lease
from scheduler.store.engine import SqlStore

LASTS = timedelta(seconds=2.5)


def found(store: SqlStore) -> Lease | None:
    with store.begin() as work:
        return work.leases.get()


def take(store: SqlStore, holder: str) -> Lease:
    with store.begin() as work:
        return work.leases.take(holder, lasts=LASTS)


def renew(store: SqlStore, token: int) -> bool:
    with store.begin() as work:
        return work.leases.renew(token)


def give_up(store: SqlStore, token: int) -> None:
    with store.begin() as work:
        work.leases.give_up(token)


def test_in_the_beginning_nobody_ever_took_it(store: SqlStore):
    assert found(store) is None


def test_who_takes_it_is_its_holder(store: SqlStore):
    taken = take(store, "first")

    assert taken == Lease(holder="first", token=1, renewals=0, lasts=LASTS)
    assert found(store) == taken


def test_each_holder_s_token_is_higher_than_any_before_also_after_it_was_given_up(store: SqlStore):
    tokens = [take(store, "first").token, take(store, "second").token]
    give_up(store, 2)
    tokens.append(take(store, "first").token)

    assert tokens == [1, 2, 3]


def test_a_renewal_can_be_seen(store: SqlStore):
    take(store, "first")

    assert [renew(store, 1), renew(store, 1)] == [True, True]
    assert found(store) == Lease(holder="first", token=1, renewals=2, lasts=LASTS)


def test_who_has_it_no_more_cannot_renew_it(store: SqlStore):
    take(store, "first")
    second = take(store, "second")

    assert (renew(store, 1), found(store)) == (False, second)


def test_who_gave_it_up_cannot_renew_it(store: SqlStore):
    take(store, "first")
    give_up(store, 1)

    assert renew(store, 1) is False


def test_what_was_given_up_has_no_holder(store: SqlStore):
    take(store, "first")
    give_up(store, 1)

    assert found(store) == Lease(holder=None, token=1, renewals=0, lasts=LASTS)


def test_who_has_it_no_more_cannot_give_it_up(store: SqlStore):
    take(store, "first")
    second = take(store, "second")
    give_up(store, 1)

    assert found(store) == second
