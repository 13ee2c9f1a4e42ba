"""Finds one post in a database, and gathers what was written down about it. It changes nothing there."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from scheduler.model.cases import CaseKey
from scheduler.model.decisions import DecisionRecord, Rule
from scheduler.report import Names
from scheduler.report.explain import Dossier
from scheduler.store.engine import SqlWork
from scheduler.store.existing import open_existing

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECONDS = 1_000_000
_CHANNEL_ID = re.compile(r"[CDG][A-Z0-9]{6,20}")
#: Rules of a case's record that are no escalation step.
_NO_STEP = frozenset({"case", "touch"})
#: Where ids stand in a record's values.
_WHO = ("to", "by")


@contextmanager
def reading(database: str, workspace: str | None) -> Iterator[SqlWork]:
    """A database as it stands at one moment; raises DatabaseRefused."""
    store = open_existing(database, workspace)
    try:
        yield store.read()
    finally:
        store.close()


def find_channel(work: SqlWork, channel: str) -> str | None:
    """The id of a channel that is given by name or id; an id need not be known by a name."""
    return work.channels.id_of(channel) or (channel if _CHANNEL_ID.fullmatch(channel) else None)


def gather(work: SqlWork, channel: str, moments: Sequence[str]) -> Dossier | None:
    """What is known of the post that one of the messages belongs to: the first of them that is known."""
    found = (_post_of(work, channel, ts) for ts in moments)
    ts = next((ts for ts in found if ts), None)
    return _dossier(work, channel, ts) if ts else None


def _post_of(work: SqlWork, channel: str, ts: str) -> str | None:
    """The first message of the run; of one whose messages were dropped long ago, its case or record tells."""
    if concerned := work.messages.concerned_run(channel, ts):
        return concerned.run_ts
    is_known = work.cases.of_post(channel, ts) or _opening_records(work, channel, ts, 1)
    return ts if is_known else None


def _dossier(work: SqlWork, channel: str, ts: str) -> Dossier:
    cases = work.cases.of_post(channel, ts)
    records = _records(work, channel, ts, at_least=len(cases))
    alerts = work.outbox.of_post(channel, ts)
    author = cases[0].author if cases else work.messages.author_of(channel, ts)
    ids = {author, *(case.answered_by for case in cases), *(each.recipient for each, _ in alerts)}
    return Dossier(
        team=work.team,
        channel=channel,
        ts=ts,
        at=_EPOCH + timedelta(microseconds=int(Decimal(ts) * _MICROSECONDS)),
        author=author,
        cases=cases,
        records=records,
        alerts=alerts,
        names=_names(work, {channel, *_told_of(records), *(each for each in ids if each)}),
    )


def _records(work: SqlWork, channel: str, ts: str, *, at_least: int) -> tuple[DecisionRecord, ...]:
    """The records of every opening and of its alerts, each opening's in the order they were written.

    An opening that later facts took away has a record, and no case.
    """
    found: list[DecisionRecord] = []
    opening = 1
    while (records := _opening_records(work, channel, ts, opening)) or opening <= at_least:
        found += records
        opening += 1
    return tuple(found)


def _opening_records(work: SqlWork, channel: str, ts: str, opening: int) -> tuple[DecisionRecord, ...]:
    key = CaseKey(team=work.team, channel=channel, ts=ts, opening=opening)
    records = work.decisions.of_subjects([str(key)])
    steps = dict.fromkeys(record.rule for record in records if record.rule not in _NO_STEP)
    return work.decisions.of_subjects([str(key), *(f"alert:{key}:{step}" for step in steps)])


def _told_of(records: Sequence[DecisionRecord]) -> Iterator[str]:
    for record in records:
        yield from (record.values[name] for name in _WHO if name in record.values)
        yield from (each.value for each in record.rulings if each.rule is Rule.SOMEBODY_FREE)


def _names(work: SqlWork, ids: set[str]) -> Names:
    """What those ids are called; an id is a channel's or a member's."""
    channels = {each: name for each in sorted(ids) if (name := work.channels.name_of(each))}
    members = {each: name for each in sorted(ids) if (name := work.members.get(each).name)}
    return Names(channels=channels, members=members)
