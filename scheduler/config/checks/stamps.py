"""A stamp means one thing."""

from collections.abc import Iterator

from scheduler.config.shape import StampsShape
from scheduler.errors import Problem
from scheduler.settings import StampMeaning
from scheduler.strictyaml import Document, Path


def check_stamps(document: Document, stamps: StampsShape) -> Iterator[Problem]:
    """A stamp that is named twice."""
    places = sorted(
        (document.position(path), path, stamp)
        for meaning in StampMeaning
        for number, stamp in enumerate(getattr(stamps, meaning.value))
        for path in [("stamps", meaning.value, number)]
    )
    first: dict[str, int] = {}
    for (line, _), path, stamp in places:
        if stamp in first:
            yield _twice(document, path, stamp, first[stamp])
        first.setdefault(stamp, line)


def _twice(document: Document, path: Path, stamp: str, row: int) -> Problem:
    return document.problem("config.stamp_twice", path, stamp=stamp, row=row)
