import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.slack.ears.ear import Kind
from scheduler.slack.ears.reading import FORM, JSON, Challenge, Said, Unreadable, is_certificate_check, read

EVENT = {"type": "event_callback", "team_id": "T1", "event": {"type": "message", "text": "質問です"}}
PRESSED = {"type": "block_actions", "team": {"id": "T1"}}


@pytest.mark.parametrize(
    ("content_type", "body", "said"),
    [
        pytest.param(JSON, json.dumps(EVENT).encode(), Said(Kind.EVENT, EVENT), id="an event"),
        pytest.param(
            JSON, b'{"type":"new","team_id":"T1"}', Said(Kind.EVENT, {"type": "new", "team_id": "T1"}),
            id="a type that nobody knows yet",
        ),
        pytest.param(
            JSON, b'{"type":"url_verification","challenge":"3eZ"}', Challenge("3eZ"), id="the verification"
        ),
        pytest.param(
            FORM, urlencode({"payload": json.dumps(PRESSED)}).encode(), Said(Kind.INTERACTION, PRESSED),
            id="a button",
        ),
        pytest.param(
            FORM, b"command=%2Fambassador&text=&team_id=T1",
            Said(Kind.COMMAND, {"command": "/ambassador", "text": "", "team_id": "T1"}), id="a command",
        ),
    ],
)  # fmt: skip
def test_what_slack_says_is_read(content_type: str, body: bytes, said: object):
    assert read(content_type, body) == said


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        pytest.param(JSON, b"", id="nothing"),
        pytest.param(JSON, b'{"type": "event_callback"', id="cut off"),
        pytest.param(JSON, b"[1, 2]", id="a list"),
        pytest.param(JSON, b'"text"', id="a text"),
        pytest.param(JSON, b"null", id="null"),
        pytest.param(JSON, '{"type": "質問"}'.encode("shift_jis"), id="another encoding"),
        pytest.param(JSON, b'{"type": "\xff"}', id="no text"),
        pytest.param(JSON, '{"type": "x"}'.encode("utf-16"), id="UTF-16"),
        pytest.param(JSON, b'{"ts": NaN}', id="NaN"),
        pytest.param(JSON, b'{"ts": ' + b"9" * 5000 + b"}", id="a number that is too long"),
        pytest.param(JSON, b"[" * 100_000, id="too deep"),
        pytest.param(JSON, b'{"type": "url_verification"}', id="no challenge"),
        pytest.param(JSON, b'{"type": "url_verification", "challenge": 1}', id="a challenge that is no text"),
        pytest.param(
            JSON, b'{"type": "url_verification", "challenge": "%b"}' % (b"x" * 1001), id="a long challenge"
        ),
        pytest.param(FORM, b"", id="an empty form"),
        pytest.param(FORM, b"text=hello", id="a form of something else"),
        pytest.param(FORM, b"payload=", id="an empty payload"),
        pytest.param(FORM, b"payload=%5B%5D", id="a payload that is a list"),
        pytest.param(FORM, b"payload=%FF", id="a payload that is no text"),
        pytest.param(FORM, b"&".join(b"a%d=1" % number for number in range(101)), id="too many fields"),
        pytest.param(FORM, json.dumps(EVENT).encode(), id="an event that says it is a form"),
    ],
)
def test_what_slack_never_sends_is_unreadable(content_type: str, body: bytes):
    with pytest.raises(Unreadable):
        read(content_type, body)


#: Bytes that mean nothing, and some that nearly mean something.
BODIES = st.binary() | st.builds(
    bytes.__add__,
    st.sampled_from([b"", b"{", b'{"type": "url_verification", "challenge": "', b"payload=", b"command="]),
    st.binary() | st.sampled_from([b"}", b'x"}', b"%7B%7D", b"%FF", b"[" * 2000]),
)


@given(st.sampled_from([JSON, FORM]), BODIES)
def test_whatever_the_bytes_are_they_are_unreadable_or_what_their_type_may_say(
    content_type: str, body: bytes
):
    try:
        told = read(content_type, body)
    except Unreadable:
        kind = None
    else:
        kind = told.kind if isinstance(told, Said) else Challenge

    may_be: dict[str, set[object]] = {
        JSON: {None, Kind.EVENT, Challenge},
        FORM: {None, Kind.INTERACTION, Kind.COMMAND},
    }
    assert kind in may_be[content_type]


@pytest.mark.parametrize(
    ("content_type", "body", "is_check"),
    [
        pytest.param(FORM, b"ssl_check=1&token=abc", True, id="as Slack posts it"),
        pytest.param(FORM, b"token=abc", False, id="something else"),
        pytest.param(FORM, b"ssl_check=0", False, id="zero"),
        pytest.param(JSON, b"ssl_check=1", False, id="no form"),
        pytest.param(FORM, b"ssl_check=1&x=" + b"x" * 500, False, id="longer than it ever is"),
        pytest.param(FORM, b"ssl_check=%FF", False, id="no text"),
    ],
)
def test_a_check_of_the_certificate_is_known(content_type: str, body: bytes, is_check: bool):
    assert is_certificate_check(content_type, body) is is_check
