"""Takes secrets out of what is about to be shown, whoever put them there: the last line, not the first."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

_HIDDEN = "[…]"
#: Slack's tokens of every kind, whole or not, and who stands before the host of an address.
_TOKEN = re.compile(r"\b(?:xox[a-z]|xapp|xwfp)(?:\.[a-z]+)?-[A-Za-z0-9][\w-]*", re.IGNORECASE)
_USER = re.compile(r"(?<=://)[^/\s@]*:[^/\s]*@")
_SECRETS = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "AMBASSADOR_HEARTBEAT_URL",
    "PGPASSWORD",
)
#: Shorter ones would take half of every sentence along.
_SHORTEST = 6
_LONGEST = 4096


class Redaction:
    """Knows what is secret in this environment."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        # The longest first: one secret may be a part of another.
        self._secrets = sorted(set(_secrets(environ)), key=len, reverse=True)

    def __call__(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return _USER.sub(f"{_HIDDEN}@", _TOKEN.sub(_HIDDEN, text))


def _secrets(environ: Mapping[str, str]) -> Iterator[str]:
    for name in _SECRETS:
        for secret in (environ.get(name, ""), _in_file(environ.get(f"{name}_FILE"))):
            yield from (part for part in (secret.strip(), *secret.split()) if len(part) >= _SHORTEST)


def _in_file(path: str | None) -> str:
    try:
        with Path(path or "").open("rb") as file:
            return file.read(_LONGEST).decode("utf-8-sig", errors="replace")
    except (OSError, ValueError):
        return ""
