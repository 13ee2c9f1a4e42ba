"""What we do about each answer of Slack's."""

from datetime import timedelta

import pytest

from scheduler.model.deliveries import Delivery, NotSent, Refused, Unknown
from scheduler.slack.errors import judge_answer, retry_after

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("status", "headers", "answer", "meaning"),
    [
        pytest.param(200, {}, {"ok": True}, None, id="success"),
        pytest.param(429, {"Retry-After": "30"}, {}, NotSent("ratelimited", timedelta(seconds=30)), id="429"),
        pytest.param(429, {"Retry-After": "soon"}, None, NotSent("ratelimited", MINUTE), id="429, no number"),
        pytest.param(
            200,
            {},
            {"ok": False, "error": "rate_limited"},
            NotSent("rate_limited", MINUTE),
            id="too many posts",
        ),
        pytest.param(
            200,
            {},
            {"ok": False, "error": "message_limit_exceeded"},
            NotSent("message_limit_exceeded", HOUR),
            id="free plan",
        ),
        pytest.param(500, {}, None, Unknown("http_500"), id="500 with HTML"),
        pytest.param(200, {}, None, Unknown("http_200"), id="a proxy's login page"),
        pytest.param(200, {}, {}, Unknown("http_200"), id="an empty object"),
        pytest.param(
            200, {}, {"ok": False, "error": "internal_error"}, Unknown("internal_error"), id="internal"
        ),
        pytest.param(200, {}, {"ok": False, "error": "fatal_error"}, Unknown("fatal_error"), id="fatal"),
        pytest.param(503, {}, {"ok": False, "error": "odd"}, Unknown("odd"), id="503 with a code"),
        pytest.param(
            200,
            {},
            {"ok": False, "error": "channel_not_found"},
            Refused("channel_not_found"),
            id="no channel",
        ),
        pytest.param(
            200, {}, {"ok": False, "error": "new_in_2027"}, Refused("new_in_2027"), id="a code of tomorrow"
        ),
        pytest.param(200, {}, {"ok": False}, Refused("no_code"), id="no code at all"),
        pytest.param(
            200,
            {},
            {"ok": False, "error": "token_revoked"},
            Refused("token_revoked", app_is_broken=True),
            id="token revoked",
        ),
        pytest.param(
            200,
            {},
            {"ok": False, "error": "missing_scope"},
            Refused("missing_scope", app_is_broken=True),
            id="a scope is missing",
        ),
        pytest.param(
            200,
            {},
            {"ok": False, "error": "missing_scope", "needed": "channels:history", "provided": "chat:write"},
            Refused("missing_scope", app_is_broken=True),
            id="one without which nothing works",
        ),
        pytest.param(
            200,
            {},
            {"ok": False, "error": "missing_scope", "needed": "groups:history", "provided": "chat:write"},
            Refused("missing_scope"),
            id="one of the optional ones",
        ),
        pytest.param(
            200,
            {},
            {
                "ok": False,
                "error": "missing_scope",
                "needed": "channels:history,groups:history,mpim:history",
                "provided": "chat:write,channels:history",
            },
            Refused("missing_scope"),
            id="one of several, of which the needed one was granted",
        ),
    ],
)
def test_every_answer_has_one_meaning(
    status: int, headers: dict[str, str], answer: object, meaning: Delivery | None
):
    assert judge_answer(status, headers, answer) == meaning


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "30"}, timedelta(seconds=30)),
        ({"retry-after": "1.5"}, timedelta(seconds=1.5)),
        ({"Retry-After": "-1"}, None),
        ({"Retry-After": "nan"}, None),
        ({"Retry-After": "99999999999"}, None),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, None),
        ({}, None),
    ],
)
def test_a_wait_that_is_no_sensible_number_is_none(headers: dict[str, str], wait: timedelta | None):
    assert retry_after(headers) == wait
