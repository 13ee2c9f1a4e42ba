"""Every answer of the Web API against Slack's own samples: no field that is not Slack's, none missing."""

from typing import Any

import pytest

from tests.integration.sandbox.connecting import listening, live, new_sandbox, web_client
from tests.integration.sandbox.full_workspace import CARD, HOME, METADATA, MODAL, TS, fill
from tests.integration.sandbox.samples import (
    Sample,
    event_shape,
    messages,
    method_shape,
    needs_samples,
    unlike,
    views,
)

pytestmark = needs_samples

#: By method: its arguments, and what must stand in the answer.
CALLS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "auth.test": ({}, {"url", "team", "user", "team_id", "user_id", "bot_id", "is_enterprise_install"}),
    "bots.info": ({"bot": "B0SANDBOX"}, {"bot"}),
    "chat.delete": ({"channel": "C1", "ts": TS}, {"channel", "ts"}),
    "chat.getPermalink": ({"channel": "C1", "message_ts": TS}, {"channel", "permalink"}),
    "chat.postEphemeral": ({"channel": "C1", "user": "U1", "text": "x"}, {"message_ts"}),
    "chat.postMessage": (
        {
            "channel": "C1",
            "text": "x",
            "thread_ts": TS,
            "reply_broadcast": True,
            "blocks": CARD,
            "metadata": METADATA,
        },
        {"channel", "ts", "message"},
    ),
    "chat.update": (
        {"channel": "C1", "ts": TS, "text": "y", "blocks": CARD},
        {"channel", "ts", "text", "message"},
    ),
    "conversations.history": (
        {"channel": "C1", "limit": 3, "include_all_metadata": True},
        {"messages", "has_more", "response_metadata"},
    ),
    "conversations.info": ({"channel": "C1", "include_num_members": True}, {"channel"}),
    "conversations.join": ({"channel": "C1"}, {"channel", "warning"}),
    "conversations.list": (
        {"types": "public_channel,private_channel,im", "limit": 2},
        {"channels", "response_metadata"},
    ),
    "conversations.members": ({"channel": "C1", "limit": 1}, {"members", "response_metadata"}),
    "conversations.open": ({"users": "U1", "return_im": True}, {"channel", "no_op", "already_open"}),
    "conversations.replies": (
        {"channel": "C1", "ts": TS, "include_all_metadata": True},
        {"messages", "has_more"},
    ),
    "reactions.get": ({"channel": "C1", "timestamp": TS}, {"type", "channel", "message"}),
    "team.info": ({}, {"team"}),
    "usergroups.list": ({"include_users": True, "include_count": True}, {"usergroups"}),
    "usergroups.users.list": ({"usergroup": "S1"}, {"users"}),
    "users.conversations": ({"types": "public_channel,im"}, {"channels", "response_metadata"}),
    "users.info": ({"user": "U1", "include_locale": True}, {"user"}),
    "users.list": ({"limit": 1000, "include_locale": True}, {"members", "cache_ts", "response_metadata"}),
    "users.profile.get": ({"user": "U1"}, {"profile"}),
    "views.publish": ({"user_id": "U1", "view": HOME}, {"view"}),
}
#: Not among the samples, but alike.
ALIKE = {"users.conversations": "conversations.list"}


def known(method: str) -> list[Sample]:
    if method == "bots.info":  # its bot is that of a message, and has the bot's user
        return [{"ok": True, "bot": method_shape("chat.postMessage")["message"]["bot_profile"]}]
    if method == "usergroups.list":  # the group of an event
        group = event_shape("SubteamUpdated")["event"]["subteam"]
        return [{"ok": True, "usergroups": [group]}]
    listed = [{"messages": list(sample.values())} for sample in messages("message")]
    return [method_shape(ALIKE.get(method, method)), *messages("message"), *listed, *views()]


@pytest.mark.parametrize("method", CALLS)
@live
async def test_answers_have_slacks_fields(method: str):
    arguments, required = CALLS[method]
    async with new_sandbox() as sandbox:
        await fill(sandbox)
        plain = {name: value for name, value in arguments.items() if isinstance(value, str | int)}
        answer = (await web_client(sandbox).api_call(method, params=plain, json=arguments)).data

    assert list(unlike(answer, known(method))) == []
    assert {"ok", *required} - set(answer) == set()


@live
async def test_a_new_connection_has_slacks_fields():
    async with new_sandbox() as sandbox:
        answer = await web_client(sandbox).apps_connections_open(app_token=sandbox.tokens.app)

    assert list(unlike(answer.data, [method_shape("apps.connections.open")])) == []


@pytest.mark.parametrize("method", ["views.open", "views.update"])
@live
async def test_modals_have_slacks_fields(method: str):
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        await fill(sandbox)
        await sandbox.interactions.command("U1", "C1", "/ambassador")
        client = web_client(sandbox)
        answer = await client.views_open(trigger_id=app.trigger(), view=MODAL)
        if method == "views.update":
            answer = await client.views_update(view_id=answer["view"]["id"], view=MODAL)

    assert list(unlike(answer.data, [method_shape("views.open"), *views()])) == []
