"""The command as a process that has everything imported when it begins: forked from one that does only that.

A process like any other, with an environment, files and signals of its own; but what Python takes to import
everything, most of a start, is spent once. What an import itself reads is not its own: the language of help,
and whom TLS trusts (`SSL_CERT_FILE`).
"""

import asyncio
import os
import runpy
import signal
import sys
import time
from collections.abc import Mapping
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from scheduler.cli import filling, living  # noqa: F401 - to be there already
from scheduler.store import migrating  # noqa: F401 - too
from scheduler.templates import read, shipped

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload([__name__])
# What was compiled once is not compiled again.
read(shipped())


class Forked:
    """What `asyncio.subprocess.Process` is for a program."""

    def __init__(self, process: ForkServerProcess, stderr: asyncio.StreamReader) -> None:
        self._process = process
        self.stderr = stderr

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    async def wait(self) -> int:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        code = self.returncode
        assert code is not None
        return code

    def send_signal(self, sent: signal.Signals) -> None:
        if self.returncode is None and self._process.pid is not None:
            os.kill(self._process.pid, sent)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


async def forked(words: tuple[str, ...], *, environment: Mapping[str, str], said: Path) -> Forked:
    """Begins what Python does with these words. What it says on standard output is added to a file."""
    told, tells = _FORKS.Pipe(duplex=False)
    process = _FORKS.Process(target=_begin, args=(words, dict(environment), said, tells), daemon=True)
    process.start()
    tells.close()
    stderr = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(stderr), os.fdopen(os.dup(told.fileno()), "rb")
    )
    told.close()
    return Forked(process, stderr)


def _begin(words: tuple[str, ...], environment: Mapping[str, str], said: Path, tells: Connection) -> None:
    """In the new process: `-m module …` or `-c code …`."""
    with said.open("ab") as out:
        os.dup2(out.fileno(), 1)
    os.dup2(tells.fileno(), 2)
    tells.close()
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    how, what, *arguments = words
    sys.argv = [what, *arguments]
    if how == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(what, {"__name__": "__main__"})
