"""Within the service the threads take short turns; outside nothing is changed."""

import sys

import pytest

from scheduler.live.turns import short_turns


def test_turns_are_short_inside():
    before = sys.getswitchinterval()
    with short_turns():
        inside = sys.getswitchinterval()

    assert (inside, sys.getswitchinterval()) == (0.0005, before)


def test_however_it_ends_they_are_as_they_were():
    before = sys.getswitchinterval()
    with pytest.raises(ZeroDivisionError):
        _fail()

    assert sys.getswitchinterval() == before


def _fail() -> None:
    with short_turns():
        1 / 0  # noqa: B018
