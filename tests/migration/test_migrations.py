"""The tables are what all migrations make, and a database only ever moves forward."""

import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from shutil import copytree
from subprocess import Popen, run

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, String, Table, create_engine, inspect, text

from scheduler.catalogue import LANGUAGES, say
from scheduler.errors import AmbassadorError, DatabaseRefused, DatabaseTooNew
from scheduler.store.connecting import engine_for
from scheduler.store.engine import open_store
from scheduler.store.migrate import revisions, upgrade
from scheduler.store.tables import METADATA
from tests.contract.conftest import BACKENDS
from tests.contract.rows import TUESDAY
from tests.postgres import MARKS, Server

REPO = Path(__file__).parents[2]
MIGRATIONS = REPO / "scheduler/store/migrations"


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'migrated.db'}"
    server: Server = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = engine_for(url, throw_away=True)
    yield engine
    engine.dispose()


def shape(engine: Engine) -> list[str]:
    """Tables with all that belongs to them, and on PostgreSQL what each catalogue row was last changed by."""
    tables = "SELECT name || sql FROM sqlite_master ORDER BY name"
    if engine.dialect.name == "postgresql":
        tables = (
            "SELECT relname || relfilenode || xmin FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        )
    with engine.connect() as connection:
        return sorted(str(told) for told in connection.scalars(text(tables)))


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    def fail(_: object) -> None:
        raise InterruptedError

    before = shape(engine)
    monkeypatch.setattr("scheduler.store.migrate.sort_bytewise", fail)

    with pytest.raises(InterruptedError):
        upgrade(engine)

    assert shape(engine) == before


def from_the_future(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))


def test_all_migrations_together_make_the_tables(engine: Engine):
    upgrade(engine)

    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)

    assert differences == []


def test_the_comparison_sees_a_missing_index(engine: Engine):
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX outbox_due"))
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)

    assert [(difference[0], difference[1].name) for difference in differences] == [
        ("add_index", "outbox_due")
    ]


def test_an_empty_file_gets_every_table(engine: Engine):
    upgrade(engine)

    assert set(inspect(engine).get_table_names()) == {*METADATA.tables, "alembic_version"}


def test_a_database_that_is_up_to_date_stays_as_it_is(engine: Engine):
    upgrade(engine)
    before = shape(engine)
    upgrade(engine)

    assert shape(engine) == before


def test_what_is_known_survives_opening_the_database_again(url: str):
    first = open_store(url, "T1")
    with first.begin() as work:
        work.jobs.fired("thanks", TUESDAY)
    first.close()
    second = open_store(url, "T1")
    with second.begin() as work:
        known = work.jobs.last_fired()
    second.close()

    assert known == {"thanks": TUESDAY}


@pytest.mark.parametrize("url", [pytest.param("postgresql", marks=MARKS)], indirect=True)
def test_on_postgresql_every_text_sorts_bytewise(engine: Engine):
    upgrade(engine)
    columns = {
        f"{table.name}.{column.name}": getattr(column.type, "collation", None)
        for name in METADATA.tables
        for table in [Table(name, MetaData(), autoload_with=engine)]
        for column in table.columns
        if isinstance(column.type, String)
    }

    assert (len(columns) > 50, set(columns.values())) == (True, {"C"})


@pytest.mark.external_service
def test_a_database_of_another_encoding_is_refused_and_left_alone(postgres: Server):
    engine = engine_for(postgres.new_database("LATIN1"))

    with pytest.raises(DatabaseRefused) as refusal:
        upgrade(engine)

    names = inspect(engine).get_table_names()
    engine.dispose()
    assert (refusal.value.code, refusal.value.values, names) == ("store.not_utf8", {"encoding": "LATIN1"}, [])


OPEN = "from scheduler.store.engine import open_store; import sys; open_store(*sys.argv[1:]).close()"


def test_two_processes_that_open_an_empty_database_at_once_make_its_tables_once(url: str, engine: Engine):
    started = [Popen([sys.executable, "-c", OPEN, url, team], cwd=REPO) for team in ("T1", "T2")]

    assert [process.wait() for process in started] == [0, 0]
    assert set(inspect(engine).get_table_names()) == {*METADATA.tables, "alembic_version"}


def test_a_database_from_the_future_is_refused_and_left_alone(engine: Engine):
    from_the_future(engine)
    before = shape(engine)

    with pytest.raises(DatabaseTooNew) as refusal:
        upgrade(engine)

    assert shape(engine) == before
    assert isinstance(refusal.value, AmbassadorError)
    assert str(refusal.value) == "store.database_too_new, revision: 9999"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_refusal_has_a_sentence_for_people(engine: Engine, language: str):
    from_the_future(engine)

    with pytest.raises(DatabaseTooNew) as refusal:
        upgrade(engine)

    assert "9999" in say(language, refusal.value.code, revision=refusal.value.revision)


def test_the_migrations_are_one_line_without_branches():
    script = ScriptDirectory(str(MIGRATIONS))

    assert len(script.get_heads()) == len(script.get_bases()) == 1


def test_a_migrations_file_is_named_by_its_revision():
    script = ScriptDirectory(str(MIGRATIONS))

    assert list(revisions()) == [each.revision for each in script.walk_revisions()][::-1]


def test_a_database_that_is_up_to_date_is_opened_without_alembic(tmp_path: Path):
    """It takes long to import: each start would wait for it."""
    url = f"sqlite:///{tmp_path / 'ready.db'}"
    open_store(url, "T1").close()
    program = f"{OPEN}; sys.exit('alembic' in sys.modules)"
    opened = [
        run([sys.executable, "-c", program, at, "T1"], cwd=REPO, check=False) for at in (url, f"{url}2")
    ]

    assert [process.returncode for process in opened] == [0, 1]


def test_the_next_migration_is_drafted_the_same_way(tmp_path: Path):
    copy = Path(copytree(MIGRATIONS, tmp_path / "migrations"))
    for path in (copy / "versions").glob("*.py"):
        path.unlink()
    config = Config()
    config.set_main_option("script_location", str(copy))
    config.set_main_option("path_separator", "os")
    engine = create_engine("sqlite://")
    with engine.connect() as connection, redirect_stdout(StringIO()):
        config.attributes["connection"] = connection
        command.revision(config, "some words", autogenerate=True, rev_id="0002")
    engine.dispose()
    draft = (copy / "versions/0002_some_words.py").read_text()

    assert draft.startswith(
        '"""Some words."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\nrevision = "0002"\n'
    )
    assert "sa.DateTime(timezone=True)" in draft
    assert "sqlmodel" not in draft


def test_migrations_need_no_library_but_their_own():
    told = "".join(path.read_text() for path in sorted((MIGRATIONS / "versions").glob("*.py")))

    assert ("sqlmodel" in told, "from scheduler" in told) == (False, False)
