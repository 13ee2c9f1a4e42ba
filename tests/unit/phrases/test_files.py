"""Which phrases count: the shipped ones, and over them those of the admin's file beside the config."""

from pathlib import Path

import pytest

from scheduler.phrases import find, load_phrases, read
from scheduler.policy.phrases import read as read_text
from scheduler.settings import Phrases

GOOD = (Path(__file__).parents[2] / "data" / "phrases" / "good.yaml").read_text(encoding="utf-8")


def phrases_of(folder: Path, text: str) -> Phrases:
    file = folder / "phrases.yaml"
    file.write_text(text, encoding="utf-8")
    phrases, problems = read(file)
    assert problems == ()
    assert phrases is not None
    return phrases


def weights(phrases: Phrases) -> dict[str, int]:
    return {each.text: each.weight for each in phrases.known}


def test_without_a_file_the_shipped_phrases_count():
    assert read(None) == (load_phrases(), ())


def test_a_file_adds_to_the_shipped_phrases_with_any_width_and_capitals(tmp_path: Path):
    known = weights(phrases_of(tmp_path, GOOD))

    assert (known["知恵袋さん"], known["how about"], known["回覧です"]) == (3, 2, -2)
    assert len(known) > 1000


def test_no_weight_switches_a_shipped_phrase_off(tmp_path: Path):
    assert "どなたか" in weights(load_phrases())
    assert "どなたか" not in weights(phrases_of(tmp_path, GOOD))


def test_a_shipped_phrase_gets_another_weight_or_another_kind(tmp_path: Path):
    phrases = phrases_of(tmp_path, "asks:\n  困って: 1\ntells:\n  教えて: -1\n")
    said = read_text("困って、教えて", phrases)

    assert (said.score, said.phrases) == (0, ("困って +1", "教えて -1"))


def test_a_file_that_says_nothing_new_changes_nothing(tmp_path: Path):
    assert phrases_of(tmp_path, "asks:\n  教えて: 3\n").digest == load_phrases().digest
    assert phrases_of(tmp_path, GOOD).digest != load_phrases().digest


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ([], None),
        (["phrases.yaml"], "phrases.yaml"),
        (["phrases.yml"], "phrases.yml"),
        (["Phrases.yaml"], "Phrases.yaml"),
        (["phrases.yml", "phrases.yaml"], "phrases.yaml"),
        (["phrase.yaml"], "phrase.yaml"),
        (["phrases.yaml.txt"], "phrases.yaml.txt"),
        (["PHRASES.TXT"], "PHRASES.TXT"),
        (["phrases.yaml~", "my-phrases.yaml", "phrases-old.yaml", "phrases.md"], None),
    ],
)
def test_the_file_stands_beside_the_config(names: list[str], found: str | None, tmp_path: Path):
    for name in names:
        (tmp_path / name).touch()

    assert find(tmp_path / "config.yaml") == (tmp_path / found if found else None)


def test_a_file_of_another_ending_is_not_silently_passed_over(tmp_path: Path):
    file = tmp_path / "phrases.yml"
    file.write_text(GOOD, encoding="utf-8")

    assert [each.code for each in read(file)[1]] == ["phrases.wrong_ending"]
