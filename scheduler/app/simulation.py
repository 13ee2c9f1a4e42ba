"""Puts a simulation together: a history, a database that is thrown away, and a sender that sends nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from scheduler.actions.context import Context
from scheduler.actions.directory import directory_of
from scheduler.app.loading import Loaded
from scheduler.clock import SteppingClock
from scheduler.model.messages import OutgoingMessage, Rendered
from scheduler.pipeline.crew import Crew
from scheduler.policy.opentime import OpenTime
from scheduler.policy.walltime import first_shown
from scheduler.report import FactCount, Results
from scheduler.settings import Settings
from scheduler.simulate.drive import driver
from scheduler.simulate.keepsake import Keepsake
from scheduler.simulate.sources import Source
from scheduler.store.engine import SqlStore, open_store
from scheduler.templates import Messages

_NEVER = datetime.fromtimestamp(0, UTC)
_ALWAYS = timedelta(days=365 * 40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """A finished run, as long as its database is there."""

    results: Results
    count: FactCount
    open_time: OpenTime
    samples: tuple[tuple[OutgoingMessage, Rendered], ...]


@contextmanager
def simulate(loaded: Loaded, source: Source) -> Iterator[Simulation]:
    """Lives through a history in a database that is thrown away afterwards. Nothing leaves the process."""
    settings = _with_long_memory(source.adapt(loaded.settings))
    with TemporaryDirectory(prefix="ambassador-") as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'simulation.db'}", source.team, throw_away=True)
        try:
            yield _run(settings, loaded.messages, source, store)
        finally:
            store.close()


def _run(settings: Settings, messages: Messages, source: Source, store: SqlStore) -> Simulation:
    context = Context(
        settings=settings, open_time=OpenTime(settings.calendar), directory=directory_of(settings)
    )
    ids = {name: channel for channel, name in source.channel_names.items()}
    keepsake, count = Keepsake(), FactCount()
    renderer = messages.bind(workspace_url=settings.workspace.url, channel_id=ids.get)
    facts = source.facts()
    first = next(facts, None)
    clock = SteppingClock(first.at if first else _NEVER)
    run = driver(store, Crew(context=context, renderer=renderer, sender=keepsake), clock)
    run.run(count.passing(chain((first,) if first else (), facts)), until=_end_of(source, settings))
    work = store.read()
    return Simulation(
        results=Results(
            cases=work.cases.all,
            messages=work.outbox.all,
            decisions=work.decisions.all,
            ended_at=clock.now(),
        ),
        count=count,
        open_time=context.open_time,
        samples=keepsake.kept(),
    )


def _with_long_memory(settings: Settings) -> Settings:
    """The report reads the whole decision record, so that a simulation drops none of it."""
    return replace(settings, privacy=replace(settings.privacy, keep_decisions=_ALWAYS))


def _end_of(source: Source, settings: Settings) -> datetime | None:
    if source.last_on is None:
        return None
    return first_shown(settings.workspace.zone, source.last_on + timedelta(days=1), time.min)
