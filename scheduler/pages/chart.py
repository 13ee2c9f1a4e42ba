"""A chart with everything that belongs to it: what it says in words, what its marks mean, and its values."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scheduler.pages.drawing import Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The first cell of each row is its head."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a mark stands for."""

    label: str
    css: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """`id` is unique on its page. `finding` says what is to be seen, `how` says how to read it."""

    id: str
    title: str
    finding: str
    how: str
    drawing: Drawing
    table: Table
    keys: Sequence[Key] = field(default=())
