import io
import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from scheduler.catalogue import LANGUAGES, say
from scheduler.model.cases import Outcome
from scheduler.model.decisions import Reason, Rule, Ruling
from scheduler.model.messages import OutboxState
from scheduler.policy.waiting import Talk
from scheduler.report.explain import Dossier, explain, show_explanation, write_explanation
from scheduler.report.explain.ahead import Next
from scheduler.report.explain.lines import What
from scheduler.report.explain.rulings import rows
from scheduler.report.explain.words import Wording
from scheduler.settings import Mode
from tests.unit.report.examples import NAMES, TOKYO, at
from tests.unit.report.explain.dossiers import OPEN, alert, closed, dossier, opened, planned, told, touched
from tests.world import make_settings

SHADOW = make_settings()
LIVE = make_settings(mode=Mode.LIVE)
ASKED = (
    Ruling(Rule.CHANNEL_WATCHED, holds=True, value="questions"),
    Ruling(Rule.FIRST_POST, holds=True, value="0"),
    Ruling(Rule.JOIN_KNOWN, holds=True, value="2025-12-01T03:00:00+00:00"),
    Ruling(Rule.READS_LIKE_A_QUESTION, holds=True, value="教えて +3, でしょうか +3, こんにちは -1"),
    Ruling(Rule.PART_OF_A_TALK, holds=False),
)
DUE = (
    Ruling(Rule.STILL_OPEN, holds=True),
    Ruling(Rule.NO_SIGN_YET, holds=True),
    Ruling(Rule.WAITED, holds=True, value="2026-04-20T03:00:00+00:00"),
    Ruling(Rule.MAYBE_ANSWERED, holds=False, value="2026-04-20T02:00:00+00:00"),
    Ruling(Rule.SOMEBODY_FREE, holds=True, value="U2"),
)
LONG = dossier(
    opened(rulings=ASKED),
    planned("2026-04-20 12:00", rulings=DUE),
    told(
        "delivery", "hold", Reason.QUIET_TIME, "2026-04-20 12:00", step="first",
        until=str(at("2026-04-20 13:00")),
    ),
    touched("2026-04-20 14:00", how="stamp", learnt="2026-04-20 15:00"),
    told("touch", "taken_back", Reason.UNTOUCHED, "2026-04-20 15:10"),
    touched("2026-04-21 09:30", by="U3"),
    closed("2026-04-21 09:30", config="other"),
    alerts=[alert("2026-04-20 12:00", sent_at=at("2026-04-20 13:00"))],
    cases=[
        replace(
            OPEN, weak_sign_at=at("2026-04-20 10:20"), closed_at=at("2026-04-21 09:30"),
            outcome=Outcome.ANSWERED, answered_by="U3",
        ),
    ],
)  # fmt: skip


def printed(story: Dossier, language: str = "ja", *, width: int = 80, mode: Mode = Mode.SHADOW) -> str:
    output = io.StringIO()
    settings = SHADOW if mode is Mode.SHADOW else LIVE
    show_explanation(
        Console(file=output, width=width, highlight=False), language, explain(story, settings),
        names=NAMES, zone=TOKYO,
    )  # fmt: skip
    return output.getvalue()


def values(ruling: Ruling, language: str = "en") -> tuple[str, ...]:
    (row,) = rows([ruling], Wording(language, NAMES, TOKYO, year=2026))
    return row.values


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_story(language: str, snapshot: SnapshotAssertion):
    assert printed(LONG, language) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_story_that_goes_on(language: str, snapshot: SnapshotAssertion):
    case = replace(OPEN, steps_taken=("first",))
    waits = alert(
        "2026-04-20 12:00", state=OutboxState.PENDING, sent_at=None, not_before=at("2026-04-20 13:00")
    )
    story = dossier(opened(), planned("2026-04-20 12:00"), alerts=[waits], cases=[case])

    assert printed(story, language) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_console(language: str, width: int):
    lines = printed(LONG, language, width=width).splitlines()

    assert [line for line in lines if cell_len(line) > width] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_stand_below_each_other(language: str):
    drawn = list(rows(ASKED, Wording(language, NAMES, TOKYO, year=2026)))

    assert len({cell_len(row.head) for row in drawn}) == 1


@pytest.mark.parametrize(
    ("ruling", "expected"),
    [
        pytest.param(Ruling(Rule.FIRST_POST, False, "2"), ("posts before: 2",), id="a count"),
        pytest.param(
            Ruling(Rule.CHANNEL_WATCHED, True, "chat"), ("a place to chat",), id="a kind of channel"
        ),
        pytest.param(
            Ruling(Rule.JOIN_KNOWN, True, "2026-04-13T00:05:00+00:00"), ("Mon 13 Apr 09:05",), id="an instant"
        ),
        pytest.param(
            Ruling(Rule.JOIN_KNOWN, True, "2025-12-01T00:05:00+00:00"),
            ("Monday, 1 December 2025, 09:05",),
            id="an instant of another year",
        ),
        pytest.param(
            Ruling(Rule.WAITED, True, "2026-04-13T00:05:00+00:00"),
            ("until Mon 13 Apr 09:05",),
            id="the end of a wait",
        ),
        pytest.param(
            Ruling(Rule.STILL_OPEN, False, "withdrawn"), ("deleted by its author",), id="an outcome"
        ),
        pytest.param(Ruling(Rule.SOMEBODY_FREE, True, "U2"), ("神田 美咲",), id="a member"),
        pytest.param(Ruling(Rule.SOMEBODY_FREE, True, "C9"), ("#運営-アンバサダー",), id="a channel"),
        pytest.param(
            Ruling(Rule.READS_LIKE_A_QUESTION, True, "how do +3, hello -1"),
            ("“how do” +3", "“hello” -1"),
            id="phrases with their weights",
        ),
        pytest.param(Ruling(Rule.READS_LIKE_A_QUESTION, False, "∅ -1"), ("holds no words",), id="no words"),
        pytest.param(
            Ruling(Rule.READS_LIKE_A_QUESTION, True, ">, why +2"),
            ("begins with a quote", "“why” +2"),
            id="a quote",
        ),
        pytest.param(
            Ruling(Rule.PART_OF_A_TALK, True, "mention 12"),
            ("mentions who spoke 12 min before",),
            id="a talk",
        ),
        pytest.param(Ruling(Rule.PART_OF_A_TALK, True, "telepathy 3"), ("telepathy 3",), id="another talk"),
        pytest.param(Ruling(Rule.MARKED, True, "soon"), ("soon",), id="of no known form"),
        pytest.param(Ruling(Rule.MARKED, False), (), id="none"),
    ],
)
def test_the_value_that_decided_is_put_into_words(ruling: Ruling, expected: tuple[str, ...]):
    assert values(ruling) == expected


def test_a_phrase_is_never_broken():
    many = ", ".join(f"長めの言い回しその{number} +1" for number in range(9))
    story = dossier(opened(rulings=(Ruling(Rule.READS_LIKE_A_QUESTION, True, many),)))

    assert printed(story).count("「長めの言い回しその") == sum(
        f"「長めの言い回しその{number}」+1" in printed(story) for number in range(9)
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name",
    [
        *(f"rule_{rule}" for rule in Rule),
        *(f"line_{what}" for what in What),
        *(f"next_{each}" for each in Next if each is not Next.STEP),
        *(f"talk_{how}" for how in Talk),
    ],
)
def test_everything_that_can_happen_has_words(name: str, language: str):
    filler: Mapping[str, str] = dict.fromkeys(
        ("who", "sign", "to", "step", "reason", "at", "stamps", "minutes"), "x"
    )

    assert say(language, f"explain.{name}", **filler)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "outcome",
    [*Outcome, "open", "none", "case_gone", "unknown", "open_touched", "expired_touched", "expired_maybe"],
)
def test_every_ending_has_words(outcome: str, language: str):
    filler = dict.fromkeys(("after", "who", "sign", "reason"), "x")

    assert say(language, f"explain.ending_{outcome}", **filler)


@pytest.mark.parametrize(
    ("config", "mode", "expected"),
    [
        pytest.param("test", Mode.LIVE, 0, id="today's settings, live"),
        pytest.param("old", Mode.LIVE, 1, id="other settings"),
        pytest.param("test", Mode.SHADOW, 0, id="shadow, and was sent in live mode"),
    ],
)
def test_what_the_reader_has_to_know_stands_below(config: str, mode: Mode, expected: int):
    story = dossier(opened(config=config), planned("2026-04-20 11:00"), alerts=[alert("2026-04-20 11:00")])
    text = printed(story, "en", mode=mode, width=200)

    assert text.count(say("en", "explain.other_config")) == expected
    assert "shadow" not in text


@pytest.mark.parametrize("mode", Mode)
def test_an_alert_of_shadow_mode_is_told_as_one_whatever_the_config_says_today(mode: Mode):
    shadow = alert("2026-04-20 11:00", posted_ts="")
    text = printed(
        dossier(opened(), planned("2026-04-20 11:00"), alerts=[shadow]), "en", mode=mode, width=200
    )

    assert "(shadow: not really sent)" in text
    assert "Shadow alerts: 1 (not sent)." in text


def test_the_document_tells_the_same_story(snapshot: SnapshotAssertion):
    output = io.StringIO()
    write_explanation(output, explain(LONG, SHADOW), names=NAMES)

    assert json.loads(output.getvalue()) == snapshot


def test_the_document_names_nobody():
    output = io.StringIO()
    write_explanation(output, explain(LONG, SHADOW), names=NAMES)

    assert [name for name in NAMES.members.values() if name in output.getvalue()] == []
