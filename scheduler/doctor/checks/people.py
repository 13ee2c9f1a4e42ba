"""The ambassadors that the config names, and their user group: whether an alert can reach them."""

from collections.abc import Iterator, Mapping

from scheduler.doctor.facts import Facts, Rejected, Standing, Unanswered, UserGroup
from scheduler.doctor.finding import Check, Finding, Said, failed, passed, skipped, warned
from scheduler.slack.permissions import USER_GROUPS

_LOST = (Standing.GONE, Standing.DEACTIVATED, Standing.BOT)


def check_people(facts: Facts) -> Iterator[Finding]:
    settings, told = facts.settings, facts.slack
    if settings is None:
        yield skipped(Check.AMBASSADORS, "doctor.needs_config")
    elif not settings.ambassadors.are_named:
        yield warned(Check.AMBASSADORS, "run.no_ambassadors", channel=settings.ambassadors.channel)
    else:
        people = told.people if told else {}
        if settings.ambassadors.people:
            yield _standing(people) if people else skipped(Check.AMBASSADORS, "doctor.needs_slack")
        if settings.ambassadors.group:
            yield _in_group(settings.ambassadors.group, told.group if told else None)


def _in_group(group: str, found: UserGroup | Rejected | Unanswered | None) -> Finding:
    """The sentences are those with which the service itself refuses to begin."""
    match found:
        case UserGroup(members=0):
            return warned(Check.USER_GROUP, "run.group_empty", group=group)
        case UserGroup(handle=handle, members=count):
            return passed(Check.USER_GROUP, "doctor.user_group", handle=handle, group=group, count=count)
        case Rejected("missing_scope"):
            return failed(Check.USER_GROUP, "slack.missing_scopes", scopes=USER_GROUPS)
        case Rejected("plan_upgrade_required"):
            return failed(Check.USER_GROUP, "slack.no_user_groups")
        case Rejected("no_such_subteam"):
            return failed(Check.USER_GROUP, "slack.unknown_group", group=group)
    return skipped(Check.USER_GROUP, "doctor.needs_slack")


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
