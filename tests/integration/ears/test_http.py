"""Slack's requests over real connections: what is taken in; whatever else comes is refused and not kept."""

import asyncio
import json
import socket
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from sqlite3 import OperationalError
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from scheduler.clock import SteppingClock
from scheduler.errors import AddressTaken
from scheduler.settings import Address
from scheduler.slack.ears.addressee import Addressee
from scheduler.slack.ears.bounds import BOUNDS, Bounds
from scheduler.slack.ears.http import HttpEar
from scheduler.slack.ears.signature import signed
from tests.integration.ears.http import (
    FORM,
    JSON,
    NOW,
    SECRET,
    TIMESTAMP,
    Answer,
    Heard,
    Receive,
    Told,
    answer,
    event,
    hearing,
    pressed,
    request,
    send,
)
from tests.integration.sandbox.connecting import live

QUICK = replace(BOUNDS, body_within=1, kept_within=0.2)
SHORT = replace(BOUNDS, longest=1)


def answered(sent: bytes, *, heard: Heard | None = None, bounds: Bounds = QUICK) -> tuple[Answer, list[Told]]:
    heard = heard or Heard()

    async def ask() -> Answer:
        async with hearing(heard.receive, bounds) as ear:
            return await send(ear.port, sent)

    return asyncio.run(ask()), heard.told


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        pytest.param(request(event()), "events_api", id="an event"),
        pytest.param(
            request(event(), content_type=f"{JSON}; charset=utf-8"), "events_api", id="with its charset"
        ),
        pytest.param(
            request(event(), more=(("X-Slack-Retry-Num", "2"), ("X-Slack-Retry-Reason", "http_timeout"))),
            "events_api",
            id="a repeated one: who knows it already is asked elsewhere",
        ),
        pytest.param(request(event(type="app_rate_limited")), "events_api", id="too much happens"),
        pytest.param(request(pressed(), content_type=FORM), "interactive", id="a button"),
        pytest.param(
            request(b"command=%2Fambassador&team_id=T1&api_app_id=A1", content_type=FORM), "slash_commands",
            id="a command",
        ),
    ],
)  # fmt: skip
def test_what_slack_tells_is_taken_in_and_answered_with_200(sent: bytes, kind: str):
    got, told = answered(sent)

    assert (got.status, got.body, [each for each, _ in told]) == (200, "", [kind])


def test_an_answer_to_a_button_goes_along():
    got, _ = answered(request(pressed(), content_type=FORM), heard=Heard(answer={"text": "はい"}))

    assert (got.status, json.loads(got.body)) == (200, {"text": "はい"})


def test_the_challenge_is_given_back_and_not_kept():
    got, told = answered(request(b'{"type": "url_verification", "challenge": "3eZbrw1a"}'))

    assert (got.status, json.loads(got.body), told) == (200, {"challenge": "3eZbrw1a"}, [])


def test_a_check_of_the_certificate_needs_no_signature():
    got, told = answered(request(b"ssl_check=1&token=x", content_type=FORM, signature=None, timestamp=None))

    assert (got.status, got.body, told) == (200, "", [])


def signed_at(timestamp: str) -> bytes:
    """Genuine, but for its time."""
    return request(event(), timestamp=timestamp, signature=signed(SECRET, event(), timestamp=timestamp))


BAD = [
    ("another method", 405, request(b"", method="GET")),
    ("a method that changes things", 405, request(event(), method="PUT")),
    ("another path", 404, request(event(), path="/")),
    ("a longer path", 404, request(event(), path="/slack/events/x")),
    ("no signature", 401, request(event(), signature=None)),
    ("no time", 401, request(event(), timestamp=None)),
    ("the signature of something else", 401, request(event(), signature=f"v0={'0' * 64}")),
    ("a signature that is no ASCII", 401, request(event(), signature="v0=署名")),
    ("a signature that is no text", 401, request(event(), signature=b"v0=\xff\xfe")),
    ("a time that is no number", 401, request(event(), timestamp="soon")),
    ("full-width digits", 401, request(event(), timestamp="１７７６１２８４００")),
    ("a time that is too long", 401, request(event(), timestamp="9" * 5000)),
    ("too old", 401, signed_at("1776128099")),
    ("from the future", 401, signed_at("1776128701")),
    ("signed for another time", 401, request(event(), timestamp="1776128401")),
    ("two signatures", 401, request(event(), more=(("X-Slack-Signature", f"v0={'0' * 64}"),))),
    ("two times", 401, request(event(), more=(("X-Slack-Request-Timestamp", TIMESTAMP),))),
    ("no type", 415, request(event(), content_type=None)),
    ("another type", 415, request(event(), content_type="text/plain")),
    ("no type at all", 415, request(event(), content_type="質問")),
    ("compressed", 415, request(event(), more=(("Content-Encoding", "gzip"),))),
    ("too large", 413, request(b" " * (BOUNDS.largest + 1))),
    ("said to be too large", 413, request(b"", length=False, more=(("Content-Length", "99999999999"),))),
    ("broken JSON", 400, request(b'{"type": "event_callback"')),
    ("another encoding", 400, request('{"type": "質問"}'.encode("shift_jis"))),
    ("no object", 400, request(b"[]")),
    ("too deep", 400, request(b"[" * 100_000)),
    ("a form of something else", 400, request(b"text=x", content_type=FORM)),
    ("a payload that is no JSON", 400, request(b"payload=x", content_type=FORM)),
    ("a length that is no number", 400, request(event(), length=False, more=(("Content-Length", "x"),))),
    ("two lengths", 400, request(event(), more=(("Content-Length", "1"),))),
    ("another workspace", 403, request(event(team_id="T2"))),
    ("another app", 403, request(event(api_app_id="A2"))),
    ("a button in another workspace", 403, request(pressed(team={"id": "T2"}), content_type=FORM)),
    ("a body that never ends", 408, request(event(), length=False, more=(("Content-Length", "1000"),))),
    (
        "parts that are not what they say",
        400,
        request(event(), length=False, more=(("Transfer-Encoding", "chunked"),)),
    ),
    ("no HTTP", 400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
]


@pytest.mark.parametrize(("status", "sent"), [pytest.param(*row[1:], id=row[0]) for row in BAD])
def test_whatever_else_comes_is_refused_and_not_kept(status: int, sent: bytes):
    got, told = answered(sent)

    assert (got.status, told) == (status, [])


def test_a_refusal_tells_nobody_why():
    refused = [request(event(), signature=None), request(event(), timestamp="1776128099")]

    assert {answered(sent)[0].body for sent in refused} == {""}


@live
async def test_a_wrong_secret_or_clock_is_told_in_the_log_once_until_all_is_well_again():
    foreign, late = request(event(), signature=f"v0={'0' * 64}"), signed_at("1776128099")
    with capture_logs() as log:
        async with hearing(Heard().receive) as ear:
            for sent in (foreign, foreign, late, late, request(event()), foreign):
                await send(ear.port, sent)

    assert [(each["event"], each["code"]) for each in log] == [
        ("request_refused", "signature"), ("request_refused", "time"), ("request_refused", "signature")
    ]  # fmt: skip


@pytest.mark.parametrize("sent", [request(b"[]"), request(event(team_id="T2"))])
def test_what_cannot_get_better_is_not_to_come_again(sent: bytes):
    assert answered(sent)[0].headers["x-slack-no-retry"] == "1"


def test_a_body_in_parts_is_bounded_as_well():
    part = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    sent = request(b"", length=False, more=(("Transfer-Encoding", "chunked"),)) + part * 17

    assert answered(sent)[0].status == 413


def test_a_refused_method_says_which_one_is_meant():
    assert answered(request(b"", method="GET"))[0].headers["allow"] == "POST"


async def fails(kind: str, payload: Mapping[str, Any]) -> None:
    raise OperationalError("database is locked")


async def hangs(kind: str, payload: Mapping[str, Any]) -> None:
    await asyncio.Event().wait()


@pytest.mark.parametrize("receive", [fails, hangs])
@live
async def test_what_cannot_be_kept_in_time_is_to_come_again(receive: Receive):
    with capture_logs() as log:
        async with hearing(receive, QUICK) as ear:
            got = await send(ear.port, request(event()))

    assert (got.status, got.headers["retry-after"]) == (503, "1")
    assert [each["event"] for each in log] == ["not_taken_in"]


@live
async def test_every_connection_ends_with_its_answer():
    heard = Heard()
    async with hearing(heard.receive, QUICK) as ear:
        got = await send(ear.port, request(event()) + request(event()))

    assert (got.status, got.headers["connection"], len(heard.told)) == (200, "close", 1)


@live
async def test_when_all_places_are_taken_one_is_asked_to_come_again_and_later_there_is_one():
    heard = Heard()
    async with hearing(heard.receive, replace(SHORT, most=2)) as ear:
        waiting = [await asyncio.open_connection("127.0.0.1", ear.port) for _ in range(2)]
        refused = await send(ear.port, request(event()))
        for reader, writer in waiting:  # who says nothing is shown out
            assert await asyncio.wait_for(reader.read(), 5) == b""
            writer.close()
        taken = await send(ear.port, request(event()))

    assert (refused.status, refused.headers["retry-after"], taken.status, len(heard.told)) == (
        503,
        "1",
        200,
        1,
    )


@live
async def test_who_comes_at_the_same_moment_as_many_others_gets_no_place_that_is_not_there():
    async with hearing(Heard().receive, replace(SHORT, most=2)) as ear:
        crowd = [socket.create_connection(("127.0.0.1", ear.port)) for _ in range(10)]
        for each in crowd:
            each.sendall(request(event()))
        streams = [await asyncio.open_connection(sock=each) for each in crowd]
        answers = [await reader.read() for reader, _ in streams]
        for _, writer in streams:
            writer.close()

    assert Counter(int(each.split()[1]) for each in answers) == {200: 2, 503: 8}


@live
async def test_headers_that_never_end_are_shown_out():
    async with hearing(Heard().receive, SHORT) as ear:
        reader, writer = await asyncio.open_connection("127.0.0.1", ear.port)
        writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\n")
        got = await asyncio.wait_for(reader.read(), 5)
        writer.close()

    assert got == b""


@live
async def test_told_to_end_it_answers_whom_it_is_answering_and_lets_nobody_else_in():
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def slowly(kind: str, payload: Mapping[str, Any]) -> None:
        asked.set()
        await may_answer.wait()

    async with hearing(slowly) as ear:
        reader, writer = await asyncio.open_connection("127.0.0.1", ear.port)
        writer.write(request(event()))
        await asked.wait()
        port = ear.port
        ear.end()
        asyncio.get_running_loop().call_soon(may_answer.set)
        got = await answer(reader, writer)
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)

    assert (got.status, ear.is_well) == (200, False)


@live
async def test_only_what_is_slacks_is_a_sign_of_life():
    async with hearing(Heard().receive) as ear:
        before = ear.silent_for
        await send(ear.port, request(event(), signature=None))
        strangers = ear.silent_for
        await send(ear.port, request(event(team_id="T2")))
        genuine = ear.silent_for

    assert (before, strangers, genuine is not None) == (None, None, True)


@live
async def test_what_is_heard_makes_it_certain_that_nothing_was_missed_and_what_is_refused_does_not():
    async with hearing(Heard().receive) as ear:
        begun = ear.uncertain_for or 0
        await send(ear.port, request(b"[]"))
        refused = ear.uncertain_for or 0
        await send(ear.port, request(event()))
        kept = ear.uncertain_for or 0
    ended = ear.uncertain_for

    assert (refused > begun, kept < refused, ended) == (True, True, None)


@live
async def test_what_comes_for_the_third_time_after_hours_of_silence_tells_how_long_slack_could_not_reach_us():
    seconds, missed = [0.0], list[float]()
    third = (("X-Slack-Retry-Num", "2"), ("X-Slack-Retry-Reason", "connection_failed"))
    async with hearing(Heard().receive, missed=missed.append, elapsed=lambda: seconds[0]) as ear:
        await send(ear.port, request(event()))
        seconds[0] = 3 * 3600
        await send(ear.port, request(event(event_id="Ev2")))
        certain = seconds[0] - (ear.uncertain_for or 0)
        await send(ear.port, request(event(event_id="Ev3"), signature=None, more=third))
        await send(ear.port, request(event(event_id="Ev3"), more=third))

    assert (certain, missed) == (0, [3 * 3600])


@live
async def test_a_place_that_is_taken_is_refused():
    async with hearing(Heard().receive) as ear:
        place = Address(host="127.0.0.1", port=ear.port)
        other = HttpEar(
            place, SECRET, Addressee(team="T1"), Heard().receive,
            missed=lambda _: None, clock=SteppingClock(NOW),
        )  # fmt: skip
        with pytest.raises(AddressTaken, match=r"^127\.0\.0\.1:\d+: Address already in use$"):
            await other.open()


@given(
    st.lists(
        st.tuples(
            st.sampled_from([JSON, FORM, "text/plain"]),
            st.binary(max_size=200) | st.sampled_from([event(), pressed()]),
            st.binary(max_size=80) | st.just(b""),
            st.booleans(),
        ),
        min_size=20,
        max_size=20,
    )
)
@settings(max_examples=20)
def test_whatever_is_sent_the_answer_is_never_500(sent: list[tuple[str, bytes, bytes, bool]]):
    async def ask() -> set[int]:
        async with hearing(Heard().receive, QUICK) as ear:
            return {(await send(ear.port, _odd(*each))).status for each in sent}

    assert asyncio.run(ask()) <= {200, 400, 401, 403, 415}


def _odd(content_type: str, body: bytes, header: bytes, is_signed: bool) -> bytes:
    """Half of them are signed, whatever they say; the header has all bytes that one may have."""
    odd = bytes(byte for byte in header if byte >= 0x20 and byte != 0x7F)
    signature = signed(SECRET, body, timestamp=TIMESTAMP) if is_signed else b"v0=" + odd
    return request(body, content_type=content_type, signature=signature, more=(("X-Slack-Retry-Num", odd),))
