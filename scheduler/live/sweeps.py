"""How often Python looks for dead objects that hold each other: seldom. What is read goes by itself."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: Objects that came and did not go, before it looks again: many times Python's own measure.
_MANY = 10_000


@contextmanager
def rare_sweeps() -> Iterator[None]:
    """Inside, the payloads that are just being taken in are not looked through every few events."""
    before = gc.get_threshold()
    gc.set_threshold(_MANY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
