"""From facts to alerts that went out: when, to whom, and when not."""

from dataclasses import replace
from datetime import date

import pytest

from scheduler.model.cases import Outcome
from scheduler.model.decisions import Reason
from scheduler.model.facts import Fact
from scheduler.model.messages import OutboxState
from scheduler.model.people import Absence, Ambassador
from scheduler.settings import Ambassadors, Settings, TimeKind
from tests.integration.conftest import MakeWorld
from tests.world import (
    AMBASSADORS,
    CHANNELS,
    World,
    delete,
    described,
    edit,
    joined,
    make_settings,
    post,
    reply,
    stamp,
    unstamp,
)

ASKS = post("U1", "2026-04-14 10:00", "押印の様式はどこにありますか")
LINK = f"<https://example.slack.com/archives/CQ/p{ASKS.ts.replace('.', '')}> これですね"
FORMS = post("U1", "2026-04-14 10:00", "押印の様式の件です")
STORY: tuple[Fact, ...] = (*CHANNELS, joined("U1", "2026-04-10 09:00"), ASKS)
FIRST = ("2026-04-14 11:00", "UA", "alert_first_look")
SECOND = ("2026-04-14 13:00", "UB", "alert_second_pair")
STILL_OPEN = ("2026-04-16 10:00", "Cambassadors", "alert_still_open")


def with_people(*people: Ambassador, channel: str = "ambassadors") -> Settings:
    return make_settings(
        ambassadors=Ambassadors(channel=channel, people=people, weekly_budget=5, from_history=5)
    )


def by_clock() -> Settings:
    """The first step counts every hour, and so may fall into a quiet time."""
    settings = make_settings()
    return replace(settings, escalation=(replace(settings.escalation[0], time=TimeKind.CLOCK),))


def outcomes(world: World) -> list[Outcome | None]:
    return [case.outcome for case in world.cases()]


def test_an_untouched_post_is_put_in_front_of_one_more_person_at_each_step(world: World):
    world.live(STORY, until="2026-04-27 00:00")
    assert world.sent("alert") == [FIRST, SECOND, STILL_OPEN]


def test_what_nobody_closes_expires_without_another_word(world: World):
    world.live(STORY, until="2026-06-01 00:00")
    assert (world.sent("alert"), outcomes(world)) == ([FIRST, SECOND, STILL_OPEN], [Outcome.EXPIRED])


@pytest.mark.parametrize(
    ("posted", "alerted"),
    [
        pytest.param("2026-04-14 10:00", "2026-04-14 11:00", id="in office hours"),
        pytest.param("2026-04-14 16:20", "2026-04-15 09:20", id="shortly before closing"),
        pytest.param("2026-04-14 21:00", "2026-04-15 10:00", id="in the evening"),
        pytest.param("2026-04-17 17:30", "2026-04-20 10:00", id="on friday after hours"),
        pytest.param("2026-05-02 10:00", "2026-05-07 10:00", id="in golden week"),
    ],
)
def test_the_first_alert_comes_after_an_hour_of_open_time(world: World, posted: str, alerted: str):
    asks = post("U1", posted, "様式はどこですか")
    world.live((*CHANNELS, joined("U1", "2026-04-10 09:00"), asks), until="2026-05-31 00:00")
    assert world.sent("alert")[0] == (alerted, "UA", "alert_first_look")


@pytest.mark.parametrize(
    "sign",
    [
        pytest.param((reply("U2", "2026-04-14 10:59", "共有にあります", ASKS),), id="a reply"),
        pytest.param((reply("U1", "2026-04-14 10:30", "解決しました", ASKS),), id="the author solved it"),
        pytest.param((stamp("U1", "2026-04-14 10:30", "white_check_mark", ASKS),), id="the author ticked it"),
        pytest.param((edit(ASKS, "2026-04-14 10:30", "【解決】様式の件"),), id="the author edited it"),
        pytest.param((delete(ASKS, "2026-04-14 10:30"),), id="the author took it back"),
        pytest.param((stamp("UB", "2026-04-14 10:30", "no_entry_sign", ASKS),), id="dismissed"),
        pytest.param((described("U1", "2026-04-14 10:30", is_deactivated=True),), id="the author left"),
    ],
)
def test_a_case_that_was_closed_in_time_alerts_nobody(world: World, sign: tuple[Fact, ...]):
    world.live(STORY + sign, until="2026-06-01 00:00")
    assert world.outbox_of("alert") == []


def test_a_touch_stops_the_clock_of_touches_only(world: World):
    world.live((*STORY, stamp("U2", "2026-04-14 10:30", "eyes", ASKS)), until="2026-04-27 00:00")
    assert world.sent("alert") == [STILL_OPEN]


def test_a_touch_that_is_taken_back_starts_it_again(world: World):
    back = (stamp("U2", "2026-04-14 10:30", "eyes", ASKS), unstamp("U2", "2026-04-14 12:00", "eyes", ASKS))
    world.live(STORY + back, until="2026-04-14 12:30")
    assert world.sent("alert") == [("2026-04-14 12:00", "UA", "alert_first_look")]


def test_an_answer_that_is_deleted_leaves_the_case_waiting_again(world: World):
    answer = reply("U2", "2026-04-14 10:30", "共有にあります", ASKS)
    world.live((*STORY, answer, delete(answer, "2026-04-14 15:00")), until="2026-04-14 16:00")
    assert (outcomes(world), world.sent("alert")) == (
        [None],
        [("2026-04-14 15:00", "UA", "alert_second_pair")],
    )


def test_a_further_question_after_the_answer_is_watched_anew(world: World):
    answer = reply("U2", "2026-04-14 10:30", "共有にあります", ASKS)
    again = reply("U1", "2026-04-14 13:00", "共有のどこでしょうか", ASKS)
    world.live((*STORY, answer, again), until="2026-04-14 16:30")
    assert world.sent("alert") == [
        ("2026-04-14 14:00", "UA", "alert_first_look"),
        ("2026-04-14 16:00", "UB", "alert_second_pair"),
    ]


# what it shows


@pytest.mark.parametrize(
    ("more", "excerpt"),
    [
        pytest.param((), "押印の様式の件です", id="the post"),
        pytest.param(
            (post("U1", "2026-04-14 10:05", "様式はどこですか"),),
            "様式はどこですか",
            id="the question that follows",
        ),
        pytest.param(
            (post("U1", "2026-04-14 10:05", "よろしくお願いします"),),
            "押印の様式の件です",
            id="not what asks nothing",
        ),
        pytest.param(
            (edit(FORMS, "2026-04-14 10:05", "押印の様式の件です。どこ？"),),
            "押印の様式の件です。どこ？",
            id="as edited",
        ),
    ],
)
def test_an_alert_shows_the_words_that_matter(world: World, more: tuple[Fact, ...], excerpt: str):
    world.live((*CHANNELS, joined("U1", "2026-04-10 09:00"), FORMS, *more), until="2026-04-14 12:00")
    assert f"'excerpt': '{excerpt}'" in world.mailbox.sent[-1][1].text


def test_an_alert_says_that_it_is_a_first_post_where_everybody_is_promised_an_answer_too(world: World):
    first = post("U1", "2026-04-14 10:00", "端末の様式はどこにありますか", "systems")
    world.live((*CHANNELS, joined("U1", "2026-04-10 09:00"), first), until="2026-04-14 12:00")
    assert "'first_post': True" in world.mailbox.sent[-1][1].text


# weak signs


@pytest.mark.parametrize(
    ("text", "sent", "says_so"),
    [
        pytest.param("共有フォルダにありますよ", "2026-04-16 10:20", True, id="that reads like the answer"),
        pytest.param("名簿はどこにありますか", "2026-04-14 12:20", True, id="that may ask back"),
    ],
)
def test_the_next_post_in_the_channel_delays_and_is_mentioned_in_the_alert(
    world: World, text: str, sent: str, says_so: bool
):
    next_post = post("UX", "2026-04-14 10:20", text)
    world.live((*STORY, next_post), until="2026-04-16 10:45")
    assert world.sent("alert")[0] == (sent, "UA", "alert_first_look")
    words = next(rendered.text for message, rendered in world.mailbox.sent if message.kind == "alert")
    assert f"'maybe_answered': {says_so}" in words


def test_a_post_in_a_busy_channel_that_asks_something_new_is_hardly_a_sign(world: World):
    before = post("UY", "2026-04-14 09:50", "おはようございます")
    next_post = post("UX", "2026-04-14 10:40", "名簿はどこにありますか")
    world.live((*STORY, before, next_post), until="2026-04-14 12:00")
    assert world.sent("alert") == [("2026-04-14 11:10", "UA", "alert_first_look")]
    assert "'maybe_answered': False" in world.mailbox.sent[-1][1].text


def test_thanks_for_a_post_in_the_channel_close_the_case(world: World):
    answer = post("UX", "2026-04-14 10:20", "共有フォルダにありますよ")
    thanks = post("U1", "2026-04-14 10:50", "ありがとうございます。助かりました")
    world.live((*STORY, answer, thanks), until="2026-04-30 12:00")
    (case,) = world.cases()
    assert (case.outcome, case.answered_by, case.answered_at) == (Outcome.ANSWERED, "UX", answer.at)
    assert world.sent("alert") == []


def test_the_author_says_days_later_in_the_channel_that_it_is_solved(world: World):
    world.live((*STORY, post("U1", "2026-04-16 09:30", "解決しました")), until="2026-04-27 00:00")
    assert (world.sent("alert"), outcomes(world)) == ([FIRST, SECOND], [Outcome.RESOLVED])


def test_a_mention_that_is_edited_away_leaves_the_case_waiting_again(world: World):
    named = post("UX", "2026-04-14 10:20", "<@U1> 共有フォルダにありますよ")
    other = post("UY", "2026-04-14 09:50", "<@U1> ようこそ")
    elsewhere = edit(named, "2026-04-14 10:30", "名簿の件です")
    world.fold(*STORY, other, named)
    assert [case.touched_by for case in world.cases()] == ["UX"]
    world.fold(elsewhere)
    assert [case.touched_by for case in world.cases()] == [None]


def test_what_may_have_been_answered_is_shown_to_one_person_and_no_more(world: World):
    next_post = post("UX", "2026-04-14 11:20", "共有フォルダにありますよ")
    world.live((*STORY, next_post), until="2026-05-01 12:00")
    assert (world.sent("alert"), outcomes(world)) == ([FIRST], [Outcome.MAYBE_ANSWERED])


def test_a_channel_that_answers_in_the_channel_is_not_asked_about_twice(world: World):
    """Two talks that ended well teach that the next one will."""
    earlier = [
        fact
        for day, member in enumerate(("U7", "U8"), start=6)
        for fact in (
            joined(member, "2026-04-01 09:00"),
            post(member, f"2026-04-0{day} 10:00", "様式はどこにありますか"),
            post("UX", f"2026-04-0{day} 10:10", "共有フォルダにありますよ"),
            post(member, f"2026-04-0{day} 10:20", "ありがとうございます"),
        )
    ]
    answer = post("UX", "2026-04-14 10:20", "共有フォルダにありますよ")
    world.live((*earlier, *STORY, answer), until="2026-04-30 12:00")
    assert world.sent("alert") == []
    assert outcomes(world) == [Outcome.ANSWERED, Outcome.ANSWERED, Outcome.MAYBE_ANSWERED]


def test_without_a_weak_sign_the_alert_says_nothing_of_the_kind(world: World):
    world.live(STORY, until="2026-04-14 12:00")
    assert "'maybe_answered': False" in world.mailbox.sent[-1][1].text


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        pytest.param("<@U1> 共有フォルダにありますよ", "Q", id="mentions the author"),
        pytest.param(LINK, "Q", id="links the post"),
        pytest.param(LINK, "chat", id="links the post from another channel"),
    ],
)
def test_a_post_that_points_at_it_touches(world: World, text: str, channel: str):
    named = replace(CHANNELS[0], channel="CQ")  # a link spells ids as Slack does
    points = post("UX", "2026-04-14 10:20", text, channel)
    world.live((named, *STORY[:-1], replace(ASKS, channel="CQ"), points), until="2026-04-15 12:00")
    assert world.sent("alert") == []


def test_a_marked_post_is_watched_also_long_after_and_a_mention_then_touches_it(world: World):
    old = post("U9", "2026-04-02 10:00", "去年の様式を置いておきます")  # who was here before we were
    marked = stamp("U2", "2026-06-15 10:00", "pushpin", old)
    mention = post("UX", "2026-06-15 10:20", "<@U9> ありがとうございます")
    world.live((*CHANNELS, old, marked), until="2026-06-15 10:10")
    assert outcomes(world) == [None]
    world.live((mention,), until="2026-06-16 12:00")
    assert [case.touched_by for case in world.cases()] == ["UX"]
    assert world.sent("alert") == []


# whom


def test_the_author_is_never_told_of_the_own_post(world: World):
    own = post("UA", "2026-04-14 10:00", "様式はどこですか")
    world.live((*CHANNELS, joined("UA", "2026-04-10 09:00"), own), until="2026-05-31 00:00")
    told = {recipient for _, recipient, _ in world.sent("alert")}
    assert told == {"UC", "UB", "Cambassadors"}


def test_nobody_is_told_twice_of_one_post(make_world: MakeWorld):
    world = make_world(with_people(*AMBASSADORS[:1]))
    world.live(STORY, until="2026-04-27 00:00")
    assert [recipient for _, recipient, _ in world.sent("alert")] == ["UA", "Cambassadors", "Cambassadors"]


def test_who_looks_after_the_topic_is_first_then_anyone_then_the_channel(make_world: MakeWorld):
    only_systems = replace(AMBASSADORS[1], member="UB")
    world = make_world(with_people(only_systems, AMBASSADORS[0]))
    world.live(STORY, until="2026-04-27 00:00")
    assert [recipient for _, recipient, _ in world.sent("alert")] == ["UA", "UB", "Cambassadors"]


def test_turns_are_taken_from_case_to_case(world: World):
    days = (6, 8, 10, 14)
    posts = [post(f"U{day}", f"2026-04-{day:02} 10:00", "様式はどこですか") for day in days]
    joins = [joined(f"U{day}", "2026-04-03 09:00") for day in days]
    answers = [reply("U2", f"2026-04-{d:02} 12:00", "ここです", p) for d, p in zip(days, posts, strict=True)]
    world.live((*CHANNELS, *joins, *posts, *answers), until="2026-04-15 00:00")
    assert [recipient for _, recipient, _ in world.sent("alert")] == ["UA", "UC", "UA", "UC"]


def test_a_day_of_many_questions_asks_nobody_too_often(make_world: MakeWorld):
    settings = make_settings()
    world = make_world(replace(settings, escalation=settings.escalation[:1]))
    spaced = [(f"U{n}", f"2026-04-14 {9 + n // 2:02}:{n % 2 * 30:02}") for n in range(10)]
    joins = [joined(member, "2026-04-10 09:00") for member, _ in spaced]
    channels = ("questions", "systems", "hello", "chat")
    posts = [post(member, at, "様式はどこですか", channels[n % 4]) for n, (member, at) in enumerate(spaced)]
    world.live((*CHANNELS, *joins, *posts), until="2026-04-15 09:00")
    told = [recipient for _, recipient, _ in world.sent("alert")]
    assert {who: told.count(who) for who in sorted(set(told))} == {
        "Cambassadors": 4,
        "UA": 2,
        "UB": 2,
        "UC": 2,
    }


def test_the_budget_of_a_week_is_kept(make_world: MakeWorld):
    settings = replace(
        with_people(Ambassador(member="UA", weekly_budget=2)), escalation=make_settings().escalation[:1]
    )
    world = make_world(settings)
    days = (6, 7, 8, 9, 10, 13, 14)
    posts = [post(f"U{day}", f"2026-04-{day:02} 10:00", "様式はどこですか") for day in days]
    joins = [joined(f"U{day}", "2026-04-02 09:00") for day in days]
    world.live((*CHANNELS, *joins, *posts), until="2026-04-15 00:00")
    assert [(at[5:10], to) for at, to, _ in world.sent("alert")] == [
        ("04-06", "UA"),
        ("04-07", "UA"),
        ("04-08", "Cambassadors"),
        ("04-09", "Cambassadors"),
        ("04-10", "Cambassadors"),
        ("04-13", "UA"),
        ("04-14", "UA"),
    ]


@pytest.mark.parametrize(
    "person",
    [
        pytest.param(
            replace(AMBASSADORS[0], absences=(Absence(from_on=date(2026, 4, 13), to_on=date(2026, 4, 14)),)),
            id="away",
        ),
        pytest.param(replace(AMBASSADORS[0], quiet_weekdays=frozenset({1})), id="on a quiet weekday"),
        pytest.param(replace(AMBASSADORS[0], weekly_budget=0), id="without a budget"),
    ],
)
def test_who_cannot_be_told_today_is_passed_over(make_world: MakeWorld, person: Ambassador):
    world = make_world(with_people(person, AMBASSADORS[2]))
    world.live(STORY, until="2026-04-14 12:00")
    assert world.sent("alert") == [("2026-04-14 11:00", "UC", "alert_first_look")]


def test_an_alert_that_has_to_wait_for_the_morning_goes_to_who_can_be_told_then(make_world: MakeWorld):
    # It falls due on Monday night; on Tuesday morning, when it may go out, A has the quiet weekday.
    settings = by_clock()
    people = (replace(AMBASSADORS[0], quiet_weekdays=frozenset({1})), AMBASSADORS[2])
    world = make_world(replace(settings, ambassadors=replace(settings.ambassadors, people=people)))
    asks = post("U1", "2026-04-13 20:00", "様式はどこですか")
    world.live((*CHANNELS, joined("U1", "2026-04-10 09:00"), asks), until="2026-04-14 12:00")
    assert world.sent("alert") == [("2026-04-14 08:30", "UC", "alert_first_look")]


# nobody


def test_with_nobody_to_tell_the_step_waits_and_is_not_used_up(make_world: MakeWorld):
    away = replace(AMBASSADORS[0], absences=(Absence(from_on=date(2026, 4, 1), to_on=date(2026, 4, 15)),))
    settings = with_people(away, channel="")
    world = make_world(replace(settings, escalation=settings.escalation[:1]))
    world.live(STORY, until="2026-04-14 12:00")
    assert (world.sent("alert"), [case.steps_taken for case in world.cases()]) == ([], [()])
    assert ("first", "hold", "nobody_to_tell") in world.decisions()
    world.live((), until="2026-04-17 00:00")
    assert world.sent("alert") == [("2026-04-16 09:00", "UA", "alert_first_look")]


def test_who_is_never_there_lets_the_case_expire(make_world: MakeWorld):
    settings = with_people(replace(AMBASSADORS[0], weekly_budget=0), channel="")
    world = make_world(settings)
    world.live(STORY, until="2026-06-01 00:00")
    assert (world.outbox_of("alert"), outcomes(world)) == ([], [Outcome.EXPIRED])


# holding and outages


def test_an_alert_in_a_quiet_time_waits_for_its_end(make_world: MakeWorld):
    world = make_world(by_clock())
    asks = post("U1", "2026-04-14 20:00", "様式はどこですか")
    world.live((*CHANNELS, joined("U1", "2026-04-10 09:00"), asks), until="2026-04-15 12:00")
    assert world.sent("alert") == [("2026-04-15 08:30", "UA", "alert_first_look")]
    assert [held for message, held in world.outbox() if message.kind == "alert"] == [(Reason.QUIET_TIME,)]


def test_an_alert_that_was_held_is_skipped_when_somebody_answers_meanwhile(make_world: MakeWorld):
    world = make_world(by_clock())
    asks = post("U1", "2026-04-14 20:00", "様式はどこですか")
    answer = reply("U2", "2026-04-15 07:00", "共有にあります", asks)
    world.live((*CHANNELS, joined("U1", "2026-04-10 09:00"), asks, answer), until="2026-04-15 12:00")
    assert [(message.state, message.reason) for message in world.outbox_of("alert")] == [
        (OutboxState.SKIPPED, Reason.ANSWERED)
    ]


def test_who_was_only_meant_to_be_told_can_still_be_told(make_world: MakeWorld):
    world = make_world(replace(by_clock(), ambassadors=with_people(AMBASSADORS[0]).ambassadors))
    asks = post("U1", "2026-04-14 20:00", "様式はどこですか")
    answer = reply("U2", "2026-04-15 07:00", "共有にあります", asks)
    again = reply("U1", "2026-04-15 09:00", "共有のどこでしょうか", asks)
    joins = joined("U1", "2026-04-10 09:00")
    world.live((*CHANNELS, joins, asks, answer, again), until="2026-04-15 12:00")
    assert world.sent("alert") == [("2026-04-15 10:00", "UA", "alert_first_look")]


def test_after_an_outage_only_the_last_step_that_came_due_is_taken(world: World):
    world.clock.step_to(ASKS.at)
    world.fold(*STORY)
    world.sleep_until("2026-04-14 15:00")
    world.live((), until="2026-04-14 16:00")
    assert world.sent("alert") == [("2026-04-14 15:00", "UA", "alert_second_pair")]
    assert world.cases()[0].steps_taken == ("first", "second")
    assert ("first", "skip", "too_late") in world.decisions()


def test_after_an_outage_longer_than_a_case_lives_nobody_is_told(world: World):
    world.fold(*STORY)
    world.sleep_until("2026-06-01 10:00")
    world.live((), until="2026-06-02 00:00")
    assert (world.outbox_of("alert"), outcomes(world)) == ([], [Outcome.EXPIRED])


def test_facts_told_late_and_twice_alert_once(world: World):
    world.live(STORY, until="2026-04-14 12:00")
    world.live(STORY, until="2026-04-14 12:30")
    assert world.sent("alert") == [FIRST]


def test_the_members_of_a_history_that_names_nobody_are_told_by_what_they_did_before(make_world: MakeWorld):
    world = make_world(with_people())
    early = [post(f"U{n}", f"2026-04-0{n} 10:00", "様式はどこですか") for n in (6, 7)]
    joins = [joined(f"U{n}", "2026-04-02 09:00") for n in (1, 6, 7)]
    answers = [
        reply("UH", f"2026-04-0{n} 10:10", "ここです", asks) for n, asks in zip((6, 7), early, strict=True)
    ]
    world.live((*CHANNELS, *joins, *early, *answers, ASKS), until="2026-04-14 12:00")
    assert world.sent("alert") == [("2026-04-14 11:00", "UH", "alert_first_look")]
