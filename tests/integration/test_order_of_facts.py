"""Whole histories told in any order, and twice, before anything is planned: the same members and cases."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from scheduler.actions.context import Context
from scheduler.actions.directory import directory_of
from scheduler.actions.folding import fold
from scheduler.app.loading import load
from scheduler.model.cases import Case
from scheduler.model.facts import Fact, MemberTraced, MessagePosted
from scheduler.model.people import Member
from scheduler.policy.opentime import OpenTime
from scheduler.settings import Settings
from scheduler.simulate.sources import Source, source_of
from scheduler.store.engine import SqlStore, open_store
from tests.ready import ready_database

EXPORT = Path(__file__).parents[2] / ".." / "shared" / "data" / "slack-export-haskell-jp.zip"
CONFIG = Path(__file__).parents[1] / "data" / "haskell-jp.yaml"
FAR = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Known:
    members: Sequence[Member]
    cases: Sequence[Case]
    enrolled: frozenset[tuple[str, str, int, str]]


@contextmanager
def new_store(folder: Path, team: str) -> Iterator[SqlStore]:
    folder.mkdir()
    store = open_store(ready_database(folder / "order.db"), team, throw_away=True)
    yield store
    store.close()


def known_after(facts: Sequence[Fact], source: Source, settings: Settings, folder: Path) -> Known:
    context = Context(
        settings=settings, open_time=OpenTime(settings.calendar), directory=directory_of(settings)
    )
    people = sorted({name for fact in facts if (name := who(fact))})
    with new_store(folder, source.team) as store, store.begin() as work:
        for fact in facts:
            fold(fact, work, context, now=FAR)
        members = [work.members.get(member) for member in people]
        return Known(members, list(work.cases.all()), frozenset(work.enrolments.due(FAR, most=10_000)))


def who(fact: Fact) -> str | None:
    if isinstance(fact, MessagePosted):
        return fact.author
    return fact.member if isinstance(fact, MemberTraced) else None


def shuffled(facts: Sequence[Fact]) -> list[Fact]:
    """In an order that has nothing to do with time; the same in every run."""
    return sorted(facts, key=lambda fact: sha256(repr(fact).encode()).digest())


def test_the_sample_community_may_be_told_in_any_order_and_twice(tmp_path: Path):
    source = source_of(None)
    settings = source.adapt(load(None).settings)
    facts = list(source.facts())
    in_order = known_after(facts, source, settings, tmp_path / "in_order")
    assert len(in_order.cases) > 30
    assert known_after(shuffled(facts), source, settings, tmp_path / "shuffled") == in_order
    assert known_after(facts[::-1], source, settings, tmp_path / "backwards") == in_order
    assert known_after([*shuffled(facts), *facts], source, settings, tmp_path / "twice") == in_order


@pytest.mark.scale
@pytest.mark.skipif(not EXPORT.exists(), reason="the real export is not part of this repository")
def test_nine_years_of_a_real_community_may_be_told_in_any_order(tmp_path: Path):
    source = source_of(EXPORT)
    settings = source.adapt(load(CONFIG).settings)
    facts = list(source.facts())
    in_order = known_after(facts, source, settings, tmp_path / "in_order")
    assert len(in_order.cases) > 100
    assert known_after(shuffled(facts), source, settings, tmp_path / "shuffled") == in_order
