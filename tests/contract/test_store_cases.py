from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.model.cases import Case, CaseKey, ChannelKind, Outcome, SignKind, WeakStrength
from scheduler.model.decisions import Reason
from scheduler.model.facts import JoinSource
from scheduler.ports import NearCase, Store, WeekFigures, Work
from tests.contract.rows import KEY, TUESDAY, case
from tests.world import TEAM, described, joined

MINUTE = timedelta(minutes=1)
SECOND = replace(KEY, opening=2)
FULL = case(
    kind=ChannelKind.INTRODUCTIONS,
    topic="「様式」's",
    asks=False,
    run_end_at=TUESDAY + MINUTE,
    touched_at=TUESDAY + MINUTE,
    touched_by="UA",
    touched_how=SignKind.MENTION,
    answered_at=TUESDAY + 2 * MINUTE,
    answered_by="UB",
    weak_sign_at=TUESDAY + 3 * MINUTE,
    weak_strength=WeakStrength.LIKELY,
    undated_stamp=True,
    closed_at=TUESDAY + 4 * MINUTE,
    outcome=Outcome.RESOLVED,
    steps_taken=("first", "second"),
)


def at(ts: str, opening: int = 1, channel: str = "Cquestions") -> CaseKey:
    return CaseKey(team=TEAM, channel=channel, ts=ts, opening=opening)


def save(store: Store, *cases: Case) -> None:
    with store.begin() as work:
        for each in cases:
            work.cases.save(each)


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param(case(), id="just opened"),
        pytest.param(case(due_at=TUESDAY + MINUTE, steps_taken=("first",)), id="waiting for a step"),
        pytest.param(FULL, id="with everything known"),
    ],
)
def test_an_opening_comes_back_as_it_was_written(store: Store, kept: Case):
    save(store, kept)

    with store.begin() as work:
        assert work.cases.find(KEY) == kept


def test_an_opening_is_written_over(store: Store):
    save(store, case())
    save(store, FULL)

    with store.begin() as work:
        assert work.cases.of_post(KEY.channel, KEY.ts) == (FULL,)


def test_two_openings_of_a_post_are_given_in_order(store: Store):
    first = case(closed_at=TUESDAY, outcome=Outcome.ANSWERED)
    again = case(key=SECOND, reason=Reason.ASKED_AGAIN, opened_at=TUESDAY + MINUTE)
    save(store, again, first, case(key=at("1776128400.000001")))

    with store.begin() as work:
        assert work.cases.of_post(KEY.channel, KEY.ts) == (first, again)
        assert work.cases.find(SECOND) == again


def test_a_case_that_was_removed_is_gone_and_no_other(store: Store):
    save(store, case(), case(key=SECOND))

    with store.begin() as work:
        work.cases.remove(SECOND)
    with store.begin() as work:
        assert (work.cases.find(KEY), work.cases.find(SECOND)) == (case(), None)


def test_closing_ends_an_opening_whatever_the_facts_around_it(store: Store):
    save(store, case(due_at=TUESDAY))

    with store.begin() as work:
        work.cases.close(KEY, Outcome.EXPIRED, TUESDAY + MINUTE)
    with store.begin() as work:
        assert work.cases.find(KEY) == case(outcome=Outcome.EXPIRED, closed_at=TUESDAY + MINUTE)
        assert work.cases.due(TUESDAY + MINUTE, most=9) == ()


def test_an_excerpt_stays_when_the_opening_is_written_over(store: Store):
    save(store, case())
    with store.begin() as work:
        work.cases.keep_excerpt(KEY, "押印は'必要'ですか🌸")
    save(store, case(touched_at=TUESDAY, touched_by="UA"))

    with store.begin() as work:
        assert work.cases.excerpt(KEY) == "押印は'必要'ですか🌸"


@pytest.mark.parametrize("way", ["save", "close"])
def test_a_case_that_closes_loses_its_excerpt(store: Store, way: str):
    save(store, case())
    with store.begin() as work:
        work.cases.keep_excerpt(KEY, "words")
        if way == "save":
            work.cases.save(case(outcome=Outcome.ANSWERED, closed_at=TUESDAY))
        else:
            work.cases.close(KEY, Outcome.EXPIRED, TUESDAY)
    with store.begin() as work:
        assert work.cases.excerpt(KEY) == ""


def test_a_closed_case_takes_no_excerpt(store: Store):
    save(store, case(outcome=Outcome.ANSWERED, closed_at=TUESDAY))
    with store.begin() as work:
        work.cases.keep_excerpt(KEY, "words")

        assert work.cases.excerpt(KEY) == ""


def test_each_opening_has_its_own_excerpt(store: Store):
    save(store, case(), case(key=SECOND))
    with store.begin() as work:
        work.cases.keep_excerpt(SECOND, "again")

        assert (work.cases.excerpt(KEY), work.cases.excerpt(SECOND)) == ("", "again")


def test_of_a_case_never_heard_of_there_is_no_excerpt(store: Store):
    with store.begin() as work:
        assert work.cases.excerpt(KEY) == ""


def test_cases_near_are_those_opened_since_then_whose_run_ended_before(store: Store):
    ended = case(
        key=at("1.1"), outcome=Outcome.ANSWERED, closed_at=TUESDAY + MINUTE,
        weak_sign_at=TUESDAY, weak_strength=WeakStrength.LIKELY,
    )  # fmt: skip
    save(
        store,
        ended,
        case(key=at("1.2"), opened_at=TUESDAY - MINUTE),
        case(key=at("1.3"), run_end_at=TUESDAY + MINUTE),
        case(key=at("1.4", channel="Cchat")),
    )

    with store.begin() as work:
        near = work.cases.near("Cquestions", start=TUESDAY, end=TUESDAY + MINUTE)

    assert near == (NearCase("1.1", "UN", TUESDAY, TUESDAY + MINUTE, WeakStrength.LIKELY),)


def test_the_posts_with_cases_of_an_author_are_found_once_each(store: Store):
    save(
        store,
        case(),
        case(key=SECOND),
        case(key=at("1.2", channel="Cchat")),
        case(key=at("1.3"), author="UX"),
    )

    with store.begin() as work:
        assert work.cases.of_author("UN") == (("Cchat", "1.2"), ("Cquestions", KEY.ts))


def test_cases_are_due_from_their_time_on_the_longest_due_first(store: Store):
    save(
        store,
        case(key=at("1.1"), due_at=TUESDAY + MINUTE),
        case(key=at("1.2"), due_at=TUESDAY),
        case(key=at("1.3"), due_at=TUESDAY + 2 * MINUTE),
        case(key=at("1.4")),
    )

    with store.begin() as work:
        all_of_them = [each.key.ts for each in work.cases.due(TUESDAY + MINUTE, most=9)]
        one = [each.key.ts for each in work.cases.due(TUESDAY + MINUTE, most=1)]

    assert (all_of_them, one) == (["1.2", "1.1"], ["1.2"])


def test_a_new_due_time_and_the_steps_taken_are_kept(store: Store):
    save(store, case(due_at=TUESDAY))

    with store.begin() as work:
        work.cases.set_due(KEY, TUESDAY + MINUTE, ("first", "second"))
    with store.begin() as work:
        assert work.cases.find(KEY) == case(due_at=TUESDAY + MINUTE, steps_taken=("first", "second"))


def answered(ts: str, by: str, minutes: int = 0) -> Case:
    return case(key=at(ts), answered_at=TUESDAY + minutes * MINUTE, answered_by=by)


def test_who_answered_most_comes_first_ties_by_id_never_looking_ahead(store: Store):
    save(
        store,
        *(answered("1.1", "UC"), answered("1.2", "UB"), answered("1.3", "UB"), answered("1.4", "UA")),
        *(answered(f"2.{late}", "UA", minutes=1) for late in range(3)),
        case(key=at("1.5")),
    )

    with store.begin() as work:
        before = work.cases.top_answerers(before=TUESDAY + MINUTE, most=9)
        two = work.cases.top_answerers(before=TUESDAY + 2 * MINUTE, most=2)

    assert (before, two) == (("UB", "UA", "UC"), ("UA", "UB"))


def people(work: Work) -> None:
    for member, source in (
        ("U1", JoinSource.EVENT),
        ("U2", JoinSource.SYNC_WINDOW),
        ("U3", JoinSource.EARLIEST_TRACE),
        ("U4", JoinSource.FIRST_SEEN),
        ("B5", JoinSource.EVENT),
    ):
        work.members.trace(joined(member, "2026-04-14 10:00", source))
    work.members.trace(joined("U6", "2026-04-14 09:59"))
    work.members.trace(joined("U7", "2026-04-14 10:05"))
    work.members.describe(described("B5", is_bot=True))


def test_a_week_is_told_in_figures(store: Store):
    save(
        store,
        case(key=at("1.1"), touched_at=TUESDAY, answered_at=TUESDAY, answered_by="UA"),
        case(key=at("1.2"), touched_at=TUESDAY),
        case(key=at("1.3"), opened_at=TUESDAY + 5 * MINUTE, touched_at=TUESDAY),
        case(key=at("1.4"), reason=Reason.EARLY_POST, answered_at=TUESDAY + MINUTE, answered_by="UA"),
        case(key=at("1.5"), opened_at=TUESDAY - MINUTE, answered_at=TUESDAY, answered_by="UB"),
        case(key=at("1.6"), answered_at=TUESDAY + 5 * MINUTE, answered_by="UC"),
    )
    with store.begin() as work:
        people(work)
        empty = work.cases.week(TUESDAY - MINUTE * 9, TUESDAY - MINUTE * 8)
        week = work.cases.week(TUESDAY, TUESDAY + 5 * MINUTE)

    assert empty == WeekFigures(0, 0, 0, 0, 0)
    assert week == WeekFigures(joined=3, first_posts=3, first_posts_touched=2, answers=3, helpers=2)
