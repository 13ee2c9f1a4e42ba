from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from scheduler.errors import RenderFailed
from scheduler.model.decisions import Reason, Skip
from scheduler.model.messages import MemberRef, OutgoingMessage, PlaceholderValue, PostRef, Rendered, Wait
from scheduler.pipeline.crew import Crew, Parcel
from scheduler.pipeline.render import render
from tests.unit.pipeline.rows import QUESTION, alert, alert_to_channel, thanks, welcome
from tests.world import World, described, joined, local

NOW = local("2026-04-14 11:20")


class Broken:
    def render(self, message: str, **_: object) -> Rendered:
        raise RenderFailed(message)


class Noting:
    """Keeps what it was asked for."""

    def render(
        self, message: str, *, locale: str, rotation: int, values: Mapping[str, PlaceholderValue]
    ) -> Rendered:
        self.asked = (message, locale, rotation)
        self.values = values
        return Rendered(text="words")


def rendered(
    world: World, message: OutgoingMessage, renderer: Noting | Broken, now: datetime = NOW
) -> Parcel | Skip:
    crew = world.driver.crew
    with world.store.begin() as work:
        own = Crew(context=crew.context, renderer=renderer)
        return render(work, own, message, now)


def test_a_message_becomes_a_parcel_with_its_finished_payload(world: World):
    noting = Noting()

    assert rendered(world, thanks(), noting) == Parcel(thanks(), Rendered(text="words"))
    assert noting.asked == ("thanks", "ja", 0)


def test_what_cannot_be_rendered_is_not_even_half_rendered(world: World):
    assert rendered(world, thanks(), Broken()) == Skip(Reason.CANNOT_RENDER)


def test_why_a_message_could_not_be_rendered_stands_in_the_record(world: World):
    rendered(world, thanks(), Broken())

    told = [
        (each.rule, each.outcome, each.reason, each.values) for each in world.store.read().decisions.all()
    ]
    assert told == [("render", "dead", Reason.CANNOT_RENDER, {"error": "thanks"})]


@pytest.mark.parametrize(
    ("message", "locale"),
    [
        pytest.param(welcome("UM"), "en", id="a member's own"),
        pytest.param(welcome("UX"), "ja", id="the workspace's, of a member whose own is not known"),
        pytest.param(alert(to="UB"), "en", id="an ambassador's own"),
        pytest.param(alert(to="UA"), "ja", id="the workspace's, of an ambassador never described"),
        pytest.param(alert_to_channel(), "ja", id="the workspace's, in a channel"),
        pytest.param(thanks(), "ja", id="the workspace's, for everybody"),
    ],
)
def test_each_one_is_written_to_in_their_language(world: World, message: OutgoingMessage, locale: str):
    noting = Noting()
    world.fold(
        QUESTION,
        joined("UM", "2026-04-14 10:00"),
        described("UM", locale="en-GB"),
        described("UB", locale="en-US"),
        described("UX", locale=None),
    )
    rendered(world, message, noting)

    assert noting.asked[1] == locale


def test_an_alert_tells_what_is_true_now_not_what_was_when_it_was_planned(world: World):
    noting = Noting()
    world.fold(QUESTION, described("UN", name="中村 葵"))
    rendered(world, alert(), noting)

    told = {name: noting.values[name] for name in ("author_name", "ambassador", "post", "waited", "excerpt")}
    assert told == {
        "author_name": "中村 葵",
        "ambassador": MemberRef("UA"),
        "post": PostRef(QUESTION.channel, QUESTION.ts),
        "waited": Wait(80),
        "excerpt": QUESTION.text,
    }


def test_an_alert_tells_the_wait_to_the_nearest_minute_as_the_reports_do(world: World):
    noting = Noting()
    world.fold(QUESTION)
    rendered(world, alert(), noting, NOW + timedelta(seconds=30))

    assert (noting.values["waited"], noting.values["waited_open"]) == (Wait(81), Wait(81))


def test_a_thank_you_tells_the_figures_of_its_own_time(world: World):
    noting = Noting()
    rendered(world, thanks(joined=3, answers=12), noting)

    assert noting.values == {"joined": 3, "answers": 12}
