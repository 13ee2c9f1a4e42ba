import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from scheduler import __version__
from scheduler.live.metrics import exposition
from scheduler.live.status import Counts, Role, Status, TroubleKind
from scheduler.settings import Mode

DOCS = Path(__file__).parents[3] / "docs" / "reference"
NOW = datetime(2026, 4, 14, 1, 0, tzinfo=UTC)
WELL = Status(now=NOW, mode=Mode.SHADOW, seconds_since_sign=3.5)


def samples(status: Status) -> dict[tuple[str, ...], float]:
    """Every figure by its name and the values of its labels."""
    families = text_string_to_metric_families(exposition(status).decode())
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


def test_nothing_but_our_own_figures_is_told():
    assert {name for name, *_ in samples(WELL)} == {
        "ambassador_build_info",
        "ambassador_ready",
        "ambassador_trouble",
        "ambassador_last_sign_seconds",
        "ambassador_inbox_lag_seconds",
        "ambassador_oldest_unsent_alert_seconds",
        "ambassador_holds_lease",
        "ambassador_catching_up",
        "ambassador_facts_folded_total",
    }


@pytest.mark.parametrize("page", ["service.md", "service.ja.md"])
def test_the_reference_names_every_figure_with_its_labels(page: str):
    text = (DOCS / page).read_text(encoding="utf-8")
    rows = [row.split("|")[1:3] for row in text.splitlines() if row.startswith("| `ambassador_")]
    told = {name.strip(" `"): set(re.findall(r"`(\w+)`", labels)) for name, labels in rows}
    counts = Counts(received=Counter(message=1), messages=Counter({("alert", "sent"): 1}))
    families = text_string_to_metric_families(exposition(replace(WELL, counts=counts)).decode())

    assert told == {sample.name: set(sample.labels) for family in families for sample in family.samples}


@pytest.mark.parametrize("page", ["service.md", "service.ja.md"])
def test_the_reference_names_every_trouble(page: str):
    text = (DOCS / page).read_text(encoding="utf-8")
    section = text.partition("| `kind` |")[2].partition("\n\n")[0]

    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == [kind.value for kind in TroubleKind]


def test_version_and_mode_are_told():
    assert samples(WELL)["ambassador_build_info", "shadow", __version__] == 1


@pytest.mark.parametrize(
    ("status", "name", "value"),
    [
        (WELL, "ready", 1),
        (replace(WELL, database_writable=False), "ready", 0),
        (WELL, "last_sign_seconds", 3.5),
        (WELL, "inbox_lag_seconds", 0),
        (replace(WELL, inbox_waiting_since=NOW - timedelta(seconds=90)), "inbox_lag_seconds", 90),
        (WELL, "oldest_unsent_alert_seconds", 0),
        (replace(WELL, oldest_alert_due_at=NOW - timedelta(hours=1)), "oldest_unsent_alert_seconds", 3600),
        (WELL, "holds_lease", 1),
        (replace(WELL, role=Role.STANDBY), "holds_lease", 0),
        (WELL, "catching_up", 0),
        (replace(WELL, catching_up=True), "catching_up", 1),
    ],
)
def test_how_the_service_is_doing(status: Status, name: str, value: float):
    assert samples(status)[(f"ambassador_{name}",)] == value


def test_before_the_first_sign_its_age_is_not_told():
    assert ("ambassador_last_sign_seconds",) not in samples(replace(WELL, seconds_since_sign=None))


def test_every_trouble_has_a_figure():
    told = samples(replace(WELL, refused_code="token_revoked"))

    troubles = {labels[0]: value for (name, *labels), value in told.items() if name == "ambassador_trouble"}
    assert troubles == {kind.value: float(kind is TroubleKind.REFUSED) for kind in TroubleKind}


def test_what_happened_is_counted():
    counts = Counts(facts_folded=7)
    counts.count_received("message", is_new=True)
    counts.count_received("message", is_new=False)
    counts.count_dead("message")
    counts.count_message("alert", "sent")

    told = samples(replace(WELL, counts=counts))

    assert told["ambassador_envelopes_total", "message", "received"] == 2
    assert told["ambassador_envelopes_total", "message", "duplicate"] == 1
    assert told["ambassador_envelopes_total", "message", "dead"] == 1
    assert told["ambassador_facts_folded_total",] == 7
    assert told["ambassador_messages_total", "alert", "sent"] == 1


def test_a_kind_with_signs_of_the_format_breaks_nothing():
    counts = Counts()
    counts.count_received('a"b\n\\c', is_new=True)

    assert samples(replace(WELL, counts=counts))["ambassador_envelopes_total", 'a"b\n\\c', "received"] == 1
