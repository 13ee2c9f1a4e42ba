"""The service's log: lines for people on a terminal, JSON elsewhere, and the mode on each of them.

Libraries join in from WARNING on, with the beginning of their sentence only.
"""

import contextlib
import logging
import os
from collections.abc import Iterator
from typing import TextIO

import structlog
from structlog.typing import Processor

from scheduler.app.loglines import Line, Listed, error_as_places, fixed_words, place
from scheduler.clock import Clock
from scheduler.settings import Mode


def start_logging(*, mode: Mode, clock: Clock, stream: TextIO, strict: bool = False) -> None:
    """From now on every logger writes to `stream`. Called again, it replaces what was before."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            error_as_places,
            Listed(strict=strict),
            _Stamped(mode, clock),
            *_rendering(mode, is_terminal=stream.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(_Unbreakable(stream)),  # type: ignore[arg-type]
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers = [each for each in root.handlers if not isinstance(each, _Libraries)] + [_Libraries()]
    root.setLevel(logging.WARNING)


class _Stamped:
    """Puts time, level and mode in front."""

    def __init__(self, mode: Mode, clock: Clock) -> None:
        self._mode = mode.shown
        self._clock = clock

    def __call__(self, _logger: object, _method: str, line: Line) -> Line:
        at = self._clock.now().isoformat(timespec="milliseconds")
        first = {"timestamp": at, "level": line["level"], "mode": self._mode, "event": line["event"]}
        return first | {key: value for key, value in line.items() if key not in first}


class _Libraries(logging.Handler):
    """Hands the lines of libraries to our own logger."""

    def emit(self, record: logging.LogRecord) -> None:
        log = structlog.get_logger()
        write = log.error if record.levelno >= logging.ERROR else log.warning
        write(
            "library",
            logger=record.name,
            said=fixed_words(str(record.msg)),
            where=place(record.pathname, record.lineno),
            exc_info=record.exc_info[1] if record.exc_info else None,
        )


class _Unbreakable:
    """A stream that may go away: whoever reads our log must not be able to stop the service."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._stream.flush()


def _rendering(mode: Mode, *, is_terminal: bool) -> Iterator[Processor]:
    if not is_terminal:
        yield structlog.processors.JSONRenderer(ensure_ascii=False)
        return
    if mode is Mode.SHADOW:
        yield _shouted
    yield structlog.dev.ConsoleRenderer(colors=not os.environ.get("NO_COLOR"), sort_keys=False)


def _shouted(_logger: object, _method: str, line: Line) -> Line:
    """In shadow mode a person sees at the first glance that nothing is really sent."""
    return {**line, "event": f"{Mode.SHADOW.shown} {line['event']}"}
