"""A small workspace for tests: literal local times in, members, cases and messages out.

The real actions, policies, pipeline and SQLite store; only the words and the way to Slack are replaced.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.actions.context import Context
from scheduler.actions.directory import directory_of
from scheduler.actions.folding import fold
from scheduler.clock import SteppingClock
from scheduler.model.cases import Case, ChannelKind
from scheduler.model.decisions import Reason
from scheduler.model.deliveries import Delivered, Delivery
from scheduler.model.facts import (
    ChannelDescribed,
    Fact,
    JoinSource,
    MemberDescribed,
    MemberTraced,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    Shape,
    StampAdded,
    StampRemoved,
)
from scheduler.model.messages import OutgoingMessage, Rendered
from scheduler.model.people import Ambassador, Member
from scheduler.phrases import load_phrases
from scheduler.pipeline.crew import Crew
from scheduler.policy.opentime import OpenTime
from scheduler.ports import Renderer, Sender
from scheduler.settings import (
    Address,
    Ambassadors,
    AnswerTo,
    Beginners,
    Calendar,
    Cap,
    ChannelRule,
    EscalationStep,
    Hours,
    JourneyStep,
    Limits,
    Mode,
    NewChannels,
    Onboarding,
    Privacy,
    QuietTime,
    Reading,
    Receive,
    Service,
    Settings,
    StampMeaning,
    StepClock,
    Target,
    Thanks,
    TimeKind,
    Workspace,
)
from scheduler.simulate.drive import Driver, driver
from scheduler.store.engine import SqlStore, open_store
from tests.ready import ready_database

TEAM = "T1"
TOKYO = ZoneInfo("Asia/Tokyo")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
OFFICE = Hours(opens=time(9), closes=time(17))
#: 2026: Golden Week as it falls, and the closure at the turn of the year.
CLOSED = frozenset(
    {date(2026, 4, 29), date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 6)}
    | {date(2025, 12, 29) + DAY * ahead for ahead in range(6)}
)
AMBASSADORS = (
    Ambassador(member="UA", topics=frozenset({"office"})),
    Ambassador(member="UB", topics=frozenset({"systems"})),
    Ambassador(member="UC", topics=frozenset({"office", "systems"})),
)


def local(text: str, zone: ZoneInfo = TOKYO) -> datetime:
    """`2026-04-14 10:12` (or with seconds) in Tokyo, as an aware UTC instant."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(ZoneInfo("UTC"))


def ts_of(at: datetime) -> str:
    """The `ts` that Slack gives a message of that instant."""
    return f"{int(at.timestamp())}.{at.microsecond:06d}"


def make_settings(**changes: object) -> Settings:
    """Settings with short, round numbers; any part can be replaced."""
    settings = Settings(
        mode=Mode.SHADOW,
        workspace=Workspace(url="https://example.slack.com", zone=TOKYO, locale="ja"),
        calendar=Calendar(zone=TOKYO, hours=dict.fromkeys(range(5), OFFICE), closed_on=CLOSED),
        channels=(
            ChannelRule(match=("questions",), kind=ChannelKind.QUESTIONS, topic="office"),
            ChannelRule(
                match=("systems",), kind=ChannelKind.QUESTIONS, answer=AnswerTo.ALWAYS, topic="systems",
            ),
            ChannelRule(match=("hello",), kind=ChannelKind.INTRODUCTIONS),
            ChannelRule(match=("chat",), kind=ChannelKind.CHAT),
        ),
        beginners=Beginners(posts=3, within=DAY * 30),
        reading=Reading(
            run_gap=timedelta(minutes=10),
            weak_sign_within=DAY,
            weak_sign_delay=HOUR * 2,
            reopen_within=DAY * 7,
            expire_after=DAY * 14,
        ),
        stamps={
            "white_check_mark": StampMeaning.RESOLVE,
            "no_entry_sign": StampMeaning.DISMISS,
            "pushpin": StampMeaning.OPEN,
            "eyes": StampMeaning.TOUCH,
            "robot_face": StampMeaning.IGNORE,
            "ok": StampMeaning.ANSWER,
        },
        other_stamps=StampMeaning.TOUCH,
        escalation=(
            EscalationStep(
                id="first", when=StepClock.UNTOUCHED, after=HOUR, time=TimeKind.OPEN, tell=Target.TOPIC,
                message="alert_first_look",
            ),
            EscalationStep(
                id="second", when=StepClock.UNTOUCHED, after=HOUR * 3, time=TimeKind.OPEN, tell=Target.ANYONE,
                message="alert_second_pair",
            ),
            EscalationStep(
                id="open", when=StepClock.UNANSWERED, after=HOUR * 16, time=TimeKind.OPEN,
                tell=Target.CHANNEL, message="alert_still_open",
            ),
        ),
        ambassadors=Ambassadors(channel="ambassadors", people=AMBASSADORS, weekly_budget=5, from_history=5),
        onboarding=Onboarding(
            journey="newcomer",
            steps=(JourneyStep(id="hello", after=timedelta(minutes=10), message="welcome"),),
            window=Hours(opens=time(9, 30), closes=time(16, 30)),
            spread=timedelta(0),
            late=DAY * 7,
            guests=False,
        ),
        thanks=Thanks(
            id="friday", channel="chat", at=time(16, 30), min_open_days=2, late=HOUR, message="thanks"
        ),
        limits=Limits(
            quiet=(QuietTime(from_at=time(18, 30), to_at=time(8, 30)),),
            per_member=Cap(most=3, per=DAY * 7),
            per_ambassador=Cap(most=2, per=DAY),
            welcomes=Cap(most=60, per=HOUR),
        ),
        privacy=Privacy(excerpt_length=200, keep_messages=DAY * 400, keep_decisions=DAY * 400),
        database="sqlite://",
        service=Service(
            slack_api="https://slack.com/api/",
            admins="ambassadors",
            new_channels=NewChannels.TELL,
            receive=Receive.SOCKET,
            listen=Address(host="127.0.0.1", port=3000),
            health=None,
            catch_up=2,
        ),
        phrases=load_phrases(),
        config_hash="test",
    )  # fmt: skip
    return replace(settings, **changes)  # type: ignore[arg-type]


class PlainRenderer:
    """Says the name of the message and its values; nothing else."""

    def render(self, message: str, *, locale: str, rotation: int, values: object) -> Rendered:
        return Rendered(text=f"{message}/{locale}: {values}")


@dataclass
class Mailbox:
    """Keeps what was sent, in order."""

    sent: list[tuple[OutgoingMessage, Rendered]] = field(default_factory=list)

    def send(self, message: OutgoingMessage, rendered: Rendered) -> Delivery:
        self.sent.append((message, rendered))
        return Delivered(message.recipient, str(len(self.sent)))


class World:
    """Facts are told as they happen; time passes when asked to."""

    def __init__(
        self,
        folder: Path,
        settings: Settings | None = None,
        *,
        renderer: Renderer | None = None,
        sender: Sender | None = None,
    ) -> None:
        self.settings = settings or make_settings()
        self.mailbox = Mailbox()
        self.store: SqlStore = open_store(ready_database(folder / "world.db"), TEAM, throw_away=True)
        self.context = Context(
            settings=self.settings,
            open_time=OpenTime(self.settings.calendar),
            directory=directory_of(self.settings),
        )
        crew = Crew(context=self.context, renderer=renderer or PlainRenderer())
        self.clock = SteppingClock(local("2026-04-01 00:00"))
        self.driver: Driver = driver(self.store, crew, sender or self.mailbox, self.clock)

    def fold(self, *facts: Fact) -> None:
        """Takes facts in at the time the clock shows, in the order given; nothing is planned."""
        with self.store.begin() as work:
            for fact in facts:
                fold(fact, work, self.context, now=self.clock.now())

    def live(self, facts: Iterable[Fact], until: str) -> None:
        """Lives through facts at their times, and on until then."""
        self.driver.run(sorted(facts, key=lambda fact: fact.at), until=local(until))

    def cases(self) -> tuple[Case, ...]:
        with self.store.begin() as work:
            return tuple(work.cases.all())

    def members(self, *ids: str) -> tuple[Member, ...]:
        with self.store.begin() as work:
            return tuple(work.members.get(member) for member in ids)

    def outbox(self) -> list[tuple[OutgoingMessage, tuple[Reason, ...]]]:
        with self.store.begin() as work:
            return list(work.outbox.all())

    def outbox_of(self, kind: str) -> list[OutgoingMessage]:
        """Every message of a kind that was ever intended, by due time."""
        return [message for message, _ in self.outbox() if message.kind == kind]

    def decisions(self) -> list[tuple[str, str, str]]:
        """(rule, outcome, reason) of the record of decisions, in order."""
        with self.store.begin() as work:
            return [(line.rule, line.outcome, line.reason.value) for line in work.decisions.all()]

    def sleep_until(self, moment: str) -> None:
        """Time passes while the service is down."""
        self.clock.step_to(local(moment))

    def sent(self, kind: str | None = None) -> list[tuple[str, str, str]]:
        """(local time sent, recipient, message) of what went out, by time."""
        rows = [m for m, _ in self.outbox() if m.sent_at and (kind is None or m.kind == kind)]
        rows.sort(key=lambda m: (m.sent_at, m.dedup_key))
        return [(shown(m.sent_at), m.recipient, m.message) for m in rows]


def shown(at: datetime | None) -> str:
    """An instant as `2026-04-14 10:12` in Tokyo."""
    return at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M") if at else ""


CHANNELS = tuple(
    ChannelDescribed(team=TEAM, channel=f"C{name}", at=local("2026-01-01 00:00"), name=name)
    for name in ("questions", "systems", "hello", "chat", "ambassadors")
)


def joined(member: str, at: str, source: JoinSource = JoinSource.EVENT) -> MemberTraced:
    return MemberTraced(team=TEAM, member=member, at=local(at), source=source)


def described(member: str, at: str = "2026-01-01 00:00", **what: object) -> MemberDescribed:
    told: dict[str, object] = {"name": member.title(), **what}
    return MemberDescribed(team=TEAM, member=member, at=local(at), **told)  # type: ignore[arg-type]


def post(author: str | None, at: str, text: str, channel: str = "questions", **what: object) -> MessagePosted:
    told: dict[str, object] = {"channel": f"C{channel}", "ts": ts_of(local(at)), "at": local(at), **what}
    return MessagePosted(team=TEAM, author=author, text=text, **told)  # type: ignore[arg-type]


def reply(author: str | None, at: str, text: str, to: MessagePosted, **what: object) -> MessagePosted:
    shape = {"shape": Shape.REPLY, "thread_ts": to.ts, **what}
    return post(author, at, text, to.channel[1:], **shape)


def edit(message: MessagePosted, at: str, text: str) -> MessageEdited:
    return MessageEdited(team=TEAM, channel=message.channel, ts=message.ts, at=local(at), text=text)


def delete(message: MessagePosted, at: str) -> MessageDeleted:
    return MessageDeleted(team=TEAM, channel=message.channel, ts=message.ts, at=local(at))


def stamp(member: str, at: str, name: str, on: MessagePosted) -> StampAdded:
    return StampAdded(team=TEAM, channel=on.channel, ts=on.ts, at=local(at), member=member, stamp=name)


def unstamp(member: str, at: str, name: str, on: MessagePosted) -> StampRemoved:
    return StampRemoved(team=TEAM, channel=on.channel, ts=on.ts, at=local(at), member=member, stamp=name)
