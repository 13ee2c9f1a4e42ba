"""Whether Slack can be reached and takes us: which token is wrong, whose workspace it is, the clock."""

from collections.abc import Iterator
from datetime import timedelta

from scheduler.doctor.facts import Accepted, Answer, Facts, Rejected, SlackTold, Unanswered
from scheduler.doctor.finding import Check, Finding, Said, Status, failed, passed, skipped, warned
from scheduler.errors import Told
from scheduler.settings import Receive, Settings

BOT, APP, SECRET = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"
#: A clock that is further off has events and figures at the wrong minute.
_OFF = timedelta(seconds=60)
#: Slack's signatures are refused then.
_FAR_OFF = timedelta(seconds=300)


def check_slack(facts: Facts) -> Iterator[Finding]:
    over_http = facts.settings is not None and facts.settings.service.receive is Receive.HTTP
    yield _reached(facts.slack)
    yield _token(Check.BOT_TOKEN, "bot", facts, facts.wrong_tokens.get(BOT), _of(facts.slack, "bot"))
    if over_http:
        yield _secret(facts.wrong_tokens.get(SECRET))
    else:
        yield _token(Check.APP_TOKEN, "app", facts, facts.wrong_tokens.get(APP), _of(facts.slack, "app"))
    yield _workspace(facts.settings, facts.slack)


def check_clock(facts: Facts) -> Iterator[Finding]:
    """Ours against Slack's."""
    told = facts.slack.bot if facts.slack else None
    if not isinstance(told, Accepted) or told.skew is None:
        yield skipped(Check.CLOCK, "doctor.needs_slack")
        return
    off = abs(told.skew)
    seconds = round(off.total_seconds())
    over_http = facts.settings is not None and facts.settings.service.receive is Receive.HTTP
    if over_http and off > _FAR_OFF:
        yield failed(Check.CLOCK, "doctor.clock_far_off", seconds=seconds)
    elif off > _OFF:
        yield warned(Check.CLOCK, "doctor.clock_off", seconds=seconds)
    else:
        yield passed(Check.CLOCK, "doctor.clock", seconds=seconds)


def _of(told: SlackTold | None, which: str) -> Answer | None:
    answer: Answer | None = getattr(told, which) if told else None
    return answer


def _reached(told: SlackTold | None) -> Finding:
    answers = [each for each in (told.bot, told.app) if each] if told else []
    if told is None or not answers:
        return skipped(Check.SLACK, "doctor.not_asked")
    silent = next((each for each in answers if isinstance(each, Unanswered)), None)
    if silent:
        by = "unreachable_by_proxy" if told.proxy else "unreachable"
        return failed(Check.SLACK, f"doctor.{by}", api=told.api, proxy=told.proxy, code=silent.code)
    if told.proxy:
        return passed(Check.SLACK, "doctor.reached_by_proxy", api=told.api, proxy=told.proxy)
    return passed(Check.SLACK, "doctor.reached", api=told.api)


def _token(check: Check, kind: str, facts: Facts, wrong: Told | None, answer: Answer | None) -> Finding:
    """The sentences are those with which the service itself refuses to begin."""
    match wrong, answer:
        case Told(code, values), _:
            return Finding(check, Status.FAIL, Said(code, dict(values)))
        case None, Accepted():
            return passed(check, f"doctor.{kind}_token")
        case None, Rejected(code):
            return failed(check, f"slack.{kind}_token", code=code)
    return skipped(check, "doctor.needs_config" if facts.settings is None else "doctor.needs_slack")


def _secret(wrong: Told | None) -> Finding:
    """Whether it is the right one shows only when Slack sends something."""
    if wrong:
        return Finding(Check.SIGNING_SECRET, Status.FAIL, Said(wrong.code, dict(wrong.values)))
    return passed(Check.SIGNING_SECRET, "doctor.signing_secret")


def _workspace(settings: Settings | None, told: SlackTold | None) -> Finding:
    bot = told.bot if told else None
    if settings is None or not isinstance(bot, Accepted):
        return skipped(Check.WORKSPACE, "doctor.needs_slack")
    ours = settings.workspace.url.rstrip("/")
    if bot.url and bot.url != ours:
        return warned(Check.WORKSPACE, "doctor.other_workspace", url=bot.url, ours=ours)
    return passed(Check.WORKSPACE, "doctor.workspace", url=bot.url or ours, team=bot.team)
