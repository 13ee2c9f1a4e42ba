"""Lines, endings and rules in the words of a language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.catalogue import say
from scheduler.model.cases import Outcome, WeakStrength
from scheduler.model.decisions import Reason
from scheduler.policy.walltime import local_day
from scheduler.report.casefigures import OPEN
from scheduler.report.explain.ahead import Ahead
from scheduler.report.explain.ending import NONE, UNKNOWN, Ending
from scheduler.report.explain.lines import Line, What
from scheduler.report.results import Names
from scheduler.report.words import (
    clock_time_in_words,
    day_and_time,
    outcome_in_words,
    reason_in_words,
    sign_in_words,
)

_TOUCHED_ENDINGS = (OPEN, Outcome.EXPIRED)


class Wording:
    """Puts a story into the words of a language, with names instead of ids and local times."""

    def __init__(self, language: str, names: Names, zone: ZoneInfo, *, year: int) -> None:
        """Days of `year` are told without it."""
        self.language = language
        self.names = names
        self.zone = zone
        self._year = year

    def say(self, name: str, /, **values: object) -> str:
        return say(self.language, f"explain.{name}", **values)

    def person(self, member: str | None) -> str:
        return self.say("person", name=self.names.member(member)) if member else self.say("somebody")

    def recipient(self, recipient: str | None) -> str:
        """The channel or the member that an alert is for."""
        is_channel = recipient is not None and recipient in self.names.channels
        return self.names.channel(recipient) if recipient and is_channel else self.person(recipient)

    def when(self, at: datetime) -> str:
        if local_day(self.zone, at).year == self._year:
            return day_and_time(self.language, at, self.zone)
        return self.say("day_and_time", day=self.day(at, with_year=True), time=self.clock(at))

    def clock(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%H:%M}"

    def day(self, at: datetime, *, with_year: bool = False) -> str:
        """A local day, with its year when it is another one."""
        day = local_day(self.zone, at)
        return self.say(
            "day_of_year" if with_year or day.year != self._year else "day",
            year=day.year,
            month=say(self.language, f"words.month_{day.month}"),
            day=day.day,
            weekday=say(self.language, f"words.weekday_{day.weekday()}"),
        )

    def ending(self, end: Ending) -> str:
        """What became of the post, in a sentence or two."""
        told = self.say(_ending_code(end), **self._ending_values(end))
        if end.openings > 1:
            told = self.say("ending_again", told=told)
        if end.outcome in (NONE, UNKNOWN):
            return told
        return self.say("with_alerts", told=told, alerts=self._alerts(end))

    def _alerts(self, end: Ending) -> str:
        """What was not really sent is told apart."""
        shadow = self.say("alerts_shadow", count=end.shadow_alerts) if end.shadow_alerts else ""
        if shadow and not end.alerts:
            return shadow
        sent = self.say("alerts" if end.alerts else "no_alerts", count=end.alerts)
        return self.say("with_alerts", told=sent, alerts=shadow) if shadow else sent

    def line(self, line: Line) -> str:
        text = self.say(_line_code(line), **self._line_values(line))
        if line.is_shadow:
            text = self.say("not_really_sent", text=text)
        if line.until:
            text = self.say("until", text=text, until=self._when_beside(line.at, line.until))
        if line.learnt_at:
            text = self.say("learnt", text=text, when=self._when_beside(line.at, line.learnt_at))
        return text

    def ahead(self, each: Ahead) -> str:
        if each.step:
            target = self.say("target_nobody" if each.is_for_nobody else f"target_{each.step.tell}")
            return self.say(f"next_step_{each.step.when}", to=target, step=each.step.id)
        stamps = self.say("between").join(f":{stamp}:" for stamp in each.stamps)
        at = self.when(each.at) if each.at else ""
        return self.say(f"next_{each.what}", to=self.recipient(each.to), stamps=stamps, at=at)

    def _when_beside(self, beside: datetime, at: datetime) -> str:
        """The time alone when it is on the same day."""
        is_same_day = local_day(self.zone, beside) == local_day(self.zone, at)
        return self.clock(at) if is_same_day else self.when(at)

    def _ending_values(self, end: Ending) -> dict[str, str]:
        return {
            "reason": reason_in_words(self.language, end.reason) if end.reason else "",
            "after": clock_time_in_words(self.language, end.after) if end.after is not None else "",
            "who": self.person(end.by),
            "sign": sign_in_words(self.language, end.how) if end.how else self.say("an_answer"),
        }

    def _line_values(self, line: Line) -> dict[str, str]:
        return {
            "who": self.person(line.by),
            "sign": sign_in_words(self.language, line.how) if line.how else self.say("an_answer"),
            "to": self.recipient(line.to),
            "step": line.step or "",
            "reason": self._because(line),
        }

    def _because(self, line: Line) -> str:
        """A case that closed has an outcome; everything else has a reason."""
        if line.what is What.CLOSED and line.reason is not Reason.CASE_GONE:
            return outcome_in_words(self.language, line.reason)
        return reason_in_words(self.language, line.reason) if line.reason else ""


def _ending_code(end: Ending) -> str:
    if end.outcome in _TOUCHED_ENDINGS and end.is_touched:
        return f"ending_{end.outcome}_touched"
    if end.outcome == Outcome.EXPIRED and end.is_maybe_answered:
        return "ending_expired_maybe"
    return f"ending_{end.outcome}"


def _line_code(line: Line) -> str:
    match line.what:
        case What.WATCHED if line.opening > 1:
            return "line_watched_again"
        case What.ALERT_SENT if line.reason is None:
            return "line_alert_gone"
        case What.WEAK_SIGN if line.strength is WeakStrength.SLIGHT:
            return "line_weak_sign_slight"
        case What.CLOSED if line.reason is Reason.ANSWERED:
            return "line_closed_by" if line.by else "line_closed_answered"
    return f"line_{line.what}"
