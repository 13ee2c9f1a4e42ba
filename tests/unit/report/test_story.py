import io
from collections.abc import Sequence

import pytest
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from scheduler.catalogue import LANGUAGES
from scheduler.model.decisions import DecisionRecord, Reason
from scheduler.model.messages import OutgoingMessage, Rendered
from scheduler.report import Period, Results, Story, tell_story
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
    a_case,
    a_decision,
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
    samples: Sequence[tuple[OutgoingMessage, Rendered]] = (),
) -> str:
    file = io.StringIO()
    tell_story(
        Console(file=file, width=80, _environ={}),
        language,
        rows,
        stories=stories,
        names=NAMES,
        open_time=OPEN_TIME,
        period=Period(),
        samples=samples,
    )
    return "\n".join(line.rstrip() for line in file.getvalue().split("\n"))


def told_of_one(*decisions: DecisionRecord, ts: str = "1777014000.000900") -> str:
    story = Story(key="other", channel="C2", ts=ts, title="Other")
    return told("en", results((), (), decisions), (story,))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_story_reads_like_this(language: str, snapshot: SnapshotAssertion):
    assert told(language, results(), STORIES, [(MESSAGES[0][0], WELCOME)]) == snapshot


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


def test_the_story_ends_with_what_to_do_next():
    lines = told("en", results((), (), ()), ()).rstrip().split("\n")

    assert lines[-3:] == [
        "Change the words: edit messages/ja/welcome.yaml, then run make demo again.",
        "Try your own history: ambassador simulate YOUR_EXPORT.zip",
        "Check config and messages: ambassador check",
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
