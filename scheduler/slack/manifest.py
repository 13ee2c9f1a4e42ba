"""The manifest of the Slack app: as shipped, or for events over HTTP; and the link that makes the app.

It only reads and writes text: Slack itself is not asked.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import yaml

Manifest = Mapping[str, Any]

_NAME = "manifest.yaml"
#: Where the service takes events.
_EVENTS_PATH = "/slack/events"
_NEW_APP = "https://api.slack.com/apps?new_app=1&manifest_json="


def shipped() -> Path:
    """The manifest that comes with the package; in a checkout it stands at the top."""
    package = Path(__file__).parents[1]
    installed = package / "shipped" / _NAME
    return installed if installed.exists() else package.parent / _NAME


def read_manifest() -> Manifest:
    """The shipped one: events come over Socket Mode."""
    manifest: Manifest = yaml.safe_load(shipped().read_text(encoding="utf-8"))
    return manifest


def request_url(address: str) -> str | None:
    """Where Slack sends events to, with our own path where none is given; None when it cannot get there."""
    try:
        parts = urlsplit(address.strip())
        _ = parts.port  # raises when it is none
    except ValueError:
        return None
    is_plain = not (re.search(r"\s", parts.geturl()) or "@" in parts.netloc or parts.query or parts.fragment)
    if parts.scheme != "https" or not parts.hostname or not is_plain:
        return None
    return parts.geturl() if parts.path.strip("/") else f"https://{parts.netloc}{_EVENTS_PATH}"


def over_http(manifest: Manifest, url: str) -> Manifest:
    """The same app, to which Slack sends events at `url`, which must be reachable from outside."""
    settings = manifest["settings"]
    events = {"request_url": url, **settings["event_subscriptions"]}
    changed = {**settings, "event_subscriptions": events, "socket_mode_enabled": False}
    return {**manifest, "settings": changed}


def as_yaml(manifest: Manifest) -> str:
    """Plain YAML without comments, in the order of the file."""
    return yaml.safe_dump(manifest, allow_unicode=True, sort_keys=False, width=100)


def as_json(manifest: Manifest) -> str:
    """The same as JSON, to be read by people."""
    return json.dumps(manifest, ensure_ascii=False, indent=2)


def link_to_create(manifest: Manifest) -> str:
    """Opens Slack's own page on which the app is made; whoever opens it must be signed in."""
    return _NEW_APP + quote(json.dumps(manifest, ensure_ascii=False, separators=(",", ":")), safe="")
