"""Who the ambassadors are: those the config names, or, for a history that names none, those who earned it."""

from datetime import date, datetime, time

from scheduler.model.people import Ambassador
from scheduler.policy.walltime import first_shown
from scheduler.ports import Directory, Work
from scheduler.settings import Settings


class NamedDirectory:
    """The ambassadors of the config."""

    def __init__(self, people: tuple[Ambassador, ...]) -> None:
        self._people = people

    def ambassadors(self, work: Work, *, now: datetime) -> tuple[Ambassador, ...]:
        return self._people


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
    people = settings.ambassadors.people
    return NamedDirectory(people) if people else EarnedDirectory(settings)
