"""`make bench`: measures, prints each figure beside its goal, and exits with 1 when a goal is missed.

What is compared is measured in turns in this one run, so that a slow or busy machine makes little difference.
"""

import asyncio
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import structlog

from benchmarks.live.alerts import measure_alerts
from benchmarks.live.figures import Figure
from benchmarks.live.help import measure_help
from benchmarks.live.memory import measure_memory
from benchmarks.live.taking_in import measure_taking_in
from benchmarks.live.ticks import measure_ticks
from tests.postgres import running_server


def main() -> int:
    logging.disable()
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    met = True
    with TemporaryDirectory(prefix="ambassador-bench-") as folder:
        for figure in _figures(Path(folder)):
            print(figure, flush=True)
            met = met and figure.is_met
    return 0 if met else 1


def _figures(folder: Path) -> Iterator[Figure]:
    with _postgresql() as address:
        yield from asyncio.run(measure_taking_in(folder, address))
    yield measure_ticks(folder)
    yield asyncio.run(measure_alerts(folder))
    yield asyncio.run(measure_memory(folder))
    yield measure_help(folder)


@contextmanager
def _postgresql() -> Iterator[str | None]:
    """A new database whose commits are durable, or None where no server runs."""
    try:
        with running_server(durable=True) as server:
            yield server.new_database()
    except pytest.skip.Exception as skipped:
        print(f"PostgreSQL is left out: {skipped}", file=sys.stderr)
        yield None


if __name__ == "__main__":
    sys.exit(main())
