"""What `ambassador explain` does once its options are read. Imported late: it brings everything along."""

import sys
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console

from scheduler.app.explaining import find_channel, gather, reading
from scheduler.app.loading import load
from scheduler.catalogue import say
from scheduler.cli.address import Address
from scheduler.report.explain import Dossier, explain, show_explanation, write_explanation
from scheduler.settings import Settings
from scheduler.store.engine import SqlWork

#: The exit code for a post that nothing is known of.
UNKNOWN = 1


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
    with reading(_url(wish.database or settings.database), wish.workspace) as work:
        dossier = _find(work, address, wish.language)
    _print(dossier, settings, wish)


def _find(work: SqlWork, address: Address, language: str) -> Dossier:
    channel = find_channel(work, address.channel)
    if channel is None:
        raise _unknown(say(language, "explain.unknown_channel", channel=f"#{address.channel}"))
    dossier = gather(work, channel, address.moments)
    if dossier is None:
        name = work.channels.name_of(channel)
        told = f"#{name}" if name else channel
        raise _unknown(say(language, "explain.unknown_post", channel=told, ts=address.moments[0]))
    return dossier


def _unknown(sentence: str) -> typer.Exit:
    typer.echo(sentence, err=True)
    return typer.Exit(UNKNOWN)


def _print(dossier: Dossier, settings: Settings, wish: Wish) -> None:
    explanation = explain(dossier, settings)
    if wish.json:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")  # JSON is, whatever the terminal
        write_explanation(sys.stdout, explanation, names=dossier.names)
        return
    show_explanation(
        Console(highlight=False), wish.language, explanation,
        names=dossier.names, zone=settings.workspace.zone,
    )  # fmt: skip


def _url(database: str) -> str:
    return database if "://" in database else f"sqlite:///{database}"
