"""Everything that the config says, in one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from scheduler.model.cases import ChannelKind
from scheduler.settings.calendar import Calendar, Workspace
from scheduler.settings.phrases import Phrases
from scheduler.settings.sending import Ambassadors, EscalationStep, Limits, Onboarding, Thanks
from scheduler.settings.service import Mode, Privacy, Service
from scheduler.settings.watching import Beginners, ChannelRule, Reading, StampMeaning


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
    phrases: Phrases = field(default_factory=Phrases)
    config_hash: str = ""
    file: str = ""
    _rules: dict[str, ChannelRule] = field(default_factory=dict, init=False, repr=False, compare=False)

    def rule_for(self, channel_name: str) -> ChannelRule:
        """The first rule that matches the channel's name; a channel that none matches is off."""
        if channel_name not in self._rules:  # asked for every message
            self._rules[channel_name] = self._matching(channel_name)
        return self._rules[channel_name]

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

    def _matching(self, channel_name: str) -> ChannelRule:
        for rule in self.channels:
            if any(fnmatchcase(channel_name, pattern) for pattern in rule.match):
                return rule
        return ChannelRule(match=(), kind=ChannelKind.OFF)

    def meaning_of(self, stamp: str) -> StampMeaning:
        """What a stamp means; a skin tone makes no difference."""
        return self.stamps.get(stamp.partition("::")[0], self.other_stamps)
