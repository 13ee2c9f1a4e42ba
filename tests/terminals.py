"""A command of ours whose standard output is a terminal."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from io import FileIO
from subprocess import DEVNULL, Popen


def told_on_a_terminal(*arguments: str) -> str:
    """What it prints there. It finds no token, and a terminal's lines end in CR LF."""
    reader, terminal = os.openpty()
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-m", "scheduler", *arguments]
    with Popen(command, stdout=terminal, stderr=DEVNULL, env=environment), FileIO(reader) as read:
        os.close(terminal)
        return b"".join(_until_closed(read)).decode()


def _until_closed(terminal: FileIO) -> Iterator[bytes]:
    with suppress(OSError):  # nobody has it open any more
        while some := terminal.read(4096):
            yield some
