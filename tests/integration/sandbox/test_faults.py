"""Everything that can go wrong between a caller and Slack, as the SDK's client meets it."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from scheduler.sandbox import Fault, How, Sandbox
from tests.integration.sandbox.connecting import START, listening, live, new_sandbox, step_to, web_client

POST = "chat.postMessage"


async def post(sandbox: Sandbox, *, patience: int = 30) -> str:
    """What the caller of one post gets: `ok`, Slack's code, the HTTP status, or the exception's name."""
    try:
        await web_client(sandbox, patience=patience).chat_postMessage(channel="C1", text="Hello")
    except SlackApiError as error:
        if not hasattr(error.response, "data"):
            return "not json"
        told: Any = error.response.data
        return str(told["error"]) if told else f"http {error.response.status_code}"
    except Exception as error:  # noqa: BLE001 -- which one it is is what the test asks
        return type(error).__name__
    return "ok"


async def a_channel(sandbox: Sandbox) -> None:
    with sandbox.past(START):
        sandbox.channels.create("general", channel="C1", with_app=True)


def stored(sandbox: Sandbox) -> int:
    return len([message for message in sandbox.messages("C1") if message.text == "Hello"])


@pytest.mark.parametrize(
    ("fault", "met", "posts"),
    [
        pytest.param(Fault(how=How.ERROR, code="internal_error"), "internal_error", 0, id="error"),
        pytest.param(
            Fault(how=How.ERROR, code="fatal_error", after_effect=True), "fatal_error", 1, id="error-after"
        ),
        pytest.param(Fault(how=How.HTML, status=500), "http 500", 0, id="500-html"),
        pytest.param(Fault(how=How.HTML, status=502, after_effect=True), "http 502", 1, id="502-html-after"),
        pytest.param(Fault(how=How.HTML, status=200), "http 200", 0, id="200-html"),
        pytest.param(Fault(how=How.TRUNCATED), "not json", 0, id="broken-json"),
        pytest.param(Fault(how=How.TRUNCATED, after_effect=True), "not json", 1, id="broken-json-after"),
        pytest.param(Fault(how=How.CUT, after_effect=True), "ClientPayloadError", 1, id="cut-after"),
        pytest.param(Fault(how=How.RESET), "ClientOSError", 0, id="reset-before"),
        pytest.param(Fault(how=How.RESET, after_effect=True), "ClientOSError", 1, id="reset-after"),
        pytest.param(Fault(how=How.RATELIMITED), "ratelimited", 0, id="429"),
    ],
)
@live
async def test_a_fault_is_met_once_and_does_what_it_says(fault: Fault, met: str, posts: int):
    async with new_sandbox() as sandbox:
        await a_channel(sandbox)
        sandbox.faults.add(fault)
        first = await post(sandbox)

        assert (first, stored(sandbox)) == (met, posts)
        assert sandbox.calls(POST)[0].took_effect is (posts == 1)
        assert sandbox.faults.pending == []


@pytest.mark.parametrize("after", [pytest.param(False, id="before"), pytest.param(True, id="after")])
@live
async def test_a_call_is_left_hanging_until_its_caller_gives_up(after: bool):
    async with new_sandbox() as sandbox:
        await a_channel(sandbox)
        sandbox.faults.add(Fault(how=How.HANG, method=POST, after_effect=after))

        assert await post(sandbox, patience=1) == "TimeoutError"
        assert stored(sandbox) == int(after)
        assert await post(sandbox) == "ok"


@live
async def test_a_black_hole_swallows_every_method_until_it_is_lifted():
    async with new_sandbox() as sandbox:
        await a_channel(sandbox)
        sandbox.faults.add(Fault(how=How.HANG, method="*", times=None))
        with pytest.raises(TimeoutError):
            await web_client(sandbox, patience=1).auth_test()
        sandbox.faults.clear()

        assert await post(sandbox) == "ok"


@live
async def test_a_message_can_be_posted_and_stay_out_of_history_for_a_while():
    async with new_sandbox() as sandbox:
        await a_channel(sandbox)
        late = Fault(how=How.RESET, method=POST, after_effect=True, late=timedelta(seconds=20))
        sandbox.faults.add(late)
        await post(sandbox)
        client = web_client(sandbox)
        at_once = await client.conversations_history(channel="C1")
        step_to(sandbox, START + timedelta(seconds=20))
        later = await client.conversations_history(channel="C1")

    texts = [[message["text"] for message in answer["messages"]][:1] for answer in (at_once, later)]
    assert texts == [["<@U0SANDBOX> has joined the channel"], ["Hello"]]


@live
async def test_a_fault_waits_for_the_call_that_it_is_meant_for():
    async with new_sandbox() as sandbox:
        await a_channel(sandbox)
        sandbox.faults.add(Fault(how=How.ERROR, method=POST, where={"channel": "C2"}))
        sandbox.faults.add(Fault(how=How.ERROR, method=POST, code="service_unavailable", times=2))
        outcomes = [await post(sandbox) for _ in range(3)]

    assert outcomes == ["service_unavailable", "service_unavailable", "ok"]
    assert len(sandbox.faults.pending) == 1


@live
async def test_one_event_comes_several_times_under_other_event_ids():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        await a_channel(sandbox)
        sandbox.faults.repeat_event("message", copies=10)
        sandbox.post(sandbox.people.join("Hana"), "C1", "Hello")
        await sandbox.delivery.settled()

    told = [request.payload for request in app.heard if request.payload["event"]["type"] == "message"]
    assert len({payload["event_id"] for payload in told}) == 11
    assert len({payload["event"]["ts"] for payload in told}) == 1


@live
async def test_one_gesture_becomes_two_messages_of_the_same_client_msg_id():
    async with new_sandbox() as sandbox:
        await a_channel(sandbox)
        member = sandbox.people.join("Hana")
        sandbox.faults.double_gesture()
        sandbox.post(member, "C1", "Hello")
        sandbox.post(member, "C1", "Once")

    one, other, last = sandbox.messages("C1")[-3:]
    assert one.client_msg_id == other.client_msg_id != last.client_msg_id
    assert one.ts != other.ts
