"""The hours of a week as a sheet of cells: the more, the darker."""

from collections.abc import Sequence

from scheduler.pages.drawing import WIDTH, Box, Drawing, Label

_LEFT = 36.0
_TOP = 18.0
_ROW = 20.0
_GAP = 1.0
#: Shades from `heat-1` to `heat-5`; `heat-0` is an empty cell.
_SHADES = 5
_EVERY = 3


def heat(
    rows: Sequence[str],
    heads: Sequence[str],
    values: Sequence[Sequence[int]],
    tips: Sequence[Sequence[str]],
) -> Drawing:
    """One row of cells for each name in `rows`; every third of `heads` is written above."""
    most = max((value for row in values for value in row), default=0)
    width = (WIDTH - _LEFT) / max(1, len(heads))
    cells = [
        Box(
            x=_LEFT + column * width,
            y=_TOP + row * _ROW,
            width=width - _GAP,
            height=_ROW - _GAP,
            css=f"heat-{_shade(value, most)}",
            tip=tips[row][column],
        )
        for row, line in enumerate(values)
        for column, value in enumerate(line)
    ]
    names = [Label(x=0, y=_TOP + row * _ROW + 14, text=name) for row, name in enumerate(rows)]
    hours = [
        Label(x=_LEFT + column * width, y=_TOP - 5, text=head)
        for column, head in enumerate(heads)
        if column % _EVERY == 0
    ]
    return Drawing(height=_TOP + _ROW * len(rows), boxes=tuple(cells), labels=(*hours, *names))


def _shade(value: int, most: int) -> int:
    """None only for nothing; the darkest for the most."""
    return -(-value * _SHADES // most) if value else 0
