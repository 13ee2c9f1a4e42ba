"""The tables are what all migrations make, and a database only ever moves forward."""

from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

from scheduler.catalogue import LANGUAGES, say
from scheduler.errors import AmbassadorError, DatabaseTooNew
from scheduler.store.engine import open_store
from scheduler.store.migrate import upgrade
from scheduler.store.tables import METADATA
from tests.contract.rows import TUESDAY

REPO = Path(__file__).parents[2]
MIGRATIONS = REPO / "scheduler/store/migrations"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated.db'}")
    yield engine
    engine.dispose()


def shape(engine: Engine) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        found = connection.execute(text("SELECT name, sql FROM sqlite_master ORDER BY name"))
        return [(name, sql) for name, sql in found]


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


def test_what_is_known_survives_opening_the_database_again(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    first = open_store(url, "T1")
    with first.begin() as work:
        work.jobs.fired("thanks", TUESDAY)
    first.close()
    second = open_store(url, "T1")
    with second.begin() as work:
        known = work.jobs.last_fired()
    second.close()

    assert known == {"thanks": TUESDAY}


def test_a_database_from_the_future_is_refused_and_left_alone(engine: Engine):
    from_the_future(engine)
    before = shape(engine)

    with pytest.raises(DatabaseTooNew) as refusal:
        upgrade(engine)

    assert shape(engine) == before
    assert isinstance(refusal.value, AmbassadorError)
    assert str(refusal.value) == (
        "the database is at revision 9999, which this version does not know: "
        "install the newer version that made it, or give another database"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_refusal_has_a_sentence_for_people(engine: Engine, language: str):
    from_the_future(engine)

    with pytest.raises(DatabaseTooNew) as refusal:
        upgrade(engine)

    assert "9999" in say(language, refusal.value.code, revision=refusal.value.revision)


def test_the_migrations_are_one_line_without_branches():
    script = ScriptDirectory(str(MIGRATIONS))

    assert len(script.get_heads()) == len(script.get_bases()) == 1


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
