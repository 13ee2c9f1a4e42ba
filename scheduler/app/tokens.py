"""Slack's secrets, out of the environment or out of files that it names. Nothing here ever shows one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.errors import EnvironmentRefused, Told
from scheduler.settings import Receive

#: More than any token has; a file is read no further.
_LONGEST = 4096
_BOT, _APP, _SECRET = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"
_NEEDED: Mapping[Receive, Sequence[str]] = {Receive.SOCKET: (_BOT, _APP), Receive.HTTP: (_BOT, _SECRET)}
_KINDS = {_BOT: "bot", _APP: "app", _SECRET: "secret"}
_PREFIXES = {_BOT: "xoxb-", _APP: "xapp-"}
_FORMS = {
    _BOT: re.compile(r"xoxb-[A-Za-z0-9-]+"),
    _APP: re.compile(r"xapp-[A-Za-z0-9-]+"),
    _SECRET: re.compile(r"[A-Za-z0-9]{16,128}"),
}
#: A signing secret as Slack shows it today; no file is called so.
_BARE_SECRET = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """`bot` calls Slack's methods. The others are there as the way of receiving needs them.

    `app` opens the connections on which events come; with `signing_secret` Slack signs its requests.
    """

    bot: str = field(repr=False)
    app: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)


def read_tokens(environ: Mapping[str, str], receive: Receive) -> Tokens:
    """What this way of receiving needs. Raises EnvironmentRefused with everything that is wrong with any."""
    found = {name: _read(environ, name) for name in _NEEDED[receive]}
    wrong = [told for told in found.values() if isinstance(told, Told)]
    tokens = {name: token for name, token in found.items() if isinstance(token, str)}
    wrong += _misplaced(tokens)
    if wrong:
        raise EnvironmentRefused(wrong)
    return Tokens(bot=tokens[_BOT], app=tokens.get(_APP), signing_secret=tokens.get(_SECRET))


def look_at_tokens(environ: Mapping[str, str], receive: Receive) -> Mapping[str, str | Told]:
    """Each secret that this way of receiving needs, or what is wrong with it, by its variable."""
    found = {name: _read(environ, name) for name in _NEEDED[receive]}
    for told in _misplaced({name: token for name, token in found.items() if isinstance(token, str)}):
        concerned = (
            [told.values["name"]] if "name" in told.values else [told.values["bot"], told.values["app"]]
        )
        found |= dict.fromkeys(concerned, told)
    return found


def _read(environ: Mapping[str, str], name: str) -> str | Told:
    """What is set for this token, without the spaces around it."""
    direct, file = environ.get(name), environ.get(f"{name}_FILE")
    if direct is not None and file is not None:
        return Told("tokens.both", {"name": name})
    if file is not None:
        return _of_file(name, file)
    if direct is None:
        return Told(f"tokens.missing_{_KINDS[name]}", {"name": name})
    return direct.strip() or Told(f"tokens.empty_{_KINDS[name]}", {"name": name})


def _of_file(name: str, file: str) -> str | Told:
    if file.strip().startswith(tuple(_PREFIXES.values())) or _BARE_SECRET.fullmatch(file.strip()):
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
    wrong = [name for name, token in tokens.items() if not _FORMS[name].fullmatch(token)]
    others = {name: other for name in wrong for other in tokens if _FORMS[other].fullmatch(tokens[name])}
    if len(others) == len(_PREFIXES) and _SECRET not in others:
        yield Told("tokens.swapped", {"bot": _BOT, "app": _APP})
        return
    for name in wrong:
        told = {"name": name, "prefix": _PREFIXES.get(name, "")}
        yield (
            Told("tokens.of_the_other", {**told, "other": others[name]})
            if name in others and name in _PREFIXES
            else Told(f"tokens.wrong_{_KINDS[name]}", told)
        )
