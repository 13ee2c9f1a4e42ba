"""Every type of event that the service takes in, from a gesture in the stand-in to what becomes of it."""

from collections import Counter
from pathlib import Path

from scheduler.model.decisions import Reason
from scheduler.sandbox import Sandbox
from scheduler.sandbox.socketmode.envelope import Kind
from scheduler.slack.events import HANDLED
from tests.integration.live.living import Living, living
from tests.integration.live.processes import QUESTIONS, ask, channel, connected
from tests.integration.sandbox.connecting import live

MEMBER, OTHER = "U0000000001", "U0000000002"
#: Types that no gesture here makes: the app has no use for them.
OTHERS = ("emoji_changed", "file_public")


def live_among_us(sandbox: Sandbox) -> None:
    """A little of everything."""
    questions = channel(sandbox, QUESTIONS)
    post = sandbox.post(MEMBER, questions, "共有です。")
    sandbox.react(OTHER, questions, post, "eyes")
    sandbox.unreact(OTHER, questions, post, "eyes")
    sandbox.edit(questions, post, "共有です（追記）。")
    sandbox.delete(questions, post)
    new = sandbox.people.join("Sora")
    sandbox.people.change(new, display_name="Sora K.")
    sandbox.channels.enter(questions, new)
    sandbox.channels.leave(questions, new)
    made = sandbox.channels.create("新しい部屋")
    sandbox.channels.enter(made, sandbox.app)
    sandbox.channels.rename(made, "改めた部屋")
    sandbox.channels.archive(made)
    sandbox.channels.unarchive(made)
    sandbox.channels.change_id(made, "C0999999999")
    group = sandbox.groups.create("ambassadors")
    sandbox.groups.change(group, added=[MEMBER])
    sandbox.groups.disable(group)
    sandbox.interactions.open_home(MEMBER)
    sandbox.events.rate_limited()
    for kind in OTHERS:
        sandbox.events.raw({"type": kind})


async def until_pinged(life: Living) -> None:
    """The database rings no bell; the connections' pings do, all the time."""
    pings = sum(each.pings for each in life.sandbox.delivery.connections)
    await life.until(lambda: sum(each.pings for each in life.sandbox.delivery.connections) != pings)


async def all_read(life: Living) -> Counter[str]:
    """What came, by type, once all of it is acknowledged and read."""
    await life.sandbox.delivery.settled(seconds=20)
    while await life.service.ask(lambda work: work.inbox.waiting_since()):
        await until_pinged(life)
    return life.running.seen.counts.received


@live
async def test_every_type_is_acknowledged_and_counted_and_none_is_too_hard(tmp_path: Path):
    async with living(tmp_path) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        live_among_us(sandbox)
        received = await all_read(life)
        lost = {
            "tokens_revoked": sandbox.events.tokens_revoked,
            "app_uninstalled": sandbox.events.app_uninstalled,
        }
        for tell in lost.values():
            tell()
        received = await all_read(life)
        unacknowledged, dead = sandbox.delivery.unacknowledged, life.running.seen.counts.dead

    assert set(received) == {*HANDLED, *OTHERS}
    assert (unacknowledged, dead) == (0, Counter())


@live
async def test_what_is_told_of_another_workspace_is_acknowledged_and_not_taken_in(tmp_path: Path):
    async with living(tmp_path) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        sandbox.delivery.hold()
        ask(sandbox, MEMBER, "申請書はどこですか")
        (told,) = sandbox.delivery.waiting
        sandbox.delivery.waiting.clear()
        sandbox.delivery.release()
        there = {"team_id": "TOTHER", "authorizations": [{"team_id": "TOTHER"}]}
        sandbox.delivery.offer(Kind.EVENT, {**told.payload, **there})
        received = await all_read(life)
        acknowledged = [each.event_id for each in sandbox.delivery.acknowledged]

    assert (acknowledged, received) == ([told.payload["event_id"]], Counter())


@live
async def test_a_private_channel_that_the_app_is_invited_to_is_known_by_its_name(tmp_path: Path):
    async with living(tmp_path) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        room = sandbox.channels.create("内輪の相談", private=True, members=[MEMBER])
        sandbox.channels.enter(room, sandbox.app)
        while (name := await life.service.ask(lambda work: work.channels.name_of(room))) is None:
            await until_pinged(life)

    assert name == "内輪の相談"


@live
async def test_a_renamed_channel_is_looked_after_by_the_rule_of_its_new_name(tmp_path: Path):
    async with living(tmp_path) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        questions = channel(sandbox, QUESTIONS)
        sandbox.channels.rename(questions, "運営-質問の跡地")
        await all_read(life)
        ts = sandbox.post(MEMBER, questions, "申請書はどこですか")
        await all_read(life)
        cases = await life.service.ask(lambda work: work.cases.of_post(questions, ts))

    assert cases == ()


@live
async def test_a_case_ends_when_its_author_leaves(tmp_path: Path):
    async with living(tmp_path, changes=(("after: 1m", "after: 9h"),)) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        questions, ts = channel(sandbox, QUESTIONS), ask(sandbox, MEMBER, "申請書はどこですか")
        await all_read(life)
        sandbox.people.deactivate(MEMBER)
        await all_read(life)
        (case,) = await life.service.ask(lambda work: work.cases.of_post(questions, ts))

    assert case.outcome == Reason.AUTHOR_GONE.value
