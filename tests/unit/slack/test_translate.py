"""What Slack's events say to us. The shapes are Slack's, from its own documentation; the people are not."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scheduler.model.facts import (
    ChannelDescribed,
    GroupChanged,
    GroupListed,
    JoinSource,
    MemberDescribed,
    MemberTraced,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    Shape,
    StampAdded,
    StampRemoved,
)
from scheduler.slack.events import Heard, Malformed, translate
from scheduler.slack.events.notices import (
    AccessLost,
    ChannelAppeared,
    ChannelArchived,
    ChannelMoved,
    EventsLost,
    HomeOpened,
    Notice,
    SomebodyCame,
    SomebodyLeft,
)

TS = "1785751200.000100"
AT = datetime(2026, 8, 3, 10, 0, 0, 100, tzinfo=UTC)
LATER_TS = "1785751260.000000"
LATER = datetime(2026, 8, 3, 10, 1, tzinfo=UTC)
RECEIVED = datetime(2026, 8, 3, 10, 2, tzinfo=UTC)
DATA = Path(__file__).parents[3] / ".." / "shared" / "data"


def hear(**event: object) -> Heard:
    return translate({"team_id": "T1", "event": event}, team="T1", received_at=RECEIVED)


def a_message(**fields: object) -> dict[str, Any]:
    return {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1", "ts": TS, **fields}


def posted(**fields: object) -> MessagePosted:
    told: dict[str, Any] = {"author": "U1", "text": "こんにちは", **fields}
    return MessagePosted(team="T1", channel="C1", ts=TS, at=AT, **told)


def edited_to(text: str, **fields: object) -> dict[str, Any]:
    inner = {
        "type": "message",
        "user": "U1",
        "ts": TS,
        "text": text,
        "edited": {"user": "U1", "ts": LATER_TS},
    }
    return {"type": "message", "subtype": "message_changed", "channel": "C1", "message": {**inner, **fields}}


@pytest.mark.parametrize(
    ("event", "fact"),
    [
        pytest.param(a_message(text="こんにちは"), posted(), id="a post"),
        pytest.param(
            a_message(text="こんにちは", subtype="file_share", files=[{}]), posted(), id="a post with a file"
        ),
        pytest.param(a_message(text="こんにちは", subtype="me_message"), posted(), id="/me"),
        pytest.param(
            a_message(text="こんにちは", thread_ts=TS), posted(), id="a post that already has replies"
        ),
        pytest.param(
            a_message(text="こんにちは", thread_ts="1785751000.000000"),
            posted(shape=Shape.REPLY, thread_ts="1785751000.000000"),
            id="a reply",
        ),
        pytest.param(
            a_message(text="こんにちは", subtype="thread_broadcast", thread_ts="1785751000.000000"),
            posted(shape=Shape.BROADCAST, thread_ts="1785751000.000000"),
            id="a reply that was also sent to the channel",
        ),
        pytest.param(
            a_message(text="こんにちは", bot_id="B1"), posted(is_bot=True), id="an app without subtype"
        ),
        pytest.param(
            a_message(text="こんにちは", subtype="bot_message", user=None, bot_id="B1"),
            posted(is_bot=True, author=None),
            id="a webhook",
        ),
        pytest.param(
            a_message(text="こんにちは", user="USLACKBOT"),
            posted(is_bot=True, author="USLACKBOT"),
            id="Slackbot, who is no bot to Slack",
        ),
        pytest.param(
            edited_to("解決しました"),
            MessageEdited(team="T1", channel="C1", ts=TS, at=LATER, text="解決しました"),
            id="an edit",
        ),
        pytest.param(
            {
                "type": "message",
                "subtype": "message_deleted",
                "channel": "C1",
                "deleted_ts": TS,
                "event_ts": LATER_TS,
            },
            MessageDeleted(team="T1", channel="C1", ts=TS, at=LATER),
            id="a deletion",
        ),
        pytest.param(
            {**edited_to("", subtype="tombstone"), "event_ts": LATER_TS},
            MessageDeleted(team="T1", channel="C1", ts=TS, at=LATER),
            id="a deleted post whose thread lives on",
        ),
    ],
)
def test_a_message_event_says_one_thing(event: dict[str, Any], fact: object):
    assert hear(**event) == Heard(facts=(fact,))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(a_message(subtype="channel_join", text="joined"), id="joined the channel"),
        pytest.param(a_message(subtype="channel_topic", text="topic"), id="a new topic"),
        pytest.param(a_message(subtype="reminder_add", text="remind"), id="a reminder"),
        pytest.param(a_message(subtype="something_new_of_2027"), id="a subtype that is not known yet"),
        pytest.param(a_message(channel="D1", channel_type="im", text="hi"), id="a direct message"),
        pytest.param(a_message(channel="G1", channel_type="mpim", text="hi"), id="a talk among a few"),
        pytest.param(edited_to("http://…", edited=None), id="a link that unfolded"),
        pytest.param(
            {**edited_to("同じ"), "previous_message": {"text": "同じ"}}, id="an edit that changed no word"
        ),
        pytest.param({"type": "pin_added"}, id="an event that is not handled"),
        pytest.param(
            {
                "type": "reaction_added",
                "user": "U1",
                "reaction": "eyes",
                "item": {"type": "file", "file": "F1"},
            },
            id="a stamp on a file",
        ),
        pytest.param({"type": "app_home_opened", "user": "U1", "tab": "messages"}, id="the messages tab"),
        pytest.param({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}, id="a member's own token"),
    ],
)
def test_what_is_none_of_ours_says_nothing(event: dict[str, Any]):
    assert hear(**event) == Heard()


def test_stamps_are_told_with_their_time():
    item = {"type": "message", "channel": "C1", "ts": TS}
    event = {"user": "U2", "reaction": "eyes::skin-tone-3", "item": item, "event_ts": LATER_TS}
    told = {
        "team": "T1",
        "channel": "C1",
        "ts": TS,
        "at": LATER,
        "member": "U2",
        "stamp": "eyes::skin-tone-3",
    }

    assert hear(type="reaction_added", **event) == Heard(facts=(StampAdded(**told),))  # type: ignore[arg-type]
    assert hear(type="reaction_removed", **event) == Heard(facts=(StampRemoved(**told),))  # type: ignore[arg-type]


def test_who_joins_is_described_and_known_to_have_joined():
    user = {
        "id": "U9",
        "name": "hanako",
        "profile": {"display_name": "", "real_name": "花子"},
        "locale": "ja-JP",
    }

    assert hear(type="team_join", user=user, event_ts=LATER_TS) == Heard(
        facts=(
            MemberDescribed(team="T1", member="U9", at=LATER, name="花子", locale="ja-JP"),
            MemberTraced(team="T1", member="U9", at=LATER, source=JoinSource.EVENT),
        )
    )


@pytest.mark.parametrize(
    ("user", "told"),
    [
        pytest.param({"id": "U9"}, {"name": ""}, id="nothing but an id"),
        pytest.param({"id": "U9", "name": None, "profile": None}, {"name": ""}, id="nulls"),
        pytest.param(
            {"id": "U9", "name": "taro", "profile": {"real_name": " "}}, {"name": "taro"}, id="blank"
        ),
        pytest.param({"id": "U9", "deleted": True}, {"name": "", "is_deactivated": True}, id="deactivated"),
        pytest.param({"id": "U9", "is_restricted": True}, {"name": "", "is_guest": True}, id="guest"),
        pytest.param(
            {"id": "U9", "is_ultra_restricted": True}, {"name": "", "is_guest": True}, id="one channel"
        ),
        pytest.param({"id": "U9", "is_bot": True}, {"name": "", "is_bot": True}, id="bot"),
        pytest.param({"id": "U9", "is_app_user": True}, {"name": ""}, id="app user, who is a person"),
    ],
)
def test_members_are_described_however_little_slack_says(user: dict[str, Any], told: dict[str, Any]):
    expected = MemberDescribed(team="T1", member="U9", at=RECEIVED, **told)

    assert hear(type="user_change", user=user) == Heard(facts=(expected,))


def test_channels_are_described_and_new_ones_noticed():
    channel = {"id": "C9", "name": "なんでも相談"}
    described = ChannelDescribed(team="T1", channel="C9", at=RECEIVED, name="なんでも相談")

    assert hear(type="channel_rename", channel=channel) == Heard(facts=(described,))
    assert hear(type="channel_created", channel=channel) == Heard(
        facts=(described,), notices=(ChannelAppeared("C9"),)
    )


@pytest.mark.parametrize(
    ("event", "notice"),
    [
        ({"type": "channel_archive", "channel": "C9"}, ChannelArchived("C9", archived=True)),
        ({"type": "channel_unarchive", "channel": "C9"}, ChannelArchived("C9", archived=False)),
        (
            {"type": "channel_id_changed", "old_channel_id": "G9", "new_channel_id": "C9"},
            ChannelMoved("G9", "C9"),
        ),
        ({"type": "member_joined_channel", "channel": "C9", "user": "U1"}, SomebodyCame("C9", "U1")),
        ({"type": "member_left_channel", "channel": "C9", "user": "U1"}, SomebodyLeft("C9", "U1")),
        ({"type": "app_home_opened", "user": "U1", "tab": "home"}, HomeOpened("U1")),
        ({"type": "app_uninstalled"}, AccessLost(uninstalled=True)),
        ({"type": "tokens_revoked", "tokens": {"bot": ["U1"]}}, AccessLost(uninstalled=False)),
        ({"type": "app_rate_limited"}, EventsLost()),
    ],
)
def test_what_the_service_itself_must_act_on_is_a_notice(event: dict[str, Any], notice: Notice):
    assert hear(**event) == Heard(notices=(notice,))


def a_group(**fields: object) -> dict[str, Any]:
    told = {"id": "S1", "handle": "ambassadors", "date_delete": 0, "users": ["U1", "U2"], "user_count": 2}
    return {"type": "subteam_updated", "event_ts": TS, "subteam": {**told, **fields}}


def came_and_went(**fields: object) -> dict[str, Any]:
    return {"type": "subteam_members_changed", "event_ts": TS, "subteam_id": "S1", **fields}


@pytest.mark.parametrize(
    ("event", "facts"),
    [
        pytest.param(
            came_and_went(added_users=["U1", "U2"], removed_users=["U3"], added_users_count="2"),
            (GroupChanged(team="T1", group="S1", at=AT, added=("U1", "U2"), removed=("U3",)),),
            id="members came and went",
        ),
        pytest.param(
            came_and_went(added_users=None),
            (GroupChanged(team="T1", group="S1", at=AT),),
            id="neither is named",
        ),
        pytest.param(
            a_group(),
            (GroupListed(team="T1", group="S1", at=AT, members=("U1", "U2")),),
            id="a group as it is now",
        ),
        pytest.param(
            a_group(date_delete=1785751200),
            (GroupListed(team="T1", group="S1", at=AT, members=()),),
            id="a disabled group is empty",
        ),
        pytest.param(a_group(user_count="501"), (), id="not all of its members are named"),
        pytest.param(a_group(users=None), (), id="none of its members is named"),
    ],
)
def test_who_is_in_a_user_group_becomes_a_fact(event: dict[str, Any], facts: tuple[object, ...]):
    assert hear(**event).facts == facts


def test_lost_events_are_told_with_and_without_an_inner_event():
    bare = {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1785751200}

    assert translate(bare, team="T1", received_at=RECEIVED) == Heard(notices=(EventsLost(),))


def test_in_a_channel_shared_by_two_workspaces_the_team_is_ours():
    payload = {"team_id": "T-OTHER", "event": a_message(text="こんにちは")}

    assert translate(payload, team="T1", received_at=RECEIVED) == Heard(facts=(posted(),))


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({}, "event"),
        ({"event": []}, "event"),
        ({"event": {}}, "event.type"),
        ({"event": {"type": ["message"]}}, "event.type"),
        ({"event": {"type": "message"}}, "channel"),
        ({"event": a_message(channel="C1|<!channel>")}, "channel"),
        ({"event": a_message(channel="C" * 41)}, "channel"),
        ({"event": a_message(ts="yesterday")}, "ts"),
        ({"event": a_message(ts="99999999999.000000")}, "ts"),
        ({"event": a_message(ts=1785751200.0001)}, "ts"),
        ({"event": a_message(text={"a": 1})}, "text"),
        ({"event": a_message(text="あ" * 200_001)}, "text"),
        ({"event": {"type": "reaction_added", "user": "U1"}}, "item"),
        ({"event": {"type": "team_join"}}, "user"),
        ({"event": {"type": "team_join", "user": {"id": ""}}}, "id"),
        ({"event": came_and_went(subteam_id="")}, "subteam_id"),
        ({"event": came_and_went(added_users="U1")}, "added_users"),
        ({"event": came_and_went(added_users=[{"id": "U1"}])}, "added_users"),
        ({"event": a_group(users=["<!channel>"], user_count=1)}, "users"),
    ],
)
def test_a_malformed_event_names_the_field_and_nothing_of_its_content(payload: dict[str, Any], field: str):
    with pytest.raises(Malformed) as refusal:
        translate(payload, team="T1", received_at=RECEIVED)

    assert str(refusal.value) == f"the field {field} is missing or malformed"


@pytest.mark.skipif(not DATA.exists(), reason="Slack's own payloads are not part of this repository")
@pytest.mark.parametrize("folder", ["slack-payloads", "slack-shapes/events"])
def test_every_payload_of_slack_is_understood_refused_or_none_of_ours(folder: str):
    """Nothing else than Malformed is ever raised, whatever is blank or missing."""
    outcomes: dict[str, int] = {"heard": 0, "refused": 0}
    for file in sorted((DATA / folder).glob("*.json")):
        told = json.loads(file.read_text(encoding="utf-8"))
        payload = told.get("payload", told)
        try:
            translate(payload if isinstance(payload, dict) else {}, team="T1", received_at=RECEIVED)
            outcomes["heard"] += 1
        except Malformed:
            outcomes["refused"] += 1

    assert outcomes["heard"] > outcomes["refused"] / 2
