"""The sample community: some sixty invented municipal staff and five weeks of their talk, always the same.

It shows everything that the service looks at. Who they are and what they say stands in the YAML files
beside this module, for people to read and extend. No clock, no chance, no real person or municipality.
"""

from scheduler.simulate.sample.community import (
    SAMPLE_FIRST_DAY,
    SAMPLE_LAST_DAY,
    SAMPLE_TEAM,
    Story,
    channels,
    names,
    sample_ambassadors,
    sample_community,
    stories,
)

__all__ = [
    "SAMPLE_FIRST_DAY",
    "SAMPLE_LAST_DAY",
    "SAMPLE_TEAM",
    "Story",
    "channels",
    "names",
    "sample_ambassadors",
    "sample_community",
    "stories",
]
