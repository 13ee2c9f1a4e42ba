"""What is asked for every message must not walk a channel's whole history: SQLite says how it would look."""

from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

import pytest
from sqlalchemy import Executable
from sqlalchemy.dialects import sqlite

from scheduler.store.cases import _GET, _NEAR
from scheduler.store.engine import open_store
from scheduler.store.inbox import _NEXT, _REPEATING, _SINCE
from scheduler.store.messages import _CONCERNED, _POINTING_AT, _REPLIES, _RUN
from scheduler.store.prepared import Prepared
from scheduler.store.runs import _AROUND, _OF_AUTHOR
from scheduler.store.stamps import _ON_RUN
from scheduler.store.talks import _AFTER, _BEFORE, _ENDINGS, _HABIT, _LAST, _MENTIONED, _RUNS_AFTER


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    folder: Path = tmp_path_factory.mktemp("plans")
    store = open_store(f"sqlite:///{folder / 'plans.db'}", "T1", throw_away=True)
    assert store._driver
    yield store._driver
    store.close()


@pytest.mark.parametrize(
    ("statement", "narrowed_by"),
    [
        pytest.param(_RUN, ["run_ts=?"], id="the messages of a run"),
        pytest.param(_REPLIES, ["run_ts=?", "thread_ts=?"], id="the replies to a run"),
        pytest.param(
            _POINTING_AT, ["run_ts=?", "to_member=?", "to_ts=?", " ts=?"], id="posts that point at it"
        ),
        pytest.param(_ON_RUN, ["run_ts=?", " ts=?", "member=?"], id="the stamps on a run"),
        pytest.param(_AROUND, ["top_ts<?", "top_ts>?"], id="the neighbours of a post"),
        pytest.param(_BEFORE, ["top_ts<?"], id="what was said before"),
        pytest.param(_AFTER, ["top_ts>?"], id="what was said after"),
        pytest.param(_ENDINGS, ["author=?"], id="what the author ends later"),
        pytest.param(_LAST, ["top_ts>?"], id="what stands before that"),
        pytest.param(_RUNS_AFTER, ["top_ts>?"], id="the runs that come after"),
        pytest.param(_MENTIONED, ["run_ts=?", " ts=?"], id="whom a run mentions"),
        pytest.param(_HABIT, ["opened_at>?"], id="how a channel answers"),
        pytest.param(_OF_AUTHOR, ["author=?"], id="the runs of an author"),
        pytest.param(_GET, [" ts=?"], id="the openings of a post"),
        pytest.param(_NEAR, ["opened_at>?"], id="the cases that a post may concern"),
        pytest.param(_CONCERNED, [" ts=?"], id="the run that a message concerns"),
        pytest.param(_NEXT, ["state=?"], id="what waits to be folded"),
        pytest.param(_SINCE, ["state=?", "anon"], id="since when something waits"),
        pytest.param(_REPEATING, ["state=?", "gesture=?"], id="what was folded before"),
    ],
)
def test_every_table_is_searched_by_more_than_its_team_and_channel(
    driver: Connection, statement: Executable, narrowed_by: list[str]
):
    sql = Prepared(statement, sqlite.dialect())._sql
    plan = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {sql}", [None] * sql.count("?"))]
    searches = [line for line in plan if line.startswith("SEARCH")]
    assert [line for line in plan if line.startswith("SCAN") and "anon" not in line] == []
    assert [line for line in searches if not any(column in line for column in narrowed_by)] == []


def test_the_runs_of_an_author_stand_in_their_index_in_the_order_that_is_asked_for(driver: Connection):
    sql = Prepared(_OF_AUTHOR, sqlite.dialect())._sql
    plan = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {sql}", [None] * sql.count("?"))]

    assert [line.partition(" (")[0] for line in plan] == [
        "SEARCH messages USING COVERING INDEX message_author"
    ]
