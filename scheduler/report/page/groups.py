"""The cases of the page, grouped by fate: those that teach most in sight, the rest folded away."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from scheduler.model.cases import Case
from scheduler.pages import CaseGroup, CaseRow
from scheduler.report.casetables import maybe_seen
from scheduler.report.links import post_link
from scheduler.report.page.counting import Counted, Listed
from scheduler.report.page.wording import Wording
from scheduler.report.results import Names
from scheduler.report.words import (
    clock_time_in_words,
    moment,
    open_time_in_words,
    outcome_in_words,
    reason_in_words,
    sign_in_words,
)

#: How many cases of each fate are in sight.
_IN_SIGHT = 10


def groups(
    words: Wording, counted: Counted, *, zone: ZoneInfo, names: Names, workspace_url: str | None
) -> Iterator[CaseGroup]:
    """One group for each fate that occurs. Without a `workspace_url` nothing links to Slack."""
    told = _CaseTeller(words, zone, names, workspace_url)
    for fate, count in counted.fates.items():
        rows = [told.row(listed) for listed in counted.listed[fate]]
        yield CaseGroup(
            id=f"fate-{fate}",
            title=words.say(f"fate_{fate}"),
            meaning=words.say(f"meaning_{fate}"),
            count=count,
            shown=rows[:_IN_SIGHT],
            folded=rows[_IN_SIGHT:],
            unlisted=count - len(rows),
        )


class _CaseTeller:
    """Puts cases into rows. No author, no text."""

    def __init__(self, words: Wording, zone: ZoneInfo, names: Names, workspace_url: str | None) -> None:
        self._words = words
        self._zone = zone
        self._names = names
        self._workspace_url = workspace_url

    def row(self, listed: Listed) -> CaseRow:
        case = listed.case
        return CaseRow(
            posted=moment(case.opened_at, self._zone),
            channel=self._names.channel(case.key.channel),
            why=self._why(case),
            waited=self._waited(listed),
            waited_clock=self._waited_clock(listed),
            alerts=listed.alerts,
            outcome=self._outcome(case),
            href=post_link(self._workspace_url, case.key) if self._workspace_url is not None else None,
        )

    def _why(self, case: Case) -> str:
        why = reason_in_words(self._words.language, case.reason)
        return self._words.say("why_asks", why=why) if case.asks else why

    def _waited(self, listed: Listed) -> str:
        if listed.case.touched_at is None:
            return self._words.say("waited_in_vain")
        return open_time_in_words(self._words.language, listed.wait.open)

    def _waited_clock(self, listed: Listed) -> str:
        clock = clock_time_in_words(self._words.language, listed.wait.clock)
        if listed.case.touched_at:
            return "" if clock == self._waited(listed) else self._words.say("waited_clock", clock=clock)
        return self._words.say("waited_until_end" if listed.case.closed_at else "waited_so_far", clock=clock)

    def _outcome(self, case: Case) -> str:
        language = self._words.language
        outcome = outcome_in_words(language, case.outcome)
        if case.touched_how:
            sign = sign_in_words(language, case.touched_how)
            outcome = self._words.say("outcome_sign", outcome=outcome, sign=sign)
        if seen := maybe_seen(language, case):
            outcome = self._words.say("outcome_maybe", outcome=outcome, seen=seen)
        return outcome
