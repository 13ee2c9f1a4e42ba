"""What the config says, as frozen values. The calendar arrives as hours and closed dates.

No third-party library, no clock. `scheduler.config` builds these from `config.yaml`.
Durations are `timedelta`; weekdays count Monday as 0.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase
from zoneinfo import ZoneInfo

from scheduler.model.cases import ChannelKind
from scheduler.model.people import Ambassador


class Mode(StrEnum):
    """`shadow` decides everything and sends nothing; `live` sends."""

    SHADOW = "shadow"
    LIVE = "live"

    @property
    def shown(self) -> str:
        """As logs and screens say it, so that nobody overlooks the shadow."""
        return self.value.upper() if self is Mode.SHADOW else self.value


class TimeKind(StrEnum):
    """How a wait is counted."""

    OPEN = "open"  #: office hours only
    CLOCK = "clock"  #: every hour


class StepClock(StrEnum):
    """Which of the two clocks a step waits for."""

    UNTOUCHED = "untouched"
    UNANSWERED = "unanswered"


class Target(StrEnum):
    """Whom a step tells."""

    TOPIC = "topic"  #: the next ambassador who looks after the case's topic
    ANYONE = "anyone"  #: the next ambassador of all
    CHANNEL = "channel"  #: the ambassadors' channel


class AnswerTo(StrEnum):
    """Whose posts open a case in a channel."""

    BEGINNERS = "beginners"
    ALWAYS = "always"


class AnswerMode(StrEnum):
    """What counts as the answer."""

    REPLY = "reply"  #: the first human reply
    TOUCH = "touch"  #: any human sign
    MARK = "mark"  #: only a stamp that means answered or resolved


class StampMeaning(StrEnum):
    """What a stamp by somebody else does."""

    TOUCH = "touch"
    IGNORE = "ignore"
    ANSWER = "answer"
    RESOLVE = "resolve"  #: by the author or an ambassador
    OPEN = "open"  #: marks a post that wants an answer
    DISMISS = "dismiss"  #: by an ambassador: this needs no answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Open from `opens` up to, but not including, `closes`, on one local day."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Office hours per weekday, without the closed days, plus the extra open ones.

    `closed_on` answers for every day there is, so it may count instead of listing.
    `open_on` wins over `closed_on`; such a day has the hours of its weekday, else of the first open weekday.
    """

    zone: ZoneInfo
    hours: Mapping[int, Hours]
    closed_on: Container[date] = frozenset()
    open_on: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """The Slack workspace: its address, the locale of our words (`ja` or `en`), the zone of our days."""

    url: str  #: like https://example.slack.com, without a slash at the end
    zone: ZoneInfo
    locale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRule:
    """What we do in the channels whose name matches one of the patterns."""

    match: tuple[str, ...]
    kind: ChannelKind
    answer: AnswerTo = AnswerTo.BEGINNERS
    answered_by: AnswerMode = AnswerMode.REPLY
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginners:
    """Whose posts are a beginner's: the first post always, then `posts` within `within` of joining."""

    posts: int
    within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How messages are read together. All are clock time.

    `run_gap`: messages of one author this close, nobody in between, are one post.
    `weak_sign_within`: the next post by somebody else counts as a weak sign for so long.
    `reopen_within`: a further question by the author re-opens a closed case for so long.
    `expire_after`: a case that nobody closed ends.
    """

    run_gap: timedelta
    weak_sign_within: timedelta
    weak_sign_delay: timedelta  #: open time that a weak sign adds to a step
    reopen_within: timedelta
    expire_after: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationStep:
    """When a case has been untouched (or unanswered) for so long, tell these people with this message."""

    id: str
    when: StepClock
    after: timedelta
    time: TimeKind
    tell: Target
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyStep:
    """One message of an onboarding journey: sent `after` joining, inside the send window."""

    id: str
    after: timedelta
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Onboarding:
    """The journey of a new member.

    `window` is the local time of day in which its messages go out, on open days.
    A welcome later than `late` (clock time after joining) is not sent at all.
    """

    journey: str
    steps: tuple[JourneyStep, ...]
    window: Hours
    spread: timedelta
    late: timedelta
    guests: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanks:
    """The Friday thank-you: at `at` on the last open day of a week with at least `min_open_days`."""

    id: str
    channel: str
    at: time
    min_open_days: int
    late: timedelta
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietTime:
    """No message of ours in this local time of day; may cross midnight. Empty weekdays mean every day."""

    from_at: time
    to_at: time
    weekdays: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """At most `most` in any window of length `per`."""

    most: int
    per: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Ceilings that nothing passes. An ambassador's weekly budget stands with the ambassador."""

    quiet: tuple[QuietTime, ...]
    per_member: Cap  #: messages of every kind to one member who is no ambassador
    per_ambassador: Cap  #: alerts to one ambassador, besides the weekly budget
    welcomes: Cap  #: welcomes of the whole workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """How long what is kept."""

    excerpt_length: int  #: characters of an open case's post that an alert may show
    keep_messages: timedelta  #: who wrote where and when, without text
    keep_decisions: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambassadors:
    """Who receives alerts. `channel` is the ambassadors' channel, a name or an id.

    Besides `people`, the members of the user group `group` (its id) are ambassadors. With nobody named,
    `simulate` takes up to `from_history` of those who answered most beginners before.
    """

    channel: str
    people: tuple[Ambassador, ...]
    weekly_budget: int
    from_history: int
    group: str | None = None

    @property
    def are_named(self) -> bool:
        """The config says who they are, one by one or by a user group."""
        return bool(self.people) or self.group is not None


class NewChannels(StrEnum):
    """What happens about a public channel that was just created."""

    TELL = "tell"  #: the admins are told
    JOIN = "join"  #: the app joins it


class Receive(StrEnum):
    """How the service hears what happens in Slack."""

    SOCKET = "socket"  #: over connections that we open ourselves (Socket Mode)
    HTTP = "http"  #: Slack sends requests to us (a Request URL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where something listens. An IPv6 host stands without its brackets."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """How the service runs. `admins` is the channel where admins are told, a name or an id.

    `slack_api` ends in a slash. `listen` is where Slack's requests arrive, when they come by HTTP.
    `health` is on this machine; None: nobody is told how the service is.
    An alert about something older than `catch_up` open days is not sent after an outage.
    """

    slack_api: str
    admins: str
    new_channels: NewChannels
    receive: Receive
    listen: Address
    health: Address | None
    catch_up: int


class PhraseKind(StrEnum):
    """What a phrase says of the text that it stands in. The values are the sections of a phrase file."""

    ASKS = "asks"
    ASKS_AT_THE_END = "asks_at_the_end"  #: only where a sentence ends
    TROUBLE = "trouble"
    TRAILS_OFF = "trails_off"  #: only where a sentence ends
    TELLS = "tells"  #: shares or announces something, or only looks like asking
    GREETS = "greets"
    THANKS = "thanks"
    OFFERS = "offers"  #: an answer, advice or a guess
    OFFERS_AT_THE_END = "offers_at_the_end"  #: only where a sentence ends
    REPLIES = "replies"  #: only where the text begins: takes up what was said just before
    RESOLVES = "resolves"
    WEEKLY_THANKS = "weekly_thanks"
    READ_PAST = "read_past"  #: looks like another phrase and says nothing
    COMMON = "common"  #: no phrase, but a word that says nothing of the topic

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the greatest weight. Asking is above zero, telling below; others are there or not."""
        return (0, 5) if self in _ASKING else (-5, 0) if self in _TELLING else (0, 1)

    @property
    def counts(self) -> bool:
        """Whether its weight is part of the score."""
        return self in _ASKING | _TELLING

    @property
    def place(self) -> str:
        """Where it is looked for; a phrase has one kind in each place."""
        return self.value if self in {PhraseKind.REPLIES, PhraseKind.COMMON} else "within"


_ASKING = {PhraseKind.ASKS, PhraseKind.ASKS_AT_THE_END, PhraseKind.TROUBLE, PhraseKind.TRAILS_OFF}
_TELLING = {
    PhraseKind.TELLS,
    PhraseKind.GREETS,
    PhraseKind.THANKS,
    PhraseKind.OFFERS,
    PhraseKind.OFFERS_AT_THE_END,
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A plain piece of text, in small letters and normalised width."""

    text: str
    kind: PhraseKind
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The phrases that tell what a message does; each text once. `digest` stands for all of them."""

    known: tuple[Phrase, ...] = ()
    digest: str = ""

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def counted(self) -> tuple[Phrase, ...]:
        """Those that people are told the number of: common words weigh nothing by themselves."""
        return tuple(each for each in self.known if each.kind is not PhraseKind.COMMON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that `config.yaml` says."""

    mode: Mode
    workspace: Workspace
    calendar: Calendar
    channels: tuple[ChannelRule, ...]
    beginners: Beginners
    reading: Reading
    stamps: Mapping[str, StampMeaning]
    other_stamps: StampMeaning
    escalation: tuple[EscalationStep, ...]
    ambassadors: Ambassadors
    onboarding: Onboarding
    thanks: Thanks | None
    limits: Limits
    privacy: Privacy
    database: str
    service: Service
    phrases: Phrases = Phrases()
    config_hash: str = ""
    file: str = ""

    def rule_for(self, channel_name: str) -> ChannelRule:
        """The first rule that matches the channel's name; a channel that none matches is off."""
        for rule in self.channels:
            if any(fnmatchcase(channel_name, pattern) for pattern in rule.match):
                return rule
        return ChannelRule(match=(), kind=ChannelKind.OFF)

    @property
    def written_to(self) -> tuple[str, ...]:
        """The channels that our messages go to: alerts, thanks, notices; each once."""
        return tuple(dict.fromkeys(self.written_to_by_key.values()))

    @property
    def written_to_by_key(self) -> Mapping[str, str]:
        """The same, under the keys of the config that name them."""
        thanks = {"thanks.channel": self.thanks.channel} if self.thanks else {}
        return {
            "ambassadors.channel": self.ambassadors.channel, **thanks, "service.admins": self.service.admins
        }  # fmt: skip

    def meaning_of(self, stamp: str) -> StampMeaning:
        """What a stamp means; a skin tone makes no difference."""
        return self.stamps.get(stamp.partition("::")[0], self.other_stamps)
