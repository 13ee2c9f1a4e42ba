"""Who the ambassadors are: those the config names, or, for a history that names none, those who earned it."""

from datetime import date, datetime, time

from scheduler.actions.groups import members_of
from scheduler.model.people import Ambassador
from scheduler.policy.walltime import first_shown
from scheduler.ports import Directory, Work
from scheduler.settings import Ambassadors, Settings


class NamedDirectory:
    """The ambassadors of the config."""

    def __init__(self, ambassadors: Ambassadors) -> None:
        self._ambassadors = ambassadors

    def ambassadors(self, work: Work, *, now: datetime) -> tuple[Ambassador, ...]:
        return named(work, self._ambassadors)


class EarnedDirectory:
    """Those who had answered most cases before the local day began: never looking ahead."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._day: date | None = None
        self._people: tuple[Ambassador, ...] = ()

    def ambassadors(self, work: Work, *, now: datetime) -> tuple[Ambassador, ...]:
        zone = self._settings.workspace.zone
        day = now.astimezone(zone).date()
        if day != self._day:
            ambassadors = self._settings.ambassadors
            midnight = first_shown(zone, day, time.min)
            members = work.cases.top_answerers(before=midnight, most=ambassadors.from_history)
            self._people = tuple(
                Ambassador(member=member, weekly_budget=ambassadors.weekly_budget) for member in members
            )
            self._day = day
        return self._people


def directory_of(settings: Settings) -> Directory:
    """The directory that the config asks for."""
    ambassadors = settings.ambassadors
    return NamedDirectory(ambassadors) if ambassadors.are_named else EarnedDirectory(settings)


def named(work: Work, ambassadors: Ambassadors) -> tuple[Ambassador, ...]:
    """Those whom the config names, and the others of its user group, who look after every topic."""
    people, budget = ambassadors.people, ambassadors.weekly_budget
    if ambassadors.group is None:
        return people
    by_name = {each.member for each in people}
    others = (member for member in members_of(work, ambassadors.group) if member not in by_name)
    return (*people, *(Ambassador(member=member, weekly_budget=budget) for member in others))
