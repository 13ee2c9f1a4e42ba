"""Messages that may have gone out: look in Slack, then decide. Nothing is ever sent again blindly."""

from datetime import datetime
from functools import partial
from typing import Protocol

from scheduler.actions.cards import fold_late
from scheduler.actions.context import Context, note
from scheduler.actions.restoring import may_have_gone_out_since
from scheduler.clock import Clock
from scheduler.live.writer import Writer
from scheduler.model.decisions import Reason
from scheduler.model.deliveries import Delivered
from scheduler.model.lookups import Found, Lookup
from scheduler.model.messages import OutboxState, OutgoingMessage
from scheduler.policy.retry import GiveUp, LookAgain, SendAgain, after_lookup
from scheduler.ports import Work

_SOME = 20


class Finder(Protocol):
    """Looks for a message in Slack."""

    async def find(self, message: OutgoingMessage, *, since: datetime | None) -> Lookup:
        """What was found, from `since` on, else from the last attempt on.

        Raises nothing that Slack or the network may do.
        """
        ...


class Reconciling:
    """Finds out what became of messages whose outcome is unknown."""

    def __init__(self, writer: Writer, finder: Finder, clock: Clock) -> None:
        self._writer = writer
        self._finder = finder
        self._clock = clock

    async def look(self, context: Context) -> bool:
        """Looks for every message that is due to be looked up; also for those that a sender left behind.

        Whether any of them has to go out again.
        """
        goes_again = False
        while due := await self._writer.do(self._due):
            for message, since in due:
                lookup = await self._finder.find(message, since=since)
                goes_again |= await self._writer.do(partial(self._record, context, message, lookup))
        return goes_again

    def _due(self, work: Work) -> list[tuple[OutgoingMessage, datetime | None]]:
        """Each with the instant from which on it may stand in Slack, where that is before its attempt."""
        now = self._clock.now()
        work.outbox.abandoned(now, look_at=now)  # a lease outlasts an attempt, and the settling after it
        due = work.outbox.to_reconcile(now, most=_SOME)
        return [(message, may_have_gone_out_since(work, message)) for message in due]

    def _record(self, context: Context, message: OutgoingMessage, lookup: Lookup, work: Work) -> bool:
        now = self._clock.now()
        key = message.dedup_key
        follows = after_lookup(message, lookup, now=now)
        match follows:
            case Found(channel, ts):
                work.outbox.sent(key, message.sent_at or now, None, Delivered(channel, ts))
                fold_late(work, message, now=now)
            case SendAgain():
                work.outbox.retry(key, now, "absent")
            case LookAgain(at):
                work.outbox.unknown(key, at, getattr(lookup, "code", ""))
            case GiveUp():
                _give_up(work, context, key, now)
        return isinstance(follows, SendAgain)


def _give_up(work: Work, context: Context, key: str, now: datetime) -> None:
    reason = Reason.OUTCOME_UNKNOWN
    work.outbox.kill(key, reason, "not_found_out")
    note(
        work, context, subject=key, rule="delivery", outcome=OutboxState.DEAD.value, reason=reason, now=now
    )  # fmt: skip
