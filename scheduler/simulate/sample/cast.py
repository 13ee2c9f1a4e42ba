"""The people and the channels of the sample, and their ids."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from scheduler.model.facts import JoinSource
from scheduler.model.people import Absence, Ambassador
from scheduler.simulate.sample.moments import instant
from scheduler.simulate.sample.source import Item, read_items

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One member of the sample. `key` is how the conversations call this person."""

    id: str
    key: str
    name: str
    works: str
    joined_at: datetime
    source: JoinSource
    hello: str | None
    first_stamp_at: datetime | None
    left_at: datetime | None
    is_bot: bool
    is_guest: bool
    locale: str
    ambassador: Ambassador | None


@cache
def people() -> tuple[Person, ...]:
    """Everybody, in the order of the file."""
    return tuple(_person(item) for item in read_items("people.yaml"))


@cache
def regulars() -> tuple[Person, ...]:
    """Those who wrote from the first week on and are no ambassadors: everyday life is theirs."""
    return tuple(person for person in people() if person.hello and not person.ambassador)


@cache
def member_ids() -> dict[str, str]:
    """Key to id."""
    return {person.key: person.id for person in people()}


@cache
def channel_ids() -> dict[str, str]:
    """Name to id."""
    return {item["name"]: item["id"] for item in read_items("channels.yaml")}


def _person(item: Item) -> Person:
    return Person(
        id=item["id"],
        key=item["key"],
        name=item["name"],
        works=item["works"],
        joined_at=instant(item["joined"]),
        source=JoinSource(item.get("how", "event")),
        hello=item.get("hello"),
        first_stamp_at=_moment(item, "first_stamp"),
        left_at=_moment(item, "left"),
        is_bot="bot" in item,
        is_guest="guest" in item,
        locale=item.get("locale", "ja-JP"),
        ambassador=_ambassador(item["id"], item["ambassador"]) if "ambassador" in item else None,
    )


def _moment(item: Item, name: str) -> datetime | None:
    return instant(item[name]) if name in item else None


def _ambassador(member: str, item: Item) -> Ambassador:
    return Ambassador(
        member=member,
        topics=frozenset(item["topics"]),
        weekly_budget=int(item["weekly_budget"]),
        quiet_weekdays=frozenset(_WEEKDAYS.index(name) for name in item.get("quiet_weekdays", ())),
        absences=tuple(_absence(days) for days in item.get("absences", ())),
    )


def _absence(days: str) -> Absence:
    first, last = days.split()
    return Absence(from_on=date.fromisoformat(first), to_on=date.fromisoformat(last))
