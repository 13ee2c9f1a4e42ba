"""What `config.yaml` looks like: one model per mapping, in the order of the file.

Only the form of each value is checked here, with every mistake of a section at once.
What the values mean together is looked at in `checks`.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, StrictBool, StrictInt

from scheduler.config.addresses import Health, Listen, SlackApi
from scheduler.config.databases import Database
from scheduler.config.days import Dates, OneDate, YearlyClosure, one_day_is_a_list
from scheduler.config.durations import Duration, DurationOrZero, OpenDays
from scheduler.config.fields import Count, Items, Section, Some, not_empty, off_is_none, one_is_a_list, one_of
from scheduler.config.holidays import Holidays
from scheduler.config.names import (
    Channel,
    ChannelPattern,
    GroupId,
    MemberId,
    MessageName,
    OneTopic,
    OurId,
    Stamp,
    Topic,
    Url,
    Zone,
)
from scheduler.config.times import EndOfTime, OpenHours, TimeOfDay
from scheduler.config.weekdays import Weekdays
from scheduler.model.cases import ChannelKind
from scheduler.settings import (
    Address,
    AnswerMode,
    AnswerTo,
    Mode,
    NewChannels,
    Receive,
    StampMeaning,
    StepClock,
    Target,
    TimeKind,
)


class Locale(StrEnum):
    """The language of our words."""

    JA = "ja"
    EN = "en"


class WorkspaceShape(Section):
    """The Slack workspace."""

    url: Url
    timezone: Zone
    locale: Annotated[Locale, one_of(Locale)] = Locale.JA


class CalendarShape(Section):
    """Office hours and closed days."""

    hours: Annotated[dict[Weekdays, OpenHours], BeforeValidator(not_empty)]
    holidays: Annotated[Holidays, one_of(Holidays)] = Holidays.JAPAN
    closures: Annotated[Items[YearlyClosure], BeforeValidator(one_day_is_a_list)] = ()
    closed: Annotated[Items[Dates], BeforeValidator(one_day_is_a_list)] = ()
    open: Annotated[Items[Dates], BeforeValidator(one_day_is_a_list)] = ()


class ChannelShape(Section):
    """One rule for channels, by name."""

    match: Annotated[Some[ChannelPattern], BeforeValidator(one_is_a_list)]
    kind: Annotated[ChannelKind, one_of(ChannelKind)]
    answer: Annotated[AnswerTo, one_of(AnswerTo)] = AnswerTo.BEGINNERS
    answered_by: Annotated[AnswerMode, one_of(AnswerMode)] = AnswerMode.REPLY
    topic: Topic = ""


class BeginnersShape(Section):
    """Whose posts are a beginner's."""

    posts: Count = 3
    within: Duration = timedelta(days=30)


class ReadingShape(Section):
    """How messages are read together."""

    run_gap: Duration = timedelta(minutes=10)
    weak_sign_within: Duration = timedelta(hours=24)
    weak_sign_delay: DurationOrZero = timedelta(hours=2)
    reopen_within: Duration = timedelta(days=7)
    expire_after: Duration = timedelta(days=14)


class StampsShape(Section):
    """What each stamp means."""

    touch: Items[Stamp] = ()
    ignore: Items[Stamp] = ()
    answer: Items[Stamp] = ()
    resolve: Items[Stamp] = ()
    open: Items[Stamp] = ()
    dismiss: Items[Stamp] = ()
    others: Annotated[StampMeaning, one_of(StampMeaning)] = StampMeaning.TOUCH


class StepShape(Section):
    """One escalation step."""

    id: OurId
    when: Annotated[StepClock, one_of(StepClock)]
    after: Duration
    time: Annotated[TimeKind, one_of(TimeKind)] = TimeKind.OPEN
    tell: Annotated[Target, one_of(Target)]
    message: MessageName


class EscalationShape(Section):
    """Whom waiting posts are shown to, and when."""

    steps: Items[StepShape]


class AwayShape(Section):
    """Whole days on which an ambassador is away."""

    from_on: Annotated[OneDate, Field(alias="from")]
    to_on: Annotated[OneDate, Field(alias="to")]


class PersonShape(Section):
    """One ambassador."""

    member: MemberId
    topics: Items[OneTopic] = ()
    weekly_budget: Count | None = None
    days_off: Weekdays = frozenset()
    away: Items[AwayShape] = ()


class AmbassadorsShape(Section):
    """Who receives alerts."""

    channel: Channel
    weekly_budget: Count = 5
    from_history: Annotated[StrictInt, Field(ge=0, le=1_000)] = 15
    group: GroupId | None = None
    people: Items[PersonShape] = ()


class JourneyStepShape(Section):
    """One message to a new member."""

    id: OurId
    after: DurationOrZero
    message: MessageName


class OnboardingShape(Section):
    """The messages to a new member."""

    journey: OurId = "newcomer"
    send_window: OpenHours
    spread: DurationOrZero = timedelta(minutes=30)
    late: Duration = timedelta(days=7)
    guests: StrictBool = False
    steps: Items[JourneyStepShape]


class ThanksShape(Section):
    """The thank-you at the end of the week."""

    id: OurId = "friday"
    channel: Channel
    at: TimeOfDay
    min_open_days: Annotated[StrictInt, Field(ge=1, le=7)] = 2
    late: Duration = timedelta(minutes=45)
    message: MessageName


class QuietShape(Section):
    """A time of day in which nothing is sent."""

    from_at: Annotated[TimeOfDay, Field(alias="from")]
    to_at: Annotated[EndOfTime, Field(alias="to")]
    on: Weekdays = frozenset()


class CapShape(Section):
    """The most messages in a length of time."""

    most: Count
    per: Duration


def _cap(most: int, per: str) -> CapShape:
    return CapShape.model_validate({"most": most, "per": per})


class LimitsShape(Section):
    """Ceilings that nothing passes."""

    quiet: Items[QuietShape] = ()
    per_member: CapShape = _cap(3, "7d")
    per_ambassador: CapShape = _cap(2, "1d")
    welcomes: CapShape = _cap(60, "1h")


class PrivacyShape(Section):
    """How long what is kept."""

    excerpt_length: Annotated[StrictInt, Field(ge=0, le=1_000)] = 200
    keep_messages: Duration = timedelta(days=400)
    keep_decisions: Duration = timedelta(days=400)


class StorageShape(Section):
    """Where the facts are kept."""

    database: Database = "sqlite:///ambassador.db"


class ServiceShape(Section):
    """How the service runs. Without `admins`, they are told in the ambassadors' channel."""

    slack_api: SlackApi = "https://slack.com/api/"
    admins: Channel | None = None
    new_channels: Annotated[NewChannels, one_of(NewChannels)] = NewChannels.TELL
    receive: Annotated[Receive, one_of(Receive)] = Receive.SOCKET
    listen: Listen = Address(host="127.0.0.1", port=3000)
    health: Annotated[Health | None, BeforeValidator(off_is_none)] = Address(host="127.0.0.1", port=8787)
    catch_up: OpenDays = 2


class File(BaseModel):
    """The keys at the top, in their order. Sections are read one by one, so a broken one hides no other."""

    workspace: WorkspaceShape
    mode: Annotated[Mode, one_of(Mode, never_guessed=(Mode.LIVE,))] = Mode.SHADOW
    calendar: CalendarShape
    channels: Some[ChannelShape]
    beginners: BeginnersShape = BeginnersShape()
    reading: ReadingShape = ReadingShape()
    stamps: StampsShape = StampsShape()
    escalation: EscalationShape
    ambassadors: AmbassadorsShape
    onboarding: OnboardingShape
    thanks: Annotated[ThanksShape | None, BeforeValidator(off_is_none)] = None
    limits: LimitsShape = LimitsShape()
    privacy: PrivacyShape = PrivacyShape()
    storage: StorageShape = StorageShape()
    service: ServiceShape = ServiceShape()
