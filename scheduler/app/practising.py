"""Puts the stand-in together to practise with: the sample's people in it, the real clock, and no service.

The service comes from another process, as to Slack itself. No config is read, and nothing is kept.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from scheduler.app.demo import inhabit
from scheduler.clock import Clock
from scheduler.demo.acting import act_before
from scheduler.demo.lately import lately
from scheduler.sandbox import Sandbox
from scheduler.simulate.sample import SAMPLE_TEAM, sample_ambassadors, sample_community
from scheduler.simulate.sample.everyday import AMBASSADORS
from scheduler.slack.manifest import read_manifest

#: Part of the workspace's address in the shipped config, which so fits without being changed.
_DOMAIN = "example"


@asynccontextmanager
async def practice(*, clock: Clock, port: int, language: str) -> AsyncIterator[Sandbox]:
    """A workspace that just got the app of our manifest. Raises OSError when `port` is taken."""
    async with Sandbox(clock=clock, team=SAMPLE_TEAM, domain=_DOMAIN, port=port) as sandbox:
        sandbox.tokens.scopes = tuple(read_manifest()["oauth_config"]["scopes"]["bot"])
        act_before(sandbox, lately(sample_community(), now=clock.now()))
        inhabit(sandbox, sample_ambassadors(), channel=AMBASSADORS, language=language)
        sandbox.page.begin()
        yield sandbox


async def stay(sandbox: Sandbox) -> None:
    """Until it is cancelled. The page shows minutes: it hears of each."""
    while True:
        await asyncio.sleep(60 - sandbox.world.now().second)
        sandbox.bell.ring()
