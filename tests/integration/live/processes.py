"""`ambassador run` as a process of its own, against a stand-in in the test's. Both live by the real clock."""

import asyncio
import json
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from scheduler.actions.importing import seeded as note_seeded
from scheduler.clock import SystemClock
from scheduler.model.facts import JoinSource, MemberTraced
from scheduler.sandbox import Sandbox
from scheduler.store.engine import open_store
from tests.integration.live.forks import Forked, forked
from tests.ready import ready_database

TEAM = "T0SANDBOX"
QUESTIONS, TEAM_ROOM, ADMINS = "なんでも相談", "運営-アンバサダー", "運営-管理者"
#: Real seconds that only a failing test waits.
PATIENCE = 30
SHIPPED = Path("config.yaml").read_text(encoding="utf-8")
#: Nothing is quiet, and a post is shown by the clock: nothing depends on when the test runs.
AT_ONCE = """
escalation:
  steps:
    - id: at-once
      when: untouched
      after: 1m
      time: clock
      tell: channel
      message: alert_whole_team

"""


def config(api: str, folder: Path, *, mode: str = "live", extra: tuple[tuple[str, str], ...] = ()) -> str:
    """The shipped config, changed as far as the tests need it."""
    start, end = SHIPPED.index("\nescalation:"), SHIPPED.index("\n# アンバサダー / Who receives alerts")
    text = SHIPPED[:start] + AT_ONCE + SHIPPED[end:]
    quiet, member = text.index("  quiet:"), text.index("  per_member:")
    text = text[:quiet] + "  quiet: []\n" + text[member:]
    changes = (
        ("mode: shadow", f"mode: {mode}"),
        ("sqlite:///ambassador.db", f"sqlite:///{folder}/ambassador.db"),
        ("https://slack.com/api/", api),
        ("health: 127.0.0.1:8787", "health: off"),
        (f"admins: {TEAM_ROOM}", f"admins: {ADMINS}"),
        *extra,
    )
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


class Process:
    """One command of ours under way, begun as people begin it; what it says goes to files."""

    program: tuple[str, ...] = ("-m", "scheduler")

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        self.folder, self.sandbox = folder, sandbox
        self.environment = {
            "PATH": os.environ["PATH"],
            "SLACK_BOT_TOKEN": sandbox.tokens.bot,
            "SLACK_APP_TOKEN": sandbox.tokens.app,
            "SLACK_SIGNING_SECRET": sandbox.tokens.signing_secret,
        }
        #: The lines of all its lives.
        self.log: list[dict[str, Any]] = []
        self.complaints = ""
        self._process: asyncio.subprocess.Process | Forked | None = None

    async def start(self, *arguments: str) -> None:
        options = ("--config", str(self.folder / "config.yaml"), "--lang", "en")
        self._process = await self._begin((*self.program, *(arguments or ("run",)), *options))
        self._listening = asyncio.create_task(self._listen())

    async def _begin(self, words: tuple[str, ...]) -> asyncio.subprocess.Process | Forked:
        with (self.folder / "said").open("ab") as said:
            return await asyncio.create_subprocess_exec(
                sys.executable, *words, env=self.environment, stdout=said, stderr=asyncio.subprocess.PIPE
            )

    async def _listen(self) -> None:
        """Every line of its log rings the stand-in's bell."""
        assert self.running.stderr is not None
        async for line in self.running.stderr:
            if line.startswith(b"{"):
                self.log.append(json.loads(line))
                self.sandbox.bell.ring()
            else:
                self.complaints += line.decode()

    @property
    def running(self) -> asyncio.subprocess.Process | Forked:
        assert self._process is not None
        return self._process

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    def send(self, sent: signal.Signals) -> None:
        self.running.send_signal(sent)

    async def ended(self, *, seconds: float = PATIENCE) -> int:
        code = await asyncio.wait_for(self.running.wait(), seconds)
        await self._listening
        return code

    async def kill(self) -> None:
        """With signal 9: it gets to do nothing more."""
        self.running.kill()
        await self.ended()

    def events(self) -> list[str]:
        return [line["event"] for line in self.log]

    def said(self) -> str:
        """What is no line of the log."""
        return (self.folder / "said").read_text(encoding="utf-8") + self.complaints

    async def until_logged(self, event: str, times: int = 1) -> None:
        await self.sandbox.until(lambda: self.events().count(event) >= times, seconds=PATIENCE)

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self.folder / "ambassador.db")
        try:
            yield connection
            connection.commit()
        finally:
            connection.close()


class QuickProcess(Process):
    """The same, forked from a process that has imported everything."""

    async def _begin(self, words: tuple[str, ...]) -> Forked:
        return await forked(words, environment=self.environment, said=self.folder / "said")


def community(sandbox: Sandbox) -> tuple[str, str]:
    """The channels that the shipped config names, with two members who were always there; gives both."""
    with sandbox.past(sandbox.world.now() - timedelta(days=60)):
        members = (sandbox.people.join("Midori"), sandbox.people.join("Daichi"))
        for name in (QUESTIONS, "雑談", TEAM_ROOM, ADMINS):
            sandbox.channels.create(name, with_app=True, members=members)
    return members


def seed(url: str, members: tuple[str, ...], *, now: datetime, heard_until: datetime) -> None:
    """What a backfill finds there: those who are there were always there."""
    with closing(open_store(url, TEAM)) as store, store.begin() as work:
        for member in members:
            at = now - timedelta(days=60)
            work.members.trace(
                MemberTraced(team=TEAM, member=member, at=at, source=JoinSource.EARLIEST_TRACE)
            )
        note_seeded(work, "a test", heard_until=heard_until)


def ask(sandbox: Sandbox, member: str, text: str) -> str:
    """Somebody asked two minutes ago, and Slack tells it only now: it is time to alert."""
    place, at = channel(sandbox, QUESTIONS), sandbox.world.now() - timedelta(minutes=2)
    with sandbox.past(at):
        ts = sandbox.post(member, place, text)
    event = {"type": "message", "channel": place, "channel_type": "channel", "user": member, "text": text}
    sandbox.events.raw({**event, "ts": ts, "event_ts": ts})
    return ts


def written(sandbox: Sandbox, name: str) -> list[str]:
    """What we wrote into a channel."""
    return [each.text for each in sandbox.messages(channel(sandbox, name)) if each.bot_id]


def channel(sandbox: Sandbox, name: str) -> str:
    return next(key for key, each in sandbox.world.channels.items() if each.name == name)


def connected(sandbox: Sandbox) -> bool:
    """Both connections are there, and none of them is about to end."""
    return len([each for each in sandbox.delivery.connections if each.takes_more]) >= 2


@asynccontextmanager
async def process(
    folder: Path,
    *,
    mode: str = "live",
    seeded: bool = True,
    extra: tuple[tuple[str, str], ...] = (),
    kind: type[Process] = QuickProcess,
) -> AsyncIterator[Process]:
    """A stand-in with a small community, a config for it, and (unless told not to) a seeded database."""
    async with Sandbox(clock=SystemClock()) as sandbox:
        members = community(sandbox)
        text = config(sandbox.base_url, folder, mode=mode, extra=extra)
        (folder / "config.yaml").write_text(text, encoding="utf-8")
        ours = kind(folder, sandbox)
        if seeded:
            now = SystemClock().now()
            seed(ready_database(folder / "ambassador.db"), members, now=now, heard_until=now)
        try:
            yield ours
        finally:
            if ours.running.returncode is None:
                await ours.kill()
