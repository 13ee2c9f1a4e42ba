"""The story of one post as a value: how it ended, what happened, what comes, and what to know about it."""

from dataclasses import dataclass
from datetime import datetime

from scheduler.report.explain.ahead import Ahead, ahead
from scheduler.report.explain.dossier import Dossier
from scheduler.report.explain.ending import Ending, ending
from scheduler.report.explain.lines import Line
from scheduler.report.explain.timeline import timeline
from scheduler.settings import Mode, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """`config_hashes` are those of the settings that decided, the first first; `config_hash` is today's.

    `is_shadow`: today's settings send nothing.
    """

    channel: str
    ts: str
    at: datetime
    author: str | None
    ending: Ending
    lines: tuple[Line, ...]
    ahead: tuple[Ahead, ...]
    config_hash: str
    config_hashes: tuple[str, ...]
    is_shadow: bool

    @property
    def is_of_other_config(self) -> bool:
        """Whether other settings than today's had a part in it."""
        return any(each != self.config_hash for each in self.config_hashes)


def explain(dossier: Dossier, settings: Settings) -> Explanation:
    """Puts the story together; `settings`, those of today, only tell what comes."""
    lines = timeline(dossier)
    end = ending(dossier, lines)
    return Explanation(
        channel=dossier.channel,
        ts=dossier.ts,
        at=dossier.at,
        author=dossier.author,
        ending=end,
        lines=lines,
        ahead=ahead(dossier, end, settings),
        config_hash=settings.config_hash,
        config_hashes=tuple(dict.fromkeys(record.config_hash for record in dossier.records)),
        is_shadow=settings.mode is Mode.SHADOW,
    )
