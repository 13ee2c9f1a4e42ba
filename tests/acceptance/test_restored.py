"""The database is put back to an older state while Slack remembers more: nothing is sent twice, or lost."""

from pathlib import Path

from scheduler.app.backing import make_backup, restore
from scheduler.model.messages import MessageKind, OutboxState
from scheduler.store.connecting import reading_engine
from scheduler.store.engine import SqlStore
from tests.acceptance.live_world import TEAM, LiveWorld, a_service, live_world
from tests.integration.sandbox.connecting import live


def back_up(world: LiveWorld) -> Path:
    return make_backup(url(world), None, keep=9, now=world.now).file


def url(world: LiveWorld) -> str:
    return world.service.loaded.settings.database


async def put_back(world: LiveWorld, backup: Path) -> None:
    """The service stops, the backup takes the database's place, and a service begins on that."""
    await world.service.end()
    world.store.close()
    restore(url(world), backup, now=world.now)
    world.sandbox.delivery.acknowledged.clear()  # that knowledge is lost
    world.service = a_service(world.sandbox, world.clock, world.service.loaded.settings)
    await world.service.begin()
    world.store = SqlStore(reading_engine(url(world)), TEAM)


def states(world: LiveWorld, kind: MessageKind) -> list[tuple[OutboxState, bool]]:
    return [(row.state, bool(row.posted_ts)) for row in world.rows(kind)]


@live
async def test_an_alert_that_the_lost_state_had_sent_is_found_and_not_sent_again(tmp_path: Path):
    async with live_world(tmp_path) as world:
        world.ask()
        await world.step("2026-08-03 09:00")
        backup = back_up(world)
        await world.step("2026-08-03 09:40")
        before = len(world.shown())
        await put_back(world, backup)
        await world.step("2026-08-03 09:50")
        found = states(world, MessageKind.ALERT)

    assert (before, len(world.shown()), found) == (1, 1, [(OutboxState.SENT, True)])


@live
async def test_who_joined_after_the_backup_is_not_welcomed_twice(tmp_path: Path):
    async with live_world(tmp_path) as world:
        await world.step("2026-08-03 09:00")
        backup = back_up(world)
        world.sandbox.people.join("あおい")
        await world.step("2026-08-03 12:00")
        before = len(world.shown())
        await put_back(world, backup)
        await world.step("2026-08-04 12:00")
        found = states(world, MessageKind.WELCOME)

    assert (before, len(world.shown()), found) == (1, 1, [(OutboxState.SENT, True)])


@live
async def test_the_friday_thanks_are_not_said_twice(tmp_path: Path):
    async with live_world(tmp_path) as world:
        await world.step("2026-08-07 10:00")
        question = world.ask()
        world.sandbox.post(world.ambassadors[0], world.questions, "こちらです", thread_ts=question)
        await world.step("2026-08-07 16:20")
        backup = back_up(world)
        await world.step("2026-08-07 16:35")
        before = states(world, MessageKind.THANKS)
        posts = len(world.shown())
        await put_back(world, backup)
        await world.step("2026-08-07 17:30")
        found = states(world, MessageKind.THANKS)

    sent = [(OutboxState.SENT, True)]
    assert (before, found, len(world.shown()) - posts) == (sent, sent, 0)


@live
async def test_what_the_lost_state_had_not_sent_goes_out_once(tmp_path: Path):
    async with live_world(tmp_path) as world:
        await world.step("2026-08-03 09:00")
        backup = back_up(world)
        world.ask()
        world.sandbox.people.join("あおい")
        await put_back(world, backup)
        await world.step("2026-08-04 12:00")
        kinds = sorted({row.kind for row in world.rows() if row.state is OutboxState.SENT})
        marks = [row.nonce for row in world.rows() if row.posted_ts]

    assert kinds == [MessageKind.ALERT, MessageKind.WELCOME]
    assert len(marks) == len(set(marks)) == len(world.shown())


@live
async def test_once_all_was_read_back_nothing_new_is_looked_up(tmp_path: Path):
    async with live_world(tmp_path) as world:
        backup = back_up(world)
        await put_back(world, backup)
        await world.step("2026-08-03 10:00")
        world.sandbox.received.clear()
        world.ask()
        await world.step("2026-08-03 15:00")
        lookups = [
            call
            for call in world.sandbox.calls("conversations.history")
            if call.arguments.get("include_all_metadata")
        ]

    assert (len(world.posts()) > 0, lookups) == (True, [])
