"""The chart of waits: how long half, and nine in ten, waited until touched, and half until answered."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from scheduler.pages import Chart, Key, Length, Line, Table, lengths
from scheduler.report.casefigures import CaseFigures
from scheduler.report.page.counting import Counted
from scheduler.report.page.wording import NOTHING, Wording, number, short
from scheduler.report.waits import Wait
from scheduler.report.words import open_time_in_words

#: What clock waits are measured against: from a minute to half a year.
_SCALE = [
    timedelta(minutes=1),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(days=1),
    timedelta(days=7),
    timedelta(days=30),
    timedelta(days=180),
]
_Waits = Mapping[str, Sequence[Wait | None]]


def waits_chart(words: Wording, counted: Counted) -> Chart:
    """Waits by the clock, as the one who waits feels them; open time stands in the table."""
    spans = [words.span(counted.unit, name) for name in counted.by_span]
    waits = _waits(list(counted.by_span.values()))
    return Chart(
        id="chart-waits",
        title=words.say(f"waits_title_{counted.unit}"),
        finding=_finding(words, spans, waits),
        how=words.say("waits_how"),
        keys=[Key(label=words.say(f"key_{css}"), css=css) for css in waits],
        drawing=lengths(
            [short(counted.unit, name) for name in counted.by_span],
            [_line(words, css, spans, each) for css, each in waits.items()],
            [Length(seconds=each.total_seconds(), name=_tick(words, each)) for each in _SCALE],
        ),
        table=Table(
            caption=words.say(f"waits_title_{counted.unit}"),
            heads=[words.say(f"head_{head}") for head in _heads(counted)],
            rows=list(_rows(words, spans, counted)),
        ),
    )


def _waits(figures: Sequence[CaseFigures]) -> _Waits:
    """The marks by what they stand for."""
    return {
        "nine": [each.touch.p90 for each in figures],
        "median": [each.touch.median for each in figures],
        "answer": [each.answer.median for each in figures],
    }


def _line(words: Wording, css: str, spans: Sequence[str], waits: Sequence[Wait | None]) -> Line:
    name = words.say(f"key_{css}")
    return Line(
        css=css,
        values=[wait.clock.total_seconds() if wait else None for wait in waits],
        tips=[
            f"{span}: {name} {words.clock(wait.clock) if wait else NOTHING}"
            for span, wait in zip(spans, waits, strict=True)
        ],
    )


def _tick(words: Wording, length: timedelta) -> str:
    """`15 min`, `4 h`, `3 d`: round numbers of one unit."""
    return words.say("day_scale") if length == timedelta(days=1) else words.clock(length)


def _finding(words: Wording, spans: Sequence[str], waits: _Waits) -> str:
    touched = [
        (span, median.clock, nine.clock)
        for span, median, nine in zip(spans, waits["median"], waits["nine"], strict=True)
        if median and nine
    ]
    if not touched:
        return words.say("waits_none")
    last, median, nine = touched[-1]
    worst, _, longest = max(touched, key=lambda each: each[2])
    return words.say(
        "waits_finding",
        last=last,
        median=words.clock(median),
        nine=words.clock(nine),
        worst=worst,
        longest=words.clock(longest),
    )


def _heads(counted: Counted) -> Iterator[str]:
    yield str(counted.unit)
    yield from ("posts", "touched", "touched_half", "touched_half_open", "touched_nine", "weak_half")
    yield from ("answered", "answered_half")


def _rows(words: Wording, spans: Sequence[str], counted: Counted) -> Iterator[Sequence[str]]:
    for span, each in zip(spans, counted.by_span.values(), strict=True):
        yield (
            span,
            number(each.cases),
            number(each.touch.count),
            _clock(words, each.touch.median),
            open_time_in_words(words.language, each.touch.median.open) if each.touch.median else NOTHING,
            _clock(words, each.touch.p90),
            _clock(words, each.touch_or_weak.median),
            number(each.answer.count),
            _clock(words, each.answer.median),
        )


def _clock(words: Wording, wait: Wait | None) -> str:
    return words.clock(wait.clock if wait else None)
