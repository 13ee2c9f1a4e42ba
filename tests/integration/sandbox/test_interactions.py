"""Buttons, modals, commands, shortcuts and the Home tab, pressed by members and answered by a real client."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from scheduler.sandbox import Sandbox
from scheduler.sandbox.refusals import Refused
from tests.integration.sandbox.connecting import (
    START,
    Listener,
    listening,
    live,
    new_sandbox,
    step_to,
    web_client,
)

CLAIM = {
    "type": "button",
    "action_id": "claim",
    "text": {"type": "plain_text", "text": "Claim"},
    "value": "case-1",
}
DAYS = [{"text": {"type": "plain_text", "text": f"{n} d"}, "value": str(n)} for n in (1, 2)]
CARD = [
    {
        "type": "actions",
        "block_id": "acts",
        "elements": [CLAIM, {"type": "overflow", "action_id": "more", "options": DAYS}],
    }
]
INPUT = {
    "type": "input",
    "block_id": "why",
    "label": {"type": "plain_text", "text": "Why"},
    "element": {"type": "plain_text_input", "action_id": "reason"},
}


def modal(**more: object) -> dict[str, Any]:
    title = {"type": "plain_text", "text": "Dismiss"}
    return {"type": "modal", "callback_id": "dismiss", "title": title, "blocks": [INPUT], **more}


def a_workspace(sandbox: Sandbox) -> None:
    with sandbox.past(START):
        sandbox.people.join("Hana", member="U1")
        sandbox.channels.create("general", channel="C1", members=["U1"])


async def a_card(sandbox: Sandbox) -> str:
    """A card that the app posted, by DM; its `ts`."""
    a_workspace(sandbox)
    return str((await web_client(sandbox).chat_postMessage(channel="U1", text="Case", blocks=CARD))["ts"])


async def an_open_modal(sandbox: Sandbox, app: Listener, **more: object) -> str:
    """A modal that the app opened with the trigger of a command; its id."""
    await sandbox.interactions.command("U1", "C1", "/ambassador")
    trigger = app.heard[-1].payload["trigger_id"]
    return str((await web_client(sandbox).views_open(trigger_id=trigger, view=modal(**more)))["view"]["id"])


@live
async def test_a_button_tells_what_was_pressed_where_and_by_whom():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        ts = await a_card(sandbox)
        pressed = await sandbox.interactions.press("U1", "DU1", ts, "claim")

    (heard,) = [request for request in app.heard if request.type == "interactive"]
    (action,) = heard.payload["actions"]
    assert pressed.acknowledged
    assert heard.accepts_response_payload
    assert (action["action_id"], action["value"], action["block_id"]) == ("claim", "case-1", "acts")
    assert heard.payload["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": "DU1",
        "is_ephemeral": False,
    }
    assert heard.payload["user"]["id"] == "U1"


@live
async def test_a_menu_tells_the_option_that_was_picked():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        ts = await a_card(sandbox)
        await sandbox.interactions.press("U1", "DU1", ts, "more", picked="2")

    assert app.heard[-1].payload["actions"][0]["selected_option"] == DAYS[1]


@live
async def test_a_stale_screen_still_shows_the_button():
    async with new_sandbox() as sandbox, listening(sandbox):
        ts = await a_card(sandbox)
        await web_client(sandbox).chat_update(channel="DU1", ts=ts, text="Claimed")

        assert (await sandbox.interactions.press("U1", "DU1", ts, "claim")).acknowledged
        with pytest.raises(Refused, match="action_not_found"):
            await sandbox.interactions.press("U1", "DU1", ts, "never_there")


@live
async def test_nobody_answers_and_the_member_sees_that():
    async with new_sandbox() as sandbox:
        ts = await a_card(sandbox)

        assert not (await sandbox.interactions.press("U1", "DU1", ts, "claim")).acknowledged


@live
async def test_an_answer_that_does_not_come_in_time_is_none():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        ts = await a_card(sandbox)
        await sandbox.delivery.settled()
        app.acknowledges = False
        sandbox.delivery.interaction_lives = 0.01

        assert not (await sandbox.interactions.press("U1", "DU1", ts, "claim")).acknowledged
        assert sandbox.delivery.unacknowledged == 0


@live
async def test_a_button_in_a_message_for_one_member_alone_can_be_pressed_by_that_member():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        a_workspace(sandbox)
        sandbox.channels.enter("C1", sandbox.app)
        await web_client(sandbox).chat_postEphemeral(channel="C1", user="U1", text="Case", blocks=CARD)
        await sandbox.interactions.press("U1", "C1", sandbox.world.ephemerals[0].ts, "claim")

    assert app.heard[-1].payload["container"]["is_ephemeral"]


@live
async def test_a_command_shows_what_its_acknowledgement_says_to_the_member_alone():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        a_workspace(sandbox)
        app.answer = {"text": "You have no cases"}
        pressed = await sandbox.interactions.command("U1", "C1", "/ambassador", "cases")

    assert pressed.payload == app.answer
    assert [(one.user, one.text) for one in sandbox.world.ephemerals] == [("U1", "You have no cases")]
    assert (app.heard[0].type, app.heard[0].payload["text"]) == ("slash_commands", "cases")


@live
async def test_a_trigger_opens_one_modal_and_only_soon():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        a_workspace(sandbox)
        view = await an_open_modal(sandbox, app)
        client, outcomes = web_client(sandbox), []
        await sandbox.interactions.command("U1", "C1", "/ambassador")
        step_to(sandbox, START + timedelta(seconds=4))
        for heard in app.heard:
            with pytest.raises(SlackApiError) as found:
                await client.views_open(trigger_id=heard.payload["trigger_id"], view=modal())
            outcomes.append(found.value.response["error"])

    assert outcomes == ["expired_trigger_id", "expired_trigger_id"]
    assert list(sandbox.world.views) == [view]


@live
async def test_a_used_trigger_says_so():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        a_workspace(sandbox)
        await an_open_modal(sandbox, app)
        with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
            await web_client(sandbox).views_open(trigger_id=app.heard[0].payload["trigger_id"], view=modal())


@pytest.mark.parametrize(
    ("answer", "callbacks"),
    [
        pytest.param(None, [], id="closes"),
        pytest.param({"response_action": "clear"}, [], id="clears"),
        pytest.param({"response_action": "errors", "errors": {"why": "Too short"}}, ["dismiss"], id="errors"),
        pytest.param(
            {"response_action": "update", "view": modal(callback_id="next")}, ["next"], id="updates"
        ),
        pytest.param(
            {"response_action": "push", "view": modal(callback_id="next")}, ["dismiss", "next"], id="pushes"
        ),
    ],
)
@live
async def test_a_modal_is_submitted_and_follows_the_answer(
    answer: dict[str, Any] | None, callbacks: list[str]
):
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        a_workspace(sandbox)
        view = await an_open_modal(sandbox, app)
        app.answer = answer
        await sandbox.interactions.submit("U1", view, {"reason": "Spam"})

    values = app.heard[-1].payload["view"]["state"]["values"]
    assert values == {"why": {"reason": {"type": "plain_text_input", "value": "Spam"}}}
    assert [found.content["callback_id"] for found in sandbox.world.views.values()] == callbacks


PICKING = {
    "type": "actions",
    "block_id": "more",
    "elements": [
        CLAIM,
        {"type": "static_select", "action_id": "for", "options": DAYS, "initial_option": DAYS[0]},
        {"type": "checkboxes", "action_id": "also", "options": DAYS},
        {"type": "datepicker", "action_id": "day", "initial_date": "2026-04-06"},
    ],
}
BESIDE = {
    "type": "section",
    "block_id": "who",
    "text": {"type": "mrkdwn", "text": "Who?"},
    "accessory": {"type": "multi_users_select", "action_id": "people"},
}


def stands(*, length: int, also: int, people: list[str]) -> dict[str, Any]:
    """What then stands in the two blocks above."""
    return {
        "more": {
            "for": {"type": "static_select", "selected_option": DAYS[length]},
            "also": {"type": "checkboxes", "selected_options": DAYS[:also]},
            "day": {"type": "datepicker", "selected_date": "2026-04-06"},
        },
        "who": {"people": {"type": "multi_users_select", "selected_users": people}},
    }


@live
async def test_whatever_is_pressed_the_app_is_told_what_stands_in_everything():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        a_workspace(sandbox)
        blocks: list[dict[str, Any]] = [PICKING, BESIDE]
        card = await web_client(sandbox).chat_postMessage(channel="U1", text="Case", blocks=blocks)
        await sandbox.interactions.press("U1", "DU1", str(card["ts"]), "claim")
        in_message = app.heard[-1].payload["state"]["values"]
        view = await an_open_modal(sandbox, app, blocks=blocks)
        beside = {"who/people": ["U1"]}
        await sandbox.interactions.press_in_view("U1", view, "for", picked="2", beside=beside)
        in_view = app.heard[-1].payload["view"]["state"]["values"]
        await sandbox.interactions.submit("U1", view, {"also": ["1"]})
        submitted = app.heard[-1].payload["view"]["state"]["values"]

    assert in_message == stands(length=0, also=0, people=[])
    assert in_view == stands(length=1, also=0, people=["U1"])
    assert submitted == stands(length=0, also=1, people=[])


@live
async def test_closing_a_modal_is_told_only_when_the_app_asked():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        a_workspace(sandbox)
        silent = await an_open_modal(sandbox, app)
        told = await an_open_modal(sandbox, app, notify_on_close=True)
        await sandbox.interactions.close("U1", silent)
        await sandbox.interactions.close("U1", told)

    assert [request.payload["type"] for request in app.heard if request.type == "interactive"] == [
        "view_closed"
    ]


@live
async def test_home_is_published_shown_and_pressed():
    home = {"type": "home", "blocks": CARD}
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        a_workspace(sandbox)
        client = web_client(sandbox)
        first = (await client.views_publish(user_id="U1", view=home))["view"]
        second = (await client.views_publish(user_id="U1", view=home, hash=first["hash"]))["view"]
        with pytest.raises(SlackApiError, match="hash_conflict"):
            await client.views_publish(user_id="U1", view=home, hash=first["hash"])
        sandbox.interactions.open_home("U1")
        await sandbox.delivery.settled()
        await sandbox.interactions.press_in_view("U1", first["id"], "claim")

    opened, pressed = app.heard[0].payload["event"], app.heard[1].payload
    assert (opened["tab"], opened["view"]["hash"]) == ("home", second["hash"])
    assert pressed["container"] == {"type": "view", "view_id": first["id"]}


@live
async def test_shortcuts_come_with_a_trigger():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        ts = await a_card(sandbox)
        await sandbox.interactions.shortcut("U1", "mark")
        await sandbox.interactions.message_shortcut("U1", "DU1", ts, "mark")

    kinds = [(heard.payload["type"], heard.payload["callback_id"]) for heard in app.heard[-2:]]
    assert kinds == [("shortcut", "mark"), ("message_action", "mark")]


@live
async def test_a_response_url_replaces_the_message_and_works_five_times():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        ts = await a_card(sandbox)
        await sandbox.interactions.press("U1", "DU1", ts, "claim")
        webhook = AsyncWebhookClient(app.heard[-1].payload["response_url"], retry_handlers=[])
        webhook.proxy = None
        statuses = [(await webhook.send(text="Claimed", replace_original=True)).status_code for _ in range(6)]

    assert statuses == [200] * 5 + [404]
    assert sandbox.messages("U1")[-1].text == "Claimed"
    assert sandbox.calls("response_url")[-1].outcome == "used_url"
