from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.report.period import Unit, fine_unit_for, name_of, spans

TOKYO = ZoneInfo("Asia/Tokyo")
BEGINS = datetime(2025, 11, 30, 15, tzinfo=UTC)  # midnight in Tokyo, the first of December


@pytest.mark.parametrize(
    ("length", "unit"),
    [
        pytest.param(timedelta(weeks=26), Unit.WEEK, id="half-a-year"),
        pytest.param(timedelta(weeks=27), Unit.MONTH, id="a-little-more"),
        pytest.param(timedelta(days=3 * 365), Unit.MONTH, id="three-years"),
        pytest.param(timedelta(days=4 * 365), Unit.YEAR, id="four-years"),
    ],
)
def test_charts_are_cut_finer_than_tables(length: timedelta, unit: Unit):
    assert fine_unit_for(BEGINS, BEGINS + length) is unit


def test_months_follow_each_other_across_the_years():
    assert list(spans(Unit.MONTH, BEGINS, BEGINS + timedelta(days=61), TOKYO)) == ["2025-12", "2026-01"]
    assert name_of(Unit.MONTH, BEGINS.astimezone(TOKYO).date()) == "2025-12"
