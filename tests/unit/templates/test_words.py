from datetime import date, timedelta

import pytest

from scheduler.catalogue import LANGUAGES
from scheduler.model.messages import Day, Wait
from scheduler.templates.words import day_in_words, wait_in_words


@pytest.mark.parametrize(
    ("minutes", "ja", "en"),
    [
        pytest.param(-5, "1分未満", "less than a minute", id="clock-skew"),
        pytest.param(0, "1分未満", "less than a minute", id="nothing"),
        pytest.param(1, "1分", "1 minute", id="one-minute"),
        pytest.param(59, "59分", "59 minutes", id="minutes"),
        pytest.param(60, "1時間", "1 hour", id="one-hour"),
        pytest.param(65, "1時間5分", "1 hour 5 minutes", id="hour-and-minutes"),
        pytest.param(121, "2時間1分", "2 hours 1 minute", id="hours-and-a-minute"),
        pytest.param(599, "9時間59分", "9 hours 59 minutes", id="just-below-ten-hours"),
        pytest.param(659, "10時間", "10 hours", id="minutes-no-longer-matter"),
    ],
)
def test_a_wait_is_told_in_words(minutes: int, ja: str, en: str):
    assert (wait_in_words(Wait(minutes), "ja"), wait_in_words(Wait(minutes), "en")) == (ja, en)


def test_a_day_is_told_with_its_weekday():
    day = Day(date(2026, 11, 24))
    assert (day_in_words(day, "ja"), day_in_words(day, "en")) == ("11月24日（火）", "Tuesday, 24 November")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_a_year_has_its_own_words(language: str):
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    assert len({day_in_words(Day(day), language) for day in days}) == 365
