"""The real service against the stand-in, on one event loop and a stepped clock, and what always must hold."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from scheduler.app.loading import Loaded, load
from scheduler.app.service import Service
from scheduler.clock import SteppingClock
from scheduler.model.cases import Case, CaseKey
from scheduler.model.marks import SEEDED
from scheduler.model.messages import MessageKind, OutboxState, OutgoingMessage
from scheduler.model.people import Ambassador
from scheduler.ports import Store
from scheduler.sandbox import Call, Sandbox
from scheduler.sandbox.state import Message
from scheduler.settings import Mode, Settings
from scheduler.slack.patience import Patience
from scheduler.store.connecting import reading_engine
from scheduler.store.engine import SqlStore, open_store
from tests.integration.live.ears import access_to, heard
from tests.world import DAY, local

#: A Monday in the morning, before anybody may be written to.
START = local("2026-08-03 08:30")
TEAM = "T0SANDBOX"
QUICK = Patience(look_every=0.05, apart=0, ping_every=5, close_within=1)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
POST = "chat.postMessage"
Change = Callable[[Settings], Settings]


@dataclass
class LiveWorld:
    """A small community: two ambassadors, two channels in which every post is answered, and one to chat."""

    sandbox: Sandbox
    service: Service
    store: SqlStore
    clock: SteppingClock
    file: Path
    ambassadors: list[str]
    questions: str
    elsewhere: str
    chat: str
    closed_seen: dict[CaseKey, datetime] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.clock.now()

    async def idle(self) -> None:
        """Everything that was told is acknowledged, and everything due is done."""
        await self.sandbox.delivery.settled()
        await self.round()

    async def round(self) -> None:
        await self.service.make_round()
        for case in self.cases():
            if case.outcome or case.answered_at:
                self.closed_seen.setdefault(case.key, self.now)

    async def step(self, to: datetime | str) -> None:
        """Time passes; whatever becomes due is done when it is."""
        until = local(to) if isinstance(to, str) else to
        await self.idle()
        while (due := await self.service.next_due()) and due <= until:
            assert due > self.now, "something is due, and was not done"
            self.clock.step_to(due)
            await self.idle()
        self.clock.step_to(until)
        await self.idle()

    def ask(self, text: str = "申請書の様式はどこにありますか") -> str:
        """A newcomer asks, and nobody answers; gives the post's ts."""
        return self.sandbox.post("UNEW", self.questions, text)

    def posts(self) -> list[Call]:
        """Attempts to post, in order."""
        return self.sandbox.calls("chat.postMessage")

    def shown(self) -> list[Message]:
        """Every message of the service's that stands in Slack."""
        of_all = (self.sandbox.messages(channel) for channel in self.sandbox.world.channels)
        return [message for some in of_all for message in some if message.metadata]

    def rows(self, kind: MessageKind | None = None) -> list[OutgoingMessage]:
        return [row for row, _ in self.store.read().outbox.all() if kind in {None, row.kind}]

    def cases(self) -> list[Case]:
        return list(self.store.read().cases.all())

    def kept(self) -> dict[str, tuple[str, str | None]]:
        """What lies in the inbox: what became of it, and why."""
        rows = self.store._driver.execute("SELECT key, state, reason FROM inbox")
        return {key: (state, reason) for key, state, reason in rows}

    def hold(self) -> None:
        """What has to be true at the end, whatever went wrong before."""
        rows = self.rows()
        self.nothing_stands_in_slack_twice()
        self.nothing_went_out_about_what_was_closed(rows)
        assert self.sandbox.limits.ignored == 0, "Slack asked to wait, and was called"
        self.every_row_has_ended_or_waits_for_its_time(rows)
        self.what_was_acknowledged_is_kept()

    def nothing_stands_in_slack_twice(self) -> None:
        marks = [message.metadata["event_payload"]["id"] for message in self.shown() if message.metadata]
        assert len(marks) == len(set(marks)), "a message stands in Slack twice"

    def nothing_went_out_about_what_was_closed(self, rows: list[OutgoingMessage]) -> None:
        for row in rows:
            notifies = row.case and row.kind is not MessageKind.CARD
            closed = self.closed_seen.get(row.case) if row.case and notifies else None
            assert not (closed and row.sent_at and row.sent_at > closed), f"{row.dedup_key} came too late"

    def every_row_has_ended_or_waits_for_its_time(self, rows: list[OutgoingMessage]) -> None:
        for row in rows:
            match row.state:
                case OutboxState.SENT:
                    assert row.posted_ts is not None, f"{row.dedup_key} is sent, nobody knows where to"
                case OutboxState.PENDING | OutboxState.UNKNOWN:
                    assert row.not_before > self.now, f"{row.dedup_key} was due and is left"
                case OutboxState.SENDING:
                    raise AssertionError(f"{row.dedup_key} is still on its way")

    def what_was_acknowledged_is_kept(self) -> None:
        acknowledged = {each.event_id for each in self.sandbox.delivery.acknowledged if each.event_id}
        assert acknowledged <= set(self.kept()), "something was acknowledged and not kept"


@asynccontextmanager
async def live_world(
    folder: Path,
    change: Change = lambda settings: settings,
    *,
    before: Callable[[Sandbox, list[str]], None] = lambda _, __: None,
) -> AsyncIterator[LiveWorld]:
    """A service that has begun and hears everything; what must hold is checked at the end.

    `before` is done ahead of its beginning; it gets the ambassadors.
    """
    clock = SteppingClock(START)
    async with Sandbox(clock=clock, team=TEAM) as sandbox:
        people, channels = _community(sandbox)
        before(sandbox, people)
        settings = change(_settings(folder, people))
        service = a_service(sandbox, clock, settings)
        await service.begin()
        # No test cuts the power: what a commit costs on this disk says nothing.
        await pragma(service, "synchronous=OFF")
        store = SqlStore(reading_engine(settings.database), TEAM)
        world = LiveWorld(sandbox, service, store, clock, folder / "live.db", people, *channels)
        try:
            await heard(sandbox, service)
            yield world
            world.hold()
        finally:
            world.store.close()
            await world.service.end()


async def pragma(service: Service, setting: str) -> None:
    """Sets something on the service's own connection."""

    def change(store: Store) -> None:
        assert isinstance(store, SqlStore)
        store._driver.execute(f"PRAGMA {setting}")

    await service.writer.use(change)


def _community(sandbox: Sandbox) -> tuple[list[str], tuple[str, str, str]]:
    with sandbox.past(START - 30 * DAY):
        people = [sandbox.people.join(name) for name in ("みどり", "だいち")]
        names = ("なんでも相談", "なんでも相談-夜間", "雑談", "運営-アンバサダー")
        questions, elsewhere, chat, _ = (
            sandbox.channels.create(name, with_app=True, members=people) for name in names
        )
        sandbox.people.join("はるか", member="UNEW")
    return people, (questions, elsewhere, chat)


@cache
def _shipped() -> Loaded:
    return load(None)


def _settings(folder: Path, people: list[str]) -> Settings:
    settings = _shipped().settings
    url = f"sqlite:///{folder / 'live.db'}"
    store = open_store(url, TEAM, throw_away=True)
    with store.begin() as work:
        work.marks.put(SEEDED, "test")
    store.close()
    told = tuple(Ambassador(member=member) for member in people)
    ambassadors = replace(settings.ambassadors, people=told)
    return replace(settings, mode=Mode.LIVE, database=url, ambassadors=ambassadors)


def a_service(sandbox: Sandbox, clock: SteppingClock, settings: Settings) -> Service:
    """One that has not begun."""

    async def wait_until(at: datetime) -> None:
        clock.step_to(at)

    access = access_to(sandbox, settings.service.receive)
    loaded = replace(_shipped(), settings=settings)
    return Service(loaded, access, clock=clock, wait_until=wait_until, patience=QUICK)
