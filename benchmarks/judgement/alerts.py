"""Alerts that a real history would have brought, against hand labels of who was touched, and when.

One stand-in ambassador takes everything, so that what people can carry is not what is measured. Alerts about
a further question, after an answer, are not among them: the labels do not tell of those.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.judgement.labels import Label, read_labels
from benchmarks.judgement.threads import SentAlert, threads_only
from scheduler.app.loading import load
from scheduler.app.simulation import Simulation, simulate
from scheduler.model.cases import WeakStrength
from scheduler.model.messages import MessageKind
from scheduler.model.people import Ambassador
from scheduler.settings import Cap, Settings
from scheduler.simulate.sources import source_of

_NO_BOUND = 1_000_000
_STAND_IN = "U0STANDIN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """What one rule did over some of the labelled posts; each list names posts by ts.

    `false_alarms` were sent though somebody had touched the post before. `needless`: alerted, though they do
    not wait. `left`: they wait, and nobody had touched them when the first step was due; `missed` are those
    of them without an alert. `alone`: they wait, and nobody ever touched them.
    """

    sent: Sequence[SentAlert]
    false_alarms: Sequence[SentAlert]
    needless: Sequence[str]
    left: Sequence[str]
    missed: Sequence[str]
    alone: Sequence[str]
    alone_missed: Sequence[str]

    @property
    def posts(self) -> int:
        """How many posts the alerts are about."""
        return len({alert.ts for alert in self.sent})

    @property
    def maybe(self) -> int:
        """How many alerts said that the channel may have answered."""
        return sum(alert.maybe for alert in self.sent)

    @property
    def share(self) -> float:
        """Of all alerts, those that were false alarms."""
        return len(self.false_alarms) / len(self.sent) if self.sent else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertFigures:
    """The alerts of our rules, and those of a rule of thread replies only, over the same labels."""

    ours: Sequence[SentAlert]
    threads: Sequence[SentAlert]
    due: Mapping[str, datetime]
    labels: Sequence[Label]

    def of(self, sent: Iterable[SentAlert], *, set_aside: bool) -> Alerts:
        """The figures of one rule on one half."""
        labels = {each.ts: each for each in self.labels if each.is_set_aside is set_aside}
        told = [alert for alert in sent if alert.ts in labels]
        posts = {alert.ts for alert in told}
        left = [ts for ts, label in labels.items() if label.waits and not _came(label, self.due[ts])]
        alone = [ts for ts in left if labels[ts].touched_at is None]
        return Alerts(
            sent=told,
            false_alarms=[alert for alert in told if _came(labels[alert.ts], alert.at)],
            needless=sorted(ts for ts in posts if not labels[ts].waits),
            left=left,
            missed=[ts for ts in left if ts not in posts],
            alone=alone,
            alone_missed=[ts for ts in alone if ts not in posts],
        )


def measure(export: Path, config: Path, table: Path) -> AlertFigures:
    """Lives through the export, and holds its alerts against the labels."""
    loaded, labels = load(config), read_labels(table)
    loaded = replace(loaded, settings=_unbounded(loaded.settings))
    with simulate(loaded, source_of(export)) as run:
        ours = list(_sent(run, {label.ts for label in labels}))
    threads = threads_only(source_of(export), loaded.settings, labels)
    return AlertFigures(ours=ours, threads=threads.alerts, due=threads.due, labels=labels)


def _unbounded(settings: Settings) -> Settings:
    """One stand-in ambassador, whose budget and caps never bind."""
    person = Ambassador(member=_STAND_IN, topics=frozenset(), weekly_budget=_NO_BOUND)
    people = replace(settings.ambassadors, people=(person,), weekly_budget=_NO_BOUND)
    no_cap = Cap(most=_NO_BOUND, per=timedelta(days=1))
    return replace(settings, ambassadors=people, limits=replace(settings.limits, per_ambassador=no_cap))


def _sent(run: Simulation, wanted: set[str]) -> Iterator[SentAlert]:
    unlikely = (None, WeakStrength.SLIGHT)
    maybe = {case.key for case in run.results.cases() if case.weak_strength not in unlikely}
    for message, _ in run.results.messages():
        case = message.case
        is_first = case is not None and case.opening == 1 and case.ts in wanted
        if case and is_first and message.kind is MessageKind.ALERT and message.sent_at:
            yield SentAlert(ts=case.ts, at=message.sent_at, maybe=case in maybe)


def _came(label: Label, at: datetime) -> bool:
    """Whether somebody had touched the post before that instant."""
    return label.touched_at is not None and label.touched_at < at
