"""What came of a deed, as far as the page has to know; what changed in the workspace comes by the feed."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`say` is told to the visitor, `go` is where they go on, `errors` are about inputs, by block id."""

    say: str = ""
    go: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
