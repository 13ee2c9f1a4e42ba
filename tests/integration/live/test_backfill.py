"""Slack's own history as the past: what is known then, and how a backfill that was stopped goes on."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from scheduler.app.access import Access
from scheduler.app.backfilling import Filled, opened
from scheduler.app.loading import load
from scheduler.app.locking import only_service_on
from scheduler.clock import SteppingClock
from scheduler.errors import DatabaseRefused, SlackRefused
from scheduler.model.cases import Outcome
from scheduler.model.facts import JoinSource
from scheduler.model.marks import ALIVE, HEARD, SEEDED
from scheduler.ports import Work
from scheduler.sandbox import Sandbox
from scheduler.store.engine import open_store
from tests.integration.live.processes import QUESTIONS, channel, community
from tests.integration.sandbox.connecting import live, step_to

T = TypeVar("T")
NOW = datetime(2026, 8, 5, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ASKER, HELPER = "U0000000001", "U0000000002"


class Stopped(Exception):
    """As a kill would, in the middle."""


def asked(sandbox: Sandbox, age: timedelta, text: str = "申請書はどこですか") -> str:
    with sandbox.past(NOW - age):
        return sandbox.post(ASKER, channel(sandbox, QUESTIONS), text)


def answered(sandbox: Sandbox, ts: str, age: timedelta) -> None:
    with sandbox.past(NOW - age):
        sandbox.post(HELPER, channel(sandbox, QUESTIONS), "ここです", thread_ts=ts)


@asynccontextmanager
async def workspace() -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=SteppingClock(NOW)) as sandbox:
        community(sandbox)
        yield sandbox


async def backfill(
    sandbox: Sandbox, folder: Path, *, days: int | None = None, stop_after: int | None = None
) -> Filled:
    clock = sandbox.world.clock
    assert isinstance(clock, SteppingClock)
    loaded = load(Path("config.yaml"))
    settings = replace(loaded.settings, database=f"sqlite:///{folder}/a.db")
    access = Access(api=sandbox.base_url, bot=sandbox.tokens.bot, app=sandbox.tokens.app)

    async def wait_until(at: datetime) -> None:
        clock.step_to(at)

    def notice(filled: Filled) -> None:
        if stop_after is not None and filled.messages >= stop_after:
            raise Stopped

    way = opened(settings, access, clock=clock, wait_until=wait_until, notice=notice)
    async with way as (filling, _):
        return await filling.run(days=days)


def found(folder: Path, ask: Callable[[Work], T]) -> T:
    store = open_store(f"sqlite:///{folder}/a.db", "T0SANDBOX")
    try:
        with store.begin() as work:
            return ask(work)
    finally:
        store.close()


def first_posts(work: Work) -> dict[str, str | None]:
    return {member: work.members.get(member).first_post_ts for member in (ASKER, HELPER)}


@live
async def test_it_knows_who_wrote_and_whose_posts_were_answered_and_sends_nothing(tmp_path: Path):
    async with workspace() as sandbox:
        old = asked(sandbox, 40 * DAY)
        answered(sandbox, old, 40 * DAY - timedelta(hours=1))
        open_one = asked(sandbox, 1 * DAY)
        filled = await backfill(sandbox, tmp_path)
        place = channel(sandbox, QUESTIONS)

    (case,) = found(tmp_path, lambda work: work.cases.of_post(place, old))
    (waits,) = found(tmp_path, lambda work: work.cases.of_post(place, open_one))
    assert (case.outcome, case.answered_by) == (Outcome.ANSWERED, HELPER)
    assert (waits.is_open, "first-look" in waits.steps_taken) == (True, True)
    assert found(tmp_path, first_posts) == {ASKER: old, HELPER: None}
    assert found(
        tmp_path, lambda work: (work.outbox.due(NOW + 9 * DAY, most=9), work.enrolments.due(NOW, most=9))
    ) == ((), ())
    assert (filled.channels, filled.is_restricted, filled.unread) == (4, False, {})
    assert [call for call in sandbox.received if call.method.startswith("chat.")] == []


@live
async def test_nobodys_joining_is_known_from_a_list(tmp_path: Path):
    async with workspace() as sandbox:
        await backfill(sandbox, tmp_path)

    joins = found(tmp_path, lambda work: dict(work.members.joins()))
    assert set(joins) == {JoinSource.FIRST_SEEN}


@live
async def test_only_a_whole_one_seeds_the_database(tmp_path: Path):
    async with workspace() as sandbox:
        for age in range(9):
            asked(sandbox, (age + 1) * DAY)
        with pytest.raises(Stopped):
            await backfill(sandbox, tmp_path, stop_after=3)
        before = found(tmp_path, lambda work: (work.marks.get(SEEDED), work.marks.get(ALIVE)))
        await backfill(sandbox, tmp_path)

    assert before == (None, None)
    assert found(tmp_path, lambda work: work.marks.get(SEEDED)) == "slack"
    assert (found(tmp_path, lambda work: work.marks.get(ALIVE)) or "") >= NOW.isoformat()


@live
async def test_stopped_in_the_middle_it_goes_on_where_it_stood(tmp_path: Path):
    async with workspace() as sandbox:
        sandbox.world.most_per_history_page = 5
        for age in range(20):
            asked(sandbox, (age + 1) * DAY)
        with pytest.raises(Stopped):
            await backfill(sandbox, tmp_path, stop_after=10)
        sandbox.received.clear()
        await backfill(sandbox, tmp_path)
        again = [
            call.arguments.get("latest")
            for call in sandbox.calls("conversations.history")
            if call.arguments["channel"] == channel(sandbox, QUESTIONS) and "cursor" not in call.arguments
        ]
        place = channel(sandbox, QUESTIONS)

    assert again != [None]
    assert len(found(tmp_path, lambda work: work.messages.runs_in_channel(place))) == 20


@live
async def test_more_days_read_only_what_is_further_back(tmp_path: Path):
    async with workspace() as sandbox:
        for age in (3, 30):
            asked(sandbox, age * DAY)
        place = channel(sandbox, QUESTIONS)
        await backfill(sandbox, tmp_path, days=7)
        few = found(tmp_path, lambda work: len(work.messages.runs_in_channel(place)))
        first = await backfill(sandbox, tmp_path, days=7)
        more = await backfill(sandbox, tmp_path)

    assert (few, first.messages) == (1, 0)
    assert more.messages > 0
    assert found(tmp_path, lambda work: len(work.messages.runs_in_channel(place))) == 2


@live
async def test_what_was_written_between_two_runs_is_left_to_the_service_to_read_back(tmp_path: Path):
    async with workspace() as sandbox:
        asked(sandbox, 30 * DAY)
        await backfill(sandbox, tmp_path, days=7)
        step_to(sandbox, NOW + DAY)
        asked(sandbox, -DAY)
        step_to(sandbox, NOW + 3 * DAY)
        await backfill(sandbox, tmp_path)
        place = channel(sandbox, QUESTIONS)

    known, heard_until = found(
        tmp_path, lambda work: (len(work.messages.runs_in_channel(place)), work.marks.get(ALIVE))
    )
    assert (known, heard_until) == (1, NOW.isoformat())


@pytest.mark.parametrize(
    ("days", "heard_until", "heard"),
    [
        pytest.param(
            7, NOW - 30 * DAY, [], id="between what was known and what was read something is missing"
        ),
        pytest.param(60, NOW, [QUESTIONS], id="what was read begins before"),
        pytest.param(None, NOW, [QUESTIONS], id="everything was read"),
    ],
)
@live
async def test_what_lies_between_an_import_and_some_days_is_left_to_the_service_to_read_back(
    tmp_path: Path, days: int | None, heard_until: datetime, heard: list[str]
):
    found(tmp_path, lambda work: work.marks.put(ALIVE, (NOW - 30 * DAY).isoformat()))
    async with workspace() as sandbox:
        asked(sandbox, 20 * DAY)
        await backfill(sandbox, tmp_path, days=days)
        place = channel(sandbox, QUESTIONS)

    marks = found(tmp_path, lambda work: work.marks.all())
    assert marks[ALIVE] == heard_until.isoformat()
    assert [QUESTIONS for name in marks if name == HEARD + place] == heard


@live
async def test_it_notices_that_slack_gives_fifteen_messages_a_minute(tmp_path: Path):
    async with workspace() as sandbox:
        sandbox.restrict_history()
        for age in range(20):
            asked(sandbox, (age + 1) * DAY)
        filled = await backfill(sandbox, tmp_path)
        minutes = (sandbox.world.now() - NOW) / timedelta(minutes=1)

    assert (filled.is_restricted, sandbox.limits.ignored) == (True, 0)
    assert minutes >= 4


@live
async def test_without_a_token_it_refuses(tmp_path: Path):
    async with workspace() as sandbox:
        asked(sandbox, DAY)
        await backfill(sandbox, tmp_path)
        sandbox.tokens.break_bot("token_revoked")
        with pytest.raises(SlackRefused, match="bot_token"):
            await backfill(sandbox, tmp_path)


@live
async def test_beside_a_service_it_refuses(tmp_path: Path):
    async with workspace() as sandbox:
        with only_service_on(f"sqlite:///{tmp_path}/a.db"), pytest.raises(DatabaseRefused):
            await backfill(sandbox, tmp_path)
