"""Catching up after a gap: what was written, who came and what channels there are, read back from Slack.

Resumable: how far each channel was read is remembered, so that an interrupted catch-up goes on where it
stopped. All goes through the same actions as live events, so that what was heard already changes nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

from scheduler.actions.belated import open_days_before, use_up_belated
from scheduler.actions.context import Context
from scheduler.actions.folding import fold
from scheduler.actions.newstamps import as_new
from scheduler.actions.restoring import read_back
from scheduler.clock import Clock
from scheduler.live.writer import Writer
from scheduler.model.cases import Case, CaseKey
from scheduler.model.facts import Fact, GroupListed, JoinSource, MemberTraced, MessageDeleted
from scheduler.model.marks import ALIVE, BEHIND, HEARD, MEMBERS_SYNCED
from scheduler.ports import Work
from scheduler.slack.events import Malformed
from scheduler.slack.events import channels as channel_objects
from scheduler.slack.events import groups as group_objects
from scheduler.slack.events import people as member_objects
from scheduler.slack.events.fields import Fields
from scheduler.slack.past import facts_of
from scheduler.slack.reader import Page, Reader, ReadRefused

T = TypeVar("T")

#: Read once more than needed: events come late.
OVERLAP = timedelta(minutes=10)
#: After so long what can be told for sure goes out, though there is more to read.
PATIENCE = timedelta(minutes=15)
_TOGETHER = 64
_ALL_OPEN = datetime.max.replace(tzinfo=UTC)
_MOST_OPEN = 10_000
_GONE = frozenset(("thread_not_found", "message_not_found"))


@dataclass(slots=True, kw_only=True)
class CaughtUp:
    """What a catch-up did.

    `unread`: channels that cannot be read, and Slack's word for why. `too_late`: cases that have waited for
    so long that nobody is alerted any more. `restricted`: Slack gave 15 messages a call, one call a minute.
    `group`: the ambassadors' user group, or Slack's word for why it cannot be read.
    """

    since: datetime | None = None
    facts: int = 0
    channels: int = 0
    too_late: tuple[CaseKey, ...] = ()
    unread: dict[str, str] = field(default_factory=dict)
    restricted: bool = False
    group: GroupListed | str | None = None


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
        #: When the first attempt began, while it is written down that channels are still to be read.
        self._behind_since: datetime | None = None

    def gives_way(self, now: datetime) -> bool:
        """It takes long, perhaps several attempts, and it is known which channels are still to be read."""
        return self._behind_since is not None and now - self._behind_since >= PATIENCE

    async def run(self, team: str) -> CaughtUp:
        """Reads all since the service last heard everything.

        Raises ReadRefused when nobody answers, or nothing may be read: the gap stays, the next run goes on.
        """
        done, began_at = CaughtUp(), self._clock.now()
        behind_since, self._behind_since = self._behind_since or began_at, None
        marks = await self._writer.do(partial(_begin, began_at))
        self._behind_since = behind_since
        done.since = _instant(marks.get(ALIVE))
        await self._members(team, done, first=MEMBERS_SYNCED not in marks)
        await self._group(team, done)
        channels = await self.read_channels(team, done)
        await self._channels(team, channels, done, began_at)
        await self._open_cases(team, done, besides=channels)
        done.restricted = self._reader.is_restricted
        await self._writer.do(partial(self._end, done, began_at))
        self._behind_since = None
        return done

    async def run_new(self, team: str) -> CaughtUp:
        """Reads the channels that we came into: what stood there before, as far back as alerts are sent.

        Whoever goes on where another process stopped may look after another user group than that one did.
        Raises ReadRefused as `run` does: those channels are still to be read.
        """
        done, began_at = CaughtUp(), self._clock.now()
        marks = await self._writer.do(lambda work: dict(work.marks.all()))
        await self._group(team, done)
        for channel in _unread(marks):
            await self._channel(team, channel, done, began_at)
        done.restricted = self._reader.is_restricted
        return done

    def _end(self, done: CaughtUp, began_at: datetime, work: Work) -> None:
        context, now = self._context(), self._clock.now()
        done.too_late += use_up_belated(work, context, since=done.since, now=now)
        work.marks.put(ALIVE, began_at.isoformat())
        work.marks.put(BEHIND, "")
        read_back(work, now=now)
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

    async def see_group(self, team: str) -> GroupListed | None:
        """The user group that the config names, as it is now; nothing is written down."""
        name, now = self._context().settings.ambassadors.group, self._clock.now()
        found = await self._reader.group(name) if name else None
        return group_objects.listed(team, found, now) if found else None

    async def _group(self, team: str, done: CaughtUp) -> None:
        """Takes in who is in it. When it cannot be read, what is known of it stays."""
        try:
            done.group = await self.see_group(team)
        except ReadRefused as refusal:
            if not refusal.is_final and refusal.code != "missing_scope":
                raise
            done.group = refusal.code
        except Malformed:
            done.group = "malformed"
        if isinstance(done.group, GroupListed):
            await self._fold([done.group], done)

    async def see_channels(self) -> list[str]:
        """Those that we are in; nothing is written down."""
        return [str(each["id"]) async for page in self._reader.channels() for each in page if _is_ours(each)]

    async def read_channels(self, team: str, done: CaughtUp) -> list[str]:
        """Takes in what channels are called; gives those that we are in."""
        now, ours = self._clock.now(), []
        async for page in self._reader.channels():
            facts = [*_read(page, lambda channel: channel_objects.described(team, channel, now))]
            await self._fold(facts, done)
            ours += [str(each["id"]) for each in page if _is_ours(each)]
        return ours

    async def _channels(self, team: str, channels: Sequence[str], done: CaughtUp, began_at: datetime) -> None:
        """One that nobody answers about keeps no other one from being read; after two in a row it ends."""
        unanswered, was_answered = list[ReadRefused](), True
        for channel in channels:
            try:
                await self._channel(team, channel, done, began_at)
            except ReadRefused as refusal:
                if refusal.app_is_broken or not was_answered:
                    raise
                unanswered.append(refusal)
                was_answered = False
            else:
                was_answered = True
        if unanswered:
            raise unanswered[0]

    async def _channel(self, team: str, channel: str, done: CaughtUp, began_at: datetime) -> None:
        heard = await self._writer.do(lambda work: work.marks.get(HEARD + channel))
        oldest = f"{self._since(heard, done, began_at).timestamp():.6f}"
        try:
            await self._history(team, channel, oldest, done)
            await self._open_cases(team, done, of=channel)
        except ReadRefused as refusal:
            if not refusal.is_final:
                raise
            done.unread[channel] = refusal.code
            return
        done.channels += 1
        await self._writer.do(partial(self._end_channel, channel, done, began_at))

    def _end_channel(self, channel: str, done: CaughtUp, began_at: datetime, work: Work) -> None:
        """From now on alerts about it may go out: those that would come too late must not."""
        context, now = self._context(), self._clock.now()
        done.too_late += use_up_belated(work, context, since=done.since, now=now, channel=channel)
        work.marks.put(HEARD + channel, began_at.isoformat())
        self._ended(work, context, CaughtUp(restricted=self._reader.is_restricted), now)

    def _since(self, heard: str | None, done: CaughtUp, began_at: datetime) -> datetime:
        """`heard` is the channel's own mark."""
        if heard == "":
            context = self._context()
            return open_days_before(context.open_time, began_at, context.settings.service.catch_up)
        return max(filter(None, (_instant(heard), done.since)), default=began_at) - OVERLAP

    async def _history(self, team: str, channel: str, oldest: str, done: CaughtUp) -> None:
        async for page in self._reader.history(channel, oldest=oldest):
            await self._fold([*facts_of(team, channel, page, told_at=self._clock.now())], done)
            for post in page:
                if post.get("reply_count") and str(post.get("latest_reply", "9")) > oldest:
                    await self._thread(team, channel, str(post["ts"]), oldest, done)

    async def _thread(self, team: str, channel: str, ts: str, oldest: str, done: CaughtUp) -> None:
        async for page in self._reader.replies(channel, ts, oldest=oldest):
            await self._fold([*facts_of(team, channel, page, told_at=self._clock.now())], done)

    async def _open_cases(
        self, team: str, done: CaughtUp, *, of: str | None = None, besides: Sequence[str] = ()
    ) -> None:
        """A case may have been answered in an old thread, stamped or deleted: history does not tell."""
        for case in await self._writer.do(_open):
            key = case.key
            if of not in {None, key.channel} or key.channel in besides:
                continue
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
            fold(as_new(fact, work), work, context, now=now)


def must_read(work: Work, channel: str) -> None:
    """We came into this channel: what was written there before was not heard."""
    work.marks.put(HEARD + channel, "")


def _unread(marks: dict[str, str]) -> list[str]:
    return [name.removeprefix(HEARD) for name, at in marks.items() if name.startswith(HEARD) and not at]


def _begin(began_at: datetime, work: Work) -> dict[str, str]:
    """Notes that something is to be read back, for whoever has to go on with it; gives all marks."""
    work.marks.put(BEHIND, began_at.isoformat())
    return dict(work.marks.all())


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
