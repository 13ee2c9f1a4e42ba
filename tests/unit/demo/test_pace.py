import asyncio
from datetime import datetime

import pytest

from scheduler.demo.pace import Pace
from tests.world import local, shown


class Watch:
    """Real time that passes only while somebody waits."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.seen: list[str] = []

    def elapsed(self) -> float:
        return self.seconds

    async def wait(self, seconds: float) -> None:
        self.seconds += seconds

    def passing(self, at: datetime) -> None:
        self.seen.append(shown(at))


def kept(watch: Watch, speed: float, *moments: str) -> list[float]:
    """The real seconds at which each of the moments was reached."""

    async def keep() -> list[float]:
        pace = Pace(speed, passing=watch.passing, wait=watch.wait, elapsed=watch.elapsed)
        reached = []
        for moment in moments:
            await pace.keep(local(moment))
            reached.append(round(watch.seconds, 6))
        return reached

    return asyncio.run(keep())


@pytest.mark.parametrize(
    ("speed", "seconds"),
    [
        pytest.param(3600, [0, 1, 24], id="an hour a second"),
        pytest.param(86400, [0, 0.041667, 1], id="a day a second"),
    ],
)
def test_virtual_time_passes_no_faster_than_asked_for(speed: float, seconds: list[float]):
    assert kept(Watch(), speed, "2026-04-20 07:00", "2026-04-20 08:00", "2026-04-21 07:00") == seconds


def test_a_late_start_is_made_up_for():
    watch = Watch()
    watch.seconds = 100

    assert kept(watch, 3600, "2026-04-20 07:00", "2026-04-20 08:00") == [100, 101]


def test_whoever_shows_a_clock_hears_what_time_it_is():
    watch = Watch()
    kept(watch, 36000, "2026-04-20 07:00", "2026-04-20 09:30")

    assert watch.seen == ["2026-04-20 08:00", "2026-04-20 09:00", "2026-04-20 09:30"]
