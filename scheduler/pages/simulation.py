"""What a simulation brought, as one page that can be sent on: nothing is fetched, nothing runs on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from scheduler.pages.chart import Chart
from scheduler.pages.environment import fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A number and what it counts."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The one figure with what it means, the few numbers beside it, and the same in sentences."""

    figure: str
    label: str
    tiles: Sequence[Tile]
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case. `waited_clock` is empty where it would say the same as `waited`.

    `href` leads to the post in Slack; None where there is no such place.
    """

    posted: str
    channel: str
    why: str
    waited: str
    waited_clock: str
    alerts: int
    outcome: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseGroup:
    """Cases of one fate. `id` is unique on the page. `unlisted` are only counted, to keep the page light."""

    id: str
    title: str
    meaning: str
    count: int
    shown: Sequence[CaseRow]
    folded: Sequence[CaseRow] = field(default=())
    unlisted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageCard:
    """A message that would have gone out. `body` was made safe by `blocks_to_html`."""

    id: str
    kind: str
    to: str
    when: str
    time: str
    why: str
    notification: str
    body: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationPage:
    """Everything on the page, in words of its language. `beginning` tells what was read, of which days."""

    language: str
    beginning: Sequence[str]
    headline: Headline
    charts: Sequence[Chart]
    groups: Sequence[CaseGroup]
    messages: Sequence[MessageCard]
    notes: Sequence[str]
    findings: Sequence[str]


def render_simulation(page: SimulationPage) -> str:
    """The whole HTML file. The same values give the same text."""
    return fill("simulation.html.j2", page.language, page=page)
