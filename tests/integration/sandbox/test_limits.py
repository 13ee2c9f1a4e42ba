"""Rate limits, on the stand-in's own clock."""

from datetime import timedelta

from slack_sdk.errors import SlackApiError

from scheduler.sandbox import Fault, How, Sandbox
from tests.integration.sandbox.connecting import START, live, new_sandbox, step_to, web_client


def refusal(error: SlackApiError) -> str:
    """The Retry-After of a 429, or what it was instead."""
    told = error.response
    is_limit = (told.status_code, told["error"]) == (429, "ratelimited")
    return str(told.headers["Retry-After"]) if is_limit else str(told["error"])


async def history(sandbox: Sandbox, *, limit: int = 200) -> int | str:
    """How many messages came, or the Retry-After."""
    try:
        answer = await web_client(sandbox).conversations_history(channel="C1", limit=limit)
    except SlackApiError as error:
        return refusal(error)
    return len(answer["messages"])


async def post(sandbox: Sandbox, channel: str) -> str:
    try:
        await web_client(sandbox).chat_postMessage(channel=channel, text="x")
    except SlackApiError as error:
        return refusal(error)
    return "ok"


def a_channel_with(sandbox: Sandbox, *, posts: int) -> None:
    with sandbox.past(START):
        member = sandbox.people.join("Hana", member="U1")
        sandbox.channels.create("general", channel="C1", with_app=True)
        sandbox.channels.create("chat", channel="C2", with_app=True)
        for number in range(posts):
            sandbox.post(member, "C1", f"post {number}")


@live
async def test_a_method_closes_when_its_minute_is_full_and_opens_when_it_is_over():
    async with new_sandbox() as sandbox:
        a_channel_with(sandbox, posts=0)
        sandbox.limits.per_minute["conversations.history"] = 2
        at_first = [await history(sandbox) for _ in range(3)]
        step_to(sandbox, START + timedelta(seconds=59))
        too_early = await history(sandbox)
        step_to(sandbox, START + timedelta(seconds=60))
        at_last = await history(sandbox)

    assert (at_first, too_early, at_last) == ([1, 1, "60"], "1", 1)
    assert sandbox.limits.ignored == 1


@live
async def test_one_post_a_second_goes_to_a_channel_and_a_few_at_once():
    async with new_sandbox() as sandbox:
        a_channel_with(sandbox, posts=0)
        at_once = [await post(sandbox, "C1") for _ in range(4)]
        elsewhere = await post(sandbox, "C2")
        step_to(sandbox, START + timedelta(seconds=1))
        later = await post(sandbox, "C1")

    assert (at_once, elsewhere, later) == (["ok", "ok", "ok", "1"], "ok", "ok")


@live
async def test_a_429_that_was_asked_for_keeps_the_method_closed_and_no_other():
    async with new_sandbox() as sandbox:
        a_channel_with(sandbox, posts=0)
        sandbox.faults.add(Fault(how=How.RATELIMITED, method="chat.postMessage", retry_after=30))
        told = [await post(sandbox, "C1"), await post(sandbox, "C2")]
        other = await history(sandbox)
        step_to(sandbox, START + timedelta(seconds=30))
        later = await post(sandbox, "C1")

    assert (told, other, later) == (["30", "30"], 1, "ok")
    assert [call.outcome for call in sandbox.calls("chat.postMessage")] == [
        "ratelimited",
        "ratelimited",
        "ok",
    ]


@live
async def test_history_is_restricted_to_15_objects_once_a_minute():
    async with new_sandbox() as sandbox:
        a_channel_with(sandbox, posts=20)
        sandbox.restrict_history()
        told = [await history(sandbox), await history(sandbox)]

    assert told == [15, "60"]


@live
async def test_limits_can_be_off():
    async with new_sandbox() as sandbox:
        a_channel_with(sandbox, posts=0)
        sandbox.limits.off()

        assert {await post(sandbox, "C1") for _ in range(50)} == {"ok"}
