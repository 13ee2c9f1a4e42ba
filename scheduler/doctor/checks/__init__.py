"""Every check, in the order of the report. Each is a pure function of facts; time is an argument."""

from collections.abc import Iterator
from datetime import datetime

from scheduler.doctor.checks.channels import check_channels
from scheduler.doctor.checks.database import check_database
from scheduler.doctor.checks.files import check_files
from scheduler.doctor.checks.people import check_people
from scheduler.doctor.checks.scopes import check_scopes
from scheduler.doctor.checks.slack import check_clock, check_slack
from scheduler.doctor.checks.work import check_work
from scheduler.doctor.facts import Facts
from scheduler.doctor.finding import Finding


def findings(facts: Facts, *, now: datetime) -> tuple[Finding, ...]:
    """What was found, each check once or not at all: what cannot concern this service is not told."""
    return tuple(_all(facts, now))


def _all(facts: Facts, now: datetime) -> Iterator[Finding]:
    yield from check_files(facts)
    yield from check_slack(facts)
    yield from check_scopes(facts)
    yield from check_clock(facts)
    yield from check_channels(facts)
    yield from check_people(facts)
    yield from check_database(facts)
    yield from check_work(facts, now=now)


__all__ = ["findings"]
