"""Lengths of time over time, on a scale that shows minutes and weeks side by side: steps multiply."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from scheduler.pages.axes import FLOOR, HEIGHT, TOP, level, names_below, slots
from scheduler.pages.drawing import Dot, Drawing, Label, Stroke

_LEFT = 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """A mark on the scale, in seconds, and what it is called."""

    seconds: float
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One mark for each name, in seconds; None where there is nothing to show."""

    css: str
    values: Sequence[float | None]
    tips: Sequence[str]


def lengths(names: Sequence[str], lines: Sequence[Line], scale: Sequence[Length]) -> Drawing:
    """Marks, joined where neighbours have one. What is below the scale lies on the floor."""
    longest = max((value for line in lines for value in line.values if value is not None), default=0)
    shown = _long_enough(scale, longest)
    _, middles = slots(len(names), _LEFT)
    dots = [dot for line in lines for dot in _dots(line, middles, shown)]
    strokes = [level(_height(each.seconds, shown), _LEFT) for each in shown]
    strokes += [stroke for line in lines for stroke in _joins(line, middles, shown)]
    names_left = [
        Label(x=_LEFT - 4, y=_height(each.seconds, shown) + 4, text=each.name, anchor="end") for each in shown
    ]
    return Drawing(
        height=HEIGHT,
        strokes=tuple(strokes),
        dots=tuple(dots),
        labels=(*names_left, *names_below(names, middles)),
    )


def _long_enough(scale: Sequence[Length], longest: float) -> Sequence[Length]:
    """The scale up to the first length that nothing exceeds; two lengths at least."""
    enough = next((n for n, each in enumerate(scale) if each.seconds >= longest), len(scale) - 1)
    return scale[: max(enough, 1) + 1]


def _height(seconds: float, scale: Sequence[Length]) -> float:
    lowest, highest = scale[0].seconds, scale[-1].seconds
    held = min(max(seconds, lowest), highest)
    return FLOOR - (FLOOR - TOP) * log(held / lowest) / log(highest / lowest)


def _dots(line: Line, middles: Sequence[float], scale: Sequence[Length]) -> Iterator[Dot]:
    for x, value, tip in zip(middles, line.values, line.tips, strict=True):
        if value is not None:
            yield Dot(x=x, y=_height(value, scale), css=line.css, tip=tip)


def _joins(line: Line, middles: Sequence[float], scale: Sequence[Length]) -> Iterator[Stroke]:
    marks = list(zip(middles, line.values, strict=True))
    for (x1, before), (x2, after) in pairwise(marks):
        if before is not None and after is not None:
            y1, y2 = _height(before, scale), _height(after, scale)
            yield Stroke(x1=x1, y1=y1, x2=x2, y2=y2, css=f"{line.css} join")
