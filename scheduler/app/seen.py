"""What the running service has seen so far: counts, and whether Slack still takes the app."""

import structlog

from scheduler.app.service import Service
from scheduler.clock import Clock
from scheduler.live.inbox import Emptied
from scheduler.live.status import Counts, Status
from scheduler.model.deliveries import Delivery, NotSent, Refused
from scheduler.model.envelopes import Envelope
from scheduler.model.messages import OutgoingMessage

_log = structlog.get_logger()


class Seen:
    """`refused_code` is Slack's, while it refuses the app itself: nothing is sent until that is over."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.counts = Counts()
        self.refused_code: str | None = None

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
        outcome = type(delivery).__name__.lower()
        self.counts.count_message(message.kind.value, outcome)
        told = {"case": message.case, "member": message.member, "code": getattr(delivery, "code", None)}
        known = {name: value for name, value in told.items() if value}
        _log.info("message", outcome=outcome, kind=message.kind.value, key=message.dedup_key, **known)
        if isinstance(delivery, Refused) and delivery.app_is_broken:
            self.refused(delivery.code)

    def refused(self, code: str) -> None:
        """Told once, until Slack takes the app again."""
        if self.refused_code is None:
            _log.error("slack_refuses_the_app", code=code)
        self.refused_code = code

    def taken_again(self) -> None:
        _log.info("slack_takes_the_app_again")
        self.refused_code = None

    async def status(self, service: Service, *, fails_to_write: bool) -> Status:
        """Raises what the database raises."""
        waiting_since, oldest_alert = await service.ask(
            lambda work: (work.inbox.waiting_since(), work.outbox.oldest_unsent_alert())
        )
        connection = service.connection
        return Status(
            now=self._clock.now(),
            mode=service.loaded.settings.mode,
            database_writable=not (fails_to_write or service.intake.is_failing),
            seconds_since_sign=connection.silent_for if connection else None,
            inbox_waiting_since=waiting_since,
            oldest_alert_due_at=oldest_alert,
            catching_up=service.is_catching_up,
            refused_code=self.refused_code,
            counts=self.counts,
        )
