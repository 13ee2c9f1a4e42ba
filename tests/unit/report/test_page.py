"""The page of the small community of `examples`, whose figures can be worked out by hand."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from scheduler.catalogue import say
from scheduler.model.cases import Case, Outcome
from scheduler.model.messages import MessageKind, OutgoingMessage, Rendered
from scheduler.report import MessageLine, Names, Period, figure_out
from scheduler.report.page import Scene, simulation_page
from tests.htmlcheck import Element, faults, tree_of
from tests.unit.report import examples
from tests.unit.report.examples import (
    ALONE,
    ANSWERED,
    CASES,
    FINDINGS,
    HISTORY,
    MESSAGES,
    NAMES,
    OPEN_TIME,
    a_case,
    a_message,
    an_alert,
    at,
)

LANGUAGES = ("ja", "en")
MAY = Period(since=at("2030-05-01"), until=at("2030-06-01"))
SAMPLES = (
    (
        a_message(MessageKind.THANKS, "thanks:T1:2026-W17:C2", "2026-04-24 16:30", recipient="C2"),
        Rendered(
            text="今週も *お疲れさま* でした <#C1>",
            blocks=(
                {
                    "type": "section",
                    "text": {"type": "mrkdwn", "text": "今週も *お疲れさま* でした\n> <@U2>"},
                },
            ),
        ),
    ),
)


def a_scene(**changes: object) -> Scene:
    told: dict[str, Any] = {
        "open_time": OPEN_TIME,
        "names": NAMES,
        "history": HISTORY,
        "budget": 10,
        "workspace_url": "https://example.slack.com",
        "samples": SAMPLES,
        "findings": FINDINGS,
    }
    return Scene(**told | changes)


def a_page(
    language: str = "en",
    cases: Sequence[Case] = CASES,
    messages: Sequence[MessageLine] = MESSAGES,
    period: Period | None = None,
    **changes: object,
) -> str:
    results = examples.results(cases, messages)
    figures = figure_out(results, open_time=OPEN_TIME, period=period or Period())
    return simulation_page(language, results, figures, a_scene(**changes))


def by_id(page: Element, name: str) -> Element:
    (found,) = [each for each in page.all() if each.attributes.get("id") == name]
    return found


def cells(table: Element) -> list[list[str]]:
    """The rows below the head."""
    (body,) = table.all("tbody")
    return [[" ".join(cell.text.split()) for cell in row.children] for row in body.children]


def values_of(html: str, chart: str) -> list[list[str]]:
    figure = by_id(tree_of(html), chart).parent
    assert figure is not None
    (table,) = figure.all("table")
    return cells(table)


def rows_of(html: str, fate: str) -> list[list[str]]:
    section = by_id(tree_of(html), f"fate-{fate}").parent
    assert section is not None
    return [row for table in section.all("table") for row in cells(table)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "given",
    [
        pytest.param({}, id="a-week"),
        pytest.param({"cases": (), "messages": (), "samples": (), "findings": ()}, id="nothing-at-all"),
        pytest.param({"cases": ()}, id="messages-only"),
        pytest.param({"messages": ()}, id="cases-only"),
        pytest.param({"period": MAY}, id="a-period-without-anything"),
        pytest.param({"workspace_url": None, "budget": 0}, id="no-workspace"),
    ],
)
def test_page_stands_alone_and_is_well_formed(language: str, given: dict[str, Any]):
    assert faults(a_page(language, **given)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_in_its_language_and_forbids_everything_but_its_own_style(language: str):
    page = tree_of(a_page(language))
    (html,) = page.all("html")
    policies = [
        meta.attributes["content"]
        for meta in page.all("meta")
        if meta.attributes.get("http-equiv") == "Content-Security-Policy"
    ]

    assert html.attributes["lang"] == language
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_sections_stand_in_the_order_of_a_readers_questions():
    page = tree_of(a_page())

    assert [each.attributes["id"] for each in page.all("h2")] == [
        "headline",
        "charts",
        "cases",
        "messages",
        "notes",
    ]


def test_headline_is_the_wait_and_beside_it_stand_the_posts_and_the_alerts():
    (figure,) = [each for each in tree_of(a_page()).all("p") if each.attributes.get("class") == "figure"]
    (tiles,) = [each for each in tree_of(a_page()).all("ul") if each.attributes.get("class") == "tiles"]

    assert next(figure.all("strong")).text == "within 30 min"
    assert [next(tile.all("strong")).text for tile in tiles.all("li")] == ["4", "2", "1", "4"]


def test_chart_of_waits_has_its_values_beside_it():
    assert values_of(a_page(), "chart-waits") == [
        ["week of 2026-04-20", "4", "2", "30 min", "30 min", "17 h", "30 min", "2", "1 h"],
        ["week of 2026-04-27", "0", "0", *"–" * 4, "0", "–"],
    ]


def test_chart_of_alerts_counts_weeks_by_when_alerts_went_out():
    assert values_of(a_page(), "chart-alerts") == [
        ["week of 2026-04-20", "3", "1", "10"],
        ["week of 2026-04-27", "0", "0", "10"],
    ]


def test_weeks_beyond_the_budget_are_told():
    assert "(2 a week): 1." in a_page(budget=2)
    assert "No week went beyond" in a_page(budget=3)


def test_without_a_budget_no_limit_is_told():
    html = a_page(budget=0)

    assert values_of(html, "chart-alerts") == [
        ["week of 2026-04-20", "3", "1"],
        ["week of 2026-04-27", "0", "0"],
    ]
    assert say("en", "page.alerts_how") not in html


def test_over_years_the_busiest_week_of_each_is_shown():
    alerts = [
        (an_alert(ALONE, f"step-{number}", due, "U2"), ())
        for number, due in enumerate(
            [
                "2019-03-04 10:00",
                "2020-03-02 10:00",
                "2020-06-01 10:00",
                "2020-06-02 10:00",
                "2024-01-09 10:00",
            ]
        )
    ]

    assert [row[:2] for row in values_of(a_page(messages=alerts), "chart-alerts") if row[1] != "0"] == [
        ["week of 2019-03-04", "1"],
        ["week of 2020-06-01", "2"],
        ["week of 2024-01-08", "1"],
    ]


def test_every_case_has_one_fate():
    assert values_of(a_page(), "chart-fates") == [
        ["Nobody came", "1", "20%"],
        ["Somebody may have come", "2", "40%"],
        ["Answered", "2", "40%"],
    ]


@pytest.mark.parametrize(
    ("changes", "alerted_after", "fate"),
    [
        pytest.param({}, None, "left_alone", id="still-waits"),
        pytest.param({"outcome": Outcome.WITHDRAWN}, None, "ended", id="deleted"),
        pytest.param({"outcome": Outcome.MAYBE_ANSWERED, "weak_sign_at": 20}, None, "maybe_seen", id="maybe"),
        pytest.param({"touched_at": 60}, None, "touched", id="a-stamp-only"),
        pytest.param({"touched_at": 60}, 30, "after_alert", id="alert-before-the-stamp"),
        pytest.param({"touched_at": 60}, 90, "touched", id="alert-after-the-stamp"),
        pytest.param({"touched_at": 60, "answered_at": 60}, None, "answered", id="answered"),
    ],
)
def test_fate_of_a_case(changes: dict[str, Any], alerted_after: int | None, fate: str):
    opened_at = at("2026-04-20 10:00")
    minutes = {name: value for name, value in changes.items() if isinstance(value, int)}
    times = {name: opened_at + timedelta(minutes=value) for name, value in minutes.items()}
    case = replace(a_case("1776646800.000100", "2026-04-20 10:00"), **changes | times)
    sent_at = opened_at + timedelta(minutes=alerted_after or 0)
    alerts = [(replace(an_alert(case, "first-look", "2026-04-20 10:00", "U2"), sent_at=sent_at), ())]

    html = a_page(cases=[case], messages=alerts if alerted_after else [])

    assert [len(rows_of(html, fate))] == [1]


def test_a_case_is_told_with_its_place_its_wait_its_alerts_and_its_end():
    assert rows_of(a_page(), "left_alone") == [
        [
            "2026-04-22 12:00 #雑談 the author's first post; reads like a question",
            "not touched over after 14 d",
            "3",
            "expired",
        ]
    ]
    assert rows_of(a_page(), "answered")[0] == [
        "2026-04-20 16:30 #なんでも相談 one of the first posts after joining; reads like a question",
        "1 h 30 min 17 h by the clock",
        "0",
        "answered; first sign: a reply (post after 16 h)",
    ]


def test_a_case_leads_to_its_post_where_there_is_a_workspace():
    assert 'href="https://example.slack.com/archives/C1/p1776646800000100"' in a_page()
    assert "/archives/" not in a_page(workspace_url=None)


def test_no_author_is_named_beside_a_case():
    assert "相沢" not in a_page()  # U1 wrote; no sample speaks of U1


def test_sample_messages_look_as_in_slack():
    (card,) = tree_of(a_page()).all("article")
    (body,) = [each for each in card.all("div") if each.attributes.get("class") == "body"]

    assert next(card.all("h3")).text == "thank-you → #雑談"
    assert [each.text for each in body.all("strong")] == ["お疲れさま"]
    assert [each.text for each in body.all("blockquote")] == ["@神田 美咲"]
    assert "Notification: 今週も お疲れさま でした #なんでも相談" in " ".join(card.text.split())


@pytest.mark.parametrize(
    ("language", "when"), [("ja", "2019年4月26日（金）16:30。"), ("en", "Fri 26 Apr 2019 16:30: ")]
)
def test_a_sample_message_is_told_with_its_year(language: str, when: str):
    years_ago = replace(SAMPLES[0][0], sent_at=at("2019-04-26 16:30"))

    card = next(tree_of(a_page(language, samples=[(years_ago, SAMPLES[0][1])])).all("article"))

    assert when in card.text


def test_when_posts_waited_is_told_by_hour():
    waited = [row for row in values_of(a_page(), "chart-hours") if any(cell[:2] == "1/" for cell in row)]

    assert waited == [
        ["12:00", "0/0", "0/0", "1/1", "0/0", "0/0", "0/0", "0/0"],
        ["16:00", "1/1", "0/0", "0/0", "0/0", "0/0", "0/0", "0/0"],
    ]


def test_notes_and_findings_stand_at_the_end():
    page = a_page("ja")

    assert page.index(FINDINGS[0].sentence) > page.index('id="notes"')
    assert say("ja", "simulate.note_undated", count="1") in page


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def test_hostile_names_and_texts_never_become_markup():
    message = replace(SAMPLES[0][0], recipient="U1", member="U1")
    samples: list[tuple[OutgoingMessage, Rendered]] = [
        (
            message,
            Rendered(
                text=HOSTILE, blocks=({"type": "section", "text": {"type": "mrkdwn", "text": HOSTILE}},)
            ),
        )
    ]
    names = Names(channels={"C1": HOSTILE}, members={"U1": HOSTILE, "U2": HOSTILE})
    finding = replace(FINDINGS[0], sentence=HOSTILE)
    html = a_page(
        names=names, samples=samples, findings=[finding], workspace_url=f"https://x.example/{HOSTILE}"
    )

    assert faults(html) == []
    assert next(tree_of(html).all("article")).text.count("<script>") == 3


def test_the_same_history_gives_the_same_bytes():
    assert a_page("ja") == a_page("ja")


def test_a_page_of_very_many_cases_stays_light():
    cases = [
        replace(fate, key=replace(fate.key, ts=f"17766{number:05}.{kind:06}"))
        for number in range(2_000)
        for kind, fate in enumerate(CASES)
    ]

    html = a_page("ja", cases=cases, messages=())

    assert len(html.encode()) < 3_000_000
    assert len(rows_of(html, "answered")) == 500
    assert re.search(r"あと3,500件", html)


def test_the_most_telling_cases_are_in_sight_and_the_rest_is_folded():
    cases = [replace(ANSWERED, key=replace(ANSWERED.key, ts=f"1776646800.{n:06}")) for n in range(12)]
    section = by_id(tree_of(a_page(cases=cases)), "fate-answered").parent
    assert section is not None
    (folded,) = section.all("details")

    assert [len(cells(table)) for table in section.all("table")] == [10, 2]
    assert next(folded.all("summary")).text == "Show 2 more"


def test_a_channel_that_the_history_does_not_know_is_no_person():
    message = replace(SAMPLES[0][0], recipient="運営-アンバサダー")

    card = next(tree_of(a_page("ja", samples=[(message, SAMPLES[0][1])])).all("article"))

    assert "→ #運営-アンバサダー\n" in card.text
