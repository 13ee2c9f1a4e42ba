"""What the manifest calls optional may be declined: the service begins, and sees what it may see."""

import asyncio
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest

from scheduler.clock import SystemClock
from scheduler.sandbox import Sandbox
from scheduler.slack.client import Web
from scheduler.slack.paced import Paced, ReadRefused
from scheduler.slack.pacer import Pacer
from scheduler.slack.permissions import OPTIONAL, REQUIRED
from scheduler.slack.reader import Reader
from tests.acceptance.live_world import live_world
from tests.integration.sandbox.connecting import live


async def channels_read(scopes: frozenset[str]) -> list[str]:
    """The names of the channels that the app hears of with these scopes."""
    clock = SystemClock()

    async def wait_until(_: datetime) -> None:
        raise AssertionError("nothing is to be waited for")

    async with Sandbox(clock=clock) as sandbox, aiohttp.ClientSession() as session:
        sandbox.limits.off()
        sandbox.channels.create("open", with_app=True)
        sandbox.channels.create("closed", private=True, with_app=True)
        sandbox.tokens.scopes = tuple(sorted(scopes))
        web = Web(sandbox.tokens.bot, base_url=sandbox.base_url, session=session)
        reader = Reader(Paced(web, Pacer(), clock, wait_until))
        return sorted([each["name"] async for page in reader.channels() for each in page])


@pytest.mark.parametrize(
    ("scopes", "names"),
    [
        pytest.param(REQUIRED | OPTIONAL, ["closed", "open"], id="all"),
        pytest.param(REQUIRED, ["open"], id="the optional ones declined"),
    ],
)
def test_without_the_optional_scopes_the_public_channels_are_read(scopes: frozenset[str], names: list[str]):
    assert asyncio.run(channels_read(scopes)) == names


def test_without_a_needed_one_nothing_is_read():
    with pytest.raises(ReadRefused, match="missing_scope"):
        asyncio.run(channels_read(REQUIRED - {"channels:read"}))


@live
async def test_a_private_channel_that_may_be_listed_and_not_read_stops_nothing(tmp_path: Path):
    def before(sandbox: Sandbox, _: list[str]) -> None:
        sandbox.tokens.scopes = tuple(REQUIRED | {"groups:read"})
        sandbox.channels.create("内輪の相談", private=True, with_app=True)

    async with live_world(tmp_path, before=before) as world:
        world.ask()
        await world.step("2026-08-03 09:30")

        assert len(world.shown()) == 1
