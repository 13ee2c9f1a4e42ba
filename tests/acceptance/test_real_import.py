"""A real community's nine years, taken in before the service goes live."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from scheduler.cli import app
from tests.tables import tables_of

REPO = Path(__file__).parents[2]
REAL = REPO / "../shared/data/slack-export-haskell-jp.zip"
CONFIG = REPO / "tests/data/haskell-jp.yaml"


@pytest.mark.skipif(not REAL.exists(), reason="needs the real export in ../shared/data")
def test_a_real_history_comes_in_whole_and_nothing_of_it_goes_out(tmp_path: Path):
    database = tmp_path / "service.db"
    options = ["--team", "T0REAL", "--config", str(CONFIG), "--database", f"sqlite:///{database}"]

    done = CliRunner().invoke(app, ["import", str(REAL), *options])

    held = tables_of(database)
    assert done.exit_code == 0
    assert (held["outbox"], held["enrolments"]) == ([], [])
    assert [row[-1] for row in held["imports"]] == [True]
    assert (len(held["members"]), len(held["cases"]) > 100) == (1245, True)
