"""What people see on a terminal, and nowhere else."""

import json

import pytest

from scheduler.catalogue import LANGUAGES, say
from scheduler.slack.manifest import read_manifest
from tests.terminals import told_on_a_terminal


def test_the_link_that_makes_the_app_is_not_buried_below_the_manifest():
    assert told_on_a_terminal("manifest") == ""
    assert json.loads(told_on_a_terminal("manifest", "--json")) == read_manifest()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_service_says_what_it_does_before_the_first_answer(language: str):
    assert told_on_a_terminal("run", "--lang", language) == say(language, "run.begins") + "\r\n"
