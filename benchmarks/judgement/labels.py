"""The hand labels of first posts: what they are, whether they wait, and who touched them when. No text."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a person said about one first post. `touched_at` is empty when nobody ever touched it."""

    ts: str
    kind: str
    waits: bool
    touched_at: datetime | None
    how: str

    @property
    def is_set_aside(self) -> bool:
        """Whether it belongs to the half that nothing was tuned on: its ts ends in an odd digit."""
        return int(self.ts[-1]) % 2 == 1


def read_labels(table: Path) -> tuple[Label, ...]:
    """The hand labels, one a line under a line of titles."""
    lines = table.read_text(encoding="utf-8").splitlines()[1:]
    return tuple(_label(line.split("\t")) for line in lines)


def _label(cells: list[str]) -> Label:
    ts, kind, waits, touch, how = cells
    touched_at = None if touch == "-" else datetime.fromtimestamp(float(touch), UTC)
    return Label(ts=ts, kind=kind, waits=waits == "yes", touched_at=touched_at, how=how)
