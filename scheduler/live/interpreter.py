"""How Python runs the service: its threads take short turns, and it seldom looks for dead objects.

One thread hears Slack, one talks to the database. What an event brings goes by itself once it is done with.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

#: Seconds after which a thread that is at work lets another one go on; Python's own measure is ten times it.
_TURN = 0.0005
#: Objects that came and did not go, before it looks for those that only hold each other.
_MANY = 10_000


@contextmanager
def at_work() -> Iterator[None]:
    """Inside, Slack is heard and acknowledged soon, however much there is to fold. Of the whole process."""
    turn, sweeps = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(_TURN)
    gc.set_threshold(_MANY, *sweeps[1:])
    try:
        yield
    finally:
        sys.setswitchinterval(turn)
        gc.set_threshold(*sweeps)
