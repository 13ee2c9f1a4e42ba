"""What an import says: how much of the past it knows, and what the database then holds."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from scheduler.app.importing import Holdings, Past
from scheduler.catalogue import say
from scheduler.model.cases import Outcome
from scheduler.policy.journeys import JOIN_IS_KNOWN
from scheduler.report import History
from scheduler.report.sheet import Column, Sheet


def how_known(language: str, past: Past, *, is_told: bool) -> str:
    """Whether a member's earliest trace counts as their joining, and how we know."""
    if is_told:
        return say(language, f"import.told_{past.known}")
    export = past.source.export
    begins, oldest = (export.begins_on, export.oldest_channel_on) if export else (None, None)
    if begins is None or oldest is None:
        return say(language, "import.undated")
    return say(language, f"import.seen_{past.known}", begins=begins, oldest=oldest)


def holdings_sheet(language: str, held: Holdings, history: History, *, zone: ZoneInfo) -> Sheet:
    """What is there now; what was read stands there only when something was read."""
    columns = (Column(head=""), Column(head=say(language, "import.number"), is_number=True))
    rows = [*_members(language, held), *_cases(language, held), *_read(language, history, zone)]
    return Sheet(title=say(language, "import.title"), columns=columns, rows=rows)


def _members(language: str, held: Holdings) -> Iterator[tuple[str, str]]:
    known = sum(number for source, number in held.joins.items() if source in JOIN_IS_KNOWN)
    everybody = sum(held.joins.values())
    yield say(language, "import.members"), f"{everybody:,}"
    yield say(language, "import.joins_known"), f"{known:,}"
    yield say(language, "import.joins_unknown"), f"{everybody - known:,}"


def _cases(language: str, held: Holdings) -> Iterator[tuple[str, str]]:
    yield say(language, "import.cases"), f"{sum(held.fates.values()):,}"
    for fate in (*Outcome, None):
        if number := held.fates.get(fate, 0):
            name = say(language, f"reasons.outcome_{fate or 'open'}")
            yield say(language, "import.case_fate", fate=name), f"{number:,}"


def _read(language: str, history: History, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    if history.first_at is None or history.last_at is None:
        return
    yield say(language, "import.posts"), f"{history.posts:,}"
    yield say(language, "import.messages"), f"{history.messages:,}"
    yield say(language, "import.first_day"), f"{history.first_at.astimezone(zone).date()}"
    yield say(language, "import.last_day"), f"{history.last_at.astimezone(zone).date()}"
