"""Slack's two tokens, out of the environment or out of files that it names. Nothing here ever shows one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.errors import EnvironmentRefused, Told

#: More than any token has; a file is read no further.
_LONGEST = 4096
_BOT, _APP = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"
_PREFIXES = {_BOT: "xoxb-", _APP: "xapp-"}
_TOKEN = re.compile(r"x(?:oxb|app)-[A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """`bot` calls Slack's methods, `app` opens the connection on which events come."""

    bot: str = field(repr=False)
    app: str = field(repr=False)


def read_tokens(environ: Mapping[str, str]) -> Tokens:
    """Both tokens. Raises EnvironmentRefused with everything that is wrong with either."""
    found = {name: _read(environ, name) for name in _PREFIXES}
    wrong = [told for told in found.values() if isinstance(told, Told)]
    tokens = {name: token for name, token in found.items() if isinstance(token, str)}
    wrong += _misplaced(tokens)
    if wrong:
        raise EnvironmentRefused(wrong)
    return Tokens(bot=tokens[_BOT], app=tokens[_APP])


def _read(environ: Mapping[str, str], name: str) -> str | Told:
    """What is set for this token, without the spaces around it."""
    direct, file = environ.get(name), environ.get(f"{name}_FILE")
    if direct is not None and file is not None:
        return Told("tokens.both", {"name": name})
    if file is not None:
        return _of_file(name, file)
    if direct is None:
        return Told(f"tokens.missing_{_kind(name)}", {"name": name})
    return direct.strip() or Told(f"tokens.empty_{_kind(name)}", {"name": name})


def _of_file(name: str, file: str) -> str | Told:
    if file.strip().startswith(tuple(_PREFIXES.values())):
        return Told("tokens.token_as_file", {"name": name})
    try:
        with Path(file).open("rb") as opened:
            content = opened.read(_LONGEST)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        return Told("tokens.unreadable_file", {"name": name, "path": file, "why": why})
    text = content.decode("utf-8-sig", errors="replace").strip()
    return text or Told("tokens.empty_file", {"name": name, "path": file})


def _misplaced(tokens: Mapping[str, str]) -> Iterator[Told]:
    """Tokens of the wrong kind; two that only changed places are one mistake."""
    wrong = {name: token for name, token in tokens.items() if not _fits(name, token)}
    others = {name: _OTHER[name] for name in wrong if _fits(_OTHER[name], wrong[name])}
    if len(others) == len(_PREFIXES):
        yield Told("tokens.swapped", {"bot": _BOT, "app": _APP})
        return
    for name in wrong:
        told = {"name": name, "prefix": _PREFIXES[name]}
        yield (
            Told("tokens.of_the_other", {**told, "other": others[name]})
            if name in others
            else Told(f"tokens.wrong_{_kind(name)}", told)
        )


def _fits(name: str, token: str) -> bool:
    return token.startswith(_PREFIXES[name]) and _TOKEN.fullmatch(token) is not None


def _kind(name: str) -> str:
    return "bot" if name == _BOT else "app"


_OTHER = {_BOT: _APP, _APP: _BOT}
