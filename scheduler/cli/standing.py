"""What `ambassador sandbox` does once its options are read. Imported late: it brings everything along."""

import asyncio
import os

import typer

from scheduler.app.practising import practice, stay
from scheduler.catalogue import say
from scheduler.cli.failing import fail
from scheduler.clock import SystemClock
from scheduler.sandbox import Sandbox


def stand_in(port: int, language: str) -> None:
    """Says what to put where, and stays until Ctrl-C. Raises typer.Exit when the port cannot be had."""
    try:
        asyncio.run(_stand_in(port, language))
    except KeyboardInterrupt:
        typer.echo("\n" + say(language, "sandbox.bye"))
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise fail(say(language, "sandbox.port_taken", port=port, why=why)) from None


async def _stand_in(port: int, language: str) -> None:
    async with practice(clock=SystemClock(), port=port, language=language) as sandbox:
        typer.echo(_told(sandbox, language))
        await stay(sandbox)


def _told(sandbox: Sandbox, language: str) -> str:
    """What it is, then a sentence and what to copy in turn, then what to do next."""
    tokens = sandbox.tokens
    exports = (f"export SLACK_BOT_TOKEN={tokens.bot}", f"export SLACK_APP_TOKEN={tokens.app}")
    return "\n\n".join(
        (
            say(language, "sandbox.runs"),
            _with(language, "page", f"{sandbox.world.http_base}/"),
            _with(language, "config", *_settings(sandbox)),
            _with(language, "tokens", *exports),
            _with(language, "over_http", f"export SLACK_SIGNING_SECRET={tokens.signing_secret}"),
            say(language, "sandbox.next"),
            say(language, "sandbox.stop"),
        )
    )


def _with(language: str, sentence: str, *lines: str) -> str:
    return "\n".join((say(language, f"sandbox.{sentence}"), *lines))


def _settings(sandbox: Sandbox) -> tuple[str, ...]:
    """As they stand in the config. A database of its own: it belongs to the workspace it was made for."""
    return (
        *("storage:", "  database: sqlite:///practice.db"),
        *("service:", f"  slack_api: {sandbox.base_url}"),
    )
