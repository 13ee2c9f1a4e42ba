"""Help names every command, and reads neither a command's file nor YAML for that."""

import subprocess
import sys
from importlib.resources import files

import pytest
import yaml
from typer.testing import CliRunner

from scheduler.catalogue import LANGUAGES, say
from scheduler.cli import COMMANDS, app
from scheduler.cli.worded import HEADINGS, PIECES

_HELP = "from scheduler.cli import app; app(['--help'], standalone_mode=False)"
_SAID = "import sys; print(sorted(sys.modules), file=sys.stderr)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_says_what_it_is_for_and_no_words_are_left_over(language: str):
    text = files("scheduler.catalogue").joinpath(language, "commands.yaml").read_text(encoding="utf-8")
    abouts = {f"{command}_about" for command in COMMANDS}
    heads = {"help", *HEADINGS.values(), *PIECES.values()}

    assert set(yaml.safe_load(text)) == {"ambassador", "version"} | {*COMMANDS} | abouts | heads


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_help_are_what_yaml_says_they_are(language: str):
    text = files("scheduler.catalogue").joinpath(language, "commands.yaml").read_text(encoding="utf-8")
    told = yaml.safe_load(text)

    assert {name: say(language, f"commands.{name}") for name in told} == told


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_can_be_asked_for_help(command: str):
    told = CliRunner().invoke(app, [command, "--help"])

    assert (told.exit_code, told.output.split()[:3]) == (0, ["Usage:", "ambassador", command])


def test_help_imports_no_command_and_no_yaml():
    told = subprocess.run(
        [sys.executable, "-c", f"{_HELP}\n{_SAID}"], capture_output=True, text=True, check=True
    )
    heavy = {"yaml", "scheduler.settings", *(f"scheduler.cli.{command}" for command in COMMANDS)}

    assert [name for name in heavy if f"'{name}'" in told.stderr] == []
    assert all(command in told.stdout for command in COMMANDS)
