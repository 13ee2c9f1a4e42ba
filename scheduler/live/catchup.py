"""Catching up after a gap: what was written, who came and what channels there are, read back from Slack.

Resumable: how far each channel was read is remembered, so that an interrupted catch-up goes on where it
stopped. All goes through the same actions as live events, so that what was heard already changes nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

from scheduler.actions.belated import use_up_belated
from scheduler.actions.context import Context
from scheduler.actions.folding import fold
from scheduler.clock import Clock
from scheduler.live.writer import Writer
from scheduler.model.cases import Case, CaseKey
from scheduler.model.facts import Fact, JoinSource, MemberTraced, MessageDeleted
from scheduler.model.marks import ALIVE, MEMBERS_SYNCED
from scheduler.ports import Work
from scheduler.slack.events import Malformed
from scheduler.slack.events import channels as channel_objects
from scheduler.slack.events import people as member_objects
from scheduler.slack.events.fields import Fields
from scheduler.slack.past import facts_of
from scheduler.slack.reader import Page, Reader, ReadRefused

T = TypeVar("T")

#: Before a channel: how far it was read in a catch-up that was interrupted.
_HEARD = "heard:"
#: Read once more than needed: events come late.
OVERLAP = timedelta(minutes=10)
_TOGETHER = 64
_ALL_OPEN = datetime.max.replace(tzinfo=UTC)
_MOST_OPEN = 10_000
_GONE = frozenset(("thread_not_found", "message_not_found"))


@dataclass(slots=True, kw_only=True)
class CaughtUp:
    """What a catch-up did.

    `unread`: channels that cannot be read, and Slack's word for why. `too_late`: cases that have waited for
    so long that nobody is alerted any more. `restricted`: Slack gave 15 messages a call, one call a minute.
    """

    since: datetime | None = None
    facts: int = 0
    channels: int = 0
    too_late: tuple[CaseKey, ...] = ()
    unread: dict[str, str] = field(default_factory=dict)
    restricted: bool = False


class CatchUp:
    """Reads a gap back."""

    def __init__(
        self,
        writer: Writer,
        reader: Reader,
        clock: Clock,
        context: Callable[[], Context],
        *,
        ended: Callable[[Work, Context, CaughtUp, datetime], None],
    ) -> None:
        """`ended` is called in the transaction that ends a catch-up."""
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self._context = context
        self._ended = ended

    async def run(self, team: str) -> CaughtUp:
        """Reads all since the service last heard everything.

        Raises ReadRefused when nobody answers, or nothing may be read: the gap stays, the next run goes on.
        """
        done = CaughtUp()
        began_at = self._clock.now()
        marks = await self._writer.do(lambda work: dict(work.marks.all()))
        done.since = _instant(marks.get(ALIVE))
        await self._members(team, done, first=MEMBERS_SYNCED not in marks)
        for channel in await self.read_channels(team, done):
            await self._channel(team, channel, marks, done, began_at)
        await self._open_cases(team, done)
        done.restricted = self._reader.is_restricted
        await self._writer.do(partial(self._end, done, began_at))
        return done

    def _end(self, done: CaughtUp, began_at: datetime, work: Work) -> None:
        context, now = self._context(), self._clock.now()
        done.too_late = use_up_belated(work, context, since=done.since, now=now)
        work.marks.put(ALIVE, began_at.isoformat())
        self._ended(work, context, done, now)

    async def _members(self, team: str, done: CaughtUp, *, first: bool) -> None:
        """Who is new between two complete lists joined in between; of the first, nobody knows since when."""
        now = self._clock.now()
        source = JoinSource.FIRST_SEEN if first else JoinSource.SYNC_WINDOW
        async for page in self._reader.members():
            facts = [*_read(page, lambda user: member_objects.described(team, user, now))]
            known = await self._writer.do(partial(_known, [fact.member for fact in facts]))
            new = [
                MemberTraced(team=team, member=fact.member, at=now, source=source)
                for fact in facts
                if fact.member not in known
            ]
            await self._fold([*facts, *new], done)
        await self._writer.do(lambda work: work.marks.put(MEMBERS_SYNCED, now.isoformat()))

    async def read_channels(self, team: str, done: CaughtUp) -> list[str]:
        """Takes in what channels are called; gives those that we are in."""
        now, ours = self._clock.now(), []
        async for page in self._reader.channels():
            facts = [*_read(page, lambda channel: channel_objects.described(team, channel, now))]
            await self._fold(facts, done)
            ours += [str(each["id"]) for each in page if _is_ours(each)]
        return ours

    async def _channel(
        self, team: str, channel: str, marks: dict[str, str], done: CaughtUp, began_at: datetime
    ) -> None:
        heard = max(filter(None, (_instant(marks.get(_HEARD + channel)), done.since)), default=began_at)
        oldest = f"{(heard - OVERLAP).timestamp():.6f}"
        try:
            await self._history(team, channel, oldest, done)
        except ReadRefused as refusal:
            if not refusal.is_final:
                raise
            done.unread[channel] = refusal.code
            return
        done.channels += 1
        await self._writer.do(lambda work: work.marks.put(_HEARD + channel, began_at.isoformat()))

    async def _history(self, team: str, channel: str, oldest: str, done: CaughtUp) -> None:
        async for page in self._reader.history(channel, oldest=oldest):
            await self._fold([*facts_of(team, channel, page, told_at=self._clock.now())], done)
            for post in page:
                if post.get("reply_count") and str(post.get("latest_reply", "9")) > oldest:
                    await self._thread(team, channel, str(post["ts"]), oldest, done)

    async def _thread(self, team: str, channel: str, ts: str, oldest: str, done: CaughtUp) -> None:
        async for page in self._reader.replies(channel, ts, oldest=oldest):
            await self._fold([*facts_of(team, channel, page, told_at=self._clock.now())], done)

    async def _open_cases(self, team: str, done: CaughtUp) -> None:
        """A case may have been answered in an old thread, stamped or deleted: history does not tell."""
        for case in await self._writer.do(_open):
            key = case.key
            try:
                await self._thread(team, key.channel, key.ts, "0", done)
            except ReadRefused as refusal:
                if refusal.code in _GONE:
                    now = self._clock.now()
                    gone = MessageDeleted(team=team, channel=key.channel, ts=key.ts, at=now)
                    await self._fold([gone], done)
                elif refusal.is_final:
                    done.unread[key.channel] = refusal.code
                else:
                    raise

    async def _fold(self, facts: Sequence[Fact], done: CaughtUp) -> None:
        for start in range(0, len(facts), _TOGETHER):
            some = facts[start : start + _TOGETHER]
            await self._writer.do(partial(self._fold_some, some))
            done.facts += len(some)

    def _fold_some(self, facts: Iterable[Fact], work: Work) -> None:
        context, now = self._context(), self._clock.now()
        for fact in facts:
            fold(fact, work, context, now=now)


def _open(work: Work) -> tuple[Case, ...]:
    return work.cases.due(_ALL_OPEN, most=_MOST_OPEN)


def _is_ours(channel: Fields) -> bool:
    return channel.get("is_member") is True and channel.get("is_archived") is not True


def _read(page: Page, read: Callable[[Fields], T]) -> Iterable[T]:
    """What can be read of a page; what is malformed is left out."""
    for each in page:
        try:
            yield read(each)
        except Malformed:
            continue


def _known(members: Sequence[str], work: Work) -> frozenset[str]:
    """Those of whom it is known since when they are here, or were seen."""
    return frozenset(member for member in members if work.members.get(member).joined_at)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
