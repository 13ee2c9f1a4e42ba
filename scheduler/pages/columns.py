"""Stacked columns over time, against a limit: how many there were, and how many there may be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.pages.axes import FLOOR, HEIGHT, RIGHT, TOP, level, names_below, round_steps, slots
from scheduler.pages.drawing import WIDTH, Box, Drawing, Label

_LEFT = 30.0
_GAP = 0.25
#: A limit this many times higher than the highest column would press all columns flat.
_OFF_THE_CHART = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One layer of the stack: a value for each column, none negative, and what to say of each."""

    css: str
    values: Sequence[int]
    tips: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A line across; when it lies far above everything, only its label is shown, at the top."""

    value: int
    label: str


def columns(names: Sequence[str], series: Sequence[Series], limit: Limit | None = None) -> Drawing:
    """One column for each name; the first series stands at the bottom."""
    highest = max(map(sum, zip(*(layer.values for layer in series), strict=True)), default=0)
    is_near = limit is not None and limit.value <= highest * _OFF_THE_CHART
    steps = round_steps(max(highest, limit.value if limit and is_near else 0))
    scale = (FLOOR - TOP) / steps[-1]
    width, middles = slots(len(names), _LEFT)
    labels = [_step_name(step, FLOOR - step * scale) for step in steps]
    strokes = [level(FLOOR - step * scale, _LEFT) for step in steps]
    if limit:
        y = FLOOR - limit.value * scale if is_near else TOP - 6
        strokes += [level(y, _LEFT, "limit")] if is_near else []
        labels.append(_limit_label(limit, y, is_near=is_near))
    return Drawing(
        height=HEIGHT,
        boxes=tuple(_stacked(series, middles, width * (1 - _GAP), scale)),
        strokes=tuple(strokes),
        labels=(*labels, *names_below(names, middles)),
    )


def _step_name(step: int, y: float) -> Label:
    return Label(x=_LEFT - 4, y=y + 4, text=f"{step:,}", anchor="end")


def _limit_label(limit: Limit, y: float, *, is_near: bool) -> Label:
    text = limit.label if is_near else f"↑ {limit.label}"
    return Label(x=WIDTH - RIGHT, y=y - 4, text=text, anchor="end", css="limit-name")


def _stacked(series: Sequence[Series], middles: Sequence[float], width: float, scale: float) -> Iterator[Box]:
    tops = [FLOOR] * len(middles)
    for layer in series:
        for column, (value, tip) in enumerate(zip(layer.values, layer.tips, strict=True)):
            if value:
                tops[column] -= value * scale
                x = middles[column] - width / 2
                yield Box(x=x, y=tops[column], width=width, height=value * scale, css=layer.css, tip=tip)
