"""Catching up after a gap: what was written, who came and what channels there are, read back from Slack.

Resumable: how far each channel was read is remembered, so that an interrupted catch-up goes on where it
stopped. All goes through the same actions as live events, so that what was heard already changes nothing.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from scheduler.actions.belated import open_days_before, use_up_belated
from scheduler.actions.context import Context
from scheduler.actions.restoring import read_back
from scheduler.clock import Clock
from scheduler.live.lists import Listed, Lists
from scheduler.live.retold import Retold
from scheduler.live.unwatched import Unwatched, must_read
from scheduler.live.writer import Writer
from scheduler.model.cases import Case, CaseKey
from scheduler.model.facts import GroupListed, MessageDeleted
from scheduler.model.marks import ALIVE, BEHIND, HEARD, MEMBERS_SYNCED
from scheduler.ports import Work
from scheduler.slack.paced import ReadRefused
from scheduler.slack.past import facts_of
from scheduler.slack.reader import Reader

#: Read once more than needed: events come late.
OVERLAP = timedelta(minutes=10)
#: After so long what can be told for sure goes out, though there is more to read.
PATIENCE = timedelta(minutes=15)
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
        unwatched: Unwatched,
        *,
        ended: Callable[[Work, Context, CaughtUp, datetime], None],
    ) -> None:
        """`ended` is called in the transaction that ends a catch-up."""
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self._context = context
        self._unwatched = unwatched
        self._ended = ended
        self._retold = Retold(writer, clock, context)
        self.lists = Lists(writer, reader, clock, context, self._retold)
        #: When the first attempt began, while it is written down that channels are still to be read.
        self._behind_since: datetime | None = None

    def gives_way(self, now: datetime) -> bool:
        """It takes long, perhaps several attempts, and it is known which channels are still to be read."""
        return self._behind_since is not None and now - self._behind_since >= PATIENCE

    async def run(self, team: str) -> CaughtUp:
        """Reads all since the service last heard everything.

        Raises ReadRefused when nobody answers, or nothing may be read: the gap stays, the next run goes on.
        """
        done, began_at, before = CaughtUp(), self._clock.now(), self._retold.count
        behind_since, self._behind_since = self._behind_since or began_at, None
        marks = await self._writer.do(partial(_begin, began_at))
        self._behind_since = behind_since
        done.since = _instant(marks.get(ALIVE))
        await self.lists.read_members(team, first=MEMBERS_SYNCED not in marks)
        done.group = await self.lists.read_group(team)
        channels = await self._our_channels(team, done.since)
        await self._channels(team, channels, done, began_at)
        await self._open_cases(team, done, besides=channels)
        done.restricted, done.facts = self._reader.is_restricted, self._retold.count - before
        await self._writer.do(partial(self._end, done, began_at))
        self._behind_since = None
        return done

    async def run_new(self, team: str) -> CaughtUp:
        """Reads what nobody can have heard: what stood in channels before we came into them.

        And what another process may have heard and not acted on: which channels there are now. It may have
        looked after another user group, too. Raises ReadRefused as `run` does: those channels are to be read.
        """
        done, began_at, before = CaughtUp(), self._clock.now(), self._retold.count
        marks = await self._writer.do(lambda work: dict(work.marks.all()))
        done.since = _instant(marks.get(ALIVE))
        done.group = await self.lists.read_group(team)
        for channel in await self._our_channels(team, done.since):
            if not marks.get(HEARD + channel):
                await self._channel(team, channel, done, began_at)
        done.restricted, done.facts = self._reader.is_restricted, self._retold.count - before
        return done

    def _end(self, done: CaughtUp, began_at: datetime, work: Work) -> None:
        context, now = self._context(), self._clock.now()
        done.too_late += use_up_belated(work, context, since=done.since, now=now)
        work.marks.put(ALIVE, began_at.isoformat())
        work.marks.put(BEHIND, "")
        read_back(work, now=now)
        self._ended(work, context, done, now)

    async def _our_channels(self, team: str, since: datetime | None) -> list[str]:
        """Those that we are in, with new ones that we join now. It is noted which ones we have left."""
        listed = await self.lists.read_channels(team)
        ours = [each.channel for each in listed if each.is_ours]
        await self._writer.do(partial(_note_left, ours))
        new = [each.channel for each in listed if _is_new(each, since)]
        return [*ours, *[channel for channel in new if await self._unwatched.meet(channel)]]

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
            await self._history(team, channel, oldest)
            await self._open_cases(team, done, of=channel)
        except ReadRefused as refusal:
            if not refusal.is_final:
                raise
            done.unread[channel] = refusal.code
            await self._writer.do(lambda work: must_read(work, channel))
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
        """`heard` is the channel's own mark. One that was never read is read as far back as alerts reach."""
        since = done.since or began_at
        if heard:
            return max(datetime.fromisoformat(heard), since) - OVERLAP
        if heard is None and done.since is None:  # the very first time: what was before was never looked for
            return since - OVERLAP
        context = self._context()
        far = open_days_before(context.open_time, began_at, context.settings.service.catch_up)
        return min(far, since - OVERLAP)

    async def _history(self, team: str, channel: str, oldest: str) -> None:
        async for page in self._reader.history(channel, oldest=oldest):
            await self._retold.fold([*facts_of(team, channel, page, told_at=self._clock.now())])
            for post in page:
                if post.get("reply_count") and str(post.get("latest_reply", "9")) > oldest:
                    await self._replies(team, channel, str(post.get("ts")), oldest)

    async def _replies(self, team: str, channel: str, ts: str, oldest: str) -> None:
        """A post that was deleted just now has none, and hides nothing of the rest."""
        try:
            await self._thread(team, channel, ts, oldest)
        except ReadRefused as refusal:
            if refusal.code not in _GONE:
                raise

    async def _thread(self, team: str, channel: str, ts: str, oldest: str) -> None:
        async for page in self._reader.replies(channel, ts, oldest=oldest):
            await self._retold.fold([*facts_of(team, channel, page, told_at=self._clock.now())])

    async def _open_cases(
        self, team: str, done: CaughtUp, *, of: str | None = None, besides: Sequence[str] = ()
    ) -> None:
        """A case may have been answered in an old thread, stamped or deleted: history does not tell."""
        for case in await self._writer.do(_open):
            key = case.key
            if of not in {None, key.channel} or key.channel in besides:
                continue
            try:
                await self._thread(team, key.channel, key.ts, "0")
            except ReadRefused as refusal:
                if refusal.code in _GONE:
                    now = self._clock.now()
                    gone = MessageDeleted(team=team, channel=key.channel, ts=key.ts, at=now)
                    await self._retold.fold([gone])
                elif refusal.is_final:
                    done.unread[key.channel] = refusal.code
                else:
                    raise


def _begin(began_at: datetime, work: Work) -> dict[str, str]:
    """Notes that something is to be read back, for whoever has to go on with it; gives all marks."""
    work.marks.put(BEHIND, began_at.isoformat())
    return dict(work.marks.all())


def _open(work: Work) -> tuple[Case, ...]:
    return work.cases.due(_ALL_OPEN, most=_MOST_OPEN)


def _is_new(channel: Listed, since: datetime | None) -> bool:
    """It was made after `since`. Of the very first time nobody can tell."""
    made_at = channel.joinable_since
    return since is not None and made_at is not None and made_at >= since - OVERLAP


def _note_left(ours: Collection[str], work: Work) -> None:
    """What is written where we are not any more is not heard: should we come back, it is to be read."""
    for name, heard in work.marks.all().items():
        channel = name.removeprefix(HEARD)
        if name != channel and heard and channel not in ours:
            must_read(work, channel)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
