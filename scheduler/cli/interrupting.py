"""A closed terminal window, or a polite request to end, counts as Ctrl-C: temporary files go then, too."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

_ENDING = (signal.SIGHUP, signal.SIGTERM)


@contextmanager
def like_ctrl_c() -> Iterator[None]:
    """Inside, SIGHUP and SIGTERM do what SIGINT does; one that is ignored (`nohup`) stays so."""
    before = {each: signal.getsignal(each) for each in _ENDING}
    for each in (one for one in _ENDING if before[one] is not signal.SIG_IGN):
        signal.signal(each, _interrupt)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _interrupt(*_: object) -> None:
    """A shell's background job ignores SIGINT, and is to be ended all the same."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        raise KeyboardInterrupt
    signal.raise_signal(signal.SIGINT)
