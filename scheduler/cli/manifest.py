"""`ambassador manifest`: the manifest of the Slack app, and what to do with it."""

import sys
from typing import Annotated

import typer

from scheduler.catalogue import say
from scheduler.cli.failing import fail
from scheduler.cli.here import HERE
from scheduler.cli.language import Lang, language_of


def manifest(
    http: Annotated[
        str | None, typer.Option("--http", metavar="URL", help=say(HERE, "manifest.http"))
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=say(HERE, "manifest.json"))] = False,
    lang: Lang = None,
) -> None:
    """What is said beside the manifest goes to standard error, so that a pipe stays clean.

    Who reads it on a terminal wants the link, which holds all of the manifest.
    """
    from scheduler.slack.manifest import (
        as_json,
        as_yaml,
        link_to_create,
        over_http,
        read_manifest,
        request_url,
    )

    language = language_of(lang)
    url = request_url(http) if http is not None else None
    if http is not None and url is None:
        raise fail(say(language, "manifest.bad_url", url=http))
    found = over_http(read_manifest(), url) if url else read_manifest()
    steps = "http_steps" if url else "steps"
    typer.echo(say(language, "manifest.link"), err=True)
    typer.echo(f"\n{link_to_create(found)}\n", err=True)
    typer.echo(say(language, f"manifest.{steps}", url=url), err=True)
    if json or not sys.stdout.isatty():
        typer.echo((as_json(found) if json else as_yaml(found)).rstrip())
