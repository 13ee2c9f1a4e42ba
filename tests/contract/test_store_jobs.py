from datetime import timedelta

from scheduler.ports import Store
from tests.contract.rows import TUESDAY


def test_when_each_job_last_fired_is_known(store: Store):
    with store.begin() as work:
        none = dict(work.jobs.last_fired())
        work.jobs.fired("thanks", TUESDAY)
        work.jobs.fired("forget", TUESDAY)
        work.jobs.fired("thanks", TUESDAY + timedelta(days=7))
    with store.begin() as work:
        known = dict(work.jobs.last_fired())

    assert (none, known) == ({}, {"thanks": TUESDAY + timedelta(days=7), "forget": TUESDAY})
