"""`simulate --html` as people type it: where the page lies, that it is whole, that nothing else is harmed."""

import json
import os
import re
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from scheduler.cli import app
from tests.htmlcheck import faults, tree_of

REPO = Path(__file__).parents[2]
SHIPPED = REPO / "config.yaml"


def ambassador(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_sample_community_gives_a_page_that_stands_alone(language: str, tmp_path: Path):
    file = tmp_path / "result.html"

    done = ambassador("simulate", "--config", SHIPPED, "--lang", language, "--html", file)
    page = file.read_text(encoding="utf-8")

    assert (done.exit_code, done.stderr) == (0, "")
    assert faults(page) == []
    assert len(list(tree_of(page).all("svg"))) == 4
    assert len(list(tree_of(page).all("article"))) == 3  # an alert, a thank-you, a welcome


def test_samples_are_of_the_days_asked_for(tmp_path: Path):
    file = tmp_path / "result.html"

    day = ("--from", "2026-04-16", "--to", "2026-04-16")
    ambassador("simulate", "--config", SHIPPED, *day, "--lang", "en", "--html", file)
    articles = tree_of(file.read_text(encoding="utf-8")).all("article")

    assert [re.findall(r"\w+ \d+ \w+ 2026", each.text) for each in articles] == [["Thu 16 Apr 2026"]] * 2


def test_the_tables_are_told_as_ever_and_at_last_where_the_page_lies(tmp_path: Path):
    file = tmp_path / "結果 1.html"

    done = ambassador("simulate", "--config", SHIPPED, "--lang", "en", "--html", file)

    assert "How long until touched" in done.stdout
    assert done.stdout.splitlines()[-3:] == [
        "The page is written.",
        f"  It lies here: {file}",
        f"  To open it, give a browser this address: {file.as_uri()}",
    ]


def test_json_stays_clean_beside_a_page(tmp_path: Path):
    file = tmp_path / "result.html"

    done = ambassador("simulate", "--config", SHIPPED, "--lang", "en", "--json", "--html", file)

    assert json.loads(done.stdout)["schema"] == "ambassador.simulate/1"
    assert done.stderr.startswith("The page is written.")
    assert file.exists()


def test_the_page_is_the_same_every_time_and_takes_the_place_of_the_last_one(tmp_path: Path):
    file = tmp_path / "result.html"
    pages = []
    for _ in range(2):
        ambassador("simulate", "--config", SHIPPED, "--lang", "ja", "--html", file)
        pages.append(file.read_bytes())

    assert pages[0] == pages[1]
    assert [path.name for path in tmp_path.iterdir()] == ["result.html"]


def test_a_link_stays_a_link(tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "result.html"
    link.symlink_to(tmp_path / "elsewhere" / "page.html")

    done = ambassador("simulate", "--config", SHIPPED, "--html", link)

    assert (done.exit_code, link.is_symlink()) == (0, True)
    assert (tmp_path / "elsewhere" / "page.html").stat().st_size > 10_000


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        pytest.param("folder.html", "is a folder", id="folder"),
        pytest.param("export.zip", "ends in .html", id="a-forgotten-name-that-would-cost-the-export"),
        pytest.param("none/result.html", "There is no folder", id="no-such-folder"),
        pytest.param("pipe.html", "no ordinary file", id="pipe"),
    ],
)
def test_a_place_where_no_page_can_lie_is_one_sentence(name: str, sentence: str, tmp_path: Path):
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "export.zip").write_bytes(b"precious")
    os.mkfifo(tmp_path / "pipe.html")

    done = ambassador("simulate", "--config", SHIPPED, "--lang", "en", "--html", tmp_path / name)

    assert (done.exit_code, done.stdout) == (2, "")
    assert (sentence in done.stderr, len(done.stderr.splitlines())) == (True, 1)
    assert (tmp_path / "export.zip").read_bytes() == b"precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.zip", "folder.html", "pipe.html"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.skipif(sys.platform != "linux", reason="writes through a name of Linux")
def test_a_disk_that_fills_up_leaves_the_last_page_and_says_so(tmp_path: Path):
    file = tmp_path / "result.html"
    file.write_text("the last one", encoding="utf-8")
    (tmp_path / f".result.html.{os.getpid()}").symlink_to("/dev/full")

    done = ambassador("simulate", "--config", SHIPPED, "--lang", "en", "--html", file)

    assert done.exit_code == 2
    assert done.stderr.splitlines() == [f"The page cannot be written to {file} (No space left on device)."]
    assert file.read_text(encoding="utf-8") == "the last one"
    assert [path.name for path in tmp_path.iterdir()] == ["result.html"]


def test_a_comparison_has_no_page(tmp_path: Path):
    done = ambassador("simulate", "--compare", SHIPPED, "--html", tmp_path / "result.html", "--lang", "en")

    assert (done.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "--html" in done.stderr
