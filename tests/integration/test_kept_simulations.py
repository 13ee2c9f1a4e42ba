"""Where a simulation leaves its rows: in a new file, in a database of somebody's choice, or nowhere."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import Result

from scheduler.app.loading import load
from scheduler.app.places import Place, in_database, new_file
from scheduler.app.simulation import simulate
from scheduler.catalogue import say
from scheduler.model.facts import Fact
from scheduler.simulate.sources import Source, source_of
from scheduler.store.connecting import file_address
from scheduler.store.engine import open_store
from scheduler.store.existing import open_existing
from tests.contract.conftest import BACKENDS
from tests.contract.rows import TUESDAY
from tests.integration.test_command_line import ambassador
from tests.postgres import Server

SAMPLE = "T0SAMPLE"


@pytest.fixture(params=BACKENDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'there.db'}"
    server: Server = request.getfixturevalue("postgres")
    return server.new_database()


def told(result: Result) -> tuple[int, str]:
    return result.exit_code, result.stderr


def teams_of(url: str) -> list[str]:
    """Which of the workspaces of these tests a database knows."""
    found = []
    for team in (SAMPLE, "T2"):
        store = open_store(url, team)
        with store.begin() as work:
            found += [] if work.whole.is_empty() else [team]
        store.close()
    return found


def know_another(url: str) -> None:
    store = open_store(url, "T2")
    with store.begin() as work:
        work.jobs.fired("thanks", TUESDAY)
    store.close()


def test_a_kept_simulation_is_one_file_that_can_be_read(tmp_path: Path):
    file = tmp_path / "kept #1 ?.db"

    assert told(ambassador("simulate", "--keep", file)) == (0, "")

    store = open_existing(file_address(file))
    known = (store.team, len(list(store.read().cases.all())) > 10)
    store.close()
    assert known == (SAMPLE, True)
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("option", ["--keep", "--database"])
def test_where_a_simulation_is_kept_is_said_with_what_can_be_asked_of_it(tmp_path: Path, option: str):
    file = tmp_path / "kept.db"

    result = ambassador("simulate", option, file)
    as_json = ambassador("simulate", "--json", option, tmp_path / "other.db")

    assert result.stdout.endswith(f"{say('en', 'cli.kept', database=file)}\n")
    assert as_json.stderr == f"{say('en', 'cli.kept', database=tmp_path / 'other.db')}\n"


def test_of_an_address_neither_password_nor_options_are_said(postgres: Server):
    database = postgres.new_database()
    address, _, _ = database.partition("?")

    result = ambassador("simulate", "--database", f"{database}&password=hush")

    assert result.stdout.endswith(f"{say('en', 'cli.kept', database=address)}\n")


def test_two_kept_simulations_of_one_history_are_the_same_file(tmp_path: Path):
    for name in ("a.db", "b.db"):
        ambassador("simulate", "--keep", tmp_path / name)

    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path):
    file = tmp_path / "mine.db"
    file.write_text("mine")

    result = ambassador("simulate", "--keep", file)

    assert told(result) == (2, f"{file} is there already. Please give a name that is not taken yet.\n")
    assert file.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [file]


def test_no_folder_is_made_for_a_file(tmp_path: Path):
    result = ambassador("simulate", "--keep", tmp_path / "nowhere" / "kept.db")

    refusal = f"There is no folder {tmp_path / 'nowhere'}. Please make it, or name another place.\n"
    assert told(result) == (2, refusal)


def test_a_file_and_a_database_do_not_go_together(tmp_path: Path):
    result = ambassador("simulate", "--keep", tmp_path / "a.db", "--database", "sqlite:///b.db")

    assert told(result) == (2, "--keep and --database do not go together. Please give one of them.\n")


def test_a_simulation_stays_in_the_database_beside_other_workspaces(database: str):
    know_another(database)

    assert told(ambassador("simulate", "--database", database)) == (0, "")

    store = open_existing(database, "T2")
    other = store.read().jobs.last_fired()
    store.close()
    assert teams_of(database) == [SAMPLE, "T2"]
    assert other == {"thanks": TUESDAY}


def test_a_database_that_knows_the_workspace_is_refused_and_left_alone(database: str):
    ambassador("simulate", "--database", database)
    before = whole(database)

    result = ambassador("simulate", "--database", database)

    refusal = say("en", "store.workspace_not_empty", team=SAMPLE)
    assert told(result) == (2, f"{refusal}\n")
    assert whole(database) == before


def whole(url: str) -> list[object]:
    store = open_existing(url, SAMPLE)
    work = store.read()
    found = [*work.cases.all(), *work.outbox.all(), *work.decisions.all()]
    store.close()
    return found


def breaks_off(source: Source) -> Source:
    def facts() -> Iterator[Fact]:
        for number, fact in enumerate(source.facts()):
            if number == 200:
                raise InterruptedError
            yield fact

    return replace(source, facts=facts)


def broken(place: Place) -> None:
    with pytest.raises(InterruptedError), simulate(load(None), breaks_off(source_of(None)), place=place):
        pass


def test_a_run_that_fails_leaves_no_file(tmp_path: Path):
    broken(new_file(tmp_path / "kept.db"))

    assert list(tmp_path.iterdir()) == []


def test_a_run_that_fails_leaves_no_rows(database: str):
    know_another(database)

    broken(in_database(database))

    assert teams_of(database) == ["T2"]


def test_a_report_that_fails_leaves_what_was_simulated(tmp_path: Path):
    file = tmp_path / "kept.db"

    with pytest.raises(BrokenPipeError), simulate(load(None), source_of(None), place=new_file(file)):
        raise BrokenPipeError

    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        pytest.param(
            "postgresql://me:hush@127.0.0.1:1/x?sslpassword=hush",
            "The database postgresql://me@127.0.0.1:1/x does not let us in (connection failed: ",
            id="nobody answers",
        ),
        pytest.param("mysql://me:hush@db/x", "A database is written as ", id="another kind"),
        pytest.param("postgresql://me:hush@db:port/x", "A database is written as ", id="no port"),
        pytest.param("me:hush@db", "A database is written as ", id="no address"),
    ],
)
def test_a_password_is_taken_and_never_told(url: str, sentence: str):
    result = ambassador("simulate", "--database", url)

    assert (result.exit_code, result.stderr.startswith(sentence), "hush" in result.output) == (2, True, False)


@pytest.mark.external_service
def test_every_figure_is_the_same_on_every_database(tmp_path: Path, postgres: Server):
    places = [
        ("--database", f"sqlite:///{tmp_path / 'there.db'}"),
        ("--database", postgres.new_database()),
        ("--keep", tmp_path / "kept.db"),
    ]
    thrown_away = ambassador("simulate", "--json").stdout_bytes
    kept = [ambassador("simulate", "--json", *place).stdout_bytes for place in places]

    assert len(thrown_away) > 50_000
    assert [each == thrown_away for each in kept] == [True] * len(places)
