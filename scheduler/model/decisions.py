"""The three decisions, each with a reason from one closed list."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why something is sent, held or skipped. The values stand in logs, tables and the database."""

    # a case opens
    FIRST_POST = "first_post"  #: the author's first post
    EARLY_POST = "early_post"  #: one of the first few, soon after joining
    ALWAYS_ANSWERED = "always_answered"  #: the channel promises everybody an answer
    MARKED = "marked"  #: somebody marked it with a stamp
    ASKED_AGAIN = "asked_again"  #: a further question after the answer

    # or does not
    NOT_A_BEGINNER = "not_a_beginner"
    ASKS_NOTHING = "asks_nothing"  #: a chat channel, and it does not read like a question
    CHANNEL_OFF = "channel_off"

    # send
    UNTOUCHED = "untouched"  #: no human sign for as long as the step says
    UNANSWERED = "unanswered"  #: no human reply for as long as the step says
    NEW_MEMBER = "new_member"  #: a member joined
    END_OF_WEEK = "end_of_week"  #: the last open day of a week

    # hold
    NOT_YET = "not_yet"  #: its time has not come
    OUTSIDE_SEND_WINDOW = "outside_send_window"
    QUIET_TIME = "quiet_time"
    RECIPIENT_CAP = "recipient_cap"  #: the recipient had as many as the cap allows
    WORKSPACE_CAP = "workspace_cap"  #: the workspace had as many of this kind as the cap allows
    NOBODY_TO_TELL = "nobody_to_tell"  #: no ambassador can be told now; the step is not used up
    MAYBE_ANSWERED = "maybe_answered"  #: a weak sign delays the alert

    # skip
    TOUCHED = "touched"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    DISMISSED = "dismissed"
    EXPIRED = "expired"
    AUTHOR_GONE = "author_gone"
    ALREADY_TOLD = "already_told"  #: no ambassador is free, and their channel was told of the case already
    CASE_GONE = "case_gone"  #: later facts showed that there never was a case
    IS_BOT = "is_bot"
    IS_GUEST = "is_guest"
    IS_DEACTIVATED = "is_deactivated"
    JOIN_UNKNOWN = "join_unknown"  #: when the member joined is not known: no welcome by guess
    TOO_LATE = "too_late"  #: past the stated lateness
    OPTED_OUT = "opted_out"
    SHORT_WEEK = "short_week"  #: fewer open days than the thank-you asks for
    HUMAN_THANKED = "human_thanked"  #: a human already posted it
    QUIET_WEEK = "quiet_week"  #: nothing happened that one could give thanks for
    CANNOT_RENDER = "cannot_render"
    SWITCHED_OFF = "switched_off"


@dataclass(frozen=True, slots=True)
class Send:
    """Send it now."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Hold:
    """Not now: look again at `until`."""

    until: datetime
    reason: Reason


@dataclass(frozen=True, slots=True)
class Skip:
    """Never."""

    reason: Reason


Decision = Send | Hold | Skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """One line of the append-only record: which rule said what about whom, and the values that decided."""

    team: str
    at: datetime
    subject: str
    rule: str
    outcome: str
    reason: Reason
    values: dict[str, str]
    config_hash: str
