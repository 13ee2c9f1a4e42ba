"""What the system tells the process: stop, or read the config anew. Nothing is done here, only passed on."""

import asyncio
import signal
from collections.abc import Callable

_STOPPING = (signal.SIGTERM, signal.SIGINT)


def on_signals(
    loop: asyncio.AbstractEventLoop, stop: Callable[[], None], reload: Callable[[], None]
) -> Callable[[], None]:
    """From now on SIGTERM and SIGINT call `stop`, SIGHUP calls `reload`, each in the loop.

    Gives what undoes it. Both may be called several times.
    """
    for each in _STOPPING:
        loop.add_signal_handler(each, stop)
    loop.add_signal_handler(signal.SIGHUP, reload)
    return lambda: _undo(loop)


def _undo(loop: asyncio.AbstractEventLoop) -> None:
    for each in (*_STOPPING, signal.SIGHUP):
        loop.remove_signal_handler(each)
