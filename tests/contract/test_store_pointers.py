"""Posts that point at others: they mention the author, or link the post."""

from datetime import timedelta

import pytest

from scheduler.model.cases import CaseKey, SignKind
from scheduler.model.facts import MessagePosted
from scheduler.model.readings import TextReading
from scheduler.ports import Store, Work
from tests.contract.rows import GAP, NOTHING, TUESDAY, case
from tests.world import TEAM, edit, post, reply, ts_of

QUESTION = post("UN", "2026-04-14 10:00", "")
SECOND = post("UN", "2026-04-14 10:05", "")
POINTER = post("UA", "2026-04-14 11:00", "")
MENTION = TextReading(mentions=frozenset({"UN", "UB"}))


def linking(*posts: MessagePosted) -> TextReading:
    return TextReading(links=frozenset((each.channel, each.ts) for each in posts))


def pointing(work: Work) -> list[str]:
    found = work.messages.pointing_at(
        QUESTION.channel, QUESTION.ts, author="UN", after=TUESDAY, until=TUESDAY + timedelta(hours=8)
    )
    return [each.ts for each in found]


@pytest.mark.parametrize(
    ("told", "reading", "points"),
    [
        pytest.param(post("UA", "2026-04-14 10:30", ""), MENTION, True, id="mentions the author"),
        pytest.param(post("UA", "2026-04-14 10:30", ""), linking(QUESTION), True, id="links the post"),
        pytest.param(
            post("UA", "2026-04-14 10:30", ""), linking(SECOND), True, id="links a later message of it"
        ),
        pytest.param(
            post("UA", "2026-04-14 10:30", "", channel="chat"),
            linking(QUESTION),
            True,
            id="links it elsewhere",
        ),
        pytest.param(
            post("UA", "2026-04-14 10:30", "", channel="chat"), MENTION, False, id="mentions elsewhere"
        ),
        pytest.param(post("UA", "2026-04-14 10:30", ""), NOTHING, False, id="points at nobody"),
        pytest.param(post("UA", "2026-04-14 09:30", ""), MENTION, False, id="before the post"),
        pytest.param(post("UA", "2026-04-14 18:00", ""), MENTION, True, id="at the very end of the time"),
        pytest.param(post("UA", "2026-04-14 18:01", ""), MENTION, False, id="after that time"),
        pytest.param(reply("UA", "2026-04-14 10:30", "", QUESTION), MENTION, False, id="no post but a reply"),
        pytest.param(post("UA", "2026-04-14 10:30", "", is_bot=True), MENTION, False, id="a bot's"),
    ],
)
def test_later_posts_that_mention_the_author_or_link_the_run_point_at_it(
    store: Store, told: MessagePosted, reading: TextReading, points: bool
):
    with store.begin() as work:
        work.messages.add(told, reading, gap=GAP)  # told before what it points at
        work.messages.add(SECOND, NOTHING, gap=GAP)
        work.messages.add(QUESTION, NOTHING, gap=GAP)
    with store.begin() as work:
        assert pointing(work) == ([told.ts] if points else [])


def test_a_post_that_points_twice_is_given_once_and_all_are_given_in_order(store: Store):
    both = TextReading(mentions=frozenset({"UN"}), links=linking(QUESTION, SECOND).links)
    late, early = post("UA", "2026-04-14 12:00", ""), post("UB", "2026-04-14 11:00", "", channel="chat")
    with store.begin() as work:
        work.messages.add(QUESTION, NOTHING, gap=GAP)
        work.messages.add(SECOND, NOTHING, gap=GAP)
        work.messages.add(late, both, gap=GAP)
        work.messages.add(early, both, gap=GAP)
    with store.begin() as work:
        assert pointing(work) == [early.ts, late.ts]


def test_the_posts_with_cases_that_a_message_points_at_are_found(store: Store):
    told = post("UA", "2026-04-14 10:30", "")
    elsewhere = post("UC", "2026-04-14 09:00", "", channel="chat")
    of_another = case(author="UC", key=CaseKey(team=TEAM, channel="Cchat", ts=elsewhere.ts))
    with store.begin() as work:
        for fact in (QUESTION, SECOND, elsewhere):
            work.messages.add(fact, NOTHING, gap=GAP)
        work.cases.save(case())
        work.cases.save(of_another)
        work.messages.add(
            told, TextReading(mentions=frozenset({"UN", "UC"}), links=linking(elsewhere).links), gap=GAP
        )
    with store.begin() as work:
        found = work.messages.pointed_at_by(told.channel, told.ts)
        nothing = work.messages.pointed_at_by(QUESTION.channel, QUESTION.ts)

    assert case().key.ts == ts_of(TUESDAY)
    assert found == {("Cquestions", QUESTION.ts), ("Cchat", elsewhere.ts)}
    assert nothing == frozenset()


@pytest.mark.parametrize(
    ("reading", "how"),
    [
        pytest.param(MENTION, SignKind.MENTION, id="a mention"),
        pytest.param(linking(QUESTION), SignKind.LINK, id="a link"),
        pytest.param(
            TextReading(mentions=frozenset({"UN"}), links=frozenset({(QUESTION.channel, QUESTION.ts)})),
            SignKind.LINK,
            id="both: once, as a link",
        ),
    ],
)
def test_how_a_message_points_is_told(store: Store, reading: TextReading, how: SignKind):
    with store.begin() as work:
        for told, said in ((QUESTION, NOTHING), (post("UA", "2026-04-14 10:30", ""), reading)):
            work.messages.add(told, said, gap=GAP)
        found = work.messages.pointing_at(
            QUESTION.channel, QUESTION.ts, author="UN", after=TUESDAY, until=TUESDAY + timedelta(hours=8)
        )

    assert [each.points_by for each in found] == [how]


# edits


def test_a_mention_that_is_edited_away_points_no_more(store: Store):
    with store.begin() as work:
        work.messages.add(QUESTION, NOTHING, gap=GAP)
        work.messages.add(POINTER, MENTION, gap=GAP)
        work.messages.edit(edit(POINTER, "2026-04-14 11:10", ""), NOTHING)

        assert pointing(work) == []


def test_a_mention_that_is_edited_in_points(store: Store):
    with store.begin() as work:
        work.messages.add(QUESTION, NOTHING, gap=GAP)
        work.messages.add(POINTER, NOTHING, gap=GAP)
        work.messages.edit(edit(POINTER, "2026-04-14 11:10", ""), MENTION)

        assert pointing(work) == [POINTER.ts]


@pytest.mark.parametrize(
    ("first", "then", "points"),
    [
        pytest.param(NOTHING, MENTION, True, id="in"),
        pytest.param(MENTION, NOTHING, False, id="away"),
    ],
)
def test_it_makes_no_difference_that_the_edit_is_told_first(
    store: Store, first: TextReading, then: TextReading, points: bool
):
    with store.begin() as work:
        work.messages.add(QUESTION, NOTHING, gap=GAP)
        work.messages.edit(edit(POINTER, "2026-04-14 11:10", ""), then)
        before = pointing(work)
        work.messages.add(POINTER, first, gap=GAP)

        assert (before, pointing(work)) == ([], [POINTER.ts] if points else [])


def test_an_edited_reply_still_points_nowhere(store: Store):
    answer = reply("UA", "2026-04-14 11:00", "", QUESTION)
    with store.begin() as work:
        work.messages.add(QUESTION, NOTHING, gap=GAP)
        work.messages.edit(edit(answer, "2026-04-14 11:10", ""), MENTION)
        work.messages.add(answer, NOTHING, gap=GAP)
        work.messages.edit(edit(answer, "2026-04-14 11:20", ""), MENTION)

        assert pointing(work) == []
