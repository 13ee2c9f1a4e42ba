"""What cannot change an open case is not judged: judging it would give the same cases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.model.cases import Outcome, WeakStrength
from scheduler.model.facts import Fact
from tests.unit.actions.one_question import LATER, QUESTION, after, judged, touched
from tests.world import World, delete, joined, local, post, reply, stamp

OFFER = post("UX", "2026-04-14 10:20", "転入届の押印は、たぶん不要だと思います。")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with touched(tmp_path, OFFER) as world:
        yield world


def test_the_case_is_touched_and_has_the_strongest_weak_sign(world: World):
    (case,) = world.cases()

    assert (case.touched_by, case.weak_strength, case.weak_sign_at) == ("UX", WeakStrength.STRONG, OFFER.at)


@pytest.mark.parametrize(
    ("fact", "touched_by", "outcome"),
    [
        pytest.param(stamp("UZ", LATER, "eyes", QUESTION), "UX", None, id="another touch"),
        pytest.param(stamp("UZ", "2026-04-14 10:05", "eyes", QUESTION), "UZ", None, id="one told late"),
        pytest.param(stamp("UX", LATER, "eyes", QUESTION), "UX", None, id="the touch, put there anew"),
        pytest.param(stamp("UX", LATER, "tada", QUESTION), "UX", None, id="another one by the same person"),
        pytest.param(stamp("UN", LATER, "eyes", QUESTION), "UX", None, id="one by the author"),
        pytest.param(
            stamp("UN", LATER, "white_check_mark", QUESTION), "UX", Outcome.RESOLVED, id="the author's tick"
        ),
        pytest.param(reply("UZ", LATER, "不要です", QUESTION), "UX", Outcome.ANSWERED, id="a reply"),
    ],
)
def test_a_touch_after_the_first_one_changes_nothing(
    world: World, fact: Fact, touched_by: str, outcome: Outcome | None
):
    (case,) = after(world, fact)

    assert (case.touched_by, case.outcome) == (touched_by, outcome)
    assert judged(world) == (case,)


@pytest.mark.parametrize(
    "fact",
    [
        pytest.param(post("UZ", LATER, "転入届の押印は、うちでも不要です。"), id="another post like it"),
        pytest.param(
            post("UZ", "2026-04-14 10:30", "先日の資料を共有します。"), id="one about something else"
        ),
        pytest.param(
            post("UZ", "2026-04-14 10:15", "転入届の押印は不要です。"), id="one before it, told late"
        ),
        pytest.param(post("UZ", LATER, "<@UN> さん、押印は不要です。"), id="one that mentions the author"),
        pytest.param(post("UN", LATER, "ありがとうございます、分かりました。"), id="the author's thanks"),
    ],
)
def test_posts_after_the_strongest_weak_sign_leave_the_case_as_judging_it_would(world: World, fact: Fact):
    (case,) = after(world, fact)

    assert judged(world) == (case,)


def test_thanks_in_the_thread_are_for_the_last_post_before_them_even_when_it_is_told_late(world: World):
    world.fold(reply("UN", "2026-04-14 11:30", "ありがとうございます。", QUESTION))
    told_late = post("UZ", LATER, "うちでは様式を変えました。")

    (case,) = after(world, told_late)

    assert case.answered_by == "UZ"
    assert judged(world) == (case,)


def test_thanks_are_no_longer_for_a_post_that_is_deleted_however_long_after_the_case_it_stood(world: World):
    days_later = post("UZ", "2026-04-17 10:00", "うちでは様式を変えました。")
    world.fold(days_later, post("UN", "2026-04-17 10:30", "ありがとうございます。"))
    assert [case.answered_by for case in world.cases()] == ["UZ"]

    (case,) = after(world, delete(days_later, "2026-04-17 11:00"))

    assert case.answered_by == "UX"
    assert judged(world) == (case,)


def test_whom_thanks_in_the_thread_are_for_does_not_depend_on_what_the_author_writes_later(world: World):
    question = post("UM", "2026-04-14 10:00", "はじめまして。印紙は必要でしょうか。", "chat")
    world.fold(
        joined("UM", "2026-04-13 09:00"),
        question,
        post("UZ", "2026-04-17 10:30", "窓口の時間が変わりました。", "chat"),
        reply("UM", "2026-04-17 11:00", "解決しました。ありがとうございます。", question),
    )
    folded = after(world, post("UM", "2026-04-17 12:00", "ありがとうございます。", "chat"))

    assert judged(world, question) == folded


def test_a_weak_sign_is_near_a_run_until_a_day_after_its_last_message(world: World):
    world.fold(
        joined("UM", "2026-04-13 09:00"),
        post("UM", "2026-04-14 10:00", "はじめまして。印紙は必要でしょうか。", "chat"),
        post("UM", "2026-04-14 10:09", "窓口の話です。", "chat"),
    )

    world.fold(post("UZ", "2026-04-15 10:05", "印紙は、たぶん不要だと思います。", "chat"))

    (case,) = (case for case in world.cases() if case.author == "UM")
    assert case.weak_sign_at == local("2026-04-15 10:05")


def test_of_two_of_the_strongest_the_earlier_one_counts_even_when_it_is_told_late(world: World):
    told_late = post("UZ", "2026-04-14 10:15", "転入届の押印は、たぶん不要だと思います。")

    (case,) = after(world, told_late)

    assert case.weak_sign_at == told_late.at
