"""`ambassador manifest` as people type it: what Slack takes, and a link that makes the app."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from jsonschema import Draft7Validator
from typer.testing import CliRunner, Result

from scheduler.catalogue import LANGUAGES
from scheduler.cli import app
from scheduler.slack.ears.http import PATH
from scheduler.slack.manifest import read_manifest, request_url
from scheduler.slack.permissions import PERMISSIONS

REPO = Path(__file__).parents[2]
SCHEMA = REPO.parent / "shared" / "data" / "slack-manifest.schema.json"
#: It is copied by hand where it cannot be pressed, and every server takes links of this length.
LONGEST_LINK = 2000


def manifest(*options: str, lang: str = "en") -> Result:
    return CliRunner().invoke(app, ["manifest", "--lang", lang, *options])


def link_in(result: Result) -> str:
    (link,) = re.findall(r"^https://\S+$", result.stderr, re.MULTILINE)
    assert isinstance(link, str)
    return link


@pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's schema of a manifest is not part of this repository")
@pytest.mark.parametrize("options", [(), ("--http", "https://example.jp/slack/events")])
def test_slack_takes_it(options: tuple[str, ...]):
    validator = Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))

    errors = validator.iter_errors(yaml.safe_load(manifest(*options).stdout))

    assert [error.message for error in errors] == []


def test_standard_output_is_the_manifest_and_nothing_else():
    assert yaml.safe_load(manifest().stdout) == read_manifest()
    assert json.loads(manifest("--json").stdout) == read_manifest()


@pytest.mark.parametrize("options", [(), ("--json",), ("--http", "https://example.jp/slack/events")])
def test_the_link_makes_the_app_that_is_printed(options: tuple[str, ...]):
    result = manifest(*options)
    link = urlsplit(link_in(result))
    asked = parse_qs(link.query)

    assert f"{link.scheme}://{link.netloc}{link.path}" == "https://api.slack.com/apps"
    assert asked["new_app"] == ["1"]
    assert json.loads(asked["manifest_json"][0]) == yaml.safe_load(result.stdout)
    assert len(link_in(result)) < LONGEST_LINK


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_do_next_is_said_for_each_way_of_hearing(language: str):
    socket, http = (
        manifest(lang=language).stderr,
        manifest("--http", "https://example.jp", lang=language).stderr,
    )

    assert ("SLACK_APP_TOKEN" in socket, "SLACK_SIGNING_SECRET" in socket) == (True, False)
    assert ("SLACK_APP_TOKEN" in http, "SLACK_SIGNING_SECRET" in http) == (False, True)
    assert "https://example.jp/slack/events" in http


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://example.jp", "https://example.jp/slack/events"),
        ("https://example.jp/", "https://example.jp/slack/events"),
        ("https://example.jp:8443", "https://example.jp:8443/slack/events"),
        ("https://example.jp/bot/slack/events", "https://example.jp/bot/slack/events"),
        ("http://example.jp", None),
        ("example.jp", None),
        ("https://", None),
        ("https://user:word@example.jp", None),
        ("https://example.jp/?a=1", None),
        ("https://example.jp:99999", None),
        ("https://exam ple.jp", None),
        ("", None),
    ],
)
def test_where_slack_can_send_events_to(address: str, url: str | None):
    assert request_url(address) == url


def test_a_host_alone_gets_the_path_at_which_the_service_listens():
    assert request_url("https://example.jp") == f"https://example.jp{PATH}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_that_slack_cannot_reach_is_refused(language: str):
    result = manifest("--http", "http://example.jp", lang=language)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "http://example.jp" in result.stderr


def page(name: str) -> str:
    return (REPO / "docs" / "reference" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["slack-app.md", "slack-app.ja.md"])
def test_the_page_explains_every_scope_in_the_order_of_the_manifest(name: str):
    explained = re.findall(r"^\| `([a-z.]+:[a-z]+)` \|", page(name), re.MULTILINE)

    assert explained == [each.scope for each in PERMISSIONS]


@pytest.mark.parametrize("name", ["slack-app.md", "slack-app.ja.md"])
def test_the_page_names_every_event_in_the_order_of_the_manifest(name: str):
    manifest_events: list[Any] = read_manifest()["settings"]["event_subscriptions"]["bot_events"]
    named = re.findall(r"^\| `([a-z._]+)` \|", page(name), re.MULTILINE)

    assert named == manifest_events
