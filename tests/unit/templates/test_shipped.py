"""The messages that the project ships, as the people read them who get them."""

import re
from pathlib import Path

import pytest
from slack_sdk.models.blocks import Block
from syrupy.assertion import SnapshotAssertion

from scheduler import templates
from scheduler.catalogue import LANGUAGES
from scheduler.model.cases import Outcome
from scheduler.model.messages import MessageKind, PlaceholderValue, Rendered, Wait
from scheduler.model.placeholders import PLACEHOLDERS
from scheduler.templates import Messages, render_samples

FOLDER = templates.shipped()
NAMES = sorted(path.stem for path in (FOLDER / "ja").glob("*.yaml"))
EACH = pytest.mark.parametrize(
    ("name", "language"), [(name, language) for language in LANGUAGES for name in NAMES]
)


def texts(rendered: Rendered) -> list[str]:
    return [block["text"]["text"] for block in rendered.blocks if isinstance(block.get("text"), dict)]  # type: ignore[index]


def test_both_languages_have_the_same_messages_and_as_many_variants(shipped: Messages):
    assert shipped.warnings == ()
    counts = {
        language: [len(shipped.file_of(name, language).variants) for name in NAMES] for language in LANGUAGES
    }
    assert counts["ja"] == counts["en"]


@EACH
def test_every_sample_person_gets_every_variant(name: str, language: str, shipped: Messages):
    rendered = render_samples(shipped, name, language)
    variants = len(shipped.file_of(name, language).variants)
    assert len(rendered) == len(templates.samples()) * variants
    for sample in rendered:
        assert 0 < len(sample.rendered.text) <= 300
        for block in Block.parse_all([dict(block) for block in sample.rendered.blocks]):
            block.validate_json()


@EACH
def test_reads_well(name: str, language: str, shipped: Messages, snapshot: SnapshotAssertion):
    values: dict[str, PlaceholderValue] = {p.name: p.example for p in PLACEHOLDERS[shipped.kind_of(name)]}
    rendered = [
        shipped.render(name, locale=language, rotation=number, values=values)
        for number in range(len(shipped.file_of(name, language).variants))
    ]
    assert "\n\n-----\n\n".join("\n".join([f"[{r.text}]", *texts(r)]) for r in rendered) == snapshot


@EACH
def test_tells_admins_what_it_is_for(name: str, language: str, shipped: Messages):
    assert shipped.file_of(name, language).about


@EACH
def test_nothing_is_left_over_between_the_words(name: str, language: str, shipped: Messages):
    for sample in render_samples(shipped, name, language):
        for text in (sample.rendered.text, *texts(sample.rendered)):
            assert not re.search(r"\n{3}|^\s|\s$|  |None|True|False|\{[{%#]|「」|\"\"|[。、][。、]", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", [name for name in NAMES if name.startswith("alert_") and name != "alert_done"]
)
def test_an_alert_says_in_its_plain_text_where_the_post_is_and_offers_a_button(
    name: str, language: str, shipped: Messages
):
    for sample in render_samples(shipped, name, language):
        link = "https://example.slack.com/archives/C0SAMPLE1/p1795312800000100"
        assert link in sample.rendered.text
        assert [e["url"] for e in sample.rendered.blocks[-1]["elements"]] == [link]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", [*Outcome, "by_reaction"])
def test_a_finished_card_is_one_line_in_a_notification_and_in_the_channel(
    outcome: str, language: str, shipped: Messages, snapshot: SnapshotAssertion
):
    how = {p.name: False for p in PLACEHOLDERS[MessageKind.CARD] if p.type is bool}
    how |= {outcome: True, "answered": outcome in {"answered", "by_reaction"}}
    soon: dict[str, PlaceholderValue] = {**how, "waited": Wait(42), "days": 0}
    rendered = [
        shipped.render("alert_done", locale=language, rotation=0, values=values)
        for values in (soon, {**soon, "days": 3})
    ]

    assert [each.text for each in rendered] == [text for each in rendered for text in texts(each)] == snapshot


def test_thanks_have_at_least_four_variants_and_welcomes_two(shipped: Messages):
    assert len(shipped.file_of("thanks", "ja").variants) >= 4
    assert len(shipped.file_of("welcome", "ja").variants) >= 2


NEVER = {
    "ja": r"お世話になって|させていただ|ランキング|第1位|一番多く|一位|至急|早急|必ず|なぜ返信",
    "en": r"ranking|top helper|most active|hurry|urgent|ASAP|must",
}


@EACH
def test_nobody_is_ranked_pressed_or_met_with_formulas(name: str, language: str, shipped: Messages):
    for sample in render_samples(shipped, name, language):
        for text in (sample.rendered.text, *texts(sample.rendered)):
            assert not re.search(NEVER[language], text, re.IGNORECASE)


@EACH
def test_a_restricted_network_shows_all_of_it(name: str, language: str):
    """No pictures, no short links, no outside forms: its readers may see the workspace and nothing else."""
    source = (FOLDER / language / f"{name}.yaml").read_text(encoding="utf-8")
    assert not re.search(r"https?://", source)


def test_the_folder_beside_the_config_wins_else_the_shipped_one_serves(tmp_path: Path):
    assert templates.find(tmp_path / "config.yaml") == templates.shipped()
    (tmp_path / "messages").mkdir()
    assert templates.find(tmp_path / "config.yaml") == tmp_path / "messages"
