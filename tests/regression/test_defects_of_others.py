"""What goes wrong in other services of this kind, each as a test that it does not go wrong here."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from scheduler.app.loading import Loaded, load
from scheduler.model.facts import Fact
from scheduler.phrases import load_phrases
from scheduler.policy.opentime import OpenTime
from scheduler.policy.phrases import read
from scheduler.ports import Renderer
from scheduler.settings import Ambassadors, Settings
from tests.world import (
    AMBASSADORS,
    CHANNELS,
    World,
    described,
    joined,
    make_settings,
    post,
    reply,
    stamp,
)

ASKS = post("U1", "2026-04-14 10:00", "押印の様式はどこにありますか")
STORY: tuple[Fact, ...] = (*CHANNELS, joined("U1", "2026-04-10 09:00"), ASKS)
FIRST = ("2026-04-14 11:00", "UA", "alert_first_look")
NextWorld = Callable[..., World]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """The config and the messages that are shipped."""
    return load(None)


@pytest.fixture
def restart(tmp_path: Path) -> Iterator[NextWorld]:
    """Starts the service on the database that the last one left."""
    worlds: list[World] = []

    def start(settings: Settings | None = None, *, renderer: Renderer | None = None) -> World:
        if worlds:
            worlds[-1].store.close()
        worlds.append(World(tmp_path, settings, renderer=renderer))
        return worlds[-1]

    yield start
    worlds[-1].store.close()


@pytest.fixture
def world(restart: NextWorld) -> World:
    return restart()


# an answer is one by somebody else


def test_the_askers_own_reply_does_not_answer(world: World):
    world.live((*STORY, reply("U1", "2026-04-14 10:05", "追記です", ASKS)), until="2026-04-14 12:00")
    assert (world.sent("alert"), world.cases()[0].touched_at) == ([FIRST], None)


def test_a_reaction_by_the_author_does_not_stop_the_alert(world: World):
    world.live((*STORY, stamp("U1", "2026-04-14 10:05", "eyes", ASKS)), until="2026-04-14 12:00")
    assert world.sent("alert") == [FIRST]


def test_a_reaction_by_somebody_else_never_closes_a_question(world: World):
    world.live((*STORY, stamp("U2", "2026-04-14 10:05", "tada", ASKS)), until="2026-04-16 12:00")
    assert world.sent("alert") == [("2026-04-16 10:00", "Cambassadors", "alert_still_open")]


def test_a_bot_that_replies_within_seconds_does_not_answer(world: World):
    by_itself = reply("UBOT", "2026-04-14 10:00:02", "お問い合わせありがとうございます", ASKS)
    facts = (*STORY, described("UBOT", is_bot=True), by_itself)
    world.live(facts, until="2026-04-14 12:00")
    assert world.sent("alert") == [FIRST]


def test_stalled_means_unanswered_not_silent_owner(world: World):
    busy_owner = [
        reply("U1", f"2026-04-14 10:{minute:02}", "まだ分かりません", ASKS) for minute in (5, 20, 55)
    ]
    silent = post("U3", "2026-04-14 10:00", "様式はどこですか", "systems")
    answered = (joined("U3", "2026-04-10 09:00"), silent, reply("U2", "2026-04-14 10:30", "ここです", silent))
    world.live((*STORY, *busy_owner, *answered), until="2026-04-16 12:00")
    told_of = {message.case.channel for message in world.outbox_of("alert") if message.case}
    assert told_of == {ASKS.channel}


# time is open time


def test_a_post_after_hours_is_queued_not_dropped(world: World):
    late = post("U1", "2026-04-17 22:30", "押印の様式はどこにありますか")
    world.live((*CHANNELS, joined("U1", "2026-04-10 09:00"), late), until="2026-04-20 11:00")
    assert world.sent("alert") == [("2026-04-20 10:00", "UA", "alert_first_look")]


@pytest.mark.parametrize(
    "day",
    [
        pytest.param("2026-05-06", id="a substitute holiday"),
        pytest.param("2026-09-22", id="a day between two holidays"),
        pytest.param("2026-12-29", id="the first day of the closure"),
        pytest.param("2027-01-01", id="new year"),
        pytest.param("2027-01-03", id="the last day of the closure"),
        pytest.param("2026-04-18", id="a saturday"),
    ],
)
def test_holidays_are_not_working_days(loaded: Loaded, day: str):
    open_time = OpenTime(loaded.settings.calendar)
    assert open_time.is_open_day(date.fromisoformat(day)) is False


def test_waits_are_counted_in_open_time(world: World):
    before_golden_week = post("U1", "2026-05-01 16:30", "押印の様式はどこにありますか")
    world.live((*CHANNELS, joined("U1", "2026-04-10 09:00"), before_golden_week), until="2026-05-07 11:00")
    assert world.sent("alert") == [("2026-05-07 09:30", "UA", "alert_first_look")]
    assert "'waited_open': Wait(minutes=60)" in world.mailbox.sent[-1][1].text


# Japanese is understood


@pytest.mark.parametrize(
    "text",
    [
        "様式はどちらにあるのでしょうか。",
        "詳しい方はいらっしゃいますか",
        "教えてください。",
        "ご教示いただけると幸いです。",
        "ご教授いただけると嬉しいです。",
        "質問です。住民票の様式について",
        "質問させてください",
        "皆さまの知恵をお借りしたく",
        "設定で困っています",
        "初期設定でつまづいています",
        "行き詰まってしまいました",
        "証明書が切れているみたいなんですが",
        "ログインの画面から進めなくて・・・",
    ],
)
def test_japanese_questions_without_a_mark_are_recognised(text: str):
    assert read(text, load_phrases()).asks


def test_a_full_width_question_mark_is_one():
    assert read("これでよい？", load_phrases()).asks


# nobody has to do anything right for it to work


def test_a_post_needs_no_stamp_by_its_author_to_be_watched(world: World):
    world.live(STORY, until="2026-04-14 12:00")
    assert world.sent("alert") == [FIRST]


def test_a_step_without_anybody_to_tell_is_not_used_up(restart: NextWorld):
    nobody = Ambassadors(channel="", people=(), weekly_budget=5, from_history=0)
    somebody = Ambassadors(channel="", people=AMBASSADORS, weekly_budget=5, from_history=0)
    first_step = make_settings().escalation[:1]
    world = restart(make_settings(ambassadors=nobody, escalation=first_step))
    world.live(STORY, until="2026-04-14 18:00")
    assert (world.outbox_of("alert"), world.cases()[0].steps_taken) == ([], ())
    world = restart(make_settings(ambassadors=somebody, escalation=first_step))
    world.live((), until="2026-04-16 00:00")
    assert world.sent("alert") == [("2026-04-15 09:00", "UA", "alert_first_look")]


# an alert is of use


@pytest.mark.parametrize("step", range(3), ids=["first", "second", "still-open"])
def test_an_alert_links_the_post(restart: NextWorld, loaded: Loaded, step: int):
    url = "https://example.slack.com"
    world = restart(renderer=loaded.messages.bind(workspace_url=url, channel_id=lambda name: f"C{name}"))
    world.live(STORY, until="2026-04-27 00:00")
    alerts = [rendered for message, rendered in world.mailbox.sent if message.kind == "alert"]
    link = f"{url}/archives/{ASKS.channel}/p{ASKS.ts.replace('.', '')}"
    assert link in alerts[step].text
    assert link in str(alerts[step].blocks)


def test_nothing_is_posted_when_nothing_waits(world: World):
    answered = (*STORY, reply("U2", "2026-04-14 10:10", "共有にあります", ASKS))
    world.live(
        (*answered, reply("U1", "2026-04-14 10:15", "ありがとうございます", ASKS)), until="2026-07-01 00:00"
    )
    assert [message.kind for message, _ in world.outbox()] == ["welcome", "thanks", "thanks"]
    quiet_weeks = [line for line in world.decisions() if line == ("thanks", "skip", "quiet_week")]
    assert len(quiet_weeks) == 10


# nothing lives in memory only


def test_a_restart_loses_no_welcome_and_sends_none_twice(restart: NextWorld):
    restart().live((*CHANNELS, joined("U1", "2026-04-14 16:40")), until="2026-04-14 17:00")
    first, second = restart(), restart()
    second.live((), until="2026-04-15 12:00")
    third = restart()
    third.live((joined("U1", "2026-04-14 16:40"),), until="2026-04-17 00:00")
    assert [message.recipient for message, _ in first.mailbox.sent + third.mailbox.sent] == []
    assert third.sent("welcome") == [("2026-04-15 09:30", "U1", "welcome")]


def test_a_restart_loses_no_alert_and_sends_none_twice(restart: NextWorld):
    restart().live(STORY, until="2026-04-14 10:59")
    restart().live((), until="2026-04-14 11:30")
    world = restart()
    world.live(STORY, until="2026-04-14 12:59")
    assert (world.sent("alert"), [m.kind for m, _ in world.mailbox.sent]) == ([FIRST], [])


def test_a_joining_that_is_told_three_times_is_welcomed_once(world: World):
    world.live((*CHANNELS, *[joined("U1", "2026-04-14 10:00")] * 3), until="2026-04-20 00:00")
    assert world.sent("welcome") == [("2026-04-14 10:10", "U1", "welcome")]


# kindness

#: Words that press, blame, rank or call out.
UNKIND = re.compile(
    "怠|サボ|さぼ|至急|早急|督促|催促|放置|無視|義務|必ず|しなければ|してください。まだ|責任|違反|ペナルティ|遅れてい"
    "|ランキング|1位|一位|最下位|ワースト|トップ|何度も|また未|いいかげん|だめ|ダメ|罰"
    r"|\b(?:slackin\w*|lazy|asap|immediately|urgent|overdue|neglect\w*|ignor\w*|must|duty|blame\w*|fault"
    r"|penalt\w*|rank\w*|leaderboard|worst|best|top|winner|loser|fail\w*|shame\w*"
    r"|still haven't|why haven't|called out)\b",
    re.IGNORECASE,
)
MESSAGES = sorted((Path(__file__).parents[2] / "messages").rglob("*.yaml"))


@pytest.mark.parametrize("file", MESSAGES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_wording_shames_nobody(file: Path):
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    del told["about"]  # the admins are told what not to write
    assert UNKIND.findall(str(told)) == []


def test_a_pass_goes_to_the_next_person_and_not_louder(world: World):
    world.live(STORY, until="2026-04-14 14:00")
    told = [(message.ambassador, message.recipient) for message in world.outbox_of("alert")]
    assert told == [("UA", "UA"), ("UB", "UB")]
    assert len({who for who, _ in told}) == len(told)
