"""Folders that we may not look into: said in one sentence, as everything that is wrong with files."""

import shutil
from pathlib import Path

import pytest

from scheduler.app.loading import load
from scheduler.doctor.strays import strays_near
from scheduler.errors import ProblemsFound
from tests.nobody import ONLY_AS_ROOT, as_nobody, open_folder

CLOSED, NAMES_ONLY, BY_NAME_ONLY = 0o000, 0o444, 0o711


def put(folder: Path) -> Path:
    """The shipped config and messages, readable for all; gives the config."""
    shutil.copytree("messages", folder / "messages")
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return Path(shutil.copyfile("config.yaml", folder / "config.yaml"))


def problems_of(config: Path) -> list[list[str]]:
    try:
        load(config)
    except ProblemsFound as found:
        return [[problem.code, Path(problem.file).name] for problem in found.problems]
    return []


@ONLY_AS_ROOT
@pytest.mark.parametrize(
    ("closed", "mode", "problems"),
    [
        pytest.param("messages", CLOSED, [["yaml.unreadable_folder", "messages"]], id="messages"),
        pytest.param("messages", NAMES_ONLY, [["yaml.unreadable_folder", "messages"]], id="only names"),
        pytest.param("messages/ja", CLOSED, [["yaml.unreadable_folder", "ja"]], id="one language"),
        pytest.param(".", BY_NAME_ONLY, [], id="the config is found by its name"),
        pytest.param(".", CLOSED, [["yaml.unreadable_file", "config.yaml"]], id="all of it"),
    ],
)
def test_a_folder_that_we_may_not_look_into_is_a_problem(closed: str, mode: int, problems: list[list[str]]):
    with open_folder("closed") as folder:
        config = put(folder)
        problems_of(config)
        (folder / closed).chmod(mode)

        assert as_nobody(lambda: problems_of(config)) == problems


@ONLY_AS_ROOT
def test_phrases_beside_the_config_count_where_nobody_may_list_them():
    with open_folder("phrases") as folder:
        config = put(folder)
        (folder / "phrases.yaml").write_text("asks:\n  ごきょうじください: 3\n", encoding="utf-8")
        folder.chmod(BY_NAME_ONLY)

        assert as_nobody(lambda: str(load(config).phrases_file)) == str(folder / "phrases.yaml")


@ONLY_AS_ROOT
def test_what_we_may_not_look_into_has_no_stray_files():
    with open_folder("strays") as folder:
        config = put(folder)
        (folder / "config.yml").touch()
        seen = as_nobody(lambda: strays_near(config, folder / "messages", here=folder))
        folder.chmod(BY_NAME_ONLY)
        closed = as_nobody(lambda: strays_near(config, folder / "messages", here=folder))

    assert (seen, closed) == (["config.yml"], [])


def test_a_name_that_no_disk_takes_is_a_problem():
    assert problems_of(Path("a" * 300) / "config.yaml") == [["yaml.unreadable_file", "config.yaml"]]
