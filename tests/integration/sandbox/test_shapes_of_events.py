"""Every event and interaction against Slack's own samples: no field that is not Slack's, none missing."""

from collections.abc import Awaitable, Callable

import aiohttp
import pytest

from scheduler.sandbox import Sandbox
from tests.integration.sandbox.connecting import listening, live, new_sandbox, web_client
from tests.integration.sandbox.full_workspace import MODAL, TS, fill
from tests.integration.sandbox.samples import event_shape, messages, needs_samples, payloads, unlike, views

pytestmark = needs_samples

Gesture = Callable[[Sandbox], object]
Press = Callable[[Sandbox], Awaitable[object]]
#: By type (and subtype): the sample's name, how it comes about, and what must stand in it.
EVENTS: dict[str, tuple[str, Gesture, set[str]]] = {
    "message": ("Message", lambda s: s.post("U1", "C1", "Hi", thread_ts=TS), {"user", "text", "thread_ts"}),
    "message.bot": ("Message", lambda s: s.post("UBOT", "C1", "Hi"), {"bot_id", "bot_profile", "text"}),
    "message.me_message": ("MessageMe", lambda s: s.post("U1", "C1", "Hi", me=True), {"user", "text"}),
    "message.file_share": ("MessageFileShare", lambda s: s.post("U1", "C1", "Hi", file="a.png"), {"files"}),
    "message.thread_broadcast": (
        "MessageThreadBroadcast",
        lambda s: s.post("U1", "C1", "Hi", thread_ts=TS, broadcast=True),
        {"root", "thread_ts"},
    ),
    "message.bot_message": (
        "MessageBot",
        lambda s: s.talk.post_as_integration("C1", "Hi"),
        {"bot_id", "username"},
    ),
    "message.message_changed": (
        "MessageChanged",
        lambda s: s.edit("C1", TS, "Hm"),
        {"message", "previous_message", "hidden"},
    ),
    "message.tombstone": ("MessageChanged", lambda s: s.delete("C1", TS), {"message", "previous_message"}),
    "message.message_deleted": (
        "MessageDeleted",
        lambda s: s.delete("C1", s.messages("C1")[-1].ts),
        {"deleted_ts", "previous_message", "hidden"},
    ),
    "message.channel_join": (
        "MessageChannelJoin",
        lambda s: s.channels.enter("C1", "UBOT", inviter="U1"),
        {"inviter"},
    ),
    "message.channel_name": (
        "MessageChannelName",
        lambda s: s.channels.rename("C1", "new"),
        {"name", "old_name"},
    ),
    "reaction_added": (
        "ReactionAdded",
        lambda s: s.react("UBOT", "C1", TS, "eyes"),
        {"user", "reaction", "item", "item_user"},
    ),
    "reaction_removed": (
        "ReactionRemoved",
        lambda s: s.unreact("U1", "C1", TS, "wave"),
        {"user", "reaction", "item", "item_user"},
    ),
    "team_join": ("TeamJoin", lambda s: s.people.join("Aoi"), {"user"}),
    "user_change": ("UserChange", lambda s: s.people.deactivate("U1"), {"user", "cache_ts"}),
    "member_joined_channel": (
        "MemberJoinedChannel",
        lambda s: s.channels.enter("C1", "UBOT", inviter="U1"),
        {"user", "channel", "channel_type", "team", "inviter"},
    ),
    "member_left_channel": (
        "MemberLeftChannel",
        lambda s: s.channels.leave("C1", "U1"),
        {"user", "channel", "channel_type", "team"},
    ),
    "channel_created": ("ChannelCreated", lambda s: s.channels.create("x"), {"channel"}),
    "channel_rename": ("ChannelRename", lambda s: s.channels.rename("C1", "x"), {"channel"}),
    "channel_archive": ("ChannelArchive", lambda s: s.channels.archive("C1"), {"channel", "user"}),
    "channel_unarchive": ("ChannelUnarchive", lambda s: s.channels.unarchive("C1"), {"channel", "user"}),
    "channel_id_changed": (
        "ChannelIdChanged",
        lambda s: s.channels.change_id("C1", "C9"),
        {"old_channel_id", "new_channel_id"},
    ),
    "subteam_members_changed": (
        "SubteamMembersChanged",
        lambda s: s.groups.change("S1", added=["UBOT"]),
        {"subteam_id", "team_id", "added_users", "removed_users", "added_users_count"},
    ),
    "subteam_updated": ("SubteamUpdated", lambda s: s.groups.disable("S1"), {"subteam"}),
    "app_home_opened": (
        "AppHomeOpened",
        lambda s: s.interactions.open_home("U1"),
        {"user", "channel", "tab", "view"},
    ),
    "tokens_revoked": ("TokensRevoked", lambda s: s.events.tokens_revoked(), {"tokens"}),
    "app_uninstalled": ("AppUninstalled", lambda s: s.events.app_uninstalled(), set()),
}
ENVELOPE = {"token", "team_id", "api_app_id", "event", "type", "event_id", "event_time", "authorizations"}
#: The samples of some events lack it; Slack's reference has it in every event.
EVERY_EVENT = {"event": {"event_ts": "0000000000.000000"}}
INTERACTIONS: dict[str, tuple[Press, set[str]]] = {
    "block_actions": (
        lambda s: s.interactions.press("U1", "C1", TS, "go"),
        {"user", "team", "container", "trigger_id", "channel", "message", "response_url", "actions"},
    ),
    "block_actions in a view": (
        lambda s: s.interactions.press_in_view("U1", "V0000000002", "go"),
        {"user", "team", "container", "trigger_id", "view", "actions"},
    ),
    "view_submission": (
        lambda s: s.interactions.submit("U1", "V0000000002"),
        {"user", "team", "trigger_id", "view", "response_urls"},
    ),
    "view_closed": (
        lambda s: s.interactions.close("U1", "V0000000002"),
        {"user", "team", "view", "is_cleared"},
    ),
    "slash_command": (
        lambda s: s.interactions.command("U1", "C1", "/ambassador", "x"),
        {"command", "text", "user_id", "channel_id", "team_id", "trigger_id", "response_url"},
    ),
    "shortcut": (
        lambda s: s.interactions.shortcut("U1", "mark"),
        {"callback_id", "trigger_id", "user", "team", "action_ts"},
    ),
    "message_action": (
        lambda s: s.interactions.message_shortcut("U1", "C1", TS, "mark"),
        {"callback_id", "trigger_id", "user", "team", "message", "message_ts", "channel", "response_url"},
    ),
}


@pytest.mark.parametrize("name", EVENTS)
@live
async def test_events_have_slacks_fields(name: str):
    shape, gesture, required = EVENTS[name]
    kind, _, subtype = name.partition(".")
    wanted = {"bot": None, "": None, "tombstone": "message_changed"}.get(subtype, subtype)
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        await fill(sandbox)
        await sandbox.delivery.settled()
        app.heard.clear()
        gesture(sandbox)
        await sandbox.delivery.settled()

    told = [request.payload for request in app.heard if request.payload["event"]["type"] == kind]
    (payload,) = [payload for payload in told if payload["event"].get("subtype") == wanted]
    nested = [{"event": found} for found in messages("message", "previous_message", "root")]
    samples = [event_shape(shape), event_shape("ReactionAdded"), *payloads(f"event.{kind}*")]
    assert list(unlike(payload, [*samples, EVERY_EVENT, *nested])) == []
    assert ENVELOPE - payload.keys() == set()
    assert {"event_ts", *required} - payload["event"].keys() == set()


@live
async def test_rate_limited_events_have_slacks_fields():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        sandbox.events.rate_limited()
        await sandbox.delivery.settled()

    assert list(unlike(app.heard[0].payload, payloads("app_rate_limited"))) == []


@pytest.mark.parametrize("name", INTERACTIONS)
@live
async def test_interactions_have_slacks_fields(name: str):
    press, required = INTERACTIONS[name]
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        await fill(sandbox)
        await sandbox.interactions.command("U1", "C1", "/ambassador")
        await web_client(sandbox).views_open(trigger_id=app.trigger(), view=MODAL)
        await press(sandbox)

    payload, kind = app.heard[-1].payload, name.split(maxsplit=1)[0]
    assert list(unlike(payload, [*payloads(kind), *messages("message"), *views()])) == []
    assert required - payload.keys() == set()


@live
async def test_the_hello_has_slacks_fields():
    async with new_sandbox() as sandbox, aiohttp.ClientSession() as session:
        url = (await web_client(sandbox).apps_connections_open(app_token=sandbox.tokens.app))["url"]
        async with session.ws_connect(url) as socket:
            hello = await socket.receive_json()

    assert list(unlike(hello, payloads("socket.hello"))) == []
