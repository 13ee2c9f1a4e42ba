"""Whom an edit reached: a `ts` names a message in its channel only, and two DMs may have the same one."""

from scheduler.demo.deliveries import received
from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind, OutgoingMessage
from scheduler.sandbox.received import Call
from tests.world import local, ts_of

AT = local("2026-04-20 10:00")


def alert_to(ambassador: str) -> OutgoingMessage:
    """As it stands in the DM of this ambassador; all were posted at the same instant."""
    return OutgoingMessage(
        team="T1",
        dedup_key=f"alert:{ambassador}",
        kind=MessageKind.ALERT,
        message="alert",
        recipient=ambassador,
        due_at=AT,
        not_before=AT,
        reason=Reason.UNTOUCHED,
        nonce=f"mark-{ambassador}",
        posted_channel=f"D{ambassador}",
        posted_ts=ts_of(AT),
    )


def edit_in(channel: str) -> Call:
    arguments = {"channel": channel, "ts": ts_of(AT), "text": "answered"}
    return Call(method="chat.update", arguments=arguments, at=AT, outcome="ok", took_effect=True)


def test_of_two_alerts_posted_at_one_instant_the_edited_one_is_told():
    alerts = [(alert_to("U1"), ()), (alert_to("U2"), ())]

    (told,) = received([edit_in("DU2")], alerts)

    assert (told.row.recipient, told.is_edit) == ("U2", True)


def test_both_are_told_when_both_were_edited():
    alerts = [(alert_to("U1"), ()), (alert_to("U2"), ())]

    told = received([edit_in("DU2"), edit_in("DU1")], alerts)

    assert [each.row.recipient for each in told] == ["U1", "U2"]
