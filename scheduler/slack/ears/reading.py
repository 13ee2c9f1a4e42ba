"""What a request of Slack's says, read out of its body. Nothing here trusts that it is what it should be.

Sources: https://docs.slack.dev/apis/events-api/ and https://docs.slack.dev/interactivity/
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn
from urllib.parse import parse_qs

from scheduler.slack.ears.ear import Kind

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
_MOST_FIELDS = 100
_LONGEST_CHALLENGE = 1000
#: Characters. Slack's question whether our certificate is good is not longer.
_LONGEST_CHECK = 500


class Unreadable(Exception):
    """The body is nothing that Slack sends."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """Slack asks whether this address is ours: the text is to be given back."""

    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """Something that is to be taken in."""

    kind: Kind
    payload: Mapping[str, Any] = field(default_factory=dict)


def read(content_type: str, body: bytes) -> Challenge | Said:
    """Raises Unreadable."""
    try:
        text = body.decode("utf-8")
        return _event(text) if content_type == JSON else _form(text)
    except (ValueError, RecursionError):
        raise Unreadable from None


def is_certificate_check(content_type: str, body: bytes) -> bool:
    """Slack tries the certificate of a command's address now and then; it wants a 200 and nothing else."""
    if content_type != FORM or len(body) > _LONGEST_CHECK:
        return False
    try:
        return _fields(body.decode("utf-8")).get("ssl_check") == "1"
    except ValueError:
        return False


def _event(text: str) -> Challenge | Said:
    told = _object(text)
    if told.get("type") != "url_verification":
        return Said(Kind.EVENT, told)
    challenge = told.get("challenge")
    if not isinstance(challenge, str) or len(challenge) > _LONGEST_CHALLENGE:
        raise Unreadable
    return Challenge(challenge)


def _form(text: str) -> Said:
    fields = _fields(text)
    if "payload" in fields:
        return Said(Kind.INTERACTION, _object(fields["payload"]))
    if "command" in fields:
        return Said(Kind.COMMAND, fields)
    raise Unreadable


def _fields(text: str) -> dict[str, str]:
    """The last one counts where a name comes twice. Raises ValueError."""
    found = parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    return {name: values[-1] for name, values in found.items()}


def _object(text: str) -> dict[str, Any]:
    told = json.loads(text, parse_constant=_no_number)
    if not isinstance(told, dict):
        raise Unreadable
    return told


def _no_number(name: str) -> NoReturn:
    """NaN and the like, which Python reads and JSON does not know."""
    raise ValueError(name)
