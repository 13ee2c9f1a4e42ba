"""What a chart is drawn of: shapes with positions. No words of its own, no colours, no markup.

Every drawing is as wide as a telephone shows without scaling; a wider screen enlarges it. `css` names what a
shape stands for; the style sheet gives it a colour for light, dark and print.
"""

from dataclasses import dataclass

#: In the units of a drawing, which are pixels on a telephone.
WIDTH = 360.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle. `tip` is shown to a pointer that rests on it."""

    x: float
    y: float
    width: float
    height: float
    css: str
    tip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A round mark."""

    x: float
    y: float
    css: str
    tip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    css: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Text whose `anchor` (`start`, `middle`, `end`) is at x, and whose baseline is at y."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    css: str = "axis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Shapes in the order in which they are drawn: boxes, strokes, dots, labels."""

    height: float
    width: float = WIDTH
    boxes: tuple[Box, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    dots: tuple[Dot, ...] = ()
    labels: tuple[Label, ...] = ()


def coordinate(value: float) -> str:
    """A position as it stands in the file: one decimal at most, so that every machine writes the same."""
    return f"{value:.1f}".removesuffix(".0")
