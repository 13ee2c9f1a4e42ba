"""What is known of each post of the sample community, gathered for its story."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from scheduler.model.cases import Case
from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind, OutboxState
from scheduler.policy.walltime import local_day
from scheduler.report.period import Period
from scheduler.report.results import MessageLine, Results
from scheduler.report.stops import Stop, stops
from scheduler.report.takenback import TakenBack, taken_back

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECONDS = 1_000_000
_Post = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A post with a fate worth telling. `ts` is its first message, `title` is in the reader's language."""

    key: str
    channel: str
    ts: str
    title: str

    @property
    def at(self) -> datetime:
        """The instant that the `ts` stands for."""
        return _EPOCH + timedelta(microseconds=int(Decimal(self.ts) * _MICROSECONDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """All that is known of a post: its openings, the alerts about them, and what planning stopped."""

    cases: Sequence[Case]
    alerts: Sequence[MessageLine]
    stops: Sequence[Stop]
    taken_back: Sequence[TakenBack]
    no_case: Reason | None  #: why it opened none, when that was written down


@dataclass(frozen=True, slots=True, kw_only=True)
class Fates:
    """Everything that a simulation brought in a period, by post. The sample is small: rows are kept."""

    cases: Mapping[_Post, Sequence[Case]]
    alerts: Mapping[_Post, Sequence[MessageLine]]
    messages: Sequence[MessageLine]
    stops: Sequence[Stop]
    taken_back: Mapping[str, Sequence[TakenBack]]
    no_case: Mapping[str, Reason]

    def of(self, story: Story, zone: ZoneInfo) -> Fate:
        post = (story.channel, story.ts)
        return Fate(
            cases=self.cases.get(post, ()),
            alerts=self.alerts.get(post, ()),
            stops=tuple(stop for stop in self.stops if _concerns(stop, story, zone)),
            taken_back=self.taken_back.get(f"{story.channel}:{story.ts}", ()),
            no_case=self.no_case.get(f"{story.channel}:{story.ts}"),
        )

    def sent(self) -> Sequence[MessageLine]:
        """What went out, in that order."""
        gone = [line for line in self.messages if line[0].state is OutboxState.SENT]
        return sorted(gone, key=lambda line: (line[0].sent_at or line[0].due_at, line[0].dedup_key))


def read_fates(results: Results, period: Period) -> Fates:
    """Reads all rows once."""
    cases: defaultdict[_Post, list[Case]] = defaultdict(list)
    for case in results.cases():
        cases[case.key.channel, case.key.ts].append(case)
    lines = tuple(results.messages())
    decisions = tuple(results.decisions())
    return Fates(
        cases=cases,
        alerts=_alerts(lines),
        messages=tuple(line for line in lines if period.holds(line[0].due_at)),
        stops=tuple(stop for stop in stops(decisions) if period.holds(stop.at)),
        taken_back=_by_post(taken_back(decisions)),
        no_case={
            _post_of(each.subject): each.reason
            for each in decisions
            if (each.rule, each.outcome) == ("case", "none")
        },
    )


def _alerts(lines: Sequence[MessageLine]) -> Mapping[_Post, Sequence[MessageLine]]:
    alerts: defaultdict[_Post, list[MessageLine]] = defaultdict(list)
    for message, held in lines:
        if message.case:
            alerts[message.case.channel, message.case.ts].append((message, held))
    return alerts


def _by_post(touches: Iterable[TakenBack]) -> Mapping[str, Sequence[TakenBack]]:
    by_post: defaultdict[str, list[TakenBack]] = defaultdict(list)
    for touch in touches:
        by_post[_post_of(touch.subject)].append(touch)
    return by_post


def _post_of(subject: str) -> str:
    """`C1:1776820200.518460` of a case's key, which has the team before and the opening after it."""
    return ":".join(subject.split(":")[1:3])


def _concerns(stop: Stop, story: Story, zone: ZoneInfo) -> bool:
    """An alert about the post that could not go; or a thank-you that the post made needless on its day."""
    if stop.reason is Reason.HUMAN_THANKED and stop.key.endswith(f":{story.channel}"):
        return local_day(zone, stop.at) == local_day(zone, story.at)
    return f":{story.channel}:{story.ts}:" in stop.key


def whom(stop: Stop) -> str | None:
    """The member or channel whose id stands in a dedup key; None when planning had not chosen any."""
    match stop.kind, stop.key.split(":"):
        case MessageKind.WELCOME, (_, _, member, *_):
            return member
        case MessageKind.THANKS, (*_, channel):
            return channel
    return None
