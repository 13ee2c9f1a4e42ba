"""Quiet times that leave no time to speak."""

from collections.abc import Iterator

from scheduler.config.checks.week import WEEK, quiet_minutes
from scheduler.config.shape import LimitsShape
from scheduler.config.times import END_OF_DAY
from scheduler.errors import Problem
from scheduler.strictyaml import Document


def check_quiet(document: Document, limits: LimitsShape) -> Iterator[Problem]:
    """A quiet time that ends when it begins, unless it says 24:00; quiet times that cover the week."""
    ends = [("limits", "quiet", number, "to") for number in range(len(limits.quiet))]
    whole_days = [end for end, quiet in zip(ends, limits.quiet, strict=True) if quiet.from_at == quiet.to_at]
    mistaken = [end for end in whole_days if document.value(end) != END_OF_DAY]
    for end in mistaken:
        yield document.problem("config.quiet_whole_day", end)
    if not mistaken and len(quiet_minutes(limits)) == WEEK:
        yield document.problem("config.quiet_always", ("limits", "quiet"))
