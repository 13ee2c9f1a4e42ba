"""Channel rules that an earlier rule takes everything from: the first that matches wins."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from scheduler.config.shape import ChannelShape
from scheduler.errors import Problem
from scheduler.strictyaml import Document


def check_channels(document: Document, channels: tuple[ChannelShape, ...]) -> Iterator[Problem]:
    """A pattern whose channels all match an earlier one already."""
    earlier: list[tuple[str, int]] = []
    for number, rule in enumerate(channels):
        for place, pattern in enumerate(rule.match):
            path = ("channels", number, "match", place)
            line, _ = document.position(path)
            hit = next((each for each in earlier if _covers(each[0], pattern)), None)
            if hit:
                first, row = hit
                yield document.problem("config.never_matches", path, pattern=pattern, first=first, row=row)
            earlier.append((pattern, line))


def _covers(earlier: str, pattern: str) -> bool:
    """Whether every name that fits `pattern` fits `earlier`; what cannot be told for certain is a no."""
    if earlier in {"*", pattern}:
        return True
    is_name = not set(pattern) & set("*?[")
    if is_name:
        return fnmatchcase(pattern, earlier)
    only_stars = not (set(earlier) & set("?[")) and "[" not in pattern
    return only_stars and fnmatchcase(pattern, earlier)
