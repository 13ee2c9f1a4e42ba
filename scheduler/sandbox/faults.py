"""What goes wrong, how often, and where: told beforehand, so that nothing is left to chance."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum


class How(StrEnum):
    """What the caller gets instead of an answer."""

    ERROR = "error"  # {"ok": false, "error": code}
    HTML = "html"  # an HTML page with a status, as a proxy or a failing gateway sends it
    TRUNCATED = "truncated"  # JSON that stops in the middle, with the right length
    CUT = "cut"  # the connection ends before the promised length
    HANG = "hang"  # accepted, never answered
    RESET = "reset"  # the connection is reset
    RATELIMITED = "ratelimited"  # 429, and the method stays closed until Retry-After is over
    LATE = "late"  # answered as always, but history shows the message only later


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Happens to the next `times` calls of `method` whose arguments hold `where`.

    `*` is any method, `times` None is until cleared.
    With `after_effect` the call is done first, so that only its answer is lost. `late` is how long (on the
    stand-in's clock) a message that it wrote stays out of history and replies.
    """

    how: How
    method: str = "*"
    times: int | None = 1
    after_effect: bool = False
    code: str = "internal_error"
    status: int = 500
    retry_after: int = 30
    late: timedelta = timedelta(0)
    where: Mapping[str, str] = field(default_factory=dict)


class Faults:
    """The faults that are still to come, first told first."""

    def __init__(self) -> None:
        self.pending: list[Fault] = []
        self._copies: dict[str, list[int]] = {}
        self._double_gestures = 0

    def add(self, fault: Fault) -> None:
        self.pending.append(fault)

    def clear(self) -> None:
        self.pending.clear()
        self._copies.clear()
        self._double_gestures = 0

    def next(self, method: str, arguments: Mapping[str, object]) -> Fault | None:
        """The fault that this call meets; uses it up."""
        for place, fault in enumerate(self.pending):
            if fault.method in {"*", method} and _holds(fault.where, arguments):
                self._use_up(place, fault)
                return fault
        return None

    def repeat_event(self, kind: str, *, copies: int, times: int = 1) -> None:
        """The next `times` events of this type come `copies` more times, each with an event id of its own."""
        self._copies.setdefault(kind, []).extend([copies] * times)

    def double_gesture(self, *, times: int = 1) -> None:
        """The next posts of a member become two messages: another `ts`, the same `client_msg_id`."""
        self._double_gestures += times

    def copies_of(self, kind: str) -> int:
        waiting = self._copies.get(kind)
        return waiting.pop(0) if waiting else 0

    def is_double(self) -> bool:
        self._double_gestures, is_double = max(self._double_gestures - 1, 0), self._double_gestures > 0
        return is_double

    def _use_up(self, place: int, fault: Fault) -> None:
        if fault.times is None:
            return
        if fault.times > 1:
            self.pending[place] = replace(fault, times=fault.times - 1)
        else:
            del self.pending[place]


def _holds(where: Mapping[str, str], arguments: Mapping[str, object]) -> bool:
    return all(str(arguments.get(name)) == value for name, value in where.items())
