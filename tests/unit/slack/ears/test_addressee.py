from typing import Any

import pytest

from scheduler.slack.ears.addressee import Addressee

OURS = Addressee(team="T1", app="A1")


@pytest.mark.parametrize(
    ("payload", "is_meant"),
    [
        pytest.param({"team_id": "T1", "api_app_id": "A1"}, True, id="an event or a command"),
        pytest.param({"team": {"id": "T1"}, "api_app_id": "A1"}, True, id="an interaction"),
        pytest.param({"team": None, "user": {"team_id": "T1"}, "api_app_id": "A1"}, True, id="of a Grid"),
        pytest.param({"team": {"id": "T1"}}, True, id="a shortcut that names no app"),
        pytest.param(
            {"team_id": "T2", "api_app_id": "A1", "authorizations": [{"team_id": "T1"}]}, True,
            id="in a channel that is shared with others",
        ),
        pytest.param({"team_id": "T2", "api_app_id": "A1"}, False, id="another workspace"),
        pytest.param({"team_id": "T1", "api_app_id": "A2"}, False, id="another app"),
        pytest.param({"api_app_id": "A1"}, False, id="no workspace"),
        pytest.param({}, False, id="nothing"),
        pytest.param({"team_id": ["T1"], "team": "T1", "authorizations": {"team_id": "T1"}}, False, id="odd"),
    ],
)  # fmt: skip
def test_it_is_meant_for_this_app_in_this_workspace(payload: dict[str, Any], is_meant: bool):
    assert OURS.is_meant(payload) is is_meant


def test_an_app_whose_id_is_not_known_goes_by_the_workspace_alone():
    assert Addressee(team="T1").is_meant({"team_id": "T1", "api_app_id": "A2"})


@pytest.mark.parametrize(
    ("payload", "is_for_others"),
    [
        pytest.param({"team_id": "T1"}, False, id="ours"),
        pytest.param({"team_id": "T2", "authorizations": [{"team_id": "T1"}]}, False, id="shared with us"),
        pytest.param({"team_id": "T2", "authorizations": [{"team_id": "T2"}]}, True, id="another one's"),
        pytest.param({"team_id": None, "event": {}}, False, id="nobody's by name: it may be ours"),
        pytest.param({}, False, id="nothing"),
    ],
)
def test_it_is_for_others_when_it_names_only_others(payload: dict[str, Any], is_for_others: bool):
    assert OURS.is_for_others(payload) is is_for_others
