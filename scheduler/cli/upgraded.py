"""Says that a database of an older version was brought up to date."""

from typing import TYPE_CHECKING

import typer

from scheduler.catalogue import say

if TYPE_CHECKING:
    from scheduler.store.engine import SqlStore


def tell_upgraded(store: "SqlStore", language: str) -> None:
    """One sentence on standard error, where something was done."""
    if done := store.upgraded:
        name = "store.upgraded" if done.backup else "store.upgraded_alone"
        typer.echo(say(language, name, revision=done.revision, backup=done.backup), err=True)
