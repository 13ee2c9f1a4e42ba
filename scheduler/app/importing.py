"""Puts an import together: a Slack export and the service's database, nobody else at it. Sends nothing."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from pathlib import Path

from scheduler.actions.context import Context
from scheduler.actions.directory import directory_of
from scheduler.actions.forgetting import forget_old
from scheduler.actions.importing import finish, live_cases, settle_some, take_in
from scheduler.errors import ImportRefused
from scheduler.model.cases import Outcome
from scheduler.model.facts import Fact, JoinSource, MemberTraced
from scheduler.policy.opentime import OpenTime
from scheduler.ports import ImportProgress, Store
from scheduler.settings import Settings
from scheduler.simulate.export import NO_TEAM, Export, fingerprint_of
from scheduler.simulate.sources import Source, source_of
from scheduler.store.engine import SqlStore, open_store

#: Facts, or cases to settle, that share one transaction: what a `kill -9` can undo at most.
CHUNK = 256
#: A history that begins this soon after its oldest channel was made is known from its beginning.
SOON = timedelta(days=7)


class Known(StrEnum):
    """How much of the workspace's past a history tells."""

    WHOLE = "whole"  #: from the beginning: a member's earliest trace is when they joined
    PART = "part"  #: who was there before is not known: joins stay unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A history that is to be taken in. `fingerprint` tells it from every other one.

    `is_team_told`: the workspace is what somebody said, not what the export says.
    """

    source: Source
    team: str
    is_team_told: bool
    known: Known
    fingerprint: str

    def facts(self) -> Iterator[Fact]:
        """In order, and the same ones each time."""
        facts = self.source.facts()
        return facts if self.known is Known.WHOLE else map(_without_join, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What is known of a workspace: members without bots, by how their join is known; cases by fate."""

    joins: Mapping[JoinSource | None, int]
    fates: Mapping[Outcome | None, int]


def past_of(path: Path, *, team: str | None = None, known: Known | None = None) -> Past:
    """The export at `path`; `team` and `known` say what it does not. Raises NotAnExport, ImportRefused."""
    source = source_of(path)
    assert source.export is not None  # noqa: S101 - a path always leads to an export
    is_team_told = source.team == NO_TEAM
    team = _team(source, team)
    known = known or _known(source.export)
    mark = f"{fingerprint_of(path)}:{known}"
    return Past(
        source=_of_team(source, team), team=team, is_team_told=is_team_told, known=known, fingerprint=mark
    )


@contextmanager
def opened(url: str, past: Past) -> Iterator[SqlStore]:
    """The service's database, for us alone. Raises DatabaseRefused, or ImportRefused."""
    store = open_store(url, past.team)
    try:
        store.hold_alone()
        with store.begin() as work:
            others = work.imports.teams()
        if others and past.team not in others:
            sentence = "import.not_told_workspace" if past.is_team_told else "import.other_workspace"
            raise ImportRefused(sentence, team=past.team, held=", ".join(sorted(others)))
        yield store
    finally:
        store.close()


def context_of(settings: Settings) -> Context:
    return Context(settings=settings, open_time=OpenTime(settings.calendar), directory=directory_of(settings))


def take_in_all(
    store: Store,
    context: Context,
    facts: Callable[[], Iterator[Fact]],
    *,
    source: str,
    now: datetime,
    notice: Callable[[ImportProgress], None],
    most: int = CHUNK,
) -> ImportProgress:
    """Takes a history in from where it stands, a chunk a transaction; `notice` hears of each one kept.

    `facts` tell the whole history, the same each time; what was taken in before is passed over.
    """
    with store.begin() as work:
        progress, live = work.imports.get(source), live_cases(work)
    if progress.finished:
        return progress
    progress, rest = _from_where_it_stands(facts, progress)
    while chunk := list(islice(rest, most)):
        with store.begin() as work:
            progress = take_in(work, context, chunk, progress, live=live)
        notice(progress)
    return _end(store, context, progress, now=now, most=most)


def holdings(store: Store) -> Holdings:
    with store.begin() as work:
        return Holdings(joins=work.members.joins(), fates=work.cases.fates())


def _from_where_it_stands(
    facts: Callable[[], Iterator[Fact]], progress: ImportProgress
) -> tuple[ImportProgress, Iterator[Fact]]:
    """The facts that are left; all of them, should another version have told other facts before."""
    stream = facts()
    passed = (fact.at for fact in islice(stream, progress.facts_done))
    if max(passed, default=None) == progress.told_until:
        return progress, stream
    return ImportProgress(source=progress.source), facts()


def _end(
    store: Store, context: Context, progress: ImportProgress, *, now: datetime, most: int
) -> ImportProgress:
    is_more = True
    while is_more:
        with store.begin() as work:
            is_more = settle_some(work, context, now=now, most=most)
    with store.begin() as work:
        forget_old(work, context, now=now)
        return finish(work, progress)


def _team(source: Source, wish: str | None) -> str:
    if source.team != NO_TEAM and wish not in (None, source.team):
        raise ImportRefused("import.not_that_team", team=wish or "", found=source.team)
    if source.team == NO_TEAM and wish is None:
        raise ImportRefused("import.no_team")
    return wish or source.team


def _known(export: Export) -> Known:
    begins_on, oldest_on = export.begins_on, export.oldest_channel_on
    if begins_on is None or oldest_on is None:
        return Known.PART
    return Known.WHOLE if begins_on <= oldest_on + SOON else Known.PART


def _of_team(source: Source, team: str) -> Source:
    """Under the team that the service knows, whatever stands in the export."""
    if source.team == team:
        return source
    return replace(source, team=team, facts=lambda: (replace(fact, team=team) for fact in source.facts()))


def _without_join(fact: Fact) -> Fact:
    """To be seen in a part of the past says nothing about joining."""
    if isinstance(fact, MemberTraced) and fact.source is JoinSource.EARLIEST_TRACE:
        return replace(fact, source=JoinSource.FIRST_SEEN)
    return fact
