"""Every decision leaves a line with its reason, whenever an outcome changes and only then."""

from dataclasses import replace

import pytest

from scheduler.actions.planning import plan_cases, plan_welcomes
from scheduler.actions.thanking import plan_thanks
from scheduler.model.facts import Fact
from scheduler.model.people import Absence
from tests.integration.conftest import MakeWorld
from tests.world import (
    AMBASSADORS,
    CHANNELS,
    World,
    delete,
    described,
    edit,
    joined,
    local,
    make_settings,
    post,
    reply,
    stamp,
    unstamp,
)

ASKS = post("U1", "2026-04-14 10:00", "押印の様式はどこにありますか")
STORY: tuple[Fact, ...] = (*CHANNELS, joined("U1", "2026-04-10 09:00"), ASKS)
WELCOME = ("welcome", "send", "new_member")
OPENED = ("case", "opened", "first_post")


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    return make_world(make_settings(thanks=None))


def test_the_way_of_a_case_can_be_read(world: World):
    seen = stamp("U2", "2026-04-14 11:30", "eyes", ASKS)
    answer = reply("U2", "2026-04-14 12:00", "共有にあります", ASKS)
    again = reply("U1", "2026-04-14 12:30", "共有のどこでしょうか", ASKS)
    solved = reply("U1", "2026-04-14 12:40", "解決しました", ASKS)
    world.live((*STORY, seen, answer, again, solved), until="2026-04-14 16:00")
    assert world.decisions() == [
        WELCOME,
        OPENED,
        ("first", "send", "untouched"),
        ("touch", "touched", "touched"),
        ("case", "closed", "answered"),
        ("case", "opened", "asked_again"),
        ("case", "closed", "resolved"),
    ]


def test_a_line_has_the_values_that_decided(world: World):
    world.live(STORY, until="2026-04-14 12:00")
    with world.store.begin() as work:
        lines = {line.rule: line for line in work.decisions.all()}
    key = f"T1:Cquestions:{ASKS.ts}:1"
    assert (lines["case"].subject, lines["case"].at, lines["case"].values) == (
        key,
        ASKS.at,
        {"opened_at": str(ASKS.at), "kind": "questions", "asks": "True", "topic": "office"},
    )
    assert (lines["first"].subject, lines["first"].at, lines["first"].values) == (
        key,
        local("2026-04-14 11:00"),
        {"due_at": str(local("2026-04-14 11:00")), "to": "UA"},
    )
    assert {line.config_hash for line in lines.values()} == {"test"}


def test_why_a_chat_is_no_case_is_told(world: World):
    hello = post("U1", "2026-04-14 10:00", "はじめまして", "chat")
    world.live((*CHANNELS, joined("U1", "2026-04-10 09:00"), hello), until="2026-04-14 12:00")
    assert world.decisions() == [WELCOME, ("case", "none", "asks_nothing")]


@pytest.mark.parametrize(
    ("member", "text", "channel", "reason"),
    [
        pytest.param("U1", "ありがとうございました", "questions", "asks_nothing", id="thanks"),
        pytest.param(
            "U0", "様式はどこにありますか", "questions", "not_a_beginner", id="nobody knows when they joined"
        ),
        pytest.param("U1", "様式はどこにありますか", "unknown", None, id="a channel that nobody watches"),
    ],
)
def test_why_a_first_post_is_no_case_is_told(
    world: World, member: str, text: str, channel: str, reason: str | None
):
    world.fold(*CHANNELS, joined("U1", "2026-04-10 09:00"), post(member, "2026-04-14 10:00", text, channel))
    assert world.decisions() == ([("case", "none", reason)] if reason else [])


def test_everyday_talk_of_old_members_leaves_no_line(world: World):
    first = post("U0", "2026-04-13 10:00", "様式を置きました")
    world.fold(*CHANNELS, first, post("U0", "2026-04-14 10:00", "様式はどこにありますか"))
    assert world.decisions() == [("case", "none", "not_a_beginner")]


def rulings_of(world: World, rule: str) -> list[tuple[str, list[tuple[str, bool, str]]]]:
    with world.store.begin() as work:
        lines = [line for line in work.decisions.all() if line.rule == rule]
    return [(line.outcome, [(r.rule.value, r.holds, r.value) for r in line.rulings]) for line in lines]


def test_a_step_tells_which_rules_were_asked_whether_it_is_held_or_sent(world: World):
    before = post("UY", "2026-04-14 09:50", "おはようございます")
    next_post = post("UX", "2026-04-14 10:40", "名簿はどこにありますか")
    world.live((*STORY, before, next_post), until="2026-04-14 12:00")
    waited = ("waited", True, "2026-04-14T02:00:00+00:00")
    asked = [("still_open", True, ""), ("no_sign_yet", True, ""), waited]
    until = "2026-04-14T02:10:00+00:00"
    assert rulings_of(world, "first") == [
        ("hold", [*asked, ("maybe_answered", True, until)]),
        ("send", [*asked, ("maybe_answered", False, until), ("somebody_free", True, "UA")]),
    ]


def test_a_step_that_finds_nobody_tells_so(make_world: MakeWorld):
    settings = make_settings()
    nobody = replace(settings.ambassadors, channel="", people=())
    world = make_world(replace(settings, ambassadors=nobody))
    world.live(STORY, until="2026-04-14 12:00")
    assert rulings_of(world, "first")[0][1][-1] == ("somebody_free", False, "")


def test_the_opening_of_a_case_tells_which_rules_were_asked(world: World):
    world.fold(*STORY)
    ((_, asked),) = rulings_of(world, "case")
    assert [(rule, holds) for rule, holds, _ in asked] == [
        ("channel_watched", True),
        ("first_post", True),
        ("join_known", True),
        ("reads_like_a_question", True),
        ("part_of_a_talk", False),
    ]


def test_an_answer_taken_back_leaves_a_case_that_waits_again(world: World):
    answer = reply("U2", "2026-04-14 10:10", "共有にあります", ASKS)
    seen = (stamp("U2", "2026-04-14 10:30", "eyes", ASKS), unstamp("U2", "2026-04-14 10:40", "eyes", ASKS))
    world.live((*STORY, answer, delete(answer, "2026-04-14 10:20"), *seen), until="2026-04-14 10:50")
    assert world.decisions() == [
        WELCOME,
        OPENED,
        ("touch", "touched", "touched"),
        ("case", "closed", "answered"),
        ("touch", "taken_back", "untouched"),
        ("case", "waiting_again", "first_post"),
        ("touch", "touched", "touched"),
        ("touch", "taken_back", "untouched"),
    ]


def test_a_case_that_later_facts_take_away_leaves_a_line(world: World):
    world.live((*STORY, described("U1", "2026-04-14 10:10", is_bot=True)), until="2026-04-14 10:30")
    assert (world.cases(), world.decisions()[1:]) == ((), [OPENED, ("case", "closed", "case_gone")])


def test_what_changes_no_outcome_leaves_no_line(world: World):
    nothing_new = (
        edit(ASKS, "2026-04-14 10:05", "押印の様式はどこにありますか。"),
        post("U1", "2026-04-14 10:06", "よろしくお願いします"),
        reply("U1", "2026-04-14 10:10", "追記です", ASKS),
        stamp("U1", "2026-04-14 10:11", "eyes", ASKS),
        stamp("U2", "2026-04-14 10:12", "robot_face", ASKS),
        unstamp("U2", "2026-04-14 10:13", "robot_face", ASKS),
        *STORY,
    )
    world.live((*STORY, *nothing_new), until="2026-04-14 10:59")
    assert world.decisions() == [WELCOME, OPENED]


def test_a_step_that_waits_for_days_leaves_one_line(make_world: MakeWorld):
    away = Absence(from_on=local("2026-04-01 12:00").date(), to_on=local("2026-04-21 12:00").date())
    settings = make_settings()
    settings = replace(
        settings,
        escalation=settings.escalation[:1],
        ambassadors=replace(
            settings.ambassadors, channel="", people=(replace(AMBASSADORS[0], absences=(away,)),)
        ),
    )
    world = make_world(settings)
    world.live(STORY, until="2026-04-23 00:00")
    assert [line for line in world.decisions() if line[0] == "first"] == [
        ("first", "hold", "nobody_to_tell"),
        ("first", "send", "untouched"),
    ]


def test_planning_twice_adds_nothing(make_world: MakeWorld):
    world = make_world()
    world.live(STORY, until="2026-04-14 10:30")
    now = local("2026-04-17 16:30")
    told = []
    for _ in range(2):
        with world.store.begin() as work:
            plan_cases(work, world.context, now=now)
            plan_welcomes(work, world.context, now=now)
            plan_thanks(work, world.context, scheduled_at=now, now=now)
        told.append((world.outbox(), world.decisions(), world.cases()))
    assert told[0] == told[1]
    assert sorted(message.kind for message, _ in told[0][0]) == ["alert", "thanks", "thanks", "welcome"]


def test_what_was_said_before_may_be_told_late(world: World):
    told_late = post("UX", "2026-04-14 09:58", "押印の様式はどこにありますか")
    answer = post("U1", "2026-04-14 10:00", "共有フォルダにあると思います", "systems")
    told_late = replace(told_late, channel=answer.channel)
    world.fold(*CHANNELS, joined("U1", "2026-04-10 09:00"), answer)
    before = [case.author for case in world.cases()]
    world.fold(told_late)
    assert (before, [case.author for case in world.cases()]) == (["U1"], ["UX"])
    assert ("case", "none", "part_of_a_talk") in world.decisions()
