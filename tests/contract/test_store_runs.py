"""Runs: messages of one author, shortly after each other, nobody in between, are one post."""

from dataclasses import replace
from itertools import permutations

import pytest

from scheduler.model.facts import MessagePosted
from scheduler.ports import Messages, Placed, Store
from tests.contract.rows import GAP, NOTHING
from tests.world import post, reply

FIRST = post("UN", "2026-04-14 10:00", "")
SOON = post("UN", "2026-04-14 10:08", "")
STILL = post("UN", "2026-04-14 10:18", "")
LATER = post("UN", "2026-04-14 10:29", "")
OTHER = post("UA", "2026-04-14 10:12", "")


def add(messages: Messages, *facts: MessagePosted) -> list[Placed | None]:
    return [messages.add(fact, NOTHING, gap=GAP) for fact in facts]


def runs(messages: Messages, *facts: MessagePosted) -> list[str | None]:
    return [messages.run_of(fact.channel, fact.ts) for fact in facts]


def test_messages_shortly_after_each_other_are_one_run(store: Store):
    with store.begin() as work:
        add(work.messages, FIRST, SOON, STILL, LATER)
    with store.begin() as work:
        found = runs(work.messages, FIRST, SOON, STILL, LATER)

    assert found == [FIRST.ts, FIRST.ts, FIRST.ts, LATER.ts]


def test_somebody_in_between_ends_a_run(store: Store):
    with store.begin() as work:
        add(work.messages, FIRST, SOON, OTHER, STILL)

        assert runs(work.messages, FIRST, SOON, OTHER, STILL) == [FIRST.ts, FIRST.ts, OTHER.ts, STILL.ts]


@pytest.mark.parametrize(
    "in_between",
    [
        pytest.param(reply("UA", "2026-04-14 10:02", "", FIRST), id="a reply in a thread"),
        pytest.param(post("B1", "2026-04-14 10:02", "", is_bot=True), id="a bot"),
        pytest.param(post(None, "2026-04-14 10:02", ""), id="a message without an author"),
        pytest.param(post("UA", "2026-04-14 10:02", "", channel="chat"), id="a post in another channel"),
    ],
)
def test_who_posts_nothing_in_the_channel_ends_no_run(store: Store, in_between: MessagePosted):
    with store.begin() as work:
        add(work.messages, FIRST, in_between, SOON)

        assert runs(work.messages, FIRST, SOON) == [FIRST.ts, FIRST.ts]


def test_the_runs_are_the_same_in_whatever_order_they_are_told(store: Store):
    told = (FIRST, SOON, OTHER, STILL, LATER)
    found = set()
    for number, order in enumerate(permutations(told)):
        moved = {fact: replace(fact, channel=f"C{number}") for fact in told}
        with store.begin() as work:
            add(work.messages, *(moved[fact] for fact in order))
            found.add(tuple(runs(work.messages, *moved.values())))

    assert found == {(FIRST.ts, FIRST.ts, OTHER.ts, STILL.ts, LATER.ts)}


def test_a_new_message_tells_its_run_and_the_runs_it_changed(store: Store):
    with store.begin() as work:
        placed = add(work.messages, FIRST, STILL, SOON, OTHER)

    assert placed == [
        Placed(FIRST.ts, frozenset({FIRST.ts})),
        Placed(STILL.ts, frozenset({STILL.ts})),
        Placed(FIRST.ts, frozenset({FIRST.ts, STILL.ts}), came_late=True),
        Placed(OTHER.ts, frozenset({OTHER.ts, FIRST.ts, STILL.ts}), came_late=True),
    ]


def test_what_is_no_humans_post_comes_into_no_run(store: Store):
    with store.begin() as work:
        placed = add(
            work.messages,
            FIRST,
            reply("UA", "2026-04-14 10:02", "", FIRST),
            post("B1", "2026-04-14 10:03", "", is_bot=True),
            post(None, "2026-04-14 10:04", ""),
        )

    assert placed[1:] == [Placed(), Placed(), Placed()]


def test_the_messages_of_a_run_are_given_in_order(store: Store):
    with store.begin() as work:
        add(work.messages, STILL, SOON, OTHER, FIRST)
    with store.begin() as work:
        run = work.messages.run(FIRST.channel, FIRST.ts)

    assert [(each.ts, each.run_ts, each.is_human) for each in run] == [
        (FIRST.ts, FIRST.ts, True),
        (SOON.ts, FIRST.ts, True),
    ]


def test_only_a_top_level_message_by_a_human_has_a_run(store: Store):
    answer = reply("UA", "2026-04-14 10:02", "", FIRST)
    with store.begin() as work:
        add(work.messages, FIRST, answer)

        assert runs(work.messages, answer, OTHER) == [None, None]


def test_the_first_runs_of_an_author_are_found_across_channels_in_order(store: Store):
    elsewhere = post("UN", "2026-04-14 10:20", "", channel="chat")
    with store.begin() as work:
        add(work.messages, LATER, elsewhere, FIRST, SOON, OTHER)
    with store.begin() as work:
        all_of_them = work.messages.runs_of_author("UN", most=9)
        two = work.messages.runs_of_author("UN", most=2)

    assert all_of_them == (("Cquestions", FIRST.ts), ("Cchat", elsewhere.ts), ("Cquestions", LATER.ts))
    assert two == all_of_them[:2]


def test_every_run_of_a_channel_is_found_in_order(store: Store):
    with store.begin() as work:
        add(work.messages, LATER, OTHER, SOON, FIRST, post("UN", "2026-04-14 09:00", "", channel="chat"))

        assert work.messages.runs_in_channel("Cquestions") == (FIRST.ts, OTHER.ts, LATER.ts)


def test_what_turns_out_to_be_a_bots_leaves_its_runs_and_the_place_is_mended(store: Store):
    with store.begin() as work:
        add(work.messages, FIRST, SOON, OTHER, STILL)
        work.messages.unhuman("UA")
        alone = runs(work.messages, FIRST, OTHER, STILL)
        changed = work.messages.place(OTHER.channel, OTHER.ts, gap=GAP)
    with store.begin() as work:
        mended = runs(work.messages, FIRST, OTHER, STILL)
        by_whom = [each.is_human for each in work.messages.run("Cquestions", FIRST.ts)]

    assert alone == [FIRST.ts, None, STILL.ts]
    assert (changed, mended) == (frozenset({FIRST.ts, STILL.ts}), [FIRST.ts, None, FIRST.ts])
    assert by_whom == [True, True, True]


def test_a_place_with_nothing_after_it_needs_no_mending(store: Store):
    with store.begin() as work:
        add(work.messages, FIRST)

        assert work.messages.place(LATER.channel, LATER.ts, gap=GAP) == frozenset()
