"""What the app may do, compared with what the manifest asks for."""

from collections.abc import Iterator

from scheduler.doctor.facts import Accepted, Facts
from scheduler.doctor.finding import Check, Finding, Said, failed, passed, skipped, warned
from scheduler.settings import NewChannels, Settings
from scheduler.slack.permissions import OPTIONAL, REQUIRED, USER_GROUPS

_CHECKS = (Check.SCOPES, Check.OPTIONAL_SCOPES, Check.EXTRA_SCOPES)
_JOIN = "channels:join"


def check_scopes(facts: Facts) -> Iterator[Finding]:
    bot = facts.slack.bot if facts.slack else None
    if facts.settings is None or not isinstance(bot, Accepted):
        yield from (skipped(check, "doctor.needs_slack") for check in _CHECKS)
    elif not bot.scopes:
        yield from (skipped(check, "doctor.scopes_untold") for check in _CHECKS)
    else:
        yield _required(bot.scopes)
        yield _optional(bot.scopes, facts.settings)
        yield _extra(bot.scopes)


def _required(granted: frozenset[str]) -> Finding:
    missing = sorted(REQUIRED - granted)
    if missing:
        return failed(Check.SCOPES, "slack.missing_scopes", scopes=", ".join(missing))
    return passed(Check.SCOPES, "doctor.scopes", count=len(REQUIRED))


def _optional(granted: frozenset[str], settings: Settings) -> Finding:
    """Joining is missed where the config asks for it; private channels may be among the watched.

    A missing scope that the config's user group needs is told there.
    """
    joins = settings.service.new_channels is NewChannels.JOIN
    wanted = OPTIONAL - {USER_GROUPS} if joins else OPTIONAL - {USER_GROUPS, _JOIN}
    missing = sorted(wanted - granted)
    if missing:
        without = tuple(dict.fromkeys(_without(scope) for scope in missing))
        lost = tuple(Said(code) for code in without)
        return warned(Check.OPTIONAL_SCOPES, "doctor.optional_missing", scopes=", ".join(missing), lost=lost)
    return passed(Check.OPTIONAL_SCOPES, "doctor.optional_scopes")


def _without(scope: str) -> str:
    return "doctor.without_join" if scope == _JOIN else "doctor.without_groups"


def _extra(granted: frozenset[str]) -> Finding:
    extra = sorted(granted - REQUIRED - OPTIONAL)
    if extra:
        return warned(Check.EXTRA_SCOPES, "doctor.extra_scopes", scopes=", ".join(extra))
    return passed(Check.EXTRA_SCOPES, "doctor.no_extra_scopes")
