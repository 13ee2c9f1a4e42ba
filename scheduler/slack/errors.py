"""Slack's error codes, narrowed in one table into what we do about them.

Unknown codes count as refusals: a message that Slack rejects in a new way is not tried for ever.
Sources: the error tables of https://docs.slack.dev/reference/methods/chat.postMessage and chat.update.
"""

from collections.abc import Mapping
from datetime import timedelta

from scheduler.model.deliveries import Delivery, NotSent, Refused, Unknown
from scheduler.slack.permissions import REQUIRED, scopes_in

#: A rate limit whose answer names no time, and a server that asks to come back later.
_A_MINUTE = timedelta(minutes=1)
_AN_HOUR = timedelta(hours=1)

_TOO_MANY = {"ratelimited": _A_MINUTE, "rate_limited": _A_MINUTE, "message_limit_exceeded": _AN_HOUR}
#: "It's possible some aspect of the operation succeeded before the error was raised."
_MAYBE = frozenset(("fatal_error", "internal_error", "service_unavailable", "request_timeout"))
#: Nothing can be sent to anybody until an admin mends the app.
_BROKEN = frozenset(
    (
        *(
            "account_inactive",
            "app_missing_action_url",
            "access_denied",
            "accesslimited",
            "ekm_access_denied",
        ),
        *("invalid_auth", "missing_scope", "no_permission", "not_allowed_token_type", "not_authed"),
        *(
            "org_login_required",
            "team_access_not_granted",
            "token_expired",
            "token_revoked",
            "two_factor_setup_required",
        ),
    )
)


def judge_answer(status: int, headers: Mapping[str, str], answer: object) -> Delivery | None:
    """What Slack's answer means when it is not a success; None when it is one.

    A proxy's login page is a 200 without our JSON: whether Slack ever saw the call is then unknown.
    """
    if status == 429:
        return NotSent("ratelimited", retry_after(headers) or _A_MINUTE)
    if not isinstance(answer, Mapping) or "ok" not in answer:
        return Unknown(f"http_{status}")
    if answer["ok"] is True:
        return None
    code = str(answer.get("error") or "no_code")[:80]
    if code in _TOO_MANY:
        return NotSent(code, retry_after(headers) or _TOO_MANY[code])
    if status >= 500 or code in _MAYBE:
        return Unknown(code)
    return Refused(code, app_is_broken=code in _BROKEN and not _is_dispensable(answer))


def _is_dispensable(answer: Mapping[str, object]) -> bool:
    """Only an optional scope is missing: this one thing may not be done, and all else may."""
    needed, provided = (scopes_in(str(answer.get(name) or "")) for name in ("needed", "provided"))
    return bool(needed) and not (needed - provided) & REQUIRED


def retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """The wait that Slack asks for; None when it names none, or nothing that is a number."""
    told = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        seconds = float(told)
    except ValueError:
        return None
    return timedelta(seconds=seconds) if 0 <= seconds <= 86_400 else None
