"""Stamps that a history shows, and that were not there when the service last heard everything.

A history tells no time of a stamp. One that is new came in between, and counts from now on; of one that was
known without its time, nothing more is known than before.
"""

from dataclasses import replace

from scheduler.actions.concerning import own_run
from scheduler.model.facts import Fact, Precision, StampAdded
from scheduler.ports import Work


def as_new(fact: Fact, work: Work) -> Fact:
    """The stamp with this moment as its time, when it is news; any other fact as it is."""
    if not isinstance(fact, StampAdded) or fact.precision is Precision.EXACT or _stands(fact, work):
        return fact
    return replace(fact, precision=Precision.EXACT)


def _stands(fact: StampAdded, work: Work) -> bool:
    known = (
        stamp for channel, run_ts in own_run(work, fact.channel, fact.ts)
        for stamp in work.stamps.on_run(channel, run_ts)
    )  # fmt: skip
    wanted = (fact.ts, fact.member, fact.stamp)
    return any((stamp.ts, stamp.member, stamp.stamp) == wanted for stamp in known)
