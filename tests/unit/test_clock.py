from datetime import UTC, datetime, timedelta

from scheduler.clock import SteppingClock, SystemClock

START = datetime(2026, 4, 14, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_the_real_clock_tells_an_aware_utc_instant_that_does_not_go_back():
    before = datetime.now(UTC)
    told = SystemClock().now()
    after = datetime.now(UTC)

    assert told.tzinfo is UTC
    assert before <= told <= after


def test_the_stepping_clock_stands_still_until_it_is_told_to_step():
    clock = SteppingClock(START)

    assert (clock.now(), clock.now()) == (START, START)


def test_the_stepping_clock_steps_forward():
    clock = SteppingClock(START)

    assert (clock.step_to(START + MINUTE), clock.now()) == (START + MINUTE, START + MINUTE)


def test_the_stepping_clock_never_steps_back():
    clock = SteppingClock(START)

    assert (clock.step_to(START - MINUTE), clock.now()) == (START, START)
