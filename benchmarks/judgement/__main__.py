"""`make judgement`: prints how good the judgement is. `--half even` leaves the set-aside half alone."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.judgement.alerts import AlertFigures, Alerts, measure
from benchmarks.judgement.detection import Verdict, confusion, quality, recall_of_questions, verdicts
from benchmarks.judgement.history import History
from benchmarks.judgement.labels import read_labels
from benchmarks.judgement.places import CONFIG, EXPORT, LABELS, QUESTIONS
from benchmarks.judgement.speed import measure_speed
from scheduler.app.loading import load

_HALVES = {"even": "tuned on", "odd": "set aside"}


def main() -> int:
    asked = _asked()
    if not asked.export.exists():
        sys.stderr.write(
            f"The history that this is measured on is not here: {asked.export}\n"
            "Give the path of an export with: make judgement EXPORT=PATH\n"
        )
        return 2
    for line in _lines(asked.export, [asked.half] if asked.half else list(_HALVES)):
        print(line, flush=True)
    return 0


def _asked() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks.judgement")
    parser.add_argument("--export", type=Path, default=EXPORT)
    parser.add_argument("--half", choices=_HALVES)
    return parser.parse_args()


def _lines(export: Path, halves: Sequence[str]) -> Iterator[str]:
    settings = load(CONFIG).settings
    history, labels = History(export, settings), read_labels(LABELS)
    for half in halves:
        told = verdicts(history, [each for each in labels if each.is_set_aside is (half == "odd")])
        yield from _detection(f"First posts, ts {half} ({_HALVES[half]})", told)
    alerts = measure(export, CONFIG, LABELS)
    for half in halves:
        yield from _alerts(f"Alerts, ts {half} ({_HALVES[half]})", alerts, set_aside=half == "odd")
    if QUESTIONS.exists():
        recall = recall_of_questions(QUESTIONS, settings.phrases)
        yield f"Questions of the ASDC corpus: {recall.found} of {recall.questions}, recall {recall.share:.3f}"
        yield ""
    speed = measure_speed([post.text for post in history.posts], settings.phrases)
    yield (
        f"Detection alone: {speed.texts} posts, {speed.per_second:,.0f} a second;"
        f" {speed.ratio:.1f} times as long as a bare search for the same phrases"
    )


def _detection(title: str, told: Sequence[Verdict]) -> Iterator[str]:
    said, off = quality(told), [each.label for each in told if not each.watched]
    yield title
    yield f"  recall    {said.recall:.3f}  ({said.found} of {said.found + said.missed} that wait)"
    yield f"  precision {said.precision:.3f}  ({said.found} of {said.found + said.needless} taken to wait)"
    yield f"  besides   {len(off)} in channels that are off, {sum(each.waits for each in off)} of which wait"
    yield ""
    yield f"  {'kind':<14}{'label':<10}decided"
    for (kind, waits), decided in confusion(told).items():
        counts = ", ".join(f"{reason} {count}" for reason, count in decided.most_common())
        yield f"  {kind:<14}{'waits' if waits else '-':<10}{counts}"
    yield ""


def _alerts(title: str, figures: AlertFigures, *, set_aside: bool) -> Iterator[str]:
    """False alarms came though somebody had touched the post before; missed posts wait and got no alert."""
    yield f"{title:<42}{'ours':>8}{'threads only':>14}"
    rules = [figures.of(sent, set_aside=set_aside) for sent in (figures.ours, figures.threads)]
    for name, figure in _ALERT_ROWS.items():
        ours, threads = map(figure, rules)
        yield f"  {name:<40}{ours:>8}{threads:>14}"
    yield ""


_ALERT_ROWS: Mapping[str, Callable[[Alerts], str]] = {
    "alerts": lambda alerts: str(len(alerts.sent)),
    "  about so many posts": lambda alerts: str(alerts.posts),
    "  that say: maybe answered": lambda alerts: str(alerts.maybe),
    "  about posts that do not wait (posts)": lambda alerts: str(len(alerts.needless)),
    "false alarms": lambda alerts: str(len(alerts.false_alarms)),
    "  of all alerts": lambda alerts: f"{alerts.share:.1%}",
    "wait, untouched when the first step came": lambda alerts: str(len(alerts.left)),
    "  missed": lambda alerts: str(len(alerts.missed)),
    "wait, and nobody ever came": lambda alerts: str(len(alerts.alone)),
    "  missed ": lambda alerts: str(len(alerts.alone_missed)),
}


if __name__ == "__main__":
    sys.exit(main())
