from dataclasses import replace

import pytest
from sqlalchemy import make_url

from scheduler.errors import DatabaseRefused
from scheduler.model.cases import Outcome
from scheduler.model.facts import JoinSource
from scheduler.ports import ImportProgress, Store
from scheduler.store.engine import SqlStore, open_store
from tests.contract.rows import KEY, TUESDAY, case
from tests.world import CHANNELS, TEAM, described, joined

HALF = ImportProgress(source="a", facts_done=256, told_until=TUESDAY)


def test_of_a_history_that_was_never_begun_nothing_is_done(store: Store):
    with store.begin() as work:
        assert work.imports.get("a") == ImportProgress(source="a")
        assert work.imports.unfinished() == ()


def test_progress_is_kept_for_each_history_by_itself(store: Store):
    done = replace(HALF, facts_done=300, finished=True)
    with store.begin() as work:
        work.imports.save(HALF)
        work.imports.save(replace(HALF, source="b"))
        work.imports.save(done)

    with store.begin() as work:
        assert (work.imports.get("a"), work.imports.get("b")) == (done, replace(HALF, source="b"))
        assert work.imports.unfinished() == (replace(HALF, source="b"),)


def test_giving_up_forgets_what_is_unfinished_and_nothing_else(store: Store, neighbour: Store):
    done = replace(HALF, source="b", finished=True)
    with neighbour.begin() as work:
        work.imports.save(HALF)
    with store.begin() as work:
        work.imports.save(HALF)
        work.imports.save(done)
        work.imports.give_up()

    with store.begin() as work:
        assert (work.imports.get("a").facts_done, work.imports.get("b")) == (0, done)
    with neighbour.begin() as work:
        assert work.imports.unfinished() == (HALF,)


def test_every_workspace_that_has_rows_is_known(store: Store, neighbour: Store):
    with store.begin() as work:
        nobody = work.imports.teams()
        work.imports.save(HALF)
    with neighbour.begin() as work:
        work.channels.describe(replace(CHANNELS[0], team="T2"))

    with store.begin() as work:
        assert (nobody, work.imports.teams()) == (frozenset(), frozenset({TEAM, "T2"}))


def test_members_are_counted_by_how_their_join_is_known_without_bots(store: Store):
    with store.begin() as work:
        for fact in (joined("UA", "2026-04-01 09:00"), joined("UB", "2026-04-02 09:00")):
            work.members.trace(fact)
        work.members.trace(joined("UC", "2026-04-02 09:00", JoinSource.FIRST_SEEN))
        work.members.trace(joined("UBOT", "2026-04-02 09:00"))
        work.members.describe(described("UBOT", is_bot=True))
        work.members.describe(described("UD"))

        assert work.members.joins() == {JoinSource.EVENT: 2, JoinSource.FIRST_SEEN: 1, None: 1}


def test_parked_cases_are_those_that_are_open_and_due_never_the_earliest_first(store: Store):
    later = replace(KEY, opening=2)
    with store.begin() as work:
        for key, due_at in ((later, None), (KEY, None), (replace(KEY, opening=3), TUESDAY)):
            work.cases.save(case(key=key, due_at=due_at))
        closed = case(key=replace(KEY, opening=4), outcome=Outcome.ANSWERED, closed_at=TUESDAY)
        work.cases.save(closed)

        assert [each.key for each in work.cases.parked(most=9)] == [KEY, later]
        assert [each.key for each in work.cases.parked(most=1)] == [KEY]


def test_openings_are_counted_by_how_they_ended(store: Store):
    with store.begin() as work:
        for number, outcome in enumerate((None, Outcome.ANSWERED, Outcome.ANSWERED), start=1):
            ended = case(key=replace(KEY, opening=number), outcome=outcome)
            work.cases.save(ended)

        assert work.cases.fates() == {None: 1, Outcome.ANSWERED: 2}


def test_who_holds_it_alone_still_reads_and_writes(store: SqlStore):
    store.hold_alone()
    with store.begin() as work:
        work.imports.save(HALF)

    with store.begin() as work:
        assert work.imports.get("a") == HALF


def impatient(url: str) -> str:
    """The same database, for somebody who does not wait long for others."""
    if url.startswith("sqlite"):
        return f"{url}?timeout=0.1"
    address = make_url(url).update_query_dict({"options": "-c lock_timeout=100"})
    return address.render_as_string(hide_password=False)


def test_nobody_else_writes_while_one_holds_it_alone(store: SqlStore, database: str):
    store.hold_alone()

    def write() -> None:
        other = open_store(impatient(database), TEAM, throw_away=True)
        try:
            other.hold_alone()
        finally:
            other.close()

    with pytest.raises(DatabaseRefused) as refused:
        write()
    assert refused.value.code == "store.database_busy"


def test_it_is_free_again_once_the_holder_closed(store: SqlStore, database: str):
    store.hold_alone()
    store.close()

    other = open_store(database, TEAM, throw_away=True)
    with other.begin() as work:
        work.imports.save(HALF)
    other.close()

    assert store.team == other.team
