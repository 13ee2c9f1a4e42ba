import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from scheduler.catalogue import LANGUAGES
from scheduler.model.cases import Outcome
from scheduler.model.decisions import DecisionRecord, Reason
from scheduler.model.messages import OutgoingMessage, Rendered
from scheduler.report import Period, Results, Story, local_period, tell_story
from scheduler.report.asread import as_read
from tests.unit.report.examples import (
    ALONE,
    ANSWERED,
    CASES,
    DECISIONS,
    MAYBE,
    MESSAGES,
    NAMES,
    OPEN_TIME,
    OVERNIGHT,
    REGULAR,
    TOKYO,
    a_case,
    a_decision,
    at,
    results,
)

STORIES = tuple(
    Story(key=f"story-{number}", channel=case.key.channel, ts=case.key.ts, title=f"Story {number}")
    for number, case in enumerate((ANSWERED, OVERNIGHT, ALONE, MAYBE, REGULAR), start=1)
)
WELCOME = Rendered(
    text="ようこそ。",
    blocks=(
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "<@U1> さん、ようこそ。\n\n<#C2> をどうぞ。A &amp; B"},
        },
        {
            "type": "actions",
            "elements": [{"type": "button", "text": {"type": "plain_text", "text": "投稿を開く"}}],
        },
    ),
)


def told(
    language: str,
    rows: Results,
    stories: Sequence[Story],
    *,
    samples: Sequence[tuple[OutgoingMessage, Rendered]] = (),
    period: Period | None = None,
    width: int = 80,
) -> str:
    file = io.StringIO()
    tell_story(
        Console(file=file, width=width, _environ={}),
        language,
        rows,
        stories=stories,
        names=NAMES,
        open_time=OPEN_TIME,
        period=period or Period(),
        samples=samples,
    )
    return file.getvalue()


def told_of_one(*decisions: DecisionRecord, ts: str = "1777014000.000900") -> str:
    story = Story(key="other", channel="C2", ts=ts, title="Other")
    return told("en", results((), (), decisions), (story,))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_story_reads_like_this(language: str, snapshot: SnapshotAssertion):
    assert told(language, results(), STORIES, samples=[(MESSAGES[0][0], WELCOME)]) == snapshot


def test_a_post_that_opens_no_case_says_why():
    decision = a_decision(
        "T1:C2:1777014000.000900:1", "case", "none", Reason.ASKS_NOTHING, "2026-04-24 16:00"
    )

    assert "  Fri 24 Apr 16:00  no case opens: does not read like a question\n" in told_of_one(decision)


def test_a_post_of_which_nothing_was_written_down_is_told_too():
    assert "no case opens: not a beginner's post, or a channel that is not watched" in told_of_one().replace(
        "\n                    ", " "
    )


def test_a_thank_you_by_hand_makes_ours_needless():
    decision = a_decision("thanks:T1:2026-W17:C2", "thanks", "skip", Reason.HUMAN_THANKED, "2026-04-24 16:30")

    text = told_of_one(decision)
    assert "  Fri 24 Apr 16:30  → no thank-you from us this week: somebody had said thanks\n" in text
    assert "  Fri 24 Apr 16:30  thank-you to #雑談: somebody had said thanks already\n" in text


def test_a_second_opening_is_told_as_one():
    again = a_case("1776646800.000100", "2026-04-24 10:00", reason=Reason.ASKED_AGAIN)

    assert "相沢 陸 asks again, and the case opens once more" in told(
        "en", results((again,), (), ()), STORIES[:1]
    )


def test_only_posts_of_the_period_are_told():
    period = local_period(TOKYO, date(2026, 4, 22), date(2026, 4, 23))
    text = told("en", results(), STORIES, period=period)

    assert [number for number in range(1, 6) if f"Story {number}" in text] == [3, 4]
    assert "2026-04-22 to 2026-04-23: what happened to 2 posts" in text


def test_a_period_without_a_post_to_tell_says_so_in_one_sentence():
    text = told("en", results((), (), ()), STORIES, period=local_period(TOKYO, date(2027, 1, 1), None))

    assert text.split("\n")[1:4] == [
        "If this service had run in the sample community",
        "There is no post to tell of in this period.",
        "",
    ]


def test_a_touch_that_was_taken_back_is_told_with_its_end():
    touch = a_decision(str(REGULAR.key), "touch", "touched", Reason.TOUCHED, "2026-04-24 16:10")
    values = {"touched_at": str(touch.at), "by": "U2", "how": "stamp"}
    gone = a_decision(str(REGULAR.key), "touch", "taken_back", Reason.UNTOUCHED, "2026-04-24 16:12")
    text = told("ja", results((REGULAR,), (), (replace(touch, values=values), gone)), STORIES[4:])

    assert "  4月24日（金）16:10  神田 美咲さんのスタンプ。開庁時間で10分\n" in text
    assert "  4月24日（金）16:12  そのスタンプが取り消され、また待ちはじめる\n" in text


def test_a_channel_that_has_no_room_beside_the_title_stands_below():
    story = replace(STORIES[0], title="自己紹介に半日だれも気づかない")

    assert "\n自己紹介に半日だれも気づかない\n#なんでも相談\n" in told("ja", results(), [story], width=40)


def test_a_post_that_was_touched_does_not_just_expire():
    case = replace(
        ANSWERED,
        answered_at=None,
        answered_by=None,
        closed_at=at("2026-05-04 10:00"),
        outcome=Outcome.EXPIRED,
    )

    assert "  5月4日（月）10:00  反応はあったが、返信のないまま見守りを終える\n" in told(
        "ja", results((case,), (), ()), STORIES[:1]
    )


def test_the_story_ends_with_what_to_do_next():
    lines = told("en", results((), (), ()), ()).rstrip().split("\n")

    assert lines[-3:] == [
        "Change the words: edit messages/ja/welcome.yaml, then run make demo again.",
        "Try your own history: .venv/bin/ambassador simulate YOUR_EXPORT.zip",
        "Check config and messages: .venv/bin/ambassador check",
    ]


def test_the_same_rows_tell_the_same_story():
    rows, turned = results(), results(CASES[::-1], MESSAGES[::-1], DECISIONS[::-1])

    assert told("ja", rows, STORIES) == told("ja", turned, STORIES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<@U1>", "@相沢 陸", id="a member"),
        pytest.param("<@U9>", "@U9", id="a member without a name"),
        pytest.param("<#C2>", "#雑談", id="a channel"),
        pytest.param("<#C2|old-name>", "#雑談", id="a channel with a label"),
        pytest.param("<https://example.com|こちら>", "こちら", id="a link with a label"),
        pytest.param("<https://example.com>", "https://example.com", id="a link"),
        pytest.param("&lt;@U1&gt; &amp;lt;", "<@U1> &lt;", id="escaped text stays text"),
    ],
)
def test_slack_markup_is_put_into_words(text: str, expected: str):
    assert as_read(Rendered(text=text), NAMES) == expected


def test_a_message_is_read_from_its_blocks_and_buttons():
    assert as_read(WELCOME, NAMES) == "@相沢 陸 さん、ようこそ。\n\n#雑談 をどうぞ。A & B\n\n[投稿を開く]"
