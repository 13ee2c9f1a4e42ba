"""Files that were surely meant to be read."""

from pathlib import Path

import pytest

from scheduler.doctor.strays import strays_near


@pytest.mark.parametrize(
    ("name", "is_stray"),
    [
        ("config.yml", True),
        ("Config.yaml", True),
        ("config.yaml.txt", True),
        ("config (1).yaml", True),
        ("config copy.yaml", True),
        ("config.json", True),
        ("phrase.yml", True),
        ("phrase.yaml", True),
        ("phrases.yaml.txt", True),
        ("phrases.txt", True),
        ("message/", True),
        ("Messages/", True),
        ("messages/ja/welcome.yaml.txt", True),
        ("messages/ja/welcome.txt", True),
        ("config.yaml", False),
        ("phrases.yaml", False),
        ("messages/ja/welcome.yaml", False),
        ("ambassador.db", False),
        ("compose.yaml", False),
        ("configuration.md", False),
        ("config-test.yaml", False),
    ],
)
def test_names_that_are_nearly_right(tmp_path: Path, name: str, is_stray: bool):
    path = tmp_path / name
    if name.endswith("/"):
        path.mkdir()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    found = strays_near(tmp_path / "config.yaml", tmp_path / "messages", here=tmp_path)

    assert found == ((name,) if is_stray else ())


def test_the_folder_in_which_the_command_is_typed_is_looked_at_as_well(tmp_path: Path):
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    (here / "config.yml").touch()

    assert strays_near(there / "config.yaml", there / "messages", here=here) == ("config.yml",)


def test_what_is_called_wrong_already_is_not_told_again(tmp_path: Path):
    (tmp_path / "phrase.yml").touch()
    config, messages = tmp_path / "config.yaml", tmp_path / "messages"

    assert strays_near(config, messages, here=tmp_path, told=tmp_path / "phrase.yml") == ()


def test_the_config_that_was_named_is_no_stray(tmp_path: Path):
    (tmp_path / "config.yml").touch()

    assert strays_near(tmp_path / "config.yml", tmp_path / "messages", here=tmp_path) == ()
