"""Lying bars, one below the other, each under its own name: names may be sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.pages.drawing import WIDTH, Box, Drawing, Label

_ROW = 34.0
_THICK = 12.0
#: Room at the right for the number behind the longest bar.
_NUMBER = 76.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """`number` is how the value is written behind the bar."""

    name: str
    value: int
    number: str
    css: str


def bars(rows: Sequence[Bar]) -> Drawing:
    """The longest bar fills the width; a value that is not zero is always seen."""
    longest = max((row.value for row in rows), default=0) or 1
    widths = [max((WIDTH - _NUMBER) * row.value / longest, 1.0 if row.value else 0.0) for row in rows]
    tops = [number * _ROW for number in range(len(rows))]
    return Drawing(
        height=_ROW * len(rows),
        boxes=tuple(
            Box(x=0, y=top + 17, width=width, height=_THICK, css=row.css)
            for row, top, width in zip(rows, tops, widths, strict=True)
        ),
        labels=(
            *(Label(x=0, y=top + 12, text=row.name, css="name") for row, top in zip(rows, tops, strict=True)),
            *(
                Label(x=width + 5, y=top + 27, text=row.number, css="name")
                for row, top, width in zip(rows, tops, widths, strict=True)
            ),
        ),
    )
