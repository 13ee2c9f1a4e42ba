"""What the config says, as frozen values. The calendar arrives as hours and closed dates.

No third-party library, no clock. `scheduler.config` builds these from `config.yaml`.
Durations are `timedelta`; weekdays count Monday as 0.
"""

from scheduler.settings.calendar import Calendar, Hours, Workspace
from scheduler.settings.phrases import Phrase, PhraseKind, Phrases
from scheduler.settings.sending import (
    Ambassadors,
    Cap,
    EscalationStep,
    JourneyStep,
    Limits,
    Onboarding,
    QuietTime,
    StepClock,
    Target,
    Thanks,
    TimeKind,
)
from scheduler.settings.service import Address, Mode, NewChannels, Privacy, Receive, Service
from scheduler.settings.watching import AnswerMode, AnswerTo, Beginners, ChannelRule, Reading, StampMeaning
from scheduler.settings.whole import Settings

__all__ = [
    "Address",
    "Ambassadors",
    "AnswerMode",
    "AnswerTo",
    "Beginners",
    "Calendar",
    "Cap",
    "ChannelRule",
    "EscalationStep",
    "Hours",
    "JourneyStep",
    "Limits",
    "Mode",
    "NewChannels",
    "Onboarding",
    "Phrase",
    "PhraseKind",
    "Phrases",
    "Privacy",
    "QuietTime",
    "Reading",
    "Receive",
    "Service",
    "Settings",
    "StampMeaning",
    "StepClock",
    "Target",
    "Thanks",
    "TimeKind",
    "Workspace",
]
