"""A small app of somebody who knows nothing of the stand-in: a card, a modal, a Home tab, a command."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from scheduler.sandbox import Sandbox

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def option(value: str, text: str) -> Block:
    return {"text": plain(text), "value": value}


SIZES = [option("s", "Small"), option("l", "Large")]
TOPPINGS = [option("ham", "Ham"), option("corn", "Corn")]


def button(action: str, text: str, **more: object) -> Block:
    return {"type": "button", "action_id": action, "text": plain(text), "value": action, **more}


CONFIRM = {
    "title": plain("Sure?"),
    "text": plain("It is gone then."),
    "confirm": plain("Throw"),
    "deny": plain("Keep"),
}
CARD: list[Block] = [
    {"type": "header", "text": plain("Pizza on Friday")},
    {
        "type": "section",
        "block_id": "size",
        "text": {"type": "mrkdwn", "text": "Which *size*?"},
        "accessory": {
            "type": "static_select",
            "action_id": "size",
            "placeholder": plain("Size"),
            "options": SIZES,
        },
    },
    {"type": "section", "fields": [{"type": "mrkdwn", "text": "*Where*\nKitchen"}, plain("At noon")]},
    {"type": "divider"},
    {"type": "image", "image_url": "https://pizza.example/p.png", "alt_text": "A pizza"},
    {
        "type": "actions",
        "block_id": "tools",
        "elements": [
            button("order", "Order", style="primary"),
            button("throw", "Throw away", style="danger", confirm=CONFIRM),
            {"type": "checkboxes", "action_id": "toppings", "options": TOPPINGS},
            {
                "type": "radio_buttons",
                "action_id": "crust",
                "options": [option("thin", "Thin"), option("thick", "Thick")],
            },
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-04-10"},
            {"type": "timepicker", "action_id": "hour"},
            {
                "type": "overflow",
                "action_id": "more",
                "options": [option("mute", "Mute"), option("hide", "Hide")],
            },
        ],
    },
    {"type": "actions", "block_id": "again", "elements": [button("order", "Order again")]},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "_From the kitchen_"}]},
]


def text_input(block: str, label: str, **more: object) -> Block:
    element = {"type": "plain_text_input", "action_id": "given", **more}
    return {"type": "input", "block_id": block, "label": plain(label), "element": element}


ORDER: Block = {
    "type": "modal",
    "callback_id": "order",
    "title": plain("Your order"),
    "submit": plain("Send the order"),
    "close": plain("Not now"),
    "notify_on_close": True,
    "blocks": [
        text_input("name", "Name on the box"),
        {
            **text_input("note", "Note", multiline=True),
            "optional": True,
            "hint": plain("As short as you like"),
        },
        {
            "type": "input",
            "block_id": "with",
            "label": plain("With whom"),
            "element": {"type": "users_select", "action_id": "given", "placeholder": plain("Somebody")},
        },
        {
            "type": "input",
            "block_id": "extras",
            "optional": True,
            "label": plain("Extras"),
            "element": {"type": "checkboxes", "action_id": "given", "options": TOPPINGS},
        },
        {
            "type": "input",
            "block_id": "when",
            "label": plain("When"),
            "element": {"type": "datetimepicker", "action_id": "given", "initial_date_time": 1775790000},
        },
    ],
}


@dataclass
class Heard:
    """What the app was told: actions as (block, action, what was picked), submissions, closings."""

    actions: list[tuple[str, str, object]] = field(default_factory=list)
    orders: list[Block] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


def a_small_app(sandbox: Sandbox, heard: Heard) -> AsyncApp:
    client = AsyncWebClient(token=sandbox.tokens.bot, base_url=sandbox.base_url, retry_handlers=[])
    client.proxy = None
    app = AsyncApp(client=client)
    _presses(app, heard)
    _submits(app, heard)

    @app.event("app_home_opened")
    async def opened(event: Block, client: AsyncWebClient) -> None:
        welcome = {"type": "section", "text": {"type": "mrkdwn", "text": f"Welcome, <@{event['user']}>"}}
        home = {"type": "home", "blocks": [welcome, *CARD[5:6]]}
        await client.views_publish(user_id=event["user"], view=home)

    @app.command("/pizza")
    async def command(ack: AsyncAck, command: Block) -> None:
        await ack(text=f"One {command['text']} is on its way")

    @app.event("message")
    async def ignored() -> None:
        """Nothing to do."""

    return app


def _presses(app: AsyncApp, heard: Heard) -> None:
    @app.action(re.compile(".*"))
    async def pressed(ack: AsyncAck, body: Block, client: AsyncWebClient) -> None:
        await ack()
        (action,) = body["actions"]
        heard.actions.append((action["block_id"], action["action_id"], _picked(action)))
        if action["action_id"] == "order":
            await client.views_open(trigger_id=body["trigger_id"], view=ORDER)


def _submits(app: AsyncApp, heard: Heard) -> None:
    @app.view("order")
    async def ordered(ack: AsyncAck, view: Block) -> None:
        values = {block: given["given"] for block, given in view["state"]["values"].items()}
        if values["name"]["value"] == "Nobody":
            await ack(response_action="errors", errors={"name": "Somebody, please"})
        else:
            heard.orders.append({block: _picked(given) for block, given in values.items()})
            await ack()

    @app.view_closed("order")
    async def closed(ack: AsyncAck, view: Block) -> None:
        heard.closed.append(view["callback_id"])
        await ack()


def _picked(action: Block) -> object:
    """The value of whichever kind of element it is."""
    if "selected_options" in action:
        return [option["value"] for option in action["selected_options"]]
    if action.get("selected_option"):
        return action["selected_option"]["value"]
    return next(
        (value for name, value in action.items() if name.startswith("selected_")), action.get("value")
    )


@asynccontextmanager
async def running(sandbox: Sandbox) -> AsyncIterator[tuple[AsyncApp, Heard]]:
    """The app, connected by Socket Mode."""
    heard = Heard()
    app = a_small_app(sandbox, heard)
    handler = AsyncSocketModeHandler(app, sandbox.tokens.app)
    handler.client.proxy = None
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield app, heard
    finally:
        await asyncio.wait_for(handler.close_async(), 5)  # type: ignore[no-untyped-call]
