"""What stands in a history, as facts."""

from datetime import UTC, datetime

import pytest

from scheduler.model.facts import Fact, MessageEdited, MessagePosted, Precision, Shape, StampAdded
from scheduler.slack.past import facts_of

TS, LATER_TS = "1785751200.000100", "1785751260.000200"
AT = datetime(2026, 8, 3, 10, 0, 0, 100, tzinfo=UTC)
LATER = datetime(2026, 8, 3, 10, 1, 0, 200, tzinfo=UTC)
TOLD = datetime(2026, 8, 4, tzinfo=UTC)
MESSAGE = {"type": "message", "user": "U1", "ts": TS, "text": "こんにちは"}


def told(**fields: object) -> list[Fact]:
    return [*facts_of("T1", "C1", [{**MESSAGE, **fields}], told_at=TOLD)]


def posted(text: str = "こんにちは") -> MessagePosted:
    return MessagePosted(
        team="T1", channel="C1", ts=TS, at=AT, author="U1", text=text, shape=Shape.POST, thread_ts=None
    )  # fmt: skip


def stamped(member: str) -> StampAdded:
    return StampAdded(
        team="T1", channel="C1", ts=TS, at=TOLD, member=member, stamp="eyes",
        precision=Precision.NO_LATER_THAN,
    )  # fmt: skip


def test_a_post_tells_of_itself():
    assert told() == [posted()]


def test_an_edit_tells_when_it_was_made_though_only_the_last_words_stand_there():
    edited = MessageEdited(team="T1", channel="C1", ts=TS, at=LATER, text="こんにちは")

    assert told(edited={"user": "U1", "ts": LATER_TS}) == [posted(), edited]


def test_nobody_knows_when_a_stamp_was_given():
    reactions = [{"name": "eyes", "users": ["U2", "U3"], "count": 2}]

    assert told(reactions=reactions) == [posted(), stamped("U2"), stamped("U3")]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"subtype": "channel_join"}, id="Slack's own remark"),
        pytest.param({"subtype": "tombstone"}, id="the stone of a deleted post"),
        pytest.param({"subtype": ["file_share"]}, id="a kind that is no text"),
        pytest.param({"ts": None}, id="no time"),
        pytest.param({"ts": "١٧٨٥٧٥١٢٠٠.0"}, id="a time in other digits"),
        pytest.param({"text": 17}, id="a text that is none"),
        pytest.param({"user": ["U1"]}, id="an author that is none"),
    ],
)
def test_what_no_member_wrote_and_what_is_malformed_is_left_out(fields: dict[str, object]):
    assert told(**fields) == []


def test_odd_stamps_are_left_out_one_by_one():
    odd = [None, {"name": "eyes"}, {"name": 3, "users": ["U2"]}, {"name": "heart", "users": [None, "U2"]}]
    reactions = [*odd, {"name": "eyes", "users": ["U2"]}]

    assert told(reactions=reactions) == [posted(), stamped("U2")]


def test_half_a_sign_does_not_hide_the_rest():
    assert told(text="\ud800様式は？") == [posted("?様式は？")]
