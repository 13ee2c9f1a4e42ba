"""Spreading without chance: the same key always waits equally long. No random, no clock."""

from datetime import timedelta
from hashlib import sha256

_MICROSECOND = timedelta(microseconds=1)
_SECOND = timedelta(seconds=1)


def jitter(key: str, *, up_to: timedelta) -> timedelta:
    """A length of time, in whole seconds, from nothing up to, but not including, `up_to`.

    It depends on the key alone, also across processes. An `up_to` that is not positive gives none.
    """
    width = max(up_to, timedelta(0)) // _MICROSECOND
    drawn = int.from_bytes(sha256(key.encode()).digest()[:8])
    return (drawn * width >> 64) * _MICROSECOND // _SECOND * _SECOND


def rotation_of(key: str) -> int:
    """Which variant of a message a key gets, modulo their number: always the same, evenly spread."""
    return int.from_bytes(sha256(key.encode()).digest()[8:12])
