"""What `ambassador explain` does once its options are read. Imported late: it brings everything along."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

import typer
from rich.console import Console

from scheduler.app.explaining import find_channel, gather, reading
from scheduler.app.loading import load
from scheduler.app.places import database_url
from scheduler.catalogue import say
from scheduler.cli.address import Address
from scheduler.cli.jsonout import json_output
from scheduler.report.explain import Dossier, explain, show_explanation, write_explanation
from scheduler.settings import Settings
from scheduler.store.engine import SqlWork

#: The exit code for a post that nothing is known of.
UNKNOWN = 1
_LIKE_AN_ID = re.compile(r"[CDG][A-Z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Where to look, and how to tell it. `database` is a URL or a file; None is the config's."""

    language: str
    database: str | None
    workspace: str | None
    json: bool


def tell(address: Address, config: Path | None, wish: Wish) -> None:
    """Tells the story of a post; raises ProblemsFound and DatabaseRefused."""
    settings = load(config).settings
    with reading(database_url(wish.database or settings.database), wish.workspace) as work:
        if work.imports.unfinished():
            typer.echo(say(wish.language, "explain.import_unfinished"), err=True)
        dossier = _find(work, address, settings, wish.language)
    _print(dossier, settings, wish)


def _find(work: SqlWork, address: Address, settings: Settings, language: str) -> Dossier:
    foreign = _foreign(address, settings, language)
    channel = find_channel(work, address.channel)
    if channel is None:
        raise _unknown(_unknown_channel(work, address.channel, language) + foreign)
    dossier = gather(work, channel, address.moments)
    if dossier is None:
        name = work.channels.name_of(channel)
        told = f"#{name}" if name else channel
        sentence = say(language, "explain.unknown_post", channel=told, ts=address.moments[0])
        raise _unknown(sentence + foreign)
    return dossier


def _unknown_channel(work: SqlWork, channel: str, language: str) -> str:
    told = channel if _LIKE_AN_ID.fullmatch(channel) else f"#{channel}"
    if near := next(iter(get_close_matches(channel, work.channels.names(), n=1)), None):
        return say(language, "explain.unknown_channel_near", channel=told, near=f"#{near}")
    return say(language, "explain.unknown_channel", channel=told)


def _foreign(address: Address, settings: Settings, language: str) -> str:
    """A link of another workspace leads nowhere here."""
    ours = urlsplit(settings.workspace.url).hostname or ""
    if address.host is None or address.host.lower() == ours:
        return ""
    return "\n" + say(language, "explain.other_host", host=address.host, ours=ours)


def _unknown(sentence: str) -> typer.Exit:
    typer.echo(sentence, err=True)
    return typer.Exit(UNKNOWN)


def _print(dossier: Dossier, settings: Settings, wish: Wish) -> None:
    explanation = explain(dossier, settings)
    if wish.json:
        write_explanation(json_output(), explanation, names=dossier.names)
        return
    show_explanation(
        Console(highlight=False), wish.language, explanation,
        names=dossier.names, zone=settings.workspace.zone,
    )  # fmt: skip
