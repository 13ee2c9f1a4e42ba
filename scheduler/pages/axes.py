"""The frame that charts over time share: where a column stands, round numbers, and which names fit below."""

from collections.abc import Iterator, Sequence

from scheduler.pages.drawing import WIDTH, Label, Stroke

HEIGHT = 200.0
TOP = 20.0
BOTTOM = 24.0
RIGHT = 8.0
#: Where the bottom line is.
FLOOR = HEIGHT - BOTTOM
_MOST_NAMES = 6
_MOST_STEPS = 4


def round_steps(top: float) -> list[int]:
    """Whole round numbers from 0 to the first that is not below `top`, five at most."""
    step = 1
    while step * _MOST_STEPS < top:
        step = _next_round(step)
    last = max(1, -int(-top // step))
    return [number * step for number in range(last + 1)]


def _next_round(step: int) -> int:
    """1, 2, 5, 10, 20, 50, …"""
    return step * 5 // 2 if str(step).startswith("2") else step * 2


def slots(count: int, left: float) -> tuple[float, list[float]]:
    """The width of each of so many columns, and where their middles are."""
    width = (WIDTH - RIGHT - left) / max(1, count)
    return width, [left + width * (number + 0.5) for number in range(count)]


def names_below(names: Sequence[str], middles: Sequence[float]) -> Iterator[Label]:
    """As many of the names as fit, the first one always."""
    every = -(-len(names) // _MOST_NAMES) or 1
    for number, (name, middle) in enumerate(zip(names, middles, strict=True)):
        if number % every == 0:
            yield Label(x=middle, y=HEIGHT - 8, text=name, anchor="middle")


def level(y: float, left: float, css: str = "grid") -> Stroke:
    """A line from side to side."""
    return Stroke(x1=left, y1=y, x2=WIDTH - RIGHT, y2=y, css=css)
