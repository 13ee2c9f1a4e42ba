"""Two processes of `ambassador run` on one PostgreSQL with a short lease; the stand-in is in the test's."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg

from scheduler.clock import SystemClock
from scheduler.sandbox import Sandbox
from tests.integration.live.processes import QuickProcess, community, config, seed
from tests.postgres import Server

#: Real seconds that only a failing test waits: three processes share the machine with other tests.
LONG = 90
#: The command, but for what would make the tests long: the lease, the marks, the pace of messages, of
#: connections the time between two and between their pings, and how long a transaction may stand still.
QUICKLY = """
from datetime import timedelta
from functools import partial
from scheduler.app import lifetime, ticking
from scheduler.live import gap
from scheduler.live.holding import Terms
from scheduler.slack import pacer
from scheduler.store import connecting
second = timedelta(seconds=1)
lifetime.Patience = partial(lifetime.Patience, apart=0, ping_every=2)
terms = Terms(lasts={lasts} * second, renewed_every=second / 2, safety=second)
lifetime.Service = partial(lifetime.Service, terms=terms)
connecting._WRITES = connecting._WRITES.replace("=10000", "=3000")
ticking._ALIVE_EVERY = second
gap._CLOCKS_DIFFER = 0 * second
pacer._CHANNEL_GAP = pacer._TURN = second / 50
from scheduler.cli import main
main()
"""
#: Everybody is welcomed at once, on every day and at every hour.
ALWAYS_OPEN = (
    ("    mon-fri: 08:30-17:15", "    mon-sun: 00:00-24:00"),
    ("  holidays: japan", "  holidays: none"),
    ("    - 12-29..01-03", "    []"),
    ("send_window: 09:00-16:30", "send_window: 00:00-24:00"),
    ("spread: 30m", "spread: 0m"),
    ("after: 10m", "after: 0m"),
    ("weak_sign_delay: 2h", "weak_sign_delay: 0m"),
)


HEARD = "select value from marks where name = 'alive'"


class Replica(QuickProcess):
    """One of the two, with a folder of its own."""

    def __init__(self, folder: Path, sandbox: Sandbox, *, lasts: int) -> None:
        super().__init__(folder, sandbox)
        self.program = ("-c", QUICKLY.format(lasts=lasts))

    async def until_logged(self, event: str, times: int = 1) -> None:
        await self.sandbox.until(lambda: self.events().count(event) >= times, seconds=LONG)


class Replicas:
    """Both, the stand-in, and the database that they share."""

    def __init__(self, sandbox: Sandbox, url: str, both: tuple[Replica, Replica]) -> None:
        self.sandbox, self.url, self.both = sandbox, url, both

    async def start(self) -> tuple[Replica, Replica]:
        """Gives the holder first: the other one began to listen while that one was at work."""
        holder, standby = self.both
        await holder.start()
        await holder.until_logged("lease_taken")
        await standby.start()
        for each, event in ((holder, "caught_up"), (standby, "began")):
            await each.until_logged(event)
        await self.sandbox.until(lambda: len(self.sandbox.delivery.connections) == 4, seconds=LONG)
        both_hear = (SystemClock().now() + timedelta(seconds=2)).isoformat()
        await self.sandbox.until(lambda: self.rows(HEARD)[0][0] > both_hear, seconds=LONG)
        return holder, standby

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(sql.encode()).fetchall()

    def run(self, sql: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.encode())

    async def until(self, holds: Callable[[], object]) -> None:
        """The processes' pings ring the bell all the time."""
        await self.sandbox.until(holds, seconds=LONG)


@asynccontextmanager
async def replicas(folder: Path, postgres: Server, *, lasts: int = 3) -> AsyncIterator[Replicas]:
    """A stand-in with a small community whose past both know. Neither runs yet; a lease `lasts` so long."""
    url = postgres.new_database()
    async with Sandbox(clock=SystemClock()) as sandbox:
        sandbox.limits.off()
        now = SystemClock().now()
        seed(url, community(sandbox), now=now, heard_until=now)
        both = (
            Replica(folder / "a", sandbox, lasts=lasts),
            Replica(folder / "b", sandbox, lasts=lasts),
        )
        for each in both:
            each.folder.mkdir()
            database = (f"sqlite:///{each.folder}/ambassador.db", url)
            text = config(sandbox.base_url, each.folder, extra=(database, *ALWAYS_OPEN))
            (each.folder / "config.yaml").write_text(text, encoding="utf-8")
        try:
            yield Replicas(sandbox, url, both)
        finally:
            for each in both:
                if each.is_running:
                    await each.kill()
