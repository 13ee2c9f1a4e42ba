"""Within the service threads take short turns and sweeps are rare; outside nothing is changed."""

import gc
import sys

import pytest

from scheduler.live.interpreter import at_work


def settings() -> tuple[float, tuple[int, int, int]]:
    return sys.getswitchinterval(), gc.get_threshold()


def test_turns_are_short_and_sweeps_rare_inside():
    before = settings()
    with at_work():
        inside = settings()

    assert (inside, settings()) == ((0.0005, (10_000, *before[1][1:])), before)


def test_however_it_ends_they_are_as_they_were():
    before = settings()
    with pytest.raises(ZeroDivisionError):
        _fail()

    assert settings() == before


def _fail() -> None:
    with at_work():
        1 / 0  # noqa: B018
