"""Taking the lease, renewing it, and knowing for how long it surely holds.

No clock is compared with that of another machine. A holder counts from before it asked for the renewal, and
stops a little before the end; whoever stands by counts from after it first saw the lease as it is, and takes
it when nothing of it has changed until after the end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from scheduler.clock import elapsed
from scheduler.live.lease import FencedWriter, LeaseLost
from scheduler.live.writer import Writer
from scheduler.ports import Lease, Work

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Of a lease, in real time. Its holder stops sending `safety` before it ends."""

    lasts: timedelta = timedelta(seconds=15)
    renewed_every: timedelta = timedelta(seconds=5)
    safety: timedelta = timedelta(seconds=3)


TERMS = Terms()


class LeaseKeeper:
    """Implements `live.lease.Keeper` for a database that several processes share. `name` is ours alone."""

    def __init__(
        self, writer: Writer, name: str, *, terms: Terms, elapsed: Callable[[], float] = elapsed
    ) -> None:
        self._plain = writer
        self._name = name
        self._terms = terms
        self._elapsed = elapsed
        self._token: int | None = None
        self._renewed_at = 0.0
        #: What was seen of another one's lease, and when it was first seen so.
        self._seen: tuple[Lease, float] | None = None
        self.writer: Writer = FencedWriter(writer, self._check)

    @property
    def is_held(self) -> bool:
        return self._token is not None

    @property
    def tenure(self) -> int:
        return self._token or -1

    def surely_holds(self) -> bool:
        sure = (self._terms.lasts - self._terms.safety).total_seconds()
        return self.is_held and self._elapsed() < self._renewed_at + sure

    async def keep(self) -> None:
        asked_at = self._elapsed()
        if self._token is None:
            if lease := await self._plain.do(self._take_if_free):
                self._token, self._renewed_at, self._seen = lease.token, asked_at, None
                _log.info("lease_taken", holder=self._name, lease=lease.token)
        elif asked_at >= self._renewed_at + self._terms.renewed_every.total_seconds():
            await self._renew(self._token, asked_at)

    async def give_up(self) -> None:
        token, self._token = self._token, None
        if token is not None:
            await self._plain.do(lambda work: work.leases.give_up(token))
            _log.info("lease_given_up", holder=self._name, lease=token)

    def lose(self) -> None:
        if self._token is not None:
            _log.warning("lease_lost", holder=self._name, lease=self._token)
        self._token = None

    async def _renew(self, token: int, asked_at: float) -> None:
        if await self._plain.do(lambda work: work.leases.renew(token)):
            self._renewed_at = asked_at
        else:
            self.lose()

    def _take_if_free(self, work: Work) -> Lease | None:
        asked_at, found = self._elapsed(), work.leases.get()
        if found is None or found.holder is None or self._has_ended(found, asked_at):
            return work.leases.take(self._name, lasts=self._terms.lasts)
        return None

    def _has_ended(self, found: Lease, asked_at: float) -> bool:
        if self._seen is None or self._seen[0] != found:
            self._seen = (found, self._elapsed())
            return False
        return asked_at - self._seen[1] >= found.lasts.total_seconds()

    def _check(self, work: Work) -> None:
        """The transaction has the workspace to itself: what is read here stays so until it ends."""
        lease = work.leases.get()
        if lease is None or lease.holder is None or lease.token != self._token:
            raise LeaseLost
