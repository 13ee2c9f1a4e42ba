"""Puts a simulation together: a history, a place for its rows, and a sender that sends nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import chain

from scheduler.actions.context import Context
from scheduler.actions.directory import directory_of
from scheduler.app.loading import Loaded
from scheduler.app.places import Place, Stage, thrown_away
from scheduler.clock import SteppingClock
from scheduler.model.messages import OutgoingMessage, Rendered
from scheduler.pipeline.crew import Crew
from scheduler.policy.opentime import OpenTime
from scheduler.policy.walltime import first_shown
from scheduler.report import FactCount, Results, reported
from scheduler.settings import Settings
from scheduler.simulate.drive import driver
from scheduler.simulate.keepsake import Keepsake
from scheduler.simulate.sources import Source
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
def simulate(
    loaded: Loaded,
    source: Source,
    *,
    place: Place = thrown_away,
    counts: Callable[[datetime], bool] = lambda _: True,
) -> Iterator[Simulation]:
    """Lives through a history; `place` says where its rows go. Nothing leaves the process.

    Samples are of messages that were due when `counts` holds.
    """
    settings = _with_long_memory(_without_group(source.adapt(loaded.settings)))
    with place(source.team) as stage:
        yield _run(settings, loaded.messages, source, stage, Keepsake(counts))


def _run(
    settings: Settings, messages: Messages, source: Source, stage: Stage, keepsake: Keepsake
) -> Simulation:
    context = Context(
        settings=settings, open_time=OpenTime(settings.calendar), directory=directory_of(settings)
    )
    ids = {name: channel for channel, name in source.channel_names.items()}
    count = FactCount()
    renderer = messages.bind(workspace_url=settings.workspace.url, channel_id=ids.get)
    facts = source.facts()
    first = next(facts, None)
    clock = SteppingClock(first.at if first else _NEVER)
    crew = Crew(context=context, renderer=renderer)
    run = driver(stage.store, crew, keepsake, clock)
    run.run(count.passing(chain((first,) if first else (), facts)), until=_end_of(source, settings))
    work = stage.keep().read()
    return Simulation(
        results=Results(
            cases=work.cases.all,
            messages=lambda: reported(work.outbox.all()),
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


def _without_group(settings: Settings) -> Settings:
    """No history tells who is in a user group."""
    return replace(settings, ambassadors=replace(settings.ambassadors, group=None))


def _end_of(source: Source, settings: Settings) -> datetime | None:
    if source.last_on is None:
        return None
    return first_shown(settings.workspace.zone, source.last_on + timedelta(days=1), time.min)
