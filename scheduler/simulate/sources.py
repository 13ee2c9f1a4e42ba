"""Where a simulated history comes from: a Slack export, or the sample community."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from scheduler.model.facts import Fact
from scheduler.settings import Settings
from scheduler.simulate.export import Export, open_export
from scheduler.simulate.sample import (
    SAMPLE_FIRST_DAY,
    SAMPLE_LAST_DAY,
    SAMPLE_TEAM,
    channels,
    sample_ambassadors,
    sample_community,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A history. `first_on` and `last_on` are the local days it is told of, unless somebody asks for others.

    `done` tells how much of it has been read, from 0 to 1. `export` is empty for the sample community.
    """

    team: str
    facts: Callable[[], Iterator[Fact]]
    channel_names: Mapping[str, str]
    done: Callable[[], float]
    first_on: date | None = None
    last_on: date | None = None
    export: Export | None = None

    def adapt(self, settings: Settings) -> Settings:
        """The settings for this history: the sample brings ambassadors, unless the config names some."""
        if self.export or settings.ambassadors.people:
            return settings
        people = replace(settings.ambassadors, people=sample_ambassadors())
        return replace(settings, ambassadors=people)


def source_of(path: Path | None) -> Source:
    """The export at `path`, or the sample community; raises NotAnExport."""
    if path is None:
        return Source(
            team=SAMPLE_TEAM,
            facts=lambda: iter(sample_community()),
            channel_names=channels(),
            done=lambda: 1.0,
            first_on=SAMPLE_FIRST_DAY,
            last_on=SAMPLE_LAST_DAY,
        )
    export = open_export(path)
    return Source(
        team=export.team,
        facts=export.facts,
        channel_names=export.channel_names,
        done=lambda: export.progress.files_read / max(1, export.progress.files_total),
        export=export,
    )
