from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from scheduler.model.decisions import Hold, Reason, Skip
from scheduler.model.deliveries import Delivered, Delivery, NotSent, Refused, Unknown
from scheduler.model.marks import PAUSED
from scheduler.model.messages import OutboxState, Rendered
from scheduler.pipeline.crew import Parcel
from scheduler.pipeline.record import payload_hash, record, record_stop
from tests.unit.pipeline.rows import thanks
from tests.world import World, local

NOW = local("2026-04-17 16:30")
LATER = local("2026-04-17 17:00")
BLOCKS = ({"type": "section", "text": "葵"},)


def test_what_was_sent_keeps_when_and_a_hash_but_not_its_values(world: World):
    rendered = Rendered(text="お疲れさまでした", blocks=BLOCKS)
    with world.store.begin() as work:
        work.outbox.add(thanks(joined=3))
        record(work, world.driver.crew, Parcel(thanks(joined=3), rendered), Delivered("C1", "1.0"), NOW)
    ((message, _),) = world.outbox()

    assert (message.state, message.sent_at, message.values) == (OutboxState.SENT, NOW, {})
    assert message.payload_hash == payload_hash(rendered)


@pytest.mark.parametrize(
    ("delivery", "state", "looks_at", "line"),
    [
        pytest.param(
            NotSent("ratelimited", timedelta(seconds=30)),
            *(OutboxState.PENDING, NOW + timedelta(seconds=30), None),
            id="Slack asks to wait",
        ),
        pytest.param(
            Refused("token_revoked", app_is_broken=True),
            *(OutboxState.PENDING, NOW + timedelta(minutes=5), None),
            id="the app is refused: nothing is lost until it is mended",
        ),
        pytest.param(
            Refused("user_disabled"),
            *(OutboxState.DEAD, NOW, ("dead", Reason.REFUSED)),
            id="the recipient cannot get it",
        ),
        pytest.param(
            Unknown("timeout"),
            *(OutboxState.UNKNOWN, NOW + timedelta(seconds=30), ("unknown", Reason.OUTCOME_UNKNOWN)),
            id="it may have gone out: looked up once Slack's history has settled",
        ),
    ],
)
def test_what_did_not_surely_go_out_is_tried_again_looked_up_or_dead(
    world: World,
    delivery: Delivery,
    state: OutboxState,
    looks_at: datetime,
    line: tuple[str, Reason] | None,
):
    with world.store.begin() as work:
        work.outbox.add(replace(thanks(), not_before=NOW))
        record(work, world.driver.crew, Parcel(thanks(), Rendered(text="words")), delivery, NOW)
    message = next(message for message, _ in world.outbox() if message.kind == "thanks")
    written = [(each.outcome, each.reason) for each in world.store.read().decisions.all()]

    assert (message.state, message.not_before) == (state, looks_at)
    assert written == ([line] if line else [])


@pytest.mark.parametrize(
    ("code", "paused"),
    [
        pytest.param("ratelimited", LATER.isoformat(), id="Slack asks to wait"),
        pytest.param("message_limit_exceeded", LATER.isoformat(), id="Slack has enough"),
        pytest.param("paced", None, id="we keep our own pace"),
        pytest.param("not_connected", None, id="nobody was there to ask"),
    ],
)
def test_what_slack_asked_of_everybody_is_remembered(world: World, code: str, paused: str | None):
    delivery = NotSent(code, LATER - NOW)
    with world.store.begin() as work:
        work.outbox.add(thanks())
        record(work, world.driver.crew, Parcel(thanks(), Rendered(text="words")), delivery, NOW)

        assert work.marks.get(PAUSED) == paused


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param(
            Rendered(text="a", blocks=({"text": "葵", "type": "section"},)), True, id="other order of keys"
        ),
        pytest.param(Rendered(text="b", blocks=BLOCKS), False, id="other text"),
        pytest.param(Rendered(text="a"), False, id="other blocks"),
    ],
)
def test_the_hash_tells_whether_the_same_words_would_go_out(other: Rendered, same: bool):
    assert (payload_hash(other) == payload_hash(Rendered(text="a", blocks=BLOCKS))) is same


@pytest.mark.parametrize(
    ("decision", "state", "reason", "line"),
    [
        pytest.param(
            Hold(LATER, Reason.QUIET_TIME),
            *(OutboxState.PENDING, Reason.END_OF_WEEK, ("hold", Reason.QUIET_TIME)),
            id="a held message waits, and keeps why it is sent",
        ),
        pytest.param(
            Skip(Reason.HUMAN_THANKED),
            *(OutboxState.SKIPPED, Reason.HUMAN_THANKED, ("skip", Reason.HUMAN_THANKED)),
            id="a skipped one never goes",
        ),
        pytest.param(
            Skip(Reason.CANNOT_RENDER),
            *(OutboxState.DEAD, Reason.CANNOT_RENDER, ("dead", Reason.CANNOT_RENDER)),
            id="one that cannot be rendered is dead",
        ),
    ],
)
def test_what_stopped_a_message_is_written_on_it_and_in_the_record(
    world: World, decision: Hold | Skip, state: OutboxState, reason: Reason, line: tuple[str, Reason]
):
    with world.store.begin() as work:
        work.outbox.add(thanks(joined=3))
        record_stop(work, world.driver.crew, thanks(joined=3), decision, NOW)
    ((message, held),) = world.outbox()
    (written,) = world.store.read().decisions.all()

    assert (message.state, message.reason) == (state, reason)
    assert held == ((Reason.QUIET_TIME,) if isinstance(decision, Hold) else ())
    assert (written.subject, written.rule, written.outcome, written.reason) == (
        thanks().dedup_key,
        "delivery",
        *line,
    )
