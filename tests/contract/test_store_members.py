from dataclasses import replace
from itertools import permutations

import pytest

from scheduler.model.facts import JoinSource, MemberDescribed, MemberTraced
from scheduler.model.people import Member
from scheduler.ports import Store
from tests.world import TEAM, described, joined, local

EVENT, SYNC = JoinSource.EVENT, JoinSource.SYNC_WINDOW
TRACE, SEEN = JoinSource.EARLIEST_TRACE, JoinSource.FIRST_SEEN


def test_of_a_member_never_heard_of_only_the_id_is_known(store: Store):
    with store.begin() as work:
        assert work.members.get("U'9🌸") == Member(team=TEAM, member="U'9🌸")


def test_who_is_read_ahead_is_who_would_be_read_one_by_one(store: Store):
    many = [f"U{number}" for number in range(70)]
    asked = (*many, "U'9🌸", "U\0")
    with store.begin() as work:
        for member in many:
            work.members.describe(described(member))
    with store.begin() as work:
        one_by_one = {member: work.members.get(member) for member in asked}
    with store.begin() as work:
        work.members.posted("U1", "1.000000")
        work.members.read_ahead(asked)
        ahead = {member: work.members.get(member) for member in asked}

    assert ahead == one_by_one | {"U1": replace(one_by_one["U1"], first_post_ts="1.000000")}


@pytest.mark.parametrize(
    ("known", "told", "changes"),
    [
        pytest.param(None, (SEEN, "2026-04-14 10:00"), True, id="anything is better than nothing"),
        pytest.param(
            (SEEN, "2026-04-14 10:00"), (TRACE, "2026-04-15 10:00"), True, id="a trace over a sight"
        ),
        pytest.param((TRACE, "2026-04-14 10:00"), (SYNC, "2026-04-15 10:00"), True, id="a sync over a trace"),
        pytest.param(
            (SYNC, "2026-04-14 10:00"), (EVENT, "2026-04-15 10:00"), True, id="an event over a sync"
        ),
        pytest.param(
            (EVENT, "2026-04-14 10:00"), (SEEN, "2026-04-01 10:00"), False, id="no sight over an event"
        ),
        pytest.param(
            (TRACE, "2026-04-14 10:00"), (TRACE, "2026-04-13 10:00"), True, id="the earlier of equals"
        ),
        pytest.param((TRACE, "2026-04-14 10:00"), (TRACE, "2026-04-15 10:00"), False, id="not the later one"),
        pytest.param(
            (TRACE, "2026-04-14 10:00"), (TRACE, "2026-04-14 10:00"), False, id="nor the same again"
        ),
    ],
)
def test_the_best_source_of_a_join_wins_then_the_earliest(
    store: Store, known: tuple[JoinSource, str] | None, told: tuple[JoinSource, str], changes: bool
):
    with store.begin() as work:
        if known:
            work.members.trace(joined("UN", known[1], known[0]))
    with store.begin() as work:
        changed = work.members.trace(joined("UN", told[1], told[0]))
    with store.begin() as work:
        member = work.members.get("UN")

    source, at = told if changes else known or told
    assert (changed, member.join_source, member.joined_at) == (changes, source, local(at))


def test_the_same_facts_give_the_same_member_in_any_order(store: Store):
    def facts(member: str) -> tuple[MemberTraced | MemberDescribed, ...]:
        return (
            joined(member, "2026-04-16 10:00", TRACE),
            joined(member, "2026-04-14 10:00", SEEN),
            described(member, "2026-04-14 11:00", name="", is_deactivated=True),
            described(member, "2026-04-15 11:00", name="葵", locale="ja-JP"),
            described(member, "2026-04-16 11:00", name="葵", is_deactivated=True),
        )

    orders = list(enumerate(permutations(range(5))))
    with store.begin() as work:
        for number, order in orders:
            for place in order:
                fact = facts(f"U{number}")[place]
                work.members.trace(fact) if isinstance(fact, MemberTraced) else work.members.describe(fact)
    with store.begin() as work:
        found = {replace(work.members.get(f"U{number}"), member="UN") for number, _ in orders}

    assert found == {
        Member(
            team=TEAM,
            member="UN",
            name="葵",
            deactivated_at=local("2026-04-16 11:00"),
            described_at=local("2026-04-16 11:00"),
            joined_at=local("2026-04-16 10:00"),
            join_source=TRACE,
        )
    }


@pytest.mark.parametrize(
    ("known", "told", "changes"),
    [
        pytest.param({}, {"is_bot": True}, True, id="turns out to be a bot"),
        pytest.param({}, {"is_deactivated": True}, True, id="was deactivated"),
        pytest.param({"is_deactivated": True}, {}, True, id="came back"),
        pytest.param({"is_bot": True}, {"is_bot": True}, False, id="still a bot"),
        pytest.param({"is_deactivated": True}, {"is_deactivated": True}, True, id="was deactivated later"),
        pytest.param(
            {}, {"name": "葵", "is_guest": True, "locale": "ja-JP"}, False, id="a name, guest, locale"
        ),
    ],
)
def test_a_description_tells_whether_bot_or_deactivation_changed(
    store: Store, known: dict[str, object], told: dict[str, object], changes: bool
):
    with store.begin() as work:
        work.members.describe(described("UN", "2026-04-14 10:00", **known))
    with store.begin() as work:
        assert work.members.describe(described("UN", "2026-04-15 10:00", **told)) == changes


def test_the_latest_description_wins(store: Store):
    with store.begin() as work:
        work.members.describe(described("UN", "2026-04-15 10:00", name='葵 "Aoi" 🌸', locale="ja-JP"))
        late = work.members.describe(described("UN", "2026-04-14 10:00", name="old", is_bot=True))
    with store.begin() as work:
        member = work.members.get("UN")

    assert (late, member.name, member.is_bot, member.locale, member.described_at) == (
        False,
        '葵 "Aoi" 🌸',
        False,
        "ja-JP",
        local("2026-04-15 10:00"),
    )


def test_a_first_description_that_says_nothing_special_changes_nothing(store: Store):
    with store.begin() as work:
        assert work.members.describe(described("UN")) is False


def test_a_description_keeps_what_is_known_of_the_join_and_the_first_post(store: Store):
    with store.begin() as work:
        work.members.trace(joined("UN", "2026-04-14 10:00"))
        work.members.posted("UN", "1776128400.000000")
        work.members.describe(described("UN"))
    with store.begin() as work:
        member = work.members.get("UN")

    assert (member.joined_at, member.first_post_ts) == (local("2026-04-14 10:00"), "1776128400.000000")


def test_a_member_who_turns_out_to_be_a_bot_has_no_first_post(store: Store):
    with store.begin() as work:
        work.members.posted("UN", "1776128400.000000")
        work.members.describe(described("UN", is_bot=True))
    with store.begin() as work:
        assert work.members.get("UN").first_post_ts is None


def test_the_earliest_post_is_the_first_whenever_it_is_told(store: Store):
    with store.begin() as work:
        work.members.posted("UN", "1776128402.000000")
        work.members.posted("UN", "1776128401.000000")
        work.members.posted("UN", "1776128403.000000")
    with store.begin() as work:
        assert work.members.get("UN").first_post_ts == "1776128401.000000"
