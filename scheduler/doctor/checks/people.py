"""The ambassadors that the config names: whether an alert can reach them."""

from collections.abc import Iterator, Mapping

from scheduler.doctor.facts import Facts, Standing
from scheduler.doctor.finding import Check, Finding, Said, passed, skipped, warned

_LOST = (Standing.GONE, Standing.DEACTIVATED, Standing.BOT)


def check_people(facts: Facts) -> Iterator[Finding]:
    settings, told = facts.settings, facts.slack
    if settings is None:
        yield skipped(Check.AMBASSADORS, "doctor.needs_config")
    elif not settings.ambassadors.people:
        yield warned(Check.AMBASSADORS, "run.no_ambassadors", channel=settings.ambassadors.channel)
    elif told is None or not told.people:
        yield skipped(Check.AMBASSADORS, "doctor.needs_slack")
    else:
        yield _standing(told.people)


def _standing(people: Mapping[str, Standing]) -> Finding:
    lost = [
        Said(f"doctor.member_{standing.value}", {"members": members})
        for standing in _LOST
        if (members := tuple(member for member, found in people.items() if found is standing))
    ]
    if lost:
        return warned(Check.AMBASSADORS, "doctor.ambassadors_lost", lost=tuple(lost))
    if Standing.UNKNOWN in people.values():
        return skipped(Check.AMBASSADORS, "doctor.needs_slack")
    return passed(Check.AMBASSADORS, "doctor.ambassadors", count=len(people))
