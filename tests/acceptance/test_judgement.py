"""Posts that wait are told from posts that do not, on a real history that people have read and labelled."""

from functools import cache

import pytest

from benchmarks.judgement.detection import Quality, quality, recall_of_questions, verdicts
from benchmarks.judgement.history import History
from benchmarks.judgement.labels import read_labels
from benchmarks.judgement.places import CONFIG, EXPORT, LABELS, QUESTIONS
from scheduler.app.loading import load
from scheduler.phrases import load_phrases


@cache
def _history() -> History:
    return History(EXPORT, load(CONFIG).settings)


def quality_of_half(*, set_aside: bool) -> Quality:
    labels = [label for label in read_labels(LABELS) if label.is_set_aside is set_aside]
    return quality(verdicts(_history(), labels))


@pytest.mark.skipif(not EXPORT.exists(), reason="the real export is not part of this repository")
@pytest.mark.parametrize("set_aside", [False, True], ids=["tuned-on", "set-aside"])
def test_nearly_every_post_that_waits_is_found_and_few_others_are_taken_for_one(set_aside: bool):
    told = quality_of_half(set_aside=set_aside)

    assert told.found + told.missed > 40
    assert (told.recall >= 0.95, told.precision >= 0.85) == (True, True)


@pytest.mark.skipif(not QUESTIONS.exists(), reason="the labelled utterances are not part of this repository")
def test_nearly_every_single_question_is_found():
    told = recall_of_questions(QUESTIONS, load_phrases())

    assert told.questions == 69
    assert told.share >= 0.95
