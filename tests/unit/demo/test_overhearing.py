"""What visitors of the page do is told like what the sample's people do, and nothing of it is too small."""

from typing import Self

import pytest

from scheduler.clock import SteppingClock
from scheduler.demo.lines import Words
from scheduler.demo.overhearing import Overhearing
from scheduler.demo.people import People
from scheduler.model.facts import Fact
from scheduler.policy.opentime import OpenTime
from scheduler.report import Names
from scheduler.sandbox import Sandbox
from tests.world import local, make_settings, post

NAMES = Names(
    channels={"C1": "questions", "C2": "雑談"}, members={"U1": "Aoi", "U2": "Jun", "U0SANDBOX": "App"}
)


class Visit:
    """Two channels that the app is in; inside, what is heard becomes lines."""

    def __init__(self, language: str = "en") -> None:
        words = Words(language, NAMES, OpenTime(make_settings().calendar))
        self.people, self.lines = People(words, ()), list[str]()
        self.sandbox = Sandbox(clock=SteppingClock(local("2026-04-20 10:00")), team="T1")
        with self.sandbox.past(local("2026-04-01 10:00")):
            self.sandbox.people.join("Jun", member="U2")
            for channel in ("C1", "C2"):
                self.sandbox.channels.create(NAMES.channels[channel], channel=channel, with_app=True)
            self.old = self.sandbox.post("U2", "C1", "Before anybody listened")
        self.overhearing = Overhearing(self.sandbox, self.hear)

    def __enter__(self) -> Self:
        self.overhearing.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.overhearing.__exit__(*error)

    def hear(self, fact: Fact) -> None:
        if line := self.people.tell_of_visitor(fact):
            self.lines.append(line.text)


@pytest.mark.parametrize("channel", ["C1", "C2"])
def test_everything_that_visitors_do_is_told(channel: str):
    with Visit() as visit:
        sandbox = visit.sandbox
        sandbox.people.join("Aoi", member="U1")
        ts = sandbox.post("U1", channel, "How does one begin?")
        sandbox.react("U2", channel, ts, "eyes")
        sandbox.unreact("U2", channel, ts, "eyes")
        sandbox.post("U2", channel, "With the oldest", thread_ts=ts)
        sandbox.post("U1", channel, "Thank you", thread_ts=ts)
        sandbox.edit(channel, ts, "How did you begin?")
        sandbox.delete(channel, ts)

    assert visit.lines == [
        "Aoi joins",
        f"Aoi posts in #{NAMES.channels[channel]} for the first time: “How does one begin?”",
        "Jun reacts for the first time, to a post by Aoi: 👀",
        "Jun takes the reaction back: 👀",
        "Jun replies to Aoi: “With the oldest”",
        "Aoi adds to their post: “Thank you”",
        "Aoi edits their post: “How did you begin?”",
        "Aoi deletes their post",
    ]


def test_what_the_app_writes_is_told_elsewhere_and_replies_to_it_here():
    with Visit() as visit:
        ts = visit.sandbox.post(visit.sandbox.app, "C1", "Thank you all for this week")
        visit.sandbox.edit("C1", ts, "Thank you all")
        visit.sandbox.post("U2", "C1", "And you", thread_ts=ts)

    assert visit.lines == ["Jun replies to App: “And you”"]


def test_what_belongs_to_something_unheard_is_left_out():
    with Visit() as visit:
        visit.sandbox.react("U2", "C1", visit.old, "eyes")
        visit.sandbox.post("U2", "C1", "One more thing", thread_ts=visit.old)
        visit.sandbox.edit("C1", visit.old, "Changed")

    assert visit.lines == []


def test_scripted_gestures_are_not_heard():
    with Visit() as visit:

        def happen(fact: Fact) -> None:
            visit.sandbox.post("U2", "C1", "From the script")

        visit.overhearing.scripted(happen)(post("U2", "2026-04-20 10:00", "From the script"))
        visit.sandbox.post("U2", "C1", "From a visitor")

    assert visit.lines == ["Jun posts in #questions for the first time: “From a visitor”"]


def test_afterwards_nothing_is_heard():
    with Visit() as visit:
        pass
    visit.sandbox.post("U2", "C1", "Is anybody still there?")

    assert visit.lines == []
