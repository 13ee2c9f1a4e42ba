"""`ambassador explain`: the story of one post, from what was written down about it."""

from typing import Annotated

import typer

from scheduler.catalogue import say
from scheduler.cli.address import read_address
from scheduler.cli.failing import fail, failing_well
from scheduler.cli.language import Lang, language_of, told
from scheduler.cli.options import Config


def explain(  # noqa: PLR0917 - typer reads the options off the parameters
    post: Annotated[str, typer.Option("--post", metavar="CHANNEL:TS", help=told("post"))],
    database: Annotated[
        str | None, typer.Option("--database", metavar="URL|FILE", help=told("explain_database"))
    ] = None,
    workspace: Annotated[
        str | None, typer.Option("--workspace", metavar="ID", help=told("workspace"))
    ] = None,
    config: Config = None,
    json: Annotated[bool, typer.Option("--json", help=told("explain_json"))] = False,
    lang: Lang = None,
) -> None:
    """Parses, finds the post, and has its story told."""
    language = language_of(lang)
    address = read_address(post)
    if address is None:
        sentence = "cut_link" if "/archives/" in post else "unreadable_post"
        raise fail(say(language, f"explain.{sentence}", post=post))
    with failing_well(language):
        from scheduler.cli.story import Wish, tell

        wish = Wish(language=language, database=database, workspace=workspace, json=json)
        tell(address, config, wish)
