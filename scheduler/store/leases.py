"""The lease: which of several processes works for the workspace. One row a workspace; it is never deleted.

A transaction has the workspace to itself (see engine), so that reading the row is all that a fence needs.
"""

from datetime import timedelta

from sqlalchemy import bindparam, select, update

from scheduler.ports import Lease
from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import LeaseRow

LEASES = table_of(LeaseRow)
_OURS = LEASES.c.team == bindparam("b_team")
_GET = select(LEASES.c.holder, LEASES.c.token, LEASES.c.renewals, LEASES.c.lasts_ms).where(_OURS)
_THIS = update(LEASES).where(_OURS, LEASES.c.token == bindparam("b_token"), LEASES.c.holder.is_not(None))
_RENEW = _THIS.values(renewals=LEASES.c.renewals + 1)
_GIVE_UP = _THIS.values(holder=None)


class LeaseRows(Rows):
    """Implements `ports.Leases`."""

    def get(self) -> Lease | None:
        found = self._first(_GET)
        if found is None:
            return None
        holder, token, renewals, lasts = found
        return Lease(holder=holder, token=token, renewals=renewals, lasts=timedelta(milliseconds=lasts))

    def take(self, holder: str, *, lasts: timedelta) -> Lease:
        before = self.get()
        token = before.token + 1 if before else 1
        in_ms = lasts // timedelta(milliseconds=1)
        self._replace(LEASES, {"holder": holder, "token": token, "renewals": 0, "lasts_ms": in_ms})
        return Lease(holder=holder, token=token, renewals=0, lasts=lasts)

    def renew(self, token: int) -> bool:
        return self._change(_RENEW, b_token=token) == 1

    def give_up(self, token: int) -> None:
        self._change(_GIVE_UP, b_token=token)
