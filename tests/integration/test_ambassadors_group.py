"""The members of a user group are ambassadors: they are alerted, and their stamps count as such."""

import pytest

from scheduler.model.cases import Outcome
from scheduler.model.facts import Fact, GroupChanged, GroupListed
from scheduler.settings import Ambassadors, Settings
from tests.integration.conftest import MakeWorld
from tests.world import CHANNELS, TEAM, joined, local, make_settings, post, stamp

GROUP = "S0TEAM"
ASKS = post("U1", "2026-04-14 10:00", "押印の様式はどこにありますか")
STORY: tuple[Fact, ...] = (*CHANNELS, joined("U1", "2026-04-10 09:00"), ASKS)
DISMISSED = stamp("UA", "2026-04-14 10:30", "no_entry_sign", ASKS)


def with_group() -> Settings:
    """Nobody is named one by one."""
    return make_settings(
        ambassadors=Ambassadors(
            channel="ambassadors", people=(), weekly_budget=5, from_history=5, group=GROUP
        )
    )


def listed(at: str, *members: str) -> GroupListed:
    return GroupListed(team=TEAM, group=GROUP, at=local(at), members=members)


def went(at: str, member: str) -> GroupChanged:
    return GroupChanged(team=TEAM, group=GROUP, at=local(at), removed=(member,))


@pytest.mark.parametrize(
    ("told", "recipients"),
    [
        pytest.param((listed("2026-04-01 00:00", "UA", "UB"),), ["UA", "UB"], id="its members, in turn"),
        pytest.param((), ["Cambassadors"], id="nobody knows who is in it"),
        pytest.param((listed("2026-04-01 00:00"),), ["Cambassadors"], id="it is empty or disabled"),
        pytest.param(
            (listed("2026-04-01 00:00", "UA", "UB"), went("2026-04-14 10:30", "UA")),
            ["UB", "Cambassadors"],
            id="somebody went before the alert",
        ),
        pytest.param(
            (listed("2026-04-01 00:00", "UA"), listed("2026-04-14 12:00", "UB")),
            ["UA", "UB"],
            id="others came between two alerts",
        ),
    ],
)
def test_alerts_go_to_whoever_is_in_the_group_then(
    make_world: MakeWorld, told: tuple[Fact, ...], recipients: list[str]
):
    world = make_world(with_group())
    world.live((*STORY, *told), until="2026-04-14 13:30")

    assert [to for _, to, _ in world.sent("alert")] == recipients


@pytest.mark.parametrize(
    ("members", "outcomes"),
    [pytest.param(("UA",), [Outcome.DISMISSED], id="in it"), pytest.param(("UB",), [None], id="not in it")],
)
def test_only_somebody_of_the_group_can_dismiss_a_post(
    make_world: MakeWorld, members: tuple[str, ...], outcomes: list[Outcome | None]
):
    world = make_world(with_group())
    world.live((*STORY, listed("2026-04-01 00:00", *members), DISMISSED), until="2026-04-14 10:45")

    assert [case.outcome for case in world.cases()] == outcomes
