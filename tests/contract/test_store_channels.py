import pytest

from scheduler.model.facts import ChannelDescribed
from scheduler.ports import Store
from tests.world import TEAM, local


def named(channel: str, name: str, at: str = "2026-04-14 10:00", **what: bool) -> ChannelDescribed:
    return ChannelDescribed(team=TEAM, channel=channel, at=local(at), name=name, **what)


@pytest.mark.parametrize(
    "order", [pytest.param((0, 1), id="told in order"), pytest.param((1, 0), id="told out of order")]
)
def test_the_latest_name_of_a_channel_is_known(store: Store, order: tuple[int, int]):
    facts = (named("C1", "雑談"), named("C1", "雑談🌸's", "2026-04-15 10:00"))

    with store.begin() as work:
        for place in order:
            work.channels.describe(facts[place])
    with store.begin() as work:
        assert work.channels.name_of("C1") == "雑談🌸's"


@pytest.mark.parametrize(
    ("told", "is_new"),
    [
        pytest.param(named("C2", "chat"), True, id="a channel never heard of"),
        pytest.param(named("C1", "talk", "2026-04-15 10:00"), True, id="renamed"),
        pytest.param(named("C1", "chat", "2026-04-15 10:00"), False, id="the same name"),
        pytest.param(named("C1", "talk", "2026-04-13 10:00"), False, id="the name it had before"),
    ],
)
def test_a_description_tells_whether_the_name_is_a_new_one(
    store: Store, told: ChannelDescribed, is_new: bool
):
    with store.begin() as work:
        work.channels.describe(named("C1", "chat"))
    with store.begin() as work:
        assert work.channels.describe(told) == is_new


def test_the_names_of_channels_come_in_order(store: Store):
    with store.begin() as work:
        for fact in (named("C1", "talk"), named("C2", "chat")):
            work.channels.describe(fact)
    with store.begin() as work:
        assert work.channels.names() == ("chat", "talk")


def test_a_channel_never_heard_of_has_no_name(store: Store):
    with store.begin() as work:
        assert work.channels.name_of("C1") is None


def test_a_name_that_was_asked_for_before_it_was_told_is_known_right_after(store: Store):
    with store.begin() as work:
        before = work.channels.name_of("C1")
        work.channels.describe(named("C1", "chat"))

        assert (before, work.channels.name_of("C1")) == (None, "chat")


@pytest.mark.parametrize(
    ("name", "channel"),
    [
        pytest.param("chat", "C1", id="a name"),
        pytest.param("#chat", "C1", id="as people write it"),
        pytest.param("C1", "C1", id="an id stands for itself"),
        pytest.param("old", None, id="a name that no channel has now"),
        pytest.param("nowhere", None, id="a name that no channel ever had"),
    ],
)
def test_the_id_of_a_channel_is_found_by_the_name_it_has_now(store: Store, name: str, channel: str | None):
    with store.begin() as work:
        work.channels.describe(named("C1", "old"))
        work.channels.describe(named("C1", "chat", "2026-04-15 10:00"))
        work.channels.describe(named("C2", "other"))
    with store.begin() as work:
        assert work.channels.id_of(name) == channel


def test_of_two_channels_that_had_one_name_the_living_one_is_found(store: Store):
    with store.begin() as work:
        work.channels.describe(named("C1", "chat", is_archived=True))
        work.channels.describe(named("C2", "chat"))

        assert work.channels.id_of("chat") == "C2"
