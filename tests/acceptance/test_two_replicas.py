"""Two real processes on one PostgreSQL: one works, the other is ready; fault scenario 22."""

import signal
from collections import Counter
from pathlib import Path

from scheduler.sandbox import Fault, How, Sandbox
from tests.integration.live.processes import TEAM_ROOM, ask, written
from tests.integration.live.replicas import Replicas, replicas
from tests.integration.sandbox.connecting import live
from tests.postgres import MARKS, Server

pytestmark = [*MARKS]
POST = "chat.postMessage"
SENT = "select dedup_key from outbox where state = 'sent' and kind in ('alert', 'welcome') order by 1"


def alerts(sandbox: Sandbox) -> list[str]:
    return written(sandbox, TEAM_ROOM)


def newcomers(sandbox: Sandbox, number: int) -> list[str]:
    return [sandbox.people.join(f"新人{count}") for count in range(number)]


def welcomes(sandbox: Sandbox) -> Counter[str]:
    """How many messages each new member got."""
    talks = [each for each in sandbox.world.channels.values() if each.is_im]
    return Counter(
        member
        for talk in talks
        for message in sandbox.messages(talk.id)
        if message.bot_id
        for member in talk.members
        if not sandbox.world.member(member).bot_id
    )


def marks(sandbox: Sandbox) -> list[str]:
    """The opaque mark of every message of ours that stands in Slack."""
    every = (sandbox.messages(channel) for channel in sandbox.world.channels)
    return [each.metadata["event_payload"]["id"] for some in every for each in some if each.metadata]


def long_after(both: Replicas) -> None:
    """What was on its way when its sender died is looked up when two minutes are over."""
    both.run("update outbox set sent_at = sent_at - interval '1 hour',"
             " leased_until = leased_until - interval '1 hour' where state = 'sending'")  # fmt: skip


@live
async def test_22_both_listen_and_everybody_is_welcomed_once_and_every_post_alerted_once(
    tmp_path: Path, postgres: Server
):
    async with replicas(tmp_path, postgres) as both:
        sandbox = both.sandbox
        holder, standby = await both.start()
        members = newcomers(sandbox, 40)
        for member in members[:10]:
            ask(sandbox, member, "申請書はどこですか")
        await both.until(lambda: len(alerts(sandbox)) == 10 and len(welcomes(sandbox)) == 40)
        await sandbox.delivery.settled(seconds=20)
        for each in (holder, standby):
            each.send(signal.SIGTERM)
        codes = [await each.ended() for each in (holder, standby)]

    assert codes == [0, 0]
    assert (set(welcomes(sandbox).values()), len(alerts(sandbox))) == ({1}, 10)
    assert len(marks(sandbox)) == len(set(marks(sandbox))) == 50
    assert standby.events().count("message") == 0


@live
async def test_22_when_the_holder_is_killed_while_it_sends_nothing_is_lost_and_nothing_doubled(
    tmp_path: Path, postgres: Server
):
    async with replicas(tmp_path, postgres) as both:
        sandbox = both.sandbox
        holder, standby = await both.start()
        members = newcomers(sandbox, 12)
        await both.until(lambda: len(welcomes(sandbox)) == 12)
        sandbox.faults.add(Fault(how=How.HANG, method=POST, after_effect=True))
        sandbox.faults.add(Fault(how=How.HANG, method=POST))
        sandbox.faults.add(Fault(how=How.HANG, method=POST, after_effect=True))
        for member in members:
            ask(sandbox, member, "申請書はどこですか")
        await both.until(lambda: not sandbox.faults.pending)
        await holder.kill()
        await standby.until_logged("lease_taken")
        long_after(both)
        await both.until(lambda: len(alerts(sandbox)) == 12)
        await both.until(lambda: len(both.rows(SENT)) == 24)
        standby.send(signal.SIGTERM)
        code = await standby.ended()

    assert (code, "nothing_missed" in standby.events()) == (0, True)
    assert len(marks(sandbox)) == len(set(marks(sandbox))) == 24


@live
async def test_22_when_the_holder_is_told_to_stop_the_other_one_goes_on_long_before_the_lease_would_end(
    tmp_path: Path, postgres: Server
):
    async with replicas(tmp_path, postgres, lasts=600) as both:
        sandbox = both.sandbox
        holder, standby = await both.start()
        (member,) = newcomers(sandbox, 1)
        await both.until(lambda: len(welcomes(sandbox)) == 1)
        holder.send(signal.SIGTERM)
        await standby.until_logged("nothing_missed")
        ask(sandbox, member, "申請書はどこですか")
        await both.until(lambda: alerts(sandbox))
        code = await holder.ended()
        standby.send(signal.SIGTERM)
        await standby.ended()

    assert (code, len(alerts(sandbox))) == (0, 1)


@live
async def test_22_a_holder_that_was_stopped_past_its_lease_sends_nothing_more_when_it_goes_on(
    tmp_path: Path, postgres: Server
):
    async with replicas(tmp_path, postgres) as both:
        sandbox = both.sandbox
        holder, standby = await both.start()
        members = newcomers(sandbox, 12)
        await both.until(lambda: len(welcomes(sandbox)) == 12)
        for member in members:
            ask(sandbox, member, "申請書はどこですか")
        await both.until(lambda: alerts(sandbox))
        holder.send(signal.SIGSTOP)
        await standby.until_logged("lease_taken")
        long_after(both)
        await both.until(lambda: len(alerts(sandbox)) == 12)
        holder.send(signal.SIGCONT)
        await holder.until_logged("lease_lost")
        (after,) = newcomers(sandbox, 1)
        await both.until(lambda: welcomes(sandbox)[after])
        for each in (holder, standby):
            each.send(signal.SIGTERM)
        codes = [await each.ended() for each in (holder, standby)]

    assert codes == [0, 0]
    assert len(marks(sandbox)) == len(set(marks(sandbox))) == 25
    (taken_at,) = (line["timestamp"] for line in standby.log if line["event"] == "lease_taken")
    assert [line for line in holder.log if line["event"] == "message" and line["timestamp"] > taken_at] == []
