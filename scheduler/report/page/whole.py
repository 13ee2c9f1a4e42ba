"""All parts of the page put together, in the order in which a community manager reads it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scheduler.model.messages import MessageKind, OutgoingMessage, Rendered
from scheduler.pages import Headline, SimulationPage, Tile, render_simulation
from scheduler.policy.opentime import OpenTime
from scheduler.report.casetables import waits_sentence
from scheduler.report.figures import Figures
from scheduler.report.history import History
from scheduler.report.page.cards import cards
from scheduler.report.page.charts import charts
from scheduler.report.page.counting import count_for_page
from scheduler.report.page.groups import groups
from scheduler.report.page.wording import NOTHING, Wording, number
from scheduler.report.results import Names, Noticed, Results
from scheduler.report.tables import notes, reach_sentences
from scheduler.report.words import clock_time_in_words, open_time_in_words, within


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the page needs besides results and figures.

    `budget`: how many alerts all ambassadors together may get in a week. `workspace_url`: where posts can be
    opened, None for a community that does not exist.
    """

    open_time: OpenTime
    names: Names
    history: History
    budget: int
    workspace_url: str | None
    samples: Sequence[tuple[OutgoingMessage, Rendered]] = field(default=())
    findings: Sequence[Noticed] = field(default=())


def simulation_page(language: str, results: Results, figures: Figures, scene: Scene) -> str:
    """The whole HTML file. The same input gives the same text."""
    words, zone = Wording(language), scene.open_time.zone
    counted = count_for_page(results, figures, open_time=scene.open_time)
    has_problems = not all(noticed.is_note for noticed in scene.findings)
    reach = reach_sentences(language, figures.period, zone, scene.history, has_problems=has_problems)
    told = (
        groups(words, counted, zone=zone, names=scene.names, workspace_url=scene.workspace_url)
        if counted
        else ()
    )
    page = SimulationPage(
        language=language,
        beginning=tuple(reach),
        headline=_headline(words, figures),
        charts=tuple(charts(words, counted, figures, scene.budget)) if counted else (),
        groups=tuple(told),
        messages=tuple(cards(words, scene.samples, zone=zone, names=scene.names)),
        notes=notes(language, figures),
        findings=[noticed.sentence for noticed in scene.findings],
    )
    return render_simulation(page)


def _headline(words: Wording, figures: Figures) -> Headline:
    touch = figures.beginners.touch
    counts = {
        "cases": figures.beginners.cases,
        "touched": touch.count,
        "alone": figures.beginners.never_touched.left_alone,
        "alerts": figures.sending.sent[MessageKind.ALERT],
    }
    tiles = [Tile(value=number(count), label=words.say(f"tile_{name}")) for name, count in counts.items()]
    weak = figures.beginners.touch_or_weak
    sentences = [waits_sentence(words.language, "simulate.headline_weak", weak)] if weak != touch else []
    if not touch.median or not touch.p90:
        label = words.say("figure_none" if figures.beginners.cases else "figure_no_posts")
        return Headline(figure=NOTHING, label=label, tiles=tiles, sentences=sentences)
    median = open_time_in_words(words.language, touch.median.open)
    label = words.say(
        "figure",
        nine=open_time_in_words(words.language, touch.p90.open),
        clock=clock_time_in_words(words.language, touch.median.clock),
    )
    return Headline(figure=within(words.language, median), label=label, tiles=tiles, sentences=sentences)
