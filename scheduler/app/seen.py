"""What the running service has seen so far: counts, and whether Slack still takes the app."""

from datetime import datetime

import structlog

from scheduler.actions.noticing import is_closed
from scheduler.app.service import Service
from scheduler.clock import Clock
from scheduler.live.inbox import Emptied
from scheduler.live.status import Counts, Role, Status
from scheduler.model.deliveries import Delivered, Delivery, NotSent, Refused
from scheduler.model.envelopes import Envelope
from scheduler.model.messages import OutgoingMessage
from scheduler.ports import Work
from scheduler.store.trouble import is_in_trouble

_log = structlog.get_logger()


class Seen:
    """`refused_code` is Slack's, while it refuses the app itself: nothing is sent until that is over."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.counts = Counts()
        self.refused_code: str | None = None
        #: Channels that took nothing at the last attempt, and Slack's word for why.
        self.closed: dict[str, str] = {}

    def kept(self, envelope: Envelope, is_new: bool) -> None:  # noqa: FBT001 - as the intake tells it
        self.counts.count_received(envelope.kind, is_new=is_new)

    def heard(self, emptied: Emptied) -> None:
        self.counts.facts_folded += emptied.facts
        for kind, number in emptied.dead_kinds.items():
            _log.warning("not_understood", kind=kind, count=number)
            for _ in range(number):
                self.counts.count_dead(kind)

    def attempted(self, message: OutgoingMessage, delivery: Delivery) -> None:
        """What became of one attempt; one that only waits for its turn is none."""
        if isinstance(delivery, NotSent):
            return
        outcome = _outcome(delivery)
        self.counts.count_message(message.kind.value, outcome)
        told = {"case": message.case, "member": message.member, "code": getattr(delivery, "code", None)}
        known = {name: value for name, value in told.items() if value}
        _log.info("message", outcome=outcome, kind=message.kind.value, key=message.dedup_key, **known)
        if isinstance(delivery, Refused) and delivery.app_is_broken:
            self.refused(delivery.code)
        self._note_channel(message, delivery)

    def _note_channel(self, message: OutgoingMessage, delivery: Delivery) -> None:
        if isinstance(delivery, Refused) and is_closed(message, delivery.code):
            _log.error("channel_closed", channel=message.recipient, code=delivery.code)
            self.closed[message.recipient] = delivery.code
        elif isinstance(delivery, Delivered):
            self.closed.pop(message.recipient, None)

    def refused(self, code: str) -> None:
        """Told once, until Slack takes the app again."""
        if self.refused_code is None:
            _log.error("slack_refuses_the_app", code=code)
        self.refused_code = code

    def taken_again(self) -> None:
        _log.info("slack_takes_the_app_again")
        self.refused_code = None

    async def status(self, service: Service, *, fails_to_write: bool) -> Status:
        """Raises what the database raises, unless it is in trouble: that is what is told, then."""
        try:
            waiting_since, oldest_alert = await service.ask(_what_waits)
        except Exception as error:
            if not is_in_trouble(error):
                raise
            waiting_since, oldest_alert, fails_to_write = None, None, True
        ear = service.ear
        return Status(
            now=self._clock.now(),
            mode=service.loaded.settings.mode,
            receive=service.loaded.settings.service.receive,
            role=Role.HOLDER if service.keeper.is_held else Role.STANDBY,
            database_writable=not (fails_to_write or service.intake.is_failing),
            seconds_since_sign=ear.silent_for if ear else None,
            inbox_waiting_since=waiting_since,
            oldest_alert_due_at=oldest_alert,
            catching_up=service.missed.is_catching_up,
            refused_code=self.refused_code,
            closed_code=next(iter(self.closed.values()), None),
            counts=self.counts,
        )


def _outcome(delivery: Delivery) -> str:
    """As logs and metrics name it."""
    if isinstance(delivery, Delivered) and delivery.is_shadow:
        return "shadow"
    return type(delivery).__name__.lower()


def _what_waits(work: Work) -> tuple[datetime | None, datetime | None]:
    """Since when something in the inbox waits, and an alert in the outbox."""
    return work.inbox.waiting_since(), work.outbox.oldest_unsent_alert()
