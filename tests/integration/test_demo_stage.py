"""The demo's stage: whatever the reader's config says it is there, and who comes to its page is heard."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.app.demo import GUIDED, Stage, staged
from scheduler.app.loading import load
from scheduler.demo.pace import Pace
from scheduler.demo.weeks import two_weeks
from scheduler.model.facts import (
    Fact,
    MemberDescribed,
    MemberTraced,
    MessageDeleted,
    MessagePosted,
    StampAdded,
)
from scheduler.settings import Receive, Settings

#: The first line of Monday's small talk; others put stamps on it, and reply, unless it is gone.
SMALL_TALK = "C0SAMPLE03"
HOURS = timedelta(hours=4)


class Visitor:
    """Comes as soon as there is something to see, asks, and later deletes the first small talk."""

    def __init__(self, stage: Stage) -> None:
        self._sandbox = stage.sandbox
        self._before = len(self._talk())
        self.member = self.deleted = ""

    def act(self) -> None:
        if not self.member:
            self.member = self._sandbox.people.join("山本 葵")
            self._sandbox.post(self.member, GUIDED, "何から始めましたか？")
        if not self.deleted and len(self._talk()) > self._before:
            self.deleted = self._talk()[-1]
            self._sandbox.delete(SMALL_TALK, self.deleted)

    def _talk(self) -> list[str]:
        return [message.ts for message in self._sandbox.messages(SMALL_TALK)]


async def lived(folder: Path) -> tuple[Visitor, list[Fact], list[Fact]]:
    """The visitor, what was told of the sample's people, and what was heard of visitors."""
    weeks, told, heard = two_weeks(), list[Fact](), list[Fact]()
    morning = replace(
        weeks,
        ends_at=weeks.begins_at + HOURS,
        facts=[fact for fact in weeks.facts if fact.at < weeks.begins_at + HOURS],
    )
    async with staged(load(None), morning, folder) as stage:
        visitor = Visitor(stage)
        await stage.live(morning, Pace(1e9), happened=told.append, visited=heard.append, done=visitor.act)
    return visitor, told, heard


def test_a_visitor_is_heard_while_the_weeks_pass_and_what_they_deleted_is_told_no_more(tmp_path: Path):
    visitor, told, heard = asyncio.run(lived(tmp_path))

    stamps = [
        each for each in two_weeks().facts if isinstance(each, StampAdded) and each.ts == visitor.deleted
    ]
    assert [type(fact) for fact in heard] == [MemberDescribed, MemberTraced, MessagePosted, MessageDeleted]
    assert [fact.author for fact in heard if isinstance(fact, MessagePosted)] == [visitor.member]
    assert stamps
    assert [stamp for stamp in stamps if stamp in told] == []


def by_group(settings: Settings) -> Settings:
    return replace(settings, ambassadors=replace(settings.ambassadors, group="S0123ABCD"))


def over_http(settings: Settings) -> Settings:
    return replace(settings, service=replace(settings.service, receive=Receive.HTTP))


@pytest.mark.parametrize("changed", [by_group, over_http])
def test_what_only_the_readers_own_slack_has_keeps_nobody_from_watching(
    changed: Callable[[Settings], Settings], tmp_path: Path
):
    loaded = load(None)

    async def begun() -> int:
        config = replace(loaded, settings=changed(loaded.settings))
        async with staged(config, two_weeks(), tmp_path) as stage:
            return len(stage.sandbox.delivery.connections)

    assert asyncio.run(begun()) > 0
