"""Two weeks of the sample community, by the real service and the real SDK, as the stand-in received them."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

import pytest

from scheduler.app.demo import staged
from scheduler.app.loading import load
from scheduler.demo.pace import Pace
from scheduler.demo.weeks import two_weeks
from scheduler.sandbox import Call
from scheduler.simulate.sample import names, stories
from scheduler.simulate.sample.cast import people
from tests.world import TOKYO, shown

LINK = re.compile(r"/archives/(C\w+)/p(\d{10})(\d{6})")
KEY_OF = {(story.channel, story.ts): story.key for story in stories()}
#: Stories in which somebody answered with a post of their own.
ANSWERED_OUTSIDE = frozenset({"linked-later", "mentioned-later"})
WHO = {person.id: person.key for person in people()} | {"C0SAMPLE12": "#ambassadors", "C0SAMPLE03": "#chat"}


@dataclass(frozen=True)
class Week:
    """What the stand-in received, and what stands there at the end: texts by (channel or member, ts)."""

    received: list[Call]
    standing: dict[tuple[str, str], str]

    def posts(self) -> Iterator[Call]:
        return (call for call in self.received if call.method == "chat.postMessage")

    def alerts(self) -> list[tuple[str, str, str]]:
        """(when, whom, which story) of the messages that link a post."""
        found = ((call, LINK.search(str(call.arguments["text"]))) for call in self.posts())
        return [
            (shown(call.at), WHO[call.arguments["channel"]], KEY_OF[link[1], f"{link[2]}.{link[3]}"])
            for call, link in found
            if link
        ]

    def edits(self) -> list[tuple[str, str, str]]:
        """(when, whom, the sign that the alert begins with from then on)."""
        return [
            (shown(call.at), _reader(call.arguments["channel"]), call.arguments["text"][0])
            for call in self.received
            if call.method == "chat.update"
        ]

    def welcomed(self) -> list[tuple[str, str]]:
        return [
            (shown(call.at), WHO[call.arguments["channel"]])
            for call in self.posts()
            if call.arguments["channel"] in names() and not LINK.search(str(call.arguments["text"]))
        ]


def _reader(channel: str) -> str:
    return WHO[channel.removeprefix("D")]


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Week:
    return asyncio.run(_lived(tmp_path_factory.mktemp("week")))


async def _lived(folder: Path) -> Week:
    weeks = two_weeks()
    async with staged(load(None), weeks, folder) as stage:
        await stage.live(weeks, Pace(1e9), happened=lambda _: None, visited=lambda _: None, done=lambda: None)
        assert stage.sandbox.delivery.unacknowledged == 0
        assert stage.sandbox.limits.ignored == 0
        channels = stage.sandbox.world.channels
        standing = {(c.id, m.ts): m.text for c in channels.values() for m in c.messages.values()}
        return Week(received=list(stage.sandbox.received), standing=standing)


def test_new_members_are_welcomed_once_in_the_send_window_and_guests_are_not(week: Week):
    assert week.welcomed() == [
        ("2026-04-20 09:29", "hirose"),
        ("2026-04-20 10:53", "furukawa"),
        ("2026-04-21 10:30", "emma"),
        ("2026-04-23 14:29", "hosoi"),
        ("2026-04-28 09:41", "maekawa"),
    ]


def test_posts_that_wait_are_put_in_front_of_the_right_ambassador_at_the_right_time(week: Week):
    assert [alert for alert in week.alerts() if alert[2] not in ANSWERED_OUTSIDE] == [
        ("2026-04-20 09:30", "tsuji", "friday-evening"),
        ("2026-04-20 14:40", "#ambassadors", "never-touched"),
        ("2026-04-21 10:30", "tsuji", "reopened"),
        ("2026-04-22 09:30", "ebihara", "at-night"),
        ("2026-04-22 10:15", "tsuji", "check-mark-by-author"),
        ("2026-04-22 13:00", "kanda", "check-mark-by-author"),
        ("2026-04-23 14:10", "onodera", "stamp-taken-back"),
        ("2026-04-24 10:20", "kuroda", "reply-deleted"),
        ("2026-04-24 13:00", "morio", "reply-deleted"),
        ("2026-04-27 08:35", "#ambassadors", "reply-deleted"),
        ("2026-04-28 14:15", "ebihara", "always-answered"),
        ("2026-04-28 16:15", "kanda", "always-answered"),
        ("2026-04-30 10:40", "morio", "bot-answers"),
        ("2026-04-30 13:00", "onodera", "bot-answers"),
    ]


@pytest.mark.parametrize(
    "story",
    [
        pytest.param("guest", id="a reply within the hour"),
        pytest.param("late-first-post", id="a stamp, then a reply"),
        pytest.param("self-resolved", id="the author solves it"),
        pytest.param("edited-as-solved", id="the author says so in an edit"),
        pytest.param("dismissed", id="an ambassador says that it needs no answer"),
        pytest.param("thanks-by-hand", id="chat"),
    ],
)
def test_a_post_that_was_answered_or_settled_in_time_alerts_nobody(week: Week, story: str):
    assert [alert for alert in week.alerts() if alert[2] == story] == []


def test_an_answer_outside_the_thread_is_seen_so_that_no_single_ambassador_is_asked(week: Week):
    """How long the ambassadors' channel waits then is a matter of judgement, and tested there."""
    told = [(whom, story) for _, whom, story in week.alerts() if story in ANSWERED_OUTSIDE]

    assert told == [("#ambassadors", "mentioned-later"), ("#ambassadors", "linked-later")]


def test_alerts_are_edited_in_place_when_somebody_answers(week: Week):
    assert week.edits() == [
        ("2026-04-20 11:20", "tsuji", "✅"),
        ("2026-04-21 10:45", "tsuji", "✅"),
        ("2026-04-22 10:50", "ebihara", "✅"),
        ("2026-04-22 13:40", "tsuji", "✅"),
        ("2026-04-22 13:40", "kanda", "✅"),
        ("2026-04-23 16:05", "onodera", "✅"),
        ("2026-04-27 10:30", "kuroda", "✅"),
        ("2026-04-27 10:30", "morio", "✅"),
        ("2026-04-27 10:30", "#ambassadors", "✅"),
        ("2026-04-28 16:30", "ebihara", "✅"),
        ("2026-04-28 16:30", "kanda", "✅"),
        ("2026-04-30 13:25", "morio", "✅"),
        ("2026-04-30 13:25", "onodera", "✅"),
        ("2026-04-30 14:00", "#ambassadors", "☑"),
        ("2026-04-30 16:10", "#ambassadors", "☑"),
    ]


def test_what_was_edited_is_what_stands_there(week: Week):
    edits = [call for call in week.received if call.method == "chat.update"]

    assert edits
    assert {week.standing[call.arguments["channel"], call.arguments["ts"]] for call in edits} == {
        call.arguments["text"] for call in edits
    }


def test_the_thank_you_comes_on_the_friday_on_which_nobody_had_said_it(week: Week):
    thanks = [shown(call.at) for call in week.posts() if WHO.get(call.arguments["channel"]) == "#chat"]

    assert thanks == ["2026-05-01 16:30"]


def test_nothing_is_posted_in_quiet_times(week: Week):
    local = [call.at.astimezone(TOKYO) for call in week.posts()]

    assert [at for at in local if is_quiet(at)] == []


def is_quiet(at: datetime) -> bool:
    is_closed = at.weekday() >= 5 or (at.month, at.day) == (4, 29)
    is_lunch = time(12) <= at.time() < time(13)
    return is_closed or is_lunch or not time(8, 30) <= at.time() < time(18, 30)


def test_nothing_is_sent_twice(week: Week):
    marks = [call.arguments["metadata"]["event_payload"]["id"] for call in week.posts()]
    alerts = [(whom, story) for _, whom, story in week.alerts() if whom != "#ambassadors"]
    edits = [
        (call.arguments["ts"], call.arguments["text"])
        for call in week.received
        if call.method == "chat.update"
    ]

    assert [len(set(each)) for each in (marks, alerts, edits)] == [len(marks), len(alerts), len(edits)]


def test_slack_never_had_to_refuse_anything(week: Week):
    assert [(call.method, call.outcome) for call in week.received if call.outcome != "ok"] == []
