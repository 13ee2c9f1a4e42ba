"""The sample's weeks, moved to where a real clock is."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.demo.lately import lately
from scheduler.model.facts import Fact, MessagePosted

LAST = MessagePosted(
    team="T1", channel="C1", at=datetime(2026, 5, 1, 3, 0, tzinfo=UTC), author="U1",
    ts="1777604400.000200", thread_ts="1777600800.000100",
    text="see <https://example.slack.com/archives/C1/p1777600800000100>",
)  # fmt: skip
SAME_DAY_LATER = MessagePosted(
    team="T1", channel="C1", at=datetime(2026, 5, 29, 3, 0, tzinfo=UTC), author="U1",
    ts="1780023600.000200", thread_ts="1780020000.000100",
    text="see <https://example.slack.com/archives/C1/p1780020000000100>",
)  # fmt: skip


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(datetime(2026, 5, 29, 3, 0, tzinfo=UTC), id="just now"),
        pytest.param(datetime(2026, 6, 5, 2, 59, tzinfo=UTC), id="nearly a week ago"),
    ],
)
def test_the_last_fact_was_within_the_week_on_its_own_weekday_and_links_still_lead_there(now: datetime):
    assert lately([LAST], now=now) == [SAME_DAY_LATER]


def test_a_clock_that_is_before_the_sample_finds_it_in_its_past():
    assert lately([SAME_DAY_LATER], now=datetime(2026, 5, 2, 0, 0, tzinfo=UTC)) == [LAST]


def test_distances_between_facts_stay():
    before: Fact = MessagePosted(
        team="T1",
        channel="C1",
        ts="1777600800.000100",
        at=LAST.at - timedelta(hours=1),
        author="U2",
        text="?",
    )

    first, last = lately([before, LAST], now=datetime(2026, 5, 29, 3, 0, tzinfo=UTC))

    assert last.at - first.at == timedelta(hours=1)
    assert isinstance(first, MessagePosted)
    assert (first.ts, first.thread_ts) == ("1780020000.000100", None)
