"""One round of the service's work: plan what is due, then bring out what is due.

Both the live service and `simulate` make rounds; only the clock differs.
"""

from datetime import datetime

from scheduler.actions.planning import plan_cases, plan_welcomes
from scheduler.pipeline import next_ready, send_due
from scheduler.pipeline.crew import Crew
from scheduler.ports import Sender, Store


def make_round(store: Store, crew: Crew, sender: Sender, *, now: datetime) -> None:
    with store.begin() as work:
        plan_cases(work, crew.context, now=now)
        plan_welcomes(work, crew.context, now=now)
        first = next_ready(work, crew, now=now)
    send_due(store, crew, sender, first, now=now)
