"""Day files of many channels → one stream in time order, a few days in memory at a time.

A file's name may be a date in another time zone than ours: messages are held back for two days. One that lies
even further before its file's date comes as early as is still possible, and is counted as out of place.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from operator import attrgetter

from scheduler.simulate.export.findings import Finding, Findings
from scheduler.simulate.export.messages import Message

_DAY = 86_400_000_000  # microseconds
_HORIZON = 2 * _DAY
_EPOCH = date(1970, 1, 1)

_time = attrgetter("micros")
_time_and_channel = attrgetter("micros", "channel", "ts")


def in_order(days: Iterable[tuple[date, list[Message]]], findings: Findings) -> Iterator[Message]:
    """`days` come by date. A message that two files hold is given once, if it is not more than days apart."""
    return _without_repeats(_sorted(days, findings), findings)


def _sorted(days: Iterable[tuple[date, list[Message]]], findings: Findings) -> Iterator[Message]:
    waiting: list[Message] = []
    for day, messages in days:
        start = _start(day)
        due = bisect_left(waiting, start - _HORIZON, key=_time)
        yield from waiting[:due]
        _count_out_of_place(messages, start, findings)
        waiting = sorted(waiting[due:] + messages, key=_time_and_channel)
    yield from waiting


def _without_repeats(messages: Iterable[Message], findings: Findings) -> Iterator[Message]:
    last = None
    for message in messages:
        this = (message.channel, message.ts)
        if this == last:
            findings.count(Finding.DUPLICATE, message.file, message.ts)
        else:
            yield message
        last = this


def _count_out_of_place(messages: Iterable[Message], start: int, findings: Findings) -> None:
    for message in messages:
        if not start - _HORIZON <= message.micros < start + _DAY + _HORIZON:
            findings.count(Finding.OUT_OF_PLACE, message.file, message.ts)


def _start(day: date) -> int:
    return (day - _EPOCH).days * _DAY
