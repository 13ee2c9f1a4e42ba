"""The least that the app asks Slack for: each scope has its use, each use its scope, in code and manifest."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.sandbox.tokens import GRANTED
from scheduler.slack.events import HANDLED
from scheduler.slack.manifest import over_http, read_manifest
from scheduler.slack.permissions import (
    FREE_EVENTS,
    FREE_METHODS,
    OPTIONAL,
    PERMISSIONS,
    REQUIRED,
    UNASKED_EVENTS,
    scopes_in,
)

PACKAGE = Path("scheduler")
METHOD = re.compile(  # what ends like a file is none
    r"(?:admin|apps|auth|bots|chat|conversations|dnd|emoji|files|pins|reactions|search|team|usergroups|users"
    r"|views)(?:\.(?!json|yaml)[a-zA-Z]+)+"
)
#: Modules that name methods and call none: limits, the table itself, and who is the other side of the call.
CALL_NOTHING = ("slack/pacer.py", "slack/permissions.py", "sandbox/", "demo/")
MESSAGES = {"message.channels", "message.groups"}


def methods_called() -> Iterator[str]:
    for path in PACKAGE.rglob("*.py"):
        if str(path.relative_to(PACKAGE)).startswith(CALL_NOTHING):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and METHOD.fullmatch(node.value)
            ):
                yield node.value


def manifest_scopes() -> dict[str, list[str]]:
    scopes: dict[str, list[str]] = read_manifest()["oauth_config"]["scopes"]
    return scopes


def subscribed() -> list[str]:
    events: list[str] = read_manifest()["settings"]["event_subscriptions"]["bot_events"]
    return events


def test_every_method_that_is_called_has_its_scope_and_no_other_method_is_listed():
    listed = {method for each in PERMISSIONS for method in each.methods}

    assert listed | FREE_METHODS == set(methods_called())
    assert listed & FREE_METHODS == set()


def test_every_event_that_is_handled_is_subscribed_and_no_other():
    handled = {*HANDLED} - {"message"} - UNASKED_EVENTS

    assert sorted(handled | MESSAGES) == subscribed()


def test_every_event_that_is_subscribed_has_its_scope_and_no_other_event_is_listed():
    listed = {event for each in PERMISSIONS for event in each.events}

    assert listed | FREE_EVENTS == set(subscribed())
    assert listed & FREE_EVENTS == set()


def test_no_scope_is_there_without_a_use():
    assert [each.scope for each in PERMISSIONS if not (each.methods or each.events)] == []
    assert len({each.scope for each in PERMISSIONS}) == len(PERMISSIONS)


def test_the_manifest_asks_for_these_scopes_and_no_other():
    assert manifest_scopes() == {
        "bot": [each.scope for each in PERMISSIONS],
        "bot_optional": [each.scope for each in PERMISSIONS if each.optional],
    }


def test_what_only_an_optional_scope_allows_is_an_extra():
    """What is called without fail works with the required ones alone."""
    surely = {method for each in PERMISSIONS if not each.optional for method in each.methods}

    assert {method for each in PERMISSIONS for method in each.methods} - surely == {
        "conversations.join",
        "usergroups.list",
    }


def test_the_stand_in_grants_all_of_them():
    assert {*GRANTED} >= (REQUIRED | OPTIONAL)


@pytest.mark.parametrize(
    ("header", "scopes"),
    [
        (None, set()),
        ("", set()),
        ("chat:write", {"chat:write"}),
        ("chat:write,users:read", {"chat:write", "users:read"}),
        (" chat:write , users:read ,", {"chat:write", "users:read"}),
    ],
)
def test_what_slack_says_was_granted(header: str | None, scopes: set[str]):
    assert scopes_in(header) == scopes


def test_over_http_the_same_is_asked_for():
    shipped, http = read_manifest(), over_http(read_manifest(), "https://example.jp/slack/events")

    assert http["oauth_config"] == shipped["oauth_config"]
    assert http["settings"] == {
        **shipped["settings"],
        "event_subscriptions": {
            "request_url": "https://example.jp/slack/events",
            "bot_events": subscribed(),
        },
        "socket_mode_enabled": False,
    }
