"""What is said in the weeks that the demo shows, in short, for those who read no Japanese."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from scheduler.simulate.sample.cast import member_ids
from scheduler.simulate.sample.moments import instant
from scheduler.simulate.sample.source import read_items


@cache
def in_english() -> Mapping[tuple[str, datetime], str]:
    """By member id and minute; where somebody works stands at the minute of joining."""
    return {
        (member_ids()[item["by"]], instant(item["at"])): item["says"] for item in read_items("english.yaml")
    }
