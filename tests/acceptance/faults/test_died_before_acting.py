"""Slack told something that the service itself has to act on, and the process ended before it did.

It was taken from the inbox, so that nobody hears of it again. The next start, or the process that takes over,
finds the same out from Slack's lists.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from scheduler.model.marks import ALIVE
from scheduler.model.messages import MessageKind
from scheduler.sandbox import Fault, How, Sandbox
from scheduler.settings import NewChannels, Settings
from scheduler.slack.events import Notice, notices
from scheduler.slack.paced import ReadRefused
from tests.acceptance.faults.test_catching_up import unheard
from tests.acceptance.live_world import MINUTE, START, LiveWorld, live_world
from tests.integration.sandbox.connecting import live
from tests.world import DAY, HOUR

GoOn = Callable[[LiveWorld], Awaitable[object]]
#: A channel that the shipped config looks after.
THERE = "なんでも相談-昼間"

WHO_GOES_ON = pytest.mark.parametrize(
    "go_on",
    [
        pytest.param(lambda world: world.service.missed.catch_up(), id="the next start"),
        pytest.param(lambda world: world.service.missed.read_new_channels(), id="who takes over"),
    ],
)


def joins(settings: Settings) -> Settings:
    return replace(settings, service=replace(settings.service, new_channels=NewChannels.JOIN))


async def folded(world: LiveWorld, *kinds: type) -> None:
    """It was told and taken from the inbox, and nobody acts on it any more."""
    await world.idle()
    assert {type(each) for each in world.service.notices} >= {*kinds}
    world.service.notices.clear()
    world.clock.step_to(world.now + MINUTE)


def told_of_channels(world: LiveWorld) -> list[str]:
    """Keys of what the admins are told of channels that nobody watches."""
    return [row.dedup_key.rpartition(":")[2] for row in world.rows(MessageKind.NOTICE)]


def shown_posts(world: LiveWorld) -> list[str]:
    return [case.key.ts for case in world.cases()]


def test_of_every_kind_of_notice_it_is_known_here_how_it_is_made_up_for():
    """Nothing is done about HomeOpened; ChannelMoved is done with as it is folded. All others: below."""
    made_up_for = {
        *(notices.HomeOpened, notices.ChannelMoved, notices.EventsLost, notices.AccessLost),
        *(notices.ChannelAppeared, notices.ChannelArchived, notices.SomebodyCame, notices.SomebodyLeft),
    }

    assert set(get_args(Notice)) == made_up_for


@WHO_GOES_ON
@live
async def test_a_new_channel_is_told_to_the_admins_once(tmp_path: Path, go_on: GoOn):
    async with live_world(tmp_path) as world:
        new = world.sandbox.channels.create(THERE)
        await folded(world, notices.ChannelAppeared)
        before = told_of_channels(world)
        await go_on(world)
        await go_on(world)
        await world.idle()

        assert (before, told_of_channels(world)) == ([], [new])


@WHO_GOES_ON
@live
async def test_a_new_channel_is_joined_and_what_was_asked_in_it_is_seen(tmp_path: Path, go_on: GoOn):
    async with live_world(tmp_path, joins) as world:
        new = world.sandbox.channels.create(THERE, members=["UNEW"])
        asked = world.sandbox.post("UNEW", new, "様式はどこですか")
        await folded(world, notices.ChannelAppeared)
        await go_on(world)

        assert world.sandbox.app in world.sandbox.world.channels[new].members
        assert (shown_posts(world), told_of_channels(world)) == ([asked], [])


@WHO_GOES_ON
@live
async def test_of_a_new_channel_that_cannot_be_joined_the_admins_are_told_and_nothing_is_kept_waiting(
    tmp_path: Path, go_on: GoOn
):
    async with live_world(tmp_path, joins) as world:
        new = world.sandbox.channels.create(THERE)
        await folded(world, notices.ChannelAppeared)
        world.sandbox.faults.add(Fault(how=How.ERROR, method="conversations.join", times=None))
        await go_on(world)
        await world.idle()

        assert told_of_channels(world) == [new]


@WHO_GOES_ON
@live
async def test_what_was_asked_in_a_channel_before_we_came_into_it_is_seen(tmp_path: Path, go_on: GoOn):
    asked: list[str] = []

    def before(sandbox: Sandbox, _: list[str]) -> None:
        with sandbox.past(START - 30 * DAY):
            there = sandbox.channels.create(THERE, members=["UNEW"])
        with sandbox.past(START - 20 * HOUR):
            asked.extend((there, sandbox.post("UNEW", there, "様式はどこですか")))

    async with live_world(tmp_path, before=before) as world:
        there, ts = asked
        world.sandbox.channels.enter(there, world.sandbox.app)
        await folded(world, notices.SomebodyCame)
        await go_on(world)

        assert (shown_posts(world), told_of_channels(world)) == ([ts], [])


@pytest.mark.parametrize(
    "told", [pytest.param(True, id="Slack told of it"), pytest.param(False, id="nobody heard of it")]
)
@live
async def test_what_was_asked_while_we_were_put_out_of_a_channel_is_seen_once_we_are_back(
    tmp_path: Path, told: bool
):
    async with live_world(tmp_path) as world:
        sandbox = world.sandbox
        heard: Callable[[], AbstractContextManager[None]] = nullcontext if told else lambda: unheard(world)
        with heard():
            sandbox.channels.leave(world.questions, sandbox.app)
        if told:
            await folded(world, notices.SomebodyLeft)
        await world.service.missed.catch_up()
        asked = world.ask()
        world.clock.step_to(world.now + HOUR)
        await world.service.missed.catch_up()
        with unheard(world):
            sandbox.channels.enter(world.questions, sandbox.app)
        before = shown_posts(world)
        await world.service.missed.catch_up()

        assert (before, shown_posts(world)) == ([], [asked])


@live
async def test_who_was_put_out_while_it_ran_and_taken_back_while_it_did_not_sees_what_was_asked(
    tmp_path: Path,
):
    async with live_world(tmp_path) as world:
        service, sandbox = world.service, world.sandbox
        sandbox.channels.leave(world.questions, sandbox.app)
        await world.idle()
        await service.act(service.notices.popleft())
        asked = world.ask()
        world.clock.step_to(world.now + HOUR)
        await service.ask(lambda work: work.marks.put(ALIVE, world.now.isoformat()))
        with unheard(world):
            sandbox.channels.enter(world.questions, sandbox.app)
        await service.missed.catch_up()

        assert shown_posts(world) == [asked]


@WHO_GOES_ON
@live
async def test_a_name_goes_to_the_channel_that_is_not_archived(tmp_path: Path, go_on: GoOn):
    async with live_world(tmp_path) as world:
        sandbox = world.sandbox
        old = sandbox.channels.create(THERE, with_app=True)
        await folded(world, notices.ChannelAppeared)
        sandbox.channels.archive(old)
        new = sandbox.channels.create(THERE, with_app=True)
        await folded(world, notices.ChannelArchived)
        before = world.store.read().channels.id_of(THERE)
        await go_on(world)

        assert (before, world.store.read().channels.id_of(THERE)) == (old, new)


@live
async def test_what_slack_dropped_is_missing_from_the_moment_at_which_it_says_so(tmp_path: Path):
    async with live_world(tmp_path) as world:
        before = world.service.missed.gap
        world.sandbox.events.rate_limited()
        await world.idle()

        assert (before, world.service.missed.gap, list(world.service.notices)) == (False, True, [])


@WHO_GOES_ON
@live
async def test_who_is_refused_by_slack_hears_so_again(tmp_path: Path, go_on: GoOn):
    async with live_world(tmp_path) as world:
        world.sandbox.events.tokens_revoked()
        await folded(world, notices.AccessLost)
        world.sandbox.tokens.break_bot("token_revoked")
        with pytest.raises(ReadRefused) as refused:
            await go_on(world)

        assert (refused.value.code, refused.value.app_is_broken) == ("token_revoked", True)


@live
async def test_a_channel_that_was_made_while_nobody_listened_is_told_and_an_old_one_is_not(tmp_path: Path):
    def before(sandbox: Sandbox, _: list[str]) -> None:
        with sandbox.past(START - DAY):
            sandbox.channels.create("前からある部屋")

    async with live_world(tmp_path, before=before) as world:
        at_the_start = told_of_channels(world)
        with unheard(world):
            world.clock.step_to(START + 5 * HOUR)
            new = world.sandbox.channels.create(THERE)
            private = world.sandbox.channels.create("内輪", private=True)
            archived = world.sandbox.channels.create("もう閉じた部屋")
            world.sandbox.channels.archive(archived)
        await world.service.missed.catch_up()
        await world.idle()

        assert private != new
        assert (at_the_start, told_of_channels(world)) == ([], [new])
