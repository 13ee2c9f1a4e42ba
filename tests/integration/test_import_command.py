"""`ambassador import` as people type it: sentences, exit codes, Ctrl-C, `kill -9`, a database in use."""

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner, Result

from scheduler.cli import app
from scheduler.store.engine import open_store
from tests.exports import channel_id, joined, message, user, write_export, zip_export
from tests.tables import Tables, tables_of

REPO = Path(__file__).parents[2]
CONFIG = REPO / "tests/data/haskell-jp.yaml"
HERE = "T0HERE"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Tokyo"))


def made(name: str, on: str) -> bytes:
    created = int(at(f"{on} 12:00").timestamp())
    return f'[{{"id": "{channel_id(name)}", "name": "{name}", "created": {created}}}]'.encode()


def community(
    folder: Path, team: str | None = HERE, *, answered: bool = False, since: str = "2025-04-01"
) -> Path:
    """One asks; somebody answers, or nobody does."""
    question = message("U1", at("2025-04-02 10:00"), "様式の押印は、まだ要りますでしょうか")
    answer = message("U2", at("2025-04-02 11:00"), "要りません", thread_ts=question["ts"])
    return write_export(
        folder,
        users=[user("U1", team_id=team), user("U2", team_id=team)],
        channels={
            "質問": [
                joined("U1", at("2025-04-01 09:00")),
                joined("U2", at("2025-04-01 09:05")),
                question,
                *([answer] if answered else []),
            ]
        },
        files={"channels.json": made("質問", since)},
    )


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "service.db"


def imported(export: Path, database: Path, *more: object, lang: str = "en") -> Result:
    options = ["--config", CONFIG, "--database", database, "--lang", lang, *more]
    return CliRunner().invoke(app, ["import", str(export), *map(str, options)])


def lines(result: Result) -> str:
    """What was printed, in one line: a sentence may be broken anywhere."""
    return " ".join(result.output.split())


def number(result: Result, row: str) -> str:
    (line,) = (line for line in result.stdout.splitlines() if line.strip().startswith(row))
    return line.split()[-1]


def test_the_past_is_taken_in_and_summed_up(tmp_path: Path, database: Path):
    done = imported(community(tmp_path / "a", answered=True), database)

    assert done.exit_code == 0
    rows = ("Members", "known when", "not known", "Cases", "answered", "Posts", "Messages", "First", "Last")
    assert [number(done, row) for row in rows] == [
        *("2", "2", "0", "1", "1", "1", "2", "2025-04-02", "2025-04-02")
    ]  # fmt: skip
    assert "it reaches back to the beginning" in lines(done)
    assert "What comes next" in done.stdout


def test_the_same_in_japanese(tmp_path: Path, database: Path):
    done = imported(community(tmp_path / "a"), database, lang="ja")

    assert done.exit_code == 0
    assert "最初からの記録なので" in done.stdout.replace("\n", "")
    assert number(done, "見守った投稿") == "1"


def test_the_same_export_twice_changes_nothing_even_as_a_copy_elsewhere(tmp_path: Path, database: Path):
    imported(community(tmp_path / "a"), database)
    before = tables_of(database)

    again = imported(community(tmp_path / "b"), database)

    assert (again.exit_code, tables_of(database)) == (0, before)
    assert "already imported. Nothing was changed." in lines(again)


def test_a_newer_export_brings_what_is_new(tmp_path: Path, database: Path):
    imported(community(tmp_path / "a"), database)

    newer = imported(community(tmp_path / "b", answered=True), database)

    assert newer.exit_code == 0
    assert (number(newer, "Cases"), number(newer, "answered")) == ("1", "1")


def test_an_export_that_begins_later_than_the_workspace_leaves_joins_unknown(tmp_path: Path, database: Path):
    part = imported(community(tmp_path / "a", since="2019-01-01"), database)

    assert (number(part, "known when"), number(part, "not known"), number(part, "Cases")) == ("0", "2", "0")
    assert "the oldest channel was made on 2019-01-01" in lines(part)


def test_who_knows_better_says_so(tmp_path: Path, database: Path):
    whole = imported(community(tmp_path / "a", since="2019-01-01"), database, "--history", "whole")

    assert (number(whole, "known when"), number(whole, "Cases")) == ("2", "1")
    assert "As you say" in whole.stdout


def test_an_id_that_is_not_the_databases_is_refused_without_blaming_the_export(
    tmp_path: Path, database: Path
):
    imported(community(tmp_path / "a"), database)
    before = tables_of(database)

    other = imported(community(tmp_path / "b", None), database, "--team", "T0THERE")

    assert (other.exit_code, other.stdout, tables_of(database)) == (2, "", before)
    assert "This database belongs to the workspace T0HERE, but --team says T0THERE." in lines(other)


def test_an_export_of_another_workspace_is_refused(tmp_path: Path, database: Path):
    imported(community(tmp_path / "a"), database)
    before = tables_of(database)

    other = imported(community(tmp_path / "b", "T0THERE"), database)

    assert (other.exit_code, other.stdout, tables_of(database)) == (2, "", before)
    assert "comes from the workspace T0THERE; this database belongs to T0HERE" in lines(other)


@pytest.mark.parametrize(
    ("named", "options", "sentence"),
    [
        pytest.param(None, (), "give the workspace's id with --team", id="an export without a team"),
        pytest.param(HERE, ("--team", "T0THERE"), "the workspace T0HERE, not from T0THERE", id="two teams"),
        pytest.param(None, ("--team", "general"), '"general" is no workspace id', id="no team id"),
        pytest.param(HERE, ("--history", "some"), "The choices are whole / part", id="no such choice"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_leaves_no_database(
    named: str | None, options: tuple[str, ...], sentence: str, tmp_path: Path, database: Path
):
    done = imported(community(tmp_path / "a", named), database, *options)

    assert (done.exit_code, database.exists()) == (2, False)
    assert sentence in " ".join(done.output.replace("│", " ").split())


def test_a_team_that_the_export_does_not_tell_can_be_given(tmp_path: Path, database: Path):
    done = imported(community(tmp_path / "a", None), database, "--team", HERE)

    assert done.exit_code == 0
    assert {row[0] for row in tables_of(database)["members"]} == {HERE}


def test_what_is_no_export_is_one_sentence(tmp_path: Path, database: Path):
    done = imported(tmp_path / "none.zip", database)

    assert (done.exit_code, done.stdout, database.exists()) == (2, "", False)
    assert "none.zip" in done.stderr


def test_what_the_reading_came_upon_is_told(tmp_path: Path, database: Path):
    export = community(tmp_path / "a")
    (export / "質問" / "2025-04-03.json").write_text("[{", encoding="utf-8")

    done = imported(export, database)

    assert done.exit_code == 0
    assert "Files that are no JSON, left out: 1. (such as 質問/2025-04-03.json" in lines(done)


def test_while_somebody_else_uses_the_database_it_is_left_alone(tmp_path: Path, database: Path):
    service = open_store(f"sqlite:///{database}", HERE)
    with service.begin() as work:
        work.jobs.fired("thanks", at("2025-04-04 16:30"))

    done = imported(community(tmp_path / "a"), database)
    service.close()

    assert (done.exit_code, done.stdout) == (2, "")
    assert "Something else is using this database" in lines(done)
    assert tables_of(database)["imports"] == []


@pytest.fixture(scope="module")
def long_export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some thousands of posts by some hundred members, over three months."""
    folder = tmp_path_factory.mktemp("long")
    members = [f"U{number:03d}" for number in range(150)]
    start = at("2025-01-06 09:00")
    posts = [
        message(members[n * n % 150], start + timedelta(minutes=n * 50), "教えてください" if n % 3 else "…")
        for n in range(2500)
    ]
    write_export(
        folder,
        users=[user(member, team_id=HERE) for member in members],
        channels={"質問": posts},
        files={"channels.json": made("質問", "2025-01-06")},
    )
    return zip_export(folder, folder / "long.zip")


def started(export: Path, database: Path) -> subprocess.Popen[str]:
    options = ["--config", str(CONFIG), "--database", f"sqlite:///{database}", "--lang", "en"]
    return subprocess.Popen(
        [sys.executable, "-m", "scheduler", "import", str(export), *options],
        cwd=REPO,
        env={**os.environ, "PYTHONPATH": str(REPO)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def stopped_half_way(export: Path, database: Path, how: signal.Signals) -> tuple[int, str]:
    """Sends the signal once the first fifth is told; gives the exit code and what else was said."""
    process = started(export, database)
    assert process.stderr is not None
    said = next(line for line in process.stderr if line.startswith("20%"))
    process.send_signal(how)
    _, rest = process.communicate(timeout=60)
    return process.returncode, said + rest


@pytest.fixture(scope="module")
def undisturbed(long_export: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    database = tmp_path_factory.mktemp("undisturbed") / "a.db"
    assert imported(long_export, database).exit_code == 0
    return tables_of(database)


def test_killed_without_warning_it_goes_on_as_if_nothing_had_happened(
    long_export: Path, undisturbed: Tables, database: Path
):
    code, _ = stopped_half_way(long_export, database, signal.SIGKILL)
    ((*_, facts_done, _, finished),) = tables_of(database)["imports"]

    done = imported(long_export, database)

    assert (code, finished, 0 < facts_done < 2500) == (-signal.SIGKILL, False, True)
    assert "it goes on from there" in lines(done)
    assert (done.exit_code, tables_of(database)) == (0, undisturbed)


def test_ctrl_c_says_how_far_it_came_and_the_same_command_goes_on(
    long_export: Path, undisturbed: Tables, database: Path
):
    code, said = stopped_half_way(long_export, database, signal.SIGINT)
    done = imported(long_export, database)

    assert (code, "Traceback" in said) == (130, False)
    assert "is taken in and kept; the same command goes on from there." in said
    assert (done.exit_code, tables_of(database)) == (0, undisturbed)
