"""The Web API through the SDK's own client: answers, pages, and what is refused."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from scheduler.sandbox import Sandbox
from tests.integration.sandbox.connecting import START, live, new_sandbox, web_client

METADATA = {"event_type": "outgoing", "event_payload": {"id": "a1b2"}}
Ask = Callable[[AsyncWebClient], Awaitable[Any]]


def a_workspace(sandbox: Sandbox) -> tuple[str, str]:
    """One member and one channel with the app, before anything is told."""
    with sandbox.past(START - timedelta(days=30)):
        member = sandbox.people.join("Hana", member="U1")
        channel = sandbox.channels.create("general", channel="C1", with_app=True, members=[member])
    return member, channel


async def refused(asked: Awaitable[Any]) -> str:
    with pytest.raises(SlackApiError) as found:
        await asked
    return str(found.value.response["error"])


@live
async def test_it_says_who_the_app_is_and_what_it_may_do():
    async with new_sandbox() as sandbox:
        answer = await web_client(sandbox).auth_test()

    assert (answer["user_id"], answer["bot_id"]) == (sandbox.app, "B0SANDBOX")
    assert answer.headers["x-oauth-scopes"].split(",") == list(sandbox.tokens.scopes)


@live
async def test_a_post_to_a_member_opens_the_conversation_and_stays_there():
    async with new_sandbox() as sandbox:
        member, _ = a_workspace(sandbox)
        client = web_client(sandbox)
        first = await client.chat_postMessage(channel=member, text="Welcome")
        second = await client.chat_postMessage(channel=first["channel"], text="Again")

    assert first["channel"] == second["channel"] == "DU1"
    assert [message.text for message in sandbox.messages(member)] == ["Welcome", "Again"]


@live
async def test_metadata_comes_back_whole_only_when_asked_for():
    async with new_sandbox() as sandbox:
        member, _ = a_workspace(sandbox)
        client = web_client(sandbox)
        place = (await client.chat_postMessage(channel=member, text="Hello", metadata=METADATA))["channel"]
        whole = await client.conversations_history(channel=place, include_all_metadata=True)
        short = await client.conversations_history(channel=place)

    assert whole["messages"][0]["metadata"] == METADATA
    assert short["messages"][0]["metadata"] == {"event_type": "outgoing"}


@live
async def test_an_update_keeps_the_metadata_takes_the_blocks_away_and_an_empty_one_removes_it():
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}
    async with new_sandbox() as sandbox:
        _, channel = a_workspace(sandbox)
        client = web_client(sandbox)
        post = await client.chat_postMessage(
            channel=channel, text="Hello", blocks=[section], metadata=METADATA
        )
        message = sandbox.messages(channel)[-1]
        await client.chat_update(channel=channel, ts=post["ts"], text="Goodbye")
        kept = (message.text, message.blocks, message.metadata)
        await client.chat_update(channel=channel, ts=post["ts"], text="Goodbye", metadata={})

    assert kept == ("Goodbye", None, METADATA)
    assert message.metadata is None


@live
async def test_history_is_newest_first_and_pages_meet_without_gap_or_overlap():
    async with new_sandbox() as sandbox:
        member, channel = a_workspace(sandbox)
        told = [sandbox.post(member, channel, f"post {number}") for number in range(7)]
        client, cursor, pages = web_client(sandbox), None, []
        while cursor != "":
            page = await client.conversations_history(channel=channel, oldest=told[0], limit=4, cursor=cursor)
            pages.append([message["ts"] for message in page["messages"]])
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")

    assert pages == [told[:2:-1], told[2:0:-1]]


@pytest.mark.parametrize(
    ("inclusive", "expected"),
    [
        pytest.param(False, ["two"], id="both-ends-left-out"),
        pytest.param(True, ["three", "two", "one"], id="both-ends-taken-in"),
    ],
)
@live
async def test_the_ends_of_a_span_are_taken_in_only_when_asked(inclusive: bool, expected: list[str]):
    async with new_sandbox() as sandbox:
        member, channel = a_workspace(sandbox)
        ts = [sandbox.post(member, channel, text) for text in ("one", "two", "three")]
        answer = await web_client(sandbox).conversations_history(
            channel=channel, oldest=ts[0], latest=ts[2], inclusive=inclusive
        )

    assert [message["text"] for message in answer["messages"]] == expected


@live
async def test_replies_stand_under_their_root_and_broadcasts_in_both_places():
    async with new_sandbox() as sandbox:
        member, channel = a_workspace(sandbox)
        root = sandbox.post(member, channel, "root")
        sandbox.post(member, channel, "reply", thread_ts=root)
        sandbox.post(member, channel, "broadcast", thread_ts=root, broadcast=True)
        client = web_client(sandbox)
        thread = await client.conversations_replies(channel=channel, ts=root)
        history = await client.conversations_history(channel=channel, oldest=root, inclusive=True)

    assert [message["text"] for message in thread["messages"]] == ["root", "reply", "broadcast"]
    assert [message["text"] for message in history["messages"]] == ["broadcast", "root"]
    assert thread["messages"][0]["reply_count"] == 2


@live
async def test_each_page_of_a_thread_begins_with_its_root():
    async with new_sandbox() as sandbox:
        member, channel = a_workspace(sandbox)
        root = sandbox.post(member, channel, "root")
        for number in range(3):
            sandbox.post(member, channel, f"reply {number}", thread_ts=root)
        client = web_client(sandbox)
        first = await client.conversations_replies(channel=channel, ts=root, limit=2)
        cursor = first["response_metadata"]["next_cursor"]
        second = await client.conversations_replies(channel=channel, ts=root, limit=2, cursor=cursor)

    pages = [[message["text"] for message in page["messages"]] for page in (first, second)]
    assert pages == [["root", "reply 0", "reply 1"], ["root", "reply 2"]]


@live
async def test_a_root_that_is_deleted_leaves_a_tombstone_over_its_replies():
    async with new_sandbox() as sandbox:
        member, channel = a_workspace(sandbox)
        root = sandbox.post(member, channel, "root")
        sandbox.post(member, channel, "reply", thread_ts=root)
        sandbox.delete(channel, root)
        thread = await web_client(sandbox).conversations_replies(channel=channel, ts=root)

    assert [message.get("subtype") for message in thread["messages"]] == ["tombstone", None]


@live
async def test_members_come_in_pages_that_do_not_shift():
    async with new_sandbox() as sandbox:
        with sandbox.past(START):
            for number in range(5):
                sandbox.people.join("Hana", member=f"U{number}")
        client = web_client(sandbox)
        first = await client.users_list(limit=3)
        with sandbox.past(START):
            sandbox.people.join("Ren", member="U00")
        second = await client.users_list(limit=1000, cursor=first["response_metadata"]["next_cursor"])

    told = [member["id"] for page in (first, second) for member in page["members"]]
    assert told == ["U0", "U0SANDBOX", "U1", "U2", "U3", "U4", "USLACKBOT"]
    assert second["response_metadata"]["next_cursor"] == ""


@pytest.mark.parametrize(
    ("ask", "listed"),
    [
        pytest.param(lambda c: c.conversations_list(limit=0), "channels", id="channels"),
        pytest.param(lambda c: c.conversations_members(channel="C1", limit=0), "members", id="members"),
        pytest.param(lambda c: c.users_conversations(limit=0), "channels", id="of-a-member"),
    ],
)
@live
async def test_a_limit_of_nothing_is_none(ask: Ask, listed: str):
    async with new_sandbox() as sandbox:
        a_workspace(sandbox)
        page = await ask(web_client(sandbox))

    assert page[listed]
    assert page["response_metadata"]["next_cursor"] == ""


@live
async def test_a_big_workspace_may_insist_on_a_limit():
    async with new_sandbox() as sandbox:
        sandbox.world.limit_required = True
        client = web_client(sandbox)

        assert await refused(client.users_list()) == "limit_required"
        assert (await client.users_list(limit=200))["ok"]


@live
async def test_channels_are_listed_by_type_and_private_ones_only_where_the_app_is():
    async with new_sandbox() as sandbox:
        a_workspace(sandbox)
        sandbox.channels.create("secret", channel="C2", private=True, members=["U1"])
        sandbox.channels.create("staff", channel="C3", private=True, with_app=True)
        sandbox.channels.create("old", channel="C4")
        sandbox.channels.archive("C4")
        client = web_client(sandbox)
        both = await client.conversations_list(types="public_channel,private_channel", exclude_archived=True)
        own = await client.users_conversations(types="public_channel,private_channel")

    assert [channel["id"] for channel in both["channels"]] == ["C1", "C3"]
    assert [channel["id"] for channel in own["channels"]] == ["C1", "C3"]
    assert both["channels"][0]["num_members"] == 2


@live
async def test_the_app_joins_a_public_channel_once():
    async with new_sandbox() as sandbox:
        a_workspace(sandbox)
        sandbox.channels.create("new", channel="C2")
        client = web_client(sandbox)
        first = await client.conversations_join(channel="C2")
        second = await client.conversations_join(channel="C2")

    assert first["channel"]["is_member"]
    assert second["warning"] == "already_in_channel"


@live
async def test_user_groups_are_listed_and_disabled_ones_only_when_asked_for():
    async with new_sandbox() as sandbox:
        member, _ = a_workspace(sandbox)
        used = sandbox.groups.create("ambassadors", members=[member])
        disabled = sandbox.groups.create("founders", members=[member])
        sandbox.groups.disable(disabled)
        client = web_client(sandbox)
        plain = (await client.usergroups_list())["usergroups"]
        every = (await client.usergroups_list(include_disabled=True, include_users=True))["usergroups"]
        members = await client.usergroups_users_list(usergroup=disabled, include_disabled=True)

    assert [(each["id"], "users" in each) for each in plain] == [(used, False)]
    assert [(each["id"], each["users"], each["date_delete"] > 0) for each in every] == [
        (used, [member], False),
        (disabled, [member], True),
    ]
    assert members["users"] == [member]


@live
async def test_reactions_groups_profiles_and_links_are_told():
    async with new_sandbox() as sandbox:
        member, channel = a_workspace(sandbox)
        sandbox.people.change(member, fields={"Xf1": "City office"})
        group = sandbox.groups.create("ambassadors", members=[member])
        ts = sandbox.post(member, channel, "Hello")
        sandbox.react(member, channel, ts, "wave")
        client = web_client(sandbox)
        reactions = await client.reactions_get(channel=channel, timestamp=ts)
        users = await client.usergroups_users_list(usergroup=group)
        profile = await client.users_profile_get(user=member)
        link = await client.chat_getPermalink(channel=channel, message_ts=ts)

    assert reactions["message"]["reactions"] == [{"name": "wave", "users": [member], "count": 1}]
    assert users["users"] == [member]
    assert profile["profile"]["fields"]["Xf1"]["value"] == "City office"
    assert link["permalink"] == f"https://sandbox.slack.com/archives/C1/p{ts.replace('.', '')}"


@live
async def test_an_ephemeral_message_is_seen_by_one_member_and_by_no_history():
    async with new_sandbox() as sandbox:
        member, channel = a_workspace(sandbox)
        client = web_client(sandbox)
        await client.chat_postEphemeral(channel=channel, user=member, text="Only you")
        history = await client.conversations_history(channel=channel)

    assert [(one.user, one.text) for one in sandbox.world.ephemerals] == [(member, "Only you")]
    assert "Only you" not in {message["text"] for message in history["messages"]}


def long_blocks(count: int, length: int) -> list[dict[str, Any]]:
    return [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * length}}] * count


BUTTON = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "x" * 76}}
REFUSALS: list[tuple[str, Ask]] = [
    ("unknown_method", lambda c: c.api_call("chat.shout")),
    ("channel_not_found", lambda c: c.chat_postMessage(channel="C9", text="x")),
    ("channel_not_found", lambda c: c.chat_postMessage(channel="CSECRET", text="x")),
    ("channel_not_found", lambda c: c.chat_postMessage(channel="U9", text="x")),
    ("not_in_channel", lambda c: c.chat_postMessage(channel="CELSE", text="x")),
    ("is_archived", lambda c: c.chat_postMessage(channel="COLD", text="x")),
    ("no_text", lambda c: c.api_call("chat.postMessage", json={"channel": "C1", "text": " "})),
    ("cannot_dm_bot", lambda c: c.chat_postMessage(channel="UBOT", text="x")),
    ("user_disabled", lambda c: c.chat_postMessage(channel="UGONE", text="x")),
    ("invalid_blocks", lambda c: c.chat_postMessage(channel="C1", text="x", blocks=long_blocks(1, 3001))),
    ("invalid_blocks", lambda c: c.chat_postMessage(channel="C1", text="x", blocks=long_blocks(51, 1))),
    ("invalid_blocks", lambda c: c.chat_postMessage(channel="C1", text="x", blocks=[{"type": "poem"}])),
    (
        "invalid_blocks",
        lambda c: c.chat_postMessage(
            channel="C1", text="x", blocks=[{"type": "actions", "elements": [BUTTON]}]
        ),
    ),
    (
        "msg_blocks_too_long",
        lambda c: c.chat_postMessage(channel="C1", text="x", blocks=long_blocks(6, 2900)),
    ),
    ("invalid_blocks_format", lambda c: c.chat_postMessage(channel="C1", text="x", blocks="nonsense")),
    ("invalid_metadata_format", lambda c: c.chat_postMessage(channel="C1", text="x", metadata={"id": "1"})),
    ("message_not_found", lambda c: c.chat_update(channel="C1", ts="1.000000", text="x")),
    ("message_not_found", lambda c: c.chat_delete(channel="C1", ts="1.000000")),
    ("message_not_found", lambda c: c.reactions_get(channel="C1", timestamp="1.000000")),
    ("thread_not_found", lambda c: c.conversations_replies(channel="C1", ts="1.000000")),
    ("not_in_channel", lambda c: c.conversations_history(channel="CELSE")),
    ("invalid_cursor", lambda c: c.conversations_history(channel="C1", cursor="nonsense")),
    ("invalid_cursor", lambda c: c.users_list(limit=10, cursor="dGVhbTpDMQ==")),
    ("invalid_ts_oldest", lambda c: c.conversations_history(channel="C1", oldest="yesterday")),
    ("user_not_found", lambda c: c.users_info(user="U9")),
    ("user_not_found", lambda c: c.conversations_open(users="U9")),
    ("user_not_in_channel", lambda c: c.chat_postEphemeral(channel="C1", user="UFAR", text="x")),
    ("no_such_subteam", lambda c: c.usergroups_users_list(usergroup="S9")),
    ("bot_not_found", lambda c: c.bots_info(bot="B9")),
    ("invalid_trigger_id", lambda c: c.views_open(trigger_id="1.2.3", view={"type": "modal"})),
    ("not_found", lambda c: c.views_update(view_id="V9", view={"type": "modal"})),
    ("not_allowed_token_type", lambda c: c.apps_connections_open(app_token=c.token or "")),
]


@pytest.mark.parametrize(
    ("error", "ask"), REFUSALS, ids=[f"{n}-{code}" for n, (code, _) in enumerate(REFUSALS)]
)
@live
async def test_what_cannot_be_done_is_refused_as_slack_would(error: str, ask: Ask):
    async with new_sandbox() as sandbox:
        a_workspace(sandbox)
        with sandbox.past(START):
            sandbox.people.join("Far", member="UFAR")
            sandbox.people.join("Bot", member="UBOT", bot=True)
            sandbox.people.deactivate(sandbox.people.join("Gone", member="UGONE"))
            sandbox.channels.create("secret", channel="CSECRET", private=True)
            sandbox.channels.create("elsewhere", channel="CELSE")
            sandbox.channels.create("old", channel="COLD", with_app=True)
            sandbox.channels.archive("COLD")

        assert await refused(ask(web_client(sandbox))) == error
        assert [call.outcome for call in sandbox.received] == [error]


@live
async def test_an_app_changes_only_its_own_messages_and_no_long_ones():
    async with new_sandbox() as sandbox:
        member, channel = a_workspace(sandbox)
        theirs = sandbox.post(member, channel, "Hello")
        client = web_client(sandbox)
        ours = (await client.chat_postMessage(channel=channel, text="x" * 40_001))["ts"]

        assert (
            await refused(client.chat_update(channel=channel, ts=theirs, text="x")) == "cant_update_message"
        )
        assert await refused(client.chat_delete(channel=channel, ts=theirs)) == "cant_delete_message"
        assert await refused(client.chat_update(channel=channel, ts=ours, text="x" * 4001)) == "msg_too_long"
        assert len(sandbox.messages(channel)[-1].text) == 40_000


@live
async def test_a_post_under_a_message_that_is_gone_becomes_an_ordinary_one():
    async with new_sandbox() as sandbox:
        member, channel = a_workspace(sandbox)
        gone = sandbox.post(member, channel, "Hello")
        sandbox.delete(channel, gone)
        joined = sandbox.messages(channel)[0].ts
        client = web_client(sandbox)
        posted = await client.chat_postMessage(channel=channel, text="Answer", thread_ts=gone)
        under_a_join = client.chat_postMessage(channel=channel, text="Answer", thread_ts=joined)

        assert "thread_ts" not in posted["message"]
        assert await refused(under_a_join) == "cannot_reply_to_message"


@live
async def test_with_its_messages_tab_off_the_app_writes_to_nobody():
    async with new_sandbox() as sandbox:
        member, _ = a_workspace(sandbox)
        sandbox.world.messages_tab_enabled = False

        assert (
            await refused(web_client(sandbox).chat_postMessage(channel=member, text="x"))
            == "messages_tab_disabled"
        )


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth"])
@live
async def test_a_token_stops_working(code: str):
    async with new_sandbox() as sandbox:
        sandbox.tokens.break_bot(code)
        client = web_client(sandbox)
        broken = await refused(client.auth_test())
        sandbox.tokens.mend()

        assert (broken, (await client.auth_test())["ok"]) == (code, True)


@live
async def test_no_token_and_a_wrong_one_are_told_apart():
    async with new_sandbox() as sandbox:
        assert await refused(web_client(sandbox, token="").auth_test()) == "not_authed"
        assert await refused(web_client(sandbox, token="xoxb-other").auth_test()) == "invalid_auth"


@live
async def test_a_missing_scope_is_named_with_those_that_are_there():
    async with new_sandbox() as sandbox:
        sandbox.tokens.scopes = ("chat:write", "channels:read")
        with pytest.raises(SlackApiError) as found:
            await web_client(sandbox).users_list(limit=1)

    told = found.value.response
    assert (told["error"], told["needed"], told["provided"]) == (
        "missing_scope",
        "users:read",
        "chat:write,channels:read",
    )


@pytest.mark.parametrize("way", ["form", "json", "query"])
@live
async def test_arguments_come_as_a_form_as_json_or_in_the_query(way: str):
    async with new_sandbox() as sandbox, aiohttp.ClientSession() as session:
        _, channel = a_workspace(sandbox)
        arguments = {"channel": channel, "text": "Hello", "token": sandbox.tokens.bot}
        ways = {"form": {"data": arguments}, "json": {"json": arguments}, "query": {"params": arguments}}
        async with session.post(f"{sandbox.base_url}chat.postMessage", **ways[way]) as response:  # type: ignore[arg-type]
            answer = await response.json()

    assert answer["ok"]
    assert sandbox.received[0].arguments == {"channel": channel, "text": "Hello"}


@live
async def test_text_of_the_app_keeps_its_mentions_and_escapes_everything_else():
    async with new_sandbox() as sandbox:
        _, channel = a_workspace(sandbox)
        await web_client(sandbox).chat_postMessage(
            channel=channel, text="<@U1> a < b & c &lt; d <https://x.test|y>"
        )

    assert sandbox.messages(channel)[-1].text == "<@U1> a &lt; b &amp; c &lt; d <https://x.test|y>"
