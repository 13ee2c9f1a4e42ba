"""How much the next posts look like the answer, and how long they delay an alert."""

from datetime import datetime, timedelta

import pytest

from scheduler.model.cases import Case, CaseKey, ChannelKind, Habit, Outcome, WeakStrength
from scheduler.model.decisions import Reason
from scheduler.model.readings import KnownMessage
from scheduler.policy.opentime import OpenTime
from scheduler.policy.postfacts import PostFacts
from scheduler.policy.weaksigns import WeakSign, delayed_until, outcome_unclosed, weak_sign
from tests.unit.policy.test_cases import AUTHOR, HELLO, HELPER, around, at, said
from tests.world import TEAM, local, make_settings

SETTINGS = make_settings()
OPEN_TIME = OpenTime(SETTINGS.calendar)
SLIGHT, LIKELY, STRONG = WeakStrength
ABOUT = frozenset({"a1", "b2"})
ELSE = frozenset({"c3"})
POST = said(terms=ABOUT)
BUSY = (said("09:58", "U7", terms=ELSE), said("09:59", "U8"))


def later(*talk: KnownMessage, before: tuple[KnownMessage, ...] = BUSY) -> PostFacts:
    return around(POST, talk=talk, before=before)


def found(facts: PostFacts, until: datetime | None = None) -> WeakSign | None:
    return weak_sign(facts, SETTINGS, after=POST.at, until=until)


@pytest.mark.parametrize(
    ("post", "strength"),
    [
        pytest.param(said("10:30", HELPER), LIKELY, id="that-says-anything"),
        pytest.param(said("10:30", HELPER, offers=True, score=-2), STRONG, id="that-offers-an-answer"),
        pytest.param(said("10:30", HELPER, replies=True), STRONG, id="that-opens-like-a-reply"),
        pytest.param(said("10:30", HELPER, terms=ABOUT), STRONG, id="about-the-same"),
        pytest.param(said("10:30", HELPER, terms=ABOUT, asks=True), STRONG, id="that-asks-about-the-same"),
        pytest.param(said("10:30", HELPER, asks=True), SLIGHT, id="that-asks-something-new"),
        pytest.param(said("10:30", HELPER, score=-1), SLIGHT, id="that-tells-of-itself"),
        pytest.param(said("10:30", HELPER, thanks=True), SLIGHT, id="that-thanks-somebody"),
        pytest.param(said("10:30", HELPER, terms=ELSE), SLIGHT, id="about-what-others-talk-of"),
        pytest.param(said("10:30", "U8"), SLIGHT, id="by-somebody-who-was-talking"),
        pytest.param(said("10:30", "U8", offers=True), LIKELY, id="that-offers-by-somebody-who-was-talking"),
        pytest.param(said("10:30", "U8", terms=ABOUT), STRONG, id="about-the-same-by-somebody-talking"),
    ],
)
def test_the_next_post_by_somebody_else_counts_by_how_it_reads(post: KnownMessage, strength: WeakStrength):
    assert found(later(post)) == WeakSign(post.at, strength)


@pytest.mark.parametrize(
    ("post", "before", "strength"),
    [
        pytest.param(said("12:00", HELPER), (), STRONG, id="nobody-wrote-for-long"),
        pytest.param(said("12:01", HELPER), (), LIKELY, id="but-the-post-came-much-later"),
        pytest.param(said("12:00", HELPER), (said("09:00", "U8"),), LIKELY, id="an-hour-is-not-long"),
        pytest.param(said("12:00", HELPER), (said("08:59", "U8"),), STRONG, id="more-than-an-hour-is"),
        pytest.param(said("12:00", HELPER, asks=True), (), LIKELY, id="it-asks-back-perhaps"),
        pytest.param(said("12:00", "U8"), (said("08:59", "U8"),), SLIGHT, id="the-same-one-goes-on"),
    ],
)
def test_in_a_quiet_channel_a_post_soon_after_counts_for_more(
    post: KnownMessage, before: tuple[KnownMessage, ...], strength: WeakStrength
):
    assert found(later(post, before=before)) == WeakSign(post.at, strength)


@pytest.mark.parametrize(
    ("talk", "strength"),
    [
        pytest.param((said("10:30", HELPER),), SLIGHT, id="the-next-hello"),
        pytest.param((said("10:30", HELPER, replies=True),), LIKELY, id="a-welcome-perhaps"),
        pytest.param((said("10:30", HELPER), said("10:40")), STRONG, id="the-two-are-talking"),
    ],
)
def test_among_hellos_the_next_post_is_hardly_a_sign(talk: tuple[KnownMessage, ...], strength: WeakStrength):
    assert found(around(POST, talk=talk, rule=HELLO)) == WeakSign(talk[0].at, strength)


@pytest.mark.parametrize(
    ("post", "back", "strength"),
    [
        pytest.param(said("10:30", HELPER), said("10:40"), STRONG, id="after-anything"),
        pytest.param(said("10:30", HELPER), said("22:30"), STRONG, id="within-twelve-hours"),
        pytest.param(said("10:30", HELPER), said("22:31"), LIKELY, id="later"),
        pytest.param(said("10:30", HELPER), said("10:20"), LIKELY, id="before-it"),
        pytest.param(
            said("10:30", HELPER), said("10:40", deleted_at=at("10:41")), LIKELY, id="and-deletes-it"
        ),
        pytest.param(said("10:30", HELPER, asks=True), said("10:40"), STRONG, id="after-a-question-back"),
        pytest.param(
            said("10:30", HELPER, asks=True), said("10:40", asks=True), LIKELY, id="only-to-ask-again"
        ),
    ],
)
def test_the_two_are_talking_when_the_author_writes_again(
    post: KnownMessage, back: KnownMessage, strength: WeakStrength
):
    talk = sorted((post, back), key=lambda each: each.ts)
    assert found(later(*talk)) == WeakSign(post.at, strength)


ASKED = said("10:30", HELPER, asks=True)


@pytest.mark.parametrize(
    ("talk", "sign"),
    [
        pytest.param((), None, id="nobody-wrote"),
        pytest.param((said("10:30", AUTHOR),), None, id="the-author-alone"),
        pytest.param((said("10:30", "UBOT", is_human=False),), None, id="a-bot"),
        pytest.param((said("10:30", HELPER, deleted_at=at("10:31")),), None, id="deleted"),
        pytest.param((said("04-15 10:00", HELPER),), WeakSign(at("04-15 10:00"), LIKELY), id="within-a-day"),
        pytest.param((said("04-15 10:01", HELPER),), None, id="after-a-day"),
        pytest.param(
            (ASKED, said("10:40", "U3", offers=True)), WeakSign(at("10:40"), STRONG), id="the-second-answers"
        ),
        pytest.param(
            (said("10:30", HELPER), said("10:40", "U3")),
            WeakSign(at("10:30"), LIKELY),
            id="the-first-of-equals",
        ),
        pytest.param(
            (ASKED, said("10:35", HELPER), said("10:36", HELPER), said("10:40", "U3", offers=True)),
            WeakSign(at("10:30"), SLIGHT),
            id="the-fourth-is-too-late",
        ),
    ],
)
def test_the_first_of_the_three_that_look_most_like_the_answer_counts(
    talk: tuple[KnownMessage, ...], sign: WeakSign | None
):
    assert found(later(*talk)) == sign


def test_what_was_said_after_the_case_ended_does_not_count():
    assert found(later(said("10:30", HELPER)), until=at("10:30")) is None


# how long it delays

FIRST_SIGN = at("10:30")
NOBODY_KNOWS = Habit()
IN_THREADS = Habit(in_threads=23, all_in_threads=23)
IN_CHANNEL = Habit(outside=20, all_outside=20)
LIKE_OTHERS = Habit(all_outside=400)
EXPIRES = at("04-28 10:00")


def case_with(strength: WeakStrength | None, **what: object) -> Case:
    told: dict[str, object] = {
        "key": CaseKey(team=TEAM, channel="C1", ts="1.0"), "author": AUTHOR, "kind": ChannelKind.QUESTIONS,
        "topic": "", "asks": True, "reason": Reason.FIRST_POST, "opened_at": at("10:00"),
        "run_end_at": at("10:00"),
        "weak_sign_at": FIRST_SIGN if strength else None, "weak_strength": strength, **what,
    }  # fmt: skip
    return Case(**told)  # type: ignore[arg-type]


def until(case: Case, habit: Habit, *, later: timedelta = timedelta(0), told: int = 0) -> datetime | None:
    return delayed_until(case, habit, SETTINGS, OPEN_TIME, ends_at=EXPIRES, later=later, told=told)


@pytest.mark.parametrize(
    ("strength", "habit", "delay"),
    [
        pytest.param(None, IN_CHANNEL, None, id="no-sign"),
        pytest.param(SLIGHT, NOBODY_KNOWS, "2026-04-14 11:00", id="slight-nobody-knows"),
        pytest.param(LIKELY, NOBODY_KNOWS, "2026-04-14 12:30", id="likely-nobody-knows"),
        pytest.param(STRONG, NOBODY_KNOWS, "2026-04-16 10:30", id="strong-nobody-knows"),
        pytest.param(SLIGHT, IN_CHANNEL, "2026-04-14 14:00", id="slight-where-people-answer-in-the-channel"),
        pytest.param(LIKELY, IN_CHANNEL, "2026-04-15 16:30", id="likely-where-people-answer-in-the-channel"),
        pytest.param(STRONG, IN_CHANNEL, "2026-04-28 10:00", id="strong-where-people-answer-in-the-channel"),
        pytest.param(STRONG, LIKE_OTHERS, "2026-04-28 10:00", id="strong-where-all-channels-do"),
        pytest.param(SLIGHT, IN_THREADS, "2026-04-14 10:31", id="slight-where-they-use-threads"),
        pytest.param(LIKELY, IN_THREADS, "2026-04-14 10:34", id="likely-where-they-use-threads"),
        pytest.param(STRONG, IN_THREADS, "2026-04-14 11:02", id="strong-where-they-use-threads"),
    ],
)
def test_the_delay_grows_with_how_likely_it_was_the_answer(
    strength: WeakStrength | None, habit: Habit, delay: str | None
):
    assert until(case_with(strength), habit) == (local(delay) if delay else None)


@pytest.mark.parametrize("habit", [NOBODY_KNOWS, IN_THREADS], ids=["nobody-knows", "in-threads"])
def test_each_time_somebody_was_told_a_sign_counts_one_step_more_and_a_strong_one_ends_it(habit: Habit):
    once = [until(case_with(strength), habit, told=1) for strength in WeakStrength]
    twice = [until(case_with(strength), habit, told=2) for strength in WeakStrength]
    assert once == [until(case_with(LIKELY), habit), EXPIRES, EXPIRES]
    assert twice == [EXPIRES, EXPIRES, EXPIRES]


def test_a_later_step_is_delayed_with_the_first():
    assert until(case_with(SLIGHT), NOBODY_KNOWS, later=timedelta(hours=2)) == at("13:00")


@pytest.mark.parametrize(
    ("case", "habit", "outcome"),
    [
        pytest.param(case_with(STRONG), IN_CHANNEL, Outcome.MAYBE_ANSWERED, id="surely-answered"),
        pytest.param(case_with(STRONG), NOBODY_KNOWS, Outcome.EXPIRED, id="perhaps-answered"),
        pytest.param(
            case_with(LIKELY, steps_taken=("first",)),
            IN_THREADS,
            Outcome.MAYBE_ANSWERED,
            id="shown-to-one-person",
        ),
        pytest.param(case_with(None), IN_CHANNEL, Outcome.EXPIRED, id="left-alone"),
        pytest.param(
            case_with(STRONG, touched_at=at("10:10")), IN_CHANNEL, Outcome.EXPIRED, id="touched-and-no-more"
        ),
    ],
)
def test_a_case_that_nobody_closed_ends_by_what_is_likely(case: Case, habit: Habit, outcome: Outcome):
    assert outcome_unclosed(case, habit, SETTINGS, OPEN_TIME, ends_at=EXPIRES) is outcome
