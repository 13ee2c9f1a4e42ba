"""The app comes into a channel that was there before: what was written in it lately is read back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.clock import SteppingClock
from scheduler.model.cases import Case, CaseKey
from scheduler.ports import Store
from scheduler.sandbox import Sandbox
from scheduler.store.engine import SqlStore
from tests.integration.live.living import living
from tests.integration.live.processes import ADMINS, TEAM_ROOM, channel, connected, written
from tests.integration.sandbox.connecting import live

#: A Wednesday, 11:00 in Japan.
NOON = datetime(2026, 8, 5, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
#: The shipped config looks after its posts.
ELSEWHERE = "なんでも相談-夜間"
MEMBERS = ("UNEW", "UOTHER", "UOLD")


def channel_without_us(sandbox: Sandbox) -> str:
    """Three newcomers asked in it: one waits, one got an answer, and one waits for a week."""
    with sandbox.past(NOON - 30 * 24 * HOUR):
        for member in MEMBERS:
            sandbox.people.join(member, member=member)
        place = sandbox.channels.create(ELSEWHERE, members=(*MEMBERS, "U0000000001"))
    for member, age in zip(MEMBERS, (2 * HOUR, 20 * HOUR, 7 * 24 * HOUR), strict=True):
        with sandbox.past(NOON - age):
            asked = sandbox.post(member, place, "申請書の様式はどこにありますか。")
        if member == "UOTHER":
            with sandbox.past(NOON - age + HOUR):
                sandbox.post("U0000000001", place, "ここにあります", thread_ts=asked)
    return place


def known(store: Store) -> tuple[list[Case], list[CaseKey]]:
    """The cases, and what alerts there are about."""
    assert isinstance(store, SqlStore)
    work = store.read()
    return list(work.cases.all()), [row.case for row, _ in work.outbox.all() if row.case]


@pytest.mark.parametrize("invited", [True, False], ids=["invited while it listens", "joined by itself"])
@live
async def test_who_waits_there_is_shown_and_who_got_an_answer_is_not(tmp_path: Path, *, invited: bool):
    places: list[str] = []
    async with living(
        tmp_path,
        clock=SteppingClock(NOON),
        changes=(("new_channels: tell", "new_channels: join"),),
        before=lambda sandbox: places.append(channel_without_us(sandbox)),
    ) as life:
        sandbox, (place,) = life.sandbox, places
        await life.until(lambda: connected(sandbox))
        read_before = len(sandbox.calls("users.list"))
        if invited:
            sandbox.channels.enter(place, sandbox.app)
        else:
            sandbox.events.raw({"type": "channel_created", "channel": {"id": place, "name": ELSEWHERE}})
        await life.until(lambda: written(sandbox, TEAM_ROOM))
        cases, alerts = await life.service.writer.use(known)

    assert {case.author: case.answered_at is None for case in cases} == {"UNEW": True, "UOTHER": False}
    assert alerts == [case.key for case in cases if case.author == "UNEW"]
    assert len(sandbox.calls("users.list")) == read_before, "all else is heard, and needs no reading"


@live
async def test_a_channel_that_we_are_in_already_is_no_news_however_late_slack_tells_of_it(tmp_path: Path):
    async with living(tmp_path) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        ours = channel(sandbox, TEAM_ROOM)
        sandbox.events.raw({"type": "channel_created", "channel": {"id": ours, "name": TEAM_ROOM}})
        other = sandbox.channels.create("新しい部屋")
        await life.until(lambda: written(sandbox, ADMINS))

    (told,) = written(sandbox, ADMINS)
    assert other in told
