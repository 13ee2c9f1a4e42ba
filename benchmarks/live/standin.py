"""The stand-in for Slack in a process of its own, so that what it costs is not counted to those it feeds.

It takes commands from its standard input, a line each, and answers each with a line of JSON.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from scheduler.sandbox import Sandbox

#: Envelopes that wait for their acknowledgement at the same time.
IN_FLIGHT = 64
#: A Monday, nine o'clock in Tokyo.
START = datetime(2026, 8, 3, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Address:
    """How to reach a stand-in."""

    api: str
    bot: str
    app: str


class StandIn:
    """A running stand-in, from outside."""

    def __init__(self, process: asyncio.subprocess.Process, address: Address) -> None:
        self._process = process
        self.address = address

    async def ask(self, command: str) -> Any:  # noqa: ANN401 - each command has its own answer
        """The answer to a command, once it is done."""
        assert self._process.stdin  # noqa: S101 - a pipe, as we asked for
        assert self._process.stdout  # noqa: S101 - too
        self._process.stdin.write(f"{command}\n".encode())
        return json.loads(await self._process.stdout.readline())


@asynccontextmanager
async def running(module: str, *arguments: str) -> AsyncIterator[StandIn]:
    """Starts the program that plays a stand-in, and stops it at the end."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments), stdin=PIPE, stdout=PIPE, limit=2**24
    )
    try:
        assert process.stdout  # noqa: S101 - it is a pipe
        yield StandIn(process, Address(**json.loads(await process.stdout.readline())))
    finally:
        process.terminate()
        await process.wait()


async def obey(sandbox: Sandbox, commands: dict[str, Callable[..., Any]]) -> None:
    """Tells its address, then does as it is told, until nobody is there any more."""
    _say({"api": sandbox.base_url, "bot": sandbox.tokens.bot, "app": sandbox.tokens.app})
    loop, reader = asyncio.get_running_loop(), asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        name, *arguments = line.decode().split()
        _say(await commands[name](*arguments))


def _say(answer: object) -> None:
    print(json.dumps(answer), flush=True)
