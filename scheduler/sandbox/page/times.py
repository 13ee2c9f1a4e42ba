"""Instants as this member reads them, in the member's own zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from scheduler.catalogue import say
from scheduler.sandbox.minting import micros_of
from scheduler.sandbox.page.viewer import Viewer
from scheduler.sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Words for instants."""

    zone: ZoneInfo
    language: str

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(self.zone)

    def of(self, ts: str) -> datetime:
        return self.local(datetime.fromtimestamp(micros_of(ts) // 1_000_000, UTC))

    def hour(self, instant: datetime) -> str:
        return f"{self.local(instant):%H:%M}"

    def day(self, on: date) -> str:
        month = say(self.language, f"words.month_{on.month}")
        weekday = say(self.language, f"words.weekday_{on.weekday()}")
        return say(self.language, "words.day", month=month, day=on.day, weekday=weekday)

    def brief(self, instant: datetime, now: datetime) -> str:
        """The time of today, the day of what was before."""
        day = self.local(instant).date()
        return self.hour(instant) if day == self.local(now).date() else self.day(day)

    def whole(self, instant: datetime) -> str:
        return f"{self.day(self.local(instant).date())} {self.hour(instant)}"


def times_of(world: World, viewer: Viewer) -> Times:
    found = world.members.get(viewer.member)
    return Times(zone=ZoneInfo(found.tz if found else "Asia/Tokyo"), language=viewer.language)
