"""What admins are told about the service, and when."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.actions.noticing import CHANNEL, LATE, REFUSED, tell_admins, tell_refused
from scheduler.model.decisions import Hold, Reason, Skip
from scheduler.model.deliveries import Refused
from scheduler.model.messages import ChannelRef, OutgoingMessage, PostList, PostRef, Rendered
from scheduler.model.placeholders import PLACEHOLDERS
from scheduler.pipeline.crew import Parcel
from scheduler.pipeline.hold import hold
from scheduler.pipeline.recheck import recheck
from scheduler.pipeline.record import record
from tests.unit.pipeline.rows import welcome
from tests.world import CHANNELS, World, local, make_settings

NOW = local("2026-04-14 11:00")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, make_settings())
    world.fold(*CHANNELS)
    yield world
    world.store.close()


def notices(world: World) -> list[OutgoingMessage]:
    return world.outbox_of("notice")


def tell(world: World, *, key: str = "C9", name: str = CHANNEL) -> bool:
    with world.store.begin() as work:
        return tell_admins(work, world.context, name, {"channel": ChannelRef("C9")}, key=key, now=NOW)


def test_admins_are_told_each_thing_once_for_ever(world: World):
    assert [tell(world), tell(world), tell(world, key="C8"), tell(world, name=LATE)] == [
        True, False, True, True,
    ]  # fmt: skip


def test_a_notice_goes_to_the_admins_channel_and_has_every_placeholder(world: World):
    tell(world)
    (notice,) = notices(world)

    assert (notice.recipient, notice.reason) == ("Cambassadors", Reason.FOR_ADMINS)
    assert set(notice.values) == {each.name for each in PLACEHOLDERS[notice.kind]}


def test_the_posts_of_a_notice_wait_with_it(world: World):
    posts = PostList((PostRef("C1", "1.0"), PostRef("C2", "2.0")))
    with world.store.begin() as work:
        tell_admins(work, world.context, LATE, {"count": 2, "posts": posts}, key="gap", now=NOW)

    (notice,) = notices(world)
    assert (notice.values["count"], notice.values["posts"]) == (2, posts)


@pytest.mark.parametrize(
    ("name", "waits"),
    [pytest.param(CHANNEL, True, id="a channel can wait"), pytest.param(REFUSED, False, id="this cannot")],
)
def test_notices_keep_the_quiet_times_but_for_the_one_without_which_nothing_goes_out(
    world: World, name: str, waits: bool
):
    tell(world, name=name)
    (notice,) = notices(world)
    with world.store.begin() as work:
        held = hold(work, world.driver.crew, notice, local("2026-04-14 23:00"))

    assert held == (Hold(local("2026-04-15 08:30"), Reason.QUIET_TIME) if waits else None)


@pytest.mark.parametrize(
    ("at", "decision"),
    [
        pytest.param("2026-04-21 11:00", None, id="a week later it is still news"),
        pytest.param("2026-04-21 11:01", Skip(Reason.TOO_LATE), id="and then no more"),
    ],
)
def test_old_news_is_dropped(world: World, at: str, decision: Skip | None):
    tell(world)
    (notice,) = notices(world)
    with world.store.begin() as work:
        assert recheck(work, world.driver.crew, notice, local(at)) == decision


@pytest.mark.parametrize(
    ("code", "why"),
    [
        pytest.param("missing_scope", {"scope_missing": True, "token_invalid": False}, id="a permission"),
        pytest.param("token_revoked", {"scope_missing": False, "token_invalid": True}, id="the token"),
        pytest.param("access_denied", {"scope_missing": False, "token_invalid": False}, id="something else"),
    ],
)
def test_a_refused_app_is_told_with_what_to_do(world: World, code: str, why: dict[str, bool]):
    with world.store.begin() as work:
        work.outbox.add(welcome())
        parcel = Parcel(welcome(), Rendered(text="words"))
        for _ in range(3):
            record(work, world.driver.crew, parcel, Refused(code, app_is_broken=True), NOW)

    (notice,) = notices(world)
    assert (notice.message, {name: notice.values[name] for name in why}) == (REFUSED, why)
    assert notice.values["code"] == code


@pytest.mark.parametrize(
    ("again", "told"),
    [
        pytest.param("2026-04-19 23:59", 1, id="the same week"),
        pytest.param("2026-04-20 00:01", 2, id="the week after, on our own calendar"),
    ],
)
def test_a_refusal_is_told_once_a_week(world: World, again: str, told: int):
    for at in (NOW, local(again)):
        with world.store.begin() as work:
            tell_refused(work, world.context, "token_revoked", now=at)

    assert len(notices(world)) == told


def test_the_admins_may_have_a_channel_of_their_own(tmp_path: Path):
    settings = make_settings()
    world = World(tmp_path, replace(settings, service=replace(settings.service, admins="chat")))
    world.fold(*CHANNELS)
    tell(world)
    (notice,) = notices(world)
    world.store.close()

    assert notice.recipient == "Cchat"
