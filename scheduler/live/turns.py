"""How the threads of the service share Python's lock: one hears Slack, one talks to the database."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

#: Seconds after which a thread that is at work lets another one go on; Python's own measure is ten times it.
_TURN = 0.0005


@contextmanager
def short_turns() -> Iterator[None]:
    """Inside, Slack is heard and acknowledged soon, however much there is to fold. Of the whole process."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
