from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.policy.jitter import jitter


def test_the_same_key_waits_equally_long_in_every_process():
    assert jitter("welcome:T1:U1:newcomer:1:hello", up_to=timedelta(hours=2)) == timedelta(
        hours=1, seconds=58
    )


def test_different_keys_are_spread():
    keys = (f"welcome:T1:U{number}:newcomer:1:hello" for number in range(100))
    quarters = Counter(jitter(key, up_to=timedelta(hours=4)) // timedelta(hours=1) for key in keys)
    assert quarters == Counter({0: 26, 1: 25, 2: 28, 3: 21})


@pytest.mark.parametrize(
    "up_to",
    [pytest.param(timedelta(0), id="nothing"), pytest.param(-timedelta(hours=1), id="less-than-nothing")],
)
def test_no_room_means_no_wait(up_to: timedelta):
    assert jitter("key", up_to=up_to) == timedelta(0)


@given(st.text(), st.timedeltas(timedelta(microseconds=1), timedelta(days=30)))
def test_the_wait_is_shorter_than_the_room(key: str, up_to: timedelta):
    assert timedelta(0) <= jitter(key, up_to=up_to) < up_to
