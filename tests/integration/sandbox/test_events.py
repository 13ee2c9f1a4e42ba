"""What the app hears of what people do: only where it is, and in Slack's own words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from scheduler.sandbox import Markup, Sandbox
from tests.integration.sandbox.connecting import START, listening, live, new_sandbox, web_client

Gesture = Callable[[Sandbox], object]


def a_workspace(sandbox: Sandbox) -> None:
    with sandbox.past(START - timedelta(days=1)):
        sandbox.people.join("Hana", member="U1")
        sandbox.people.join("Ren", member="U2")
        sandbox.people.join("Help desk", member="UBOT", bot=True)
        sandbox.channels.create("general", channel="C1", with_app=True, members=["U1"])
        sandbox.channels.create("elsewhere", channel="C2", members=["U1"])
        sandbox.channels.create("secret", channel="C3", private=True, members=["U1"])
        sandbox.groups.create("ambassadors", group="S1", members=["U1"])
    with sandbox.past(START - timedelta(hours=1)):
        sandbox.post("U1", "C1", "Hello")


def hello(sandbox: Sandbox) -> str:
    return sandbox.messages("C1")[-1].ts


GESTURES: list[tuple[str, Gesture, list[tuple[str, str | None]]]] = [
    ("post", lambda s: s.post("U1", "C1", "Hi"), [("message", None)]),
    ("me", lambda s: s.post("U1", "C1", "waves", me=True), [("message", "me_message")]),
    ("file", lambda s: s.post("U1", "C1", "Look", file="a.png"), [("message", "file_share")]),
    ("reply", lambda s: s.post("U2", "C1", "Hi", thread_ts=hello(s)), [("message", None)]),
    (
        "broadcast",
        lambda s: s.post("U2", "C1", "Hi", thread_ts=hello(s), broadcast=True),
        [("message", "thread_broadcast")],
    ),
    ("bot", lambda s: s.post("UBOT", "C1", "Hi"), [("message", None)]),
    ("integration", lambda s: s.talk.post_as_integration("C1", "Hi"), [("message", "bot_message")]),
    ("edit", lambda s: s.edit("C1", hello(s), "Hello!"), [("message", "message_changed")]),
    ("delete", lambda s: s.delete("C1", hello(s)), [("message", "message_deleted")]),
    ("react", lambda s: s.react("U2", "C1", hello(s), "wave"), [("reaction_added", None)]),
    ("team-join", lambda s: s.people.join("Aoi"), [("team_join", None)]),
    ("user-change", lambda s: s.people.change("U1", title="City"), [("user_change", None)]),
    ("custom-field", lambda s: s.people.change("U1", fields={"Xf1": "x"}), []),
    ("deactivated", lambda s: s.people.deactivate("U1"), [("user_change", None)]),
    (
        "enter",
        lambda s: s.channels.enter("C1", "U2"),
        [("member_joined_channel", None), ("message", "channel_join")],
    ),
    ("leave", lambda s: s.channels.leave("C1", "U1"), [("member_left_channel", None)]),
    ("app-removed", lambda s: s.channels.leave("C1", s.app), [("member_left_channel", None)]),
    (
        "app-invited",
        lambda s: s.channels.enter("C3", s.app, inviter="U1"),
        [("member_joined_channel", None), ("message", "channel_join")],
    ),
    ("created", lambda s: s.channels.create("new"), [("channel_created", None)]),
    (
        "renamed",
        lambda s: s.channels.rename("C1", "new"),
        [("channel_rename", None), ("message", "channel_name")],
    ),
    ("archived-elsewhere", lambda s: s.channels.archive("C2"), [("channel_archive", None)]),
    ("unarchived", lambda s: s.channels.unarchive("C2"), [("channel_unarchive", None)]),
    ("id-changed", lambda s: s.channels.change_id("C1", "C9"), [("channel_id_changed", None)]),
    (
        "group",
        lambda s: s.groups.change("S1", added=["U2"], removed=["U1"]),
        [("subteam_members_changed", None)],
    ),
    ("group-disabled", lambda s: s.groups.disable("S1"), [("subteam_updated", None)]),
    ("group-enabled", lambda s: s.groups.enable("S1"), [("subteam_updated", None)]),
    ("home", lambda s: s.interactions.open_home("U1"), [("app_home_opened", None)]),
    ("revoked", lambda s: s.events.tokens_revoked(), [("tokens_revoked", None)]),
    ("uninstalled", lambda s: s.events.app_uninstalled(), [("app_uninstalled", None)]),
    ("hostile", lambda s: s.events.raw({"type": "message", "text": None}), [("message", None)]),
    ("post-elsewhere", lambda s: s.post("U1", "C2", "Hi"), []),
    ("post-in-secret", lambda s: s.post("U1", "C3", "Hi"), []),
    ("secret-renamed", lambda s: s.channels.rename("C3", "more-secret"), []),
    ("enter-elsewhere", lambda s: s.channels.enter("C2", "U2"), []),
]


@pytest.mark.parametrize(("gesture", "told"), [g[1:] for g in GESTURES], ids=[g[0] for g in GESTURES])
@live
async def test_each_gesture_is_told_where_the_app_is(gesture: Gesture, told: list[tuple[str, str | None]]):
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        a_workspace(sandbox)
        gesture(sandbox)
        await sandbox.delivery.settled()

    assert [(event["type"], event.get("subtype")) for event in app.events()] == told


async def last_event(sandbox: Sandbox, gesture: Gesture) -> dict[str, Any]:
    async with listening(sandbox) as app:
        gesture(sandbox)
        await sandbox.delivery.settled()
        return app.events()[-1]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        pytest.param("a < b & c", "a &lt; b &amp; c", id="signs"),
        pytest.param("<!channel> look", "&lt;!channel&gt; look", id="typed-by-hand"),
        pytest.param(Markup("<@U2> look &amp; see"), "<@U2> look &amp; see", id="a-real-mention"),
    ],
)
@live
async def test_text_is_escaped_as_slack_does(written: str, told: str):
    async with new_sandbox() as sandbox:
        a_workspace(sandbox)

        assert (await last_event(sandbox, lambda s: s.post("U1", "C1", written)))["text"] == told


@live
async def test_the_apps_own_message_comes_back_as_an_event_with_its_bot_id():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        a_workspace(sandbox)
        await web_client(sandbox).chat_postMessage(channel="U1", text="Welcome")
        await sandbox.delivery.settled()

    (event,) = app.events()
    assert (event["bot_id"], event["channel"], event["channel_type"]) == ("B0SANDBOX", "DU1", "im")


@live
async def test_a_deleted_root_with_replies_is_told_as_a_tombstone():
    async with new_sandbox() as sandbox:
        a_workspace(sandbox)
        sandbox.post("U2", "C1", "Hi", thread_ts=hello(sandbox))
        root = sandbox.messages("C1")[-2].ts
        event = await last_event(sandbox, lambda s: s.delete("C1", root))

    assert (event["subtype"], event["message"]["subtype"]) == ("message_changed", "tombstone")


@live
async def test_an_edit_tells_both_texts():
    async with new_sandbox() as sandbox:
        a_workspace(sandbox)
        event = await last_event(sandbox, lambda s: s.edit("C1", hello(s), "Hello!"))

    assert (event["previous_message"]["text"], event["message"]["text"]) == ("Hello", "Hello!")
    assert event["message"]["edited"]["user"] == "U1"


@live
async def test_rate_limited_events_are_told_without_an_inner_event():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        sandbox.events.rate_limited()
        await sandbox.delivery.settled()

    (heard,) = app.heard
    assert (heard.payload["type"], heard.payload["minute_rate_limited"]) == ("app_rate_limited", 1775433600)


@live
async def test_after_the_token_is_revoked_the_app_is_told_and_can_do_nothing():
    async with new_sandbox() as sandbox:
        event = await last_event(sandbox, lambda s: s.events.tokens_revoked())
        with pytest.raises(Exception, match="token_revoked"):
            await web_client(sandbox).auth_test()

    assert event["tokens"]["bot"] == [sandbox.app]


def test_time_stamps_are_unique_in_a_channel_while_the_clock_stands():
    sandbox = new_sandbox()
    a_workspace(sandbox)
    here = [sandbox.post("U1", "C1", "Hi") for _ in range(3)]
    there = sandbox.post("U1", "C2", "Hi")

    assert here == ["1775433600.000000", "1775433600.000001", "1775433600.000002"]
    assert there == here[0]
