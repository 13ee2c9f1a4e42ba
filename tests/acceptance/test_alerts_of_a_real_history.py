"""Alerts on a real history that people labelled: few came too late, few of those left alone were missed."""

from functools import cache

import pytest

from benchmarks.judgement.alerts import AlertFigures, measure
from benchmarks.judgement.places import CONFIG, EXPORT, LABELS

pytestmark = [
    pytest.mark.skipif(not EXPORT.exists(), reason="the real export is not part of this repository"),
]
HALVES = pytest.mark.parametrize("set_aside", [False, True], ids=["tuned-on", "set-aside"])


@cache
def figures() -> AlertFigures:
    return measure(EXPORT, CONFIG, LABELS)


@HALVES
def test_few_alerts_come_though_somebody_had_been_there(set_aside: bool):
    ours = figures().of(figures().ours, set_aside=set_aside)

    assert ours.posts > 10
    assert ours.share <= 0.08


@HALVES
def test_most_posts_that_were_left_alone_are_alerted(set_aside: bool):
    ours = figures().of(figures().ours, set_aside=set_aside)

    assert len(ours.left) > 10
    assert len(ours.missed) / len(ours.left) <= 0.2


@HALVES
def test_a_rule_of_thread_replies_only_raises_many_more_false_alarms(set_aside: bool):
    ours = figures().of(figures().ours, set_aside=set_aside)
    threads = figures().of(figures().threads, set_aside=set_aside)

    assert len(threads.false_alarms) > 5 * len(ours.false_alarms)
