"""The three decisions, each with a reason from one closed list."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why something is sent, held or skipped. The values stand in logs, tables and the database."""

    # a case opens
    FIRST_POST = "first_post"  #: the author's first post
    EARLY_POST = "early_post"  #: one of the first few, soon after joining
    ALWAYS_ANSWERED = "always_answered"  #: no beginner's post, but the channel promises everybody an answer
    MARKED = "marked"  #: somebody marked it with a stamp
    ASKED_AGAIN = "asked_again"  #: a further question after the answer

    # or does not
    NOT_A_BEGINNER = "not_a_beginner"
    ASKS_NOTHING = "asks_nothing"  #: it does not read like something that waits for an answer
    PART_OF_A_TALK = "part_of_a_talk"  #: it replies to what was said just before
    CHANNEL_OFF = "channel_off"

    # send
    UNTOUCHED = "untouched"  #: no human sign for as long as the step says
    UNANSWERED = "unanswered"  #: no human reply for as long as the step says
    NEW_MEMBER = "new_member"  #: a member joined
    END_OF_WEEK = "end_of_week"  #: the last open day of a week
    FOR_ADMINS = "for_admins"  #: the admins have to know

    # hold
    NOT_YET = "not_yet"  #: its time has not come
    OUTSIDE_SEND_WINDOW = "outside_send_window"
    QUIET_TIME = "quiet_time"
    RECIPIENT_CAP = "recipient_cap"  #: the recipient had as many as the cap allows
    WORKSPACE_CAP = "workspace_cap"  #: the workspace had as many of this kind as the cap allows
    NOBODY_TO_TELL = "nobody_to_tell"  #: no ambassador can be told now; the step is not used up
    CATCHING_UP = "catching_up"  #: what was missed in that channel is still to be read back
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
    AWAY = "away"  #: whom it was meant for is away by now, or no ambassador any more; somebody else is told
    REFUSED = "refused"  #: Slack will not take it for this recipient
    OUTCOME_UNKNOWN = "outcome_unknown"  #: it may have gone out, and nobody could find out
    IMPORTED = "imported"  #: its time had passed when the history was imported


class Rule(StrEnum):
    """What is asked of a post before it is decided about. The values stand in the record."""

    # whether it is a case
    CHANNEL_WATCHED = "channel_watched"  #: the config watches its channel; value: what for
    FIRST_POST = "first_post"  #: the author's first post; value: how many came before, if few
    JOIN_KNOWN = "join_known"  #: when the author joined is known; value: the instant
    EARLY_POST = "early_post"  #: one of the first few soon after joining; value: as for first_post
    ALWAYS_ANSWERED = "always_answered"  #: the channel promises everybody an answer
    MARKED = "marked"  #: somebody marked it with a stamp; value: the instant
    READS_LIKE_A_QUESTION = "reads_like_a_question"  #: value: the phrases that decided, each with its weight
    PART_OF_A_TALK = "part_of_a_talk"  #: it replies to what was said just before; value: what told so

    # whether a step's alert goes out
    STILL_OPEN = "still_open"  #: nobody closed the case; value: the outcome
    NO_SIGN_YET = "no_sign_yet"  #: nobody touched it; value: the instant of the touch
    NO_REPLY_YET = "no_reply_yet"  #: nobody answered it; value: the instant of the answer
    WAITED = "waited"  #: the step's wait is over; value: until when
    MAYBE_ANSWERED = "maybe_answered"  #: a weak sign delays the alert; value: until when
    SOMEBODY_FREE = "somebody_free"  #: an ambassador (or their channel) can be told; value: who


@dataclass(frozen=True, slots=True)
class Ruling:
    """One rule, whether it held, and the value that decided. Values are instants in ISO form, ids, or words
    of our enums; never a text of somebody.
    """

    rule: Rule
    holds: bool
    value: str = ""


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
    """One line of the append-only record: what was decided about whom, by which values and rulings."""

    team: str
    at: datetime
    subject: str
    rule: str
    outcome: str
    reason: Reason
    values: dict[str, str]
    config_hash: str
    rulings: tuple[Ruling, ...] = ()
