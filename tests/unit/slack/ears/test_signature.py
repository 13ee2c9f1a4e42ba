"""The example is that of https://docs.slack.dev/authentication/verifying-requests-from-slack/."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.slack.ears.signature import Verdict, judge, signed

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TIMESTAMP = "1531420618"
BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
THEN = 1531420618


def test_slacks_own_example_is_genuine():
    assert signed(SECRET, BODY, timestamp=TIMESTAMP) == SIGNATURE
    assert judge(SECRET, BODY, timestamp=TIMESTAMP, signature=SIGNATURE, now=THEN) is Verdict.GENUINE


@pytest.mark.parametrize(
    ("now", "verdict"),
    [
        pytest.param(THEN + 300, Verdict.GENUINE, id="five minutes old"),
        pytest.param(THEN + 301, Verdict.UNTIMELY, id="older"),
        pytest.param(THEN - 300, Verdict.GENUINE, id="our clock is five minutes behind"),
        pytest.param(THEN - 301, Verdict.UNTIMELY, id="further behind"),
    ],
)
def test_a_request_is_taken_for_five_minutes(now: float, verdict: Verdict):
    assert judge(SECRET, BODY, timestamp=TIMESTAMP, signature=SIGNATURE, now=now) is verdict


@pytest.mark.parametrize(
    ("timestamp", "signature"),
    [
        pytest.param(TIMESTAMP, f"v0={'0' * 64}", id="of something else"),
        pytest.param(TIMESTAMP, SIGNATURE.upper(), id="upper case"),
        pytest.param(TIMESTAMP, SIGNATURE[3:], id="no version"),
        pytest.param(TIMESTAMP, f"v1={SIGNATURE[3:]}", id="another version"),
        pytest.param(TIMESTAMP, SIGNATURE[:-1], id="cut off"),
        pytest.param(TIMESTAMP, f"{SIGNATURE}\n", id="a line break"),
        pytest.param(TIMESTAMP, "v0=署名", id="no ASCII"),
        pytest.param(TIMESTAMP, "v0=\udce7\udcbd\udcb2", id="bytes that are no text"),
        pytest.param(TIMESTAMP, "", id="no signature"),
        pytest.param("1531420619", SIGNATURE, id="another time"),
        pytest.param("", SIGNATURE, id="no time"),
        pytest.param("now", SIGNATURE, id="no number"),
        pytest.param("1531420618.0", SIGNATURE, id="no whole number"),
        pytest.param(" 1531420618", SIGNATURE, id="a space"),
        pytest.param("+1531420618", SIGNATURE, id="a sign"),
        pytest.param("1_531_420_618", SIGNATURE, id="as Python may write it"),
        pytest.param("１５３１４２０６１８", SIGNATURE, id="full-width digits"),
        pytest.param("9" * 5000, SIGNATURE, id="longer than Python reads"),
    ],
)
def test_what_is_not_slacks_is_not_genuine(timestamp: str, signature: str):
    assert judge(SECRET, BODY, timestamp=timestamp, signature=signature, now=THEN) is Verdict.FOREIGN


def test_another_body_or_another_secret_is_not_genuine():
    given = {"timestamp": TIMESTAMP, "signature": SIGNATURE}

    assert judge(SECRET, BODY + b"&x=1", **given, now=THEN) is Verdict.FOREIGN
    assert judge("other", BODY, **given, now=THEN) is Verdict.FOREIGN


@given(st.text(), st.text(), st.binary())
def test_whatever_stands_in_the_headers_nothing_is_raised(timestamp: str, signature: str, body: bytes):
    assert judge(SECRET, body, timestamp=timestamp, signature=signature, now=THEN) is Verdict.FOREIGN
