"""Which posts wait: what is decided, against what a person said who read them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.judgement.history import History
from benchmarks.judgement.labels import Label
from scheduler.model.cases import ChannelKind
from scheduler.policy.phrases import read
from scheduler.policy.waiting import decide_waiting
from scheduler.settings import Phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was decided about one labelled post; `watched` is False in a channel that is off."""

    label: Label
    waits: bool
    reason: str
    watched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How decisions about many posts agree with the labels."""

    found: int
    missed: int
    needless: int
    left_alone: int

    @property
    def recall(self) -> float:
        """Of those that wait, the share that was found."""
        return self.found / (self.found + self.missed)

    @property
    def precision(self) -> float:
        """Of those that were taken to wait, the share that does."""
        return self.found / (self.found + self.needless)


def verdicts(history: History, labels: Sequence[Label]) -> tuple[Verdict, ...]:
    """What is decided about each labelled post."""
    channels = {post.ts: post.channel for post in history.posts}
    return tuple(_verdict(history, channels[label.ts], label) for label in labels)


def _verdict(history: History, channel: str, label: Label) -> Verdict:
    post = history.run_from(channel, label.ts)
    waiting = decide_waiting(post.run, post.before, mentioned=post.mentioned, kind=post.kind)
    reason = "waits" if waiting.waits else waiting.reason.value
    return Verdict(label=label, waits=waiting.waits, reason=reason, watched=post.kind is not ChannelKind.OFF)


def quality(told: Sequence[Verdict]) -> Quality:
    """Over the posts in channels that are watched."""
    counted = Counter((each.label.waits, each.waits) for each in told if each.watched)
    return Quality(
        found=counted[True, True],
        missed=counted[True, False],
        needless=counted[False, True],
        left_alone=counted[False, False],
    )


def confusion(told: Sequence[Verdict]) -> dict[tuple[str, bool], Counter[str]]:
    """For each (kind, waits) of the labels: how many were decided which way."""
    table: dict[tuple[str, bool], Counter[str]] = {}
    for each in told:
        if each.watched:
            table.setdefault((each.label.kind, each.label.waits), Counter())[each.reason] += 1
    return dict(sorted(table.items(), key=lambda row: (not row[0][1], row[0][0])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """Of so many questions, so many were found."""

    questions: int
    found: int

    @property
    def share(self) -> float:
        return self.found / self.questions


def recall_of_questions(table: Path, phrases: Phrases) -> Recall:
    """On single utterances, one a line: label (1 = question), the source's label, text."""
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]
    asked = [read(row[2], phrases).asks for row in rows if row[0] == "1"]
    return Recall(questions=len(asked), found=sum(asked))
