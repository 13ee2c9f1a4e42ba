"""`ambassador import` and `ambassador explain` on a real PostgreSQL say and keep the same as on SQLite."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scheduler.app.loading import load
from scheduler.app.places import in_database, new_file
from scheduler.app.simulation import simulate
from scheduler.cli import app
from scheduler.simulate.sample import stories
from scheduler.simulate.sources import source_of
from tests.integration.test_import_command import CONFIG, community
from tests.postgres import MARKS, Server
from tests.tables import tables_of

pytestmark = [*MARKS]
SHIPPED = Path(__file__).parents[2] / "config.yaml"
STORIES = {story.key: story for story in stories()}
Both = tuple[str, str]


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, postgres: Server) -> Both:
    """The same simulation of the sample, kept in either kind of database."""
    file, url = tmp_path_factory.mktemp("kept") / "sample.db", postgres.new_database()
    for place in (new_file(file), in_database(url)):
        with simulate(load(SHIPPED), source_of(None), place=place):
            pass
    return str(file), url


def explained(databases: Sequence[str], *options: object) -> list[tuple[int, str]]:
    return [run("explain", "--config", SHIPPED, "--database", each, *options) for each in databases]


@pytest.mark.parametrize("key", ["never-touched", "answered-in-channel", "run-of-messages", "reopened"])
@pytest.mark.parametrize("form", [("--lang", "ja"), ("--lang", "en"), ("--json",)])
def test_the_story_of_a_post_is_the_same(both: Both, key: str, form: tuple[str, ...]):
    story = STORIES[key]
    sqlite, postgresql = explained(both, "--post", f"{story.channel}:{story.ts}", *form)

    assert postgresql == sqlite
    assert (sqlite[0], story.ts in sqlite[1] or form != ("--json",)) == (0, True)


def test_a_post_that_nobody_knows_is_told_the_same(both: Both):
    channel = STORIES["never-touched"].channel
    sqlite, postgresql = explained(both, "--post", f"{channel}:1.000000", "--lang", "en")

    assert postgresql == sqlite
    assert sqlite[0] != 0


def test_an_import_says_and_keeps_the_same_also_the_second_time(tmp_path: Path, postgres: Server):
    export = community(tmp_path / "export")
    databases: tuple[Path | str, ...] = (tmp_path / "service.db", postgres.new_database())

    def imported(database: Path | str) -> tuple[int, str]:
        code, said = run("import", export, "--config", CONFIG, "--database", database, "--lang", "en")
        return code, said.replace(str(database), "DATABASE")

    sqlite, postgresql = ([imported(database), imported(database)] for database in databases)
    kept = [
        tables_of(database if isinstance(database, Path) else psycopg(database)) for database in databases
    ]

    assert postgresql == sqlite
    assert [code for code, _ in sqlite] == [0, 0]
    assert kept[0] == kept[1]
    assert len(kept[0]["cases"]) == 1


def psycopg(url: str) -> str:
    """The address for SQLAlchemy, which would take another driver by itself."""
    return url.replace("postgresql://", "postgresql+psycopg://")
