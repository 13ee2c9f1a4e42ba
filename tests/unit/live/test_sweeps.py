"""Within the service Python looks for dead objects less often; outside nothing is changed."""

import gc

import pytest

from scheduler.live.sweeps import rare_sweeps


def test_sweeps_are_rare_inside():
    before = gc.get_threshold()
    with rare_sweeps():
        inside = gc.get_threshold()

    assert (inside, gc.get_threshold()) == ((10_000, *before[1:]), before)


def test_however_it_ends_they_are_as_often_as_they_were():
    before = gc.get_threshold()
    with pytest.raises(ZeroDivisionError):
        _fail()

    assert gc.get_threshold() == before


def _fail() -> None:
    with rare_sweeps():
        1 / 0  # noqa: B018
