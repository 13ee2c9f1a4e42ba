"""Everything that one member sees, in regions of parts by key; and what differs between two looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from markupsafe import Markup

Parts = Mapping[str, Markup]


def mark(html: str) -> str:
    """Short, and another one for other HTML."""
    return blake2b(html.encode(), digest_size=6).hexdigest()


@dataclass(frozen=True)
class Screen:
    """`regions`: by the name of the region, its parts in their order."""

    regions: Mapping[str, Parts]

    @cached_property
    def marks(self) -> Mapping[str, list[tuple[str, str]]]:
        """Of each region its keys in order, each with its mark."""
        return {
            region: [(key, mark(html)) for key, html in parts.items()]
            for region, parts in self.regions.items()
        }

    @cached_property
    def mark(self) -> str:
        """Of everything together: who has this one has missed nothing."""
        return mark(repr(self.marks))

    def changes(self, before: "Screen | None") -> Mapping[str, object]:
        """What to send to whom shows `before`; everything to whom it is not known what they show."""
        return {
            region: {"order": order, "html": self._new(region, before)}
            for region, order in self.marks.items()
            if before is None or before.marks[region] != order
        }

    def _new(self, region: str, before: "Screen | None") -> Mapping[str, str]:
        known = set(before.marks[region]) if before else set()
        parts = self.regions[region]
        return {key: str(parts[key]) for key, its_mark in self.marks[region] if (key, its_mark) not in known}
