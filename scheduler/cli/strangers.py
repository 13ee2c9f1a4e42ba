"""Names in config and messages that a history does not know: whoever is written there would get nothing."""

from collections.abc import Collection, Iterator

from scheduler.app.loading import Loaded
from scheduler.catalogue import say
from scheduler.report import Names, Noticed


def strangers(loaded: Loaded, names: Names, language: str) -> Iterator[Noticed]:
    """Ambassadors and channels that are not in the history, one notice each."""
    if loaded.settings.ambassadors.group:
        sentence = say(language, "cli.unknown_group", group=loaded.settings.ambassadors.group)
        yield Noticed(code="unknown_group", count=1, is_note=True, sentence=sentence)
    for ambassador in loaded.settings.ambassadors.people:
        if ambassador.member not in names.members:
            sentence = say(language, "cli.unknown_ambassador", member=ambassador.member)
            yield Noticed(code="unknown_ambassador", count=1, is_note=True, sentence=sentence)
    known = {*names.channels, *names.channels.values()}
    for channel, where in dict(_channels(loaded, language)).items():
        if channel not in known:
            sentence = say(language, "cli.unknown_channel", channel=channel, where=where)
            yield Noticed(code="unknown_channel", count=1, is_note=True, sentence=sentence)


def stand_ins(loaded: Loaded, *, names_nobody: bool, language: str) -> Iterator[Noticed]:
    """Whoever reads of alerts to people must know that nobody chose them: the history did."""
    ambassadors = loaded.settings.ambassadors
    if names_nobody and not ambassadors.people:
        sentence = say(language, "cli.from_history", count=ambassadors.from_history)
        yield Noticed(
            code="ambassadors_from_history", count=ambassadors.from_history, is_note=True, sentence=sentence
        )


def _channels(loaded: Loaded, language: str) -> Iterator[tuple[str, str]]:
    """Channels by name, and where each is written; of several places the last one counts."""
    settings, messages = loaded.settings, loaded.messages
    for name in messages.names():
        for channel in _named(messages.channels_of(name)):
            yield channel, say(language, "cli.in_message", message=name)
    if settings.ambassadors.channel:
        yield settings.ambassadors.channel, say(language, "cli.in_alerts")
    if settings.thanks:
        yield settings.thanks.channel, say(language, "cli.in_thanks")


def _named(channels: Collection[str]) -> Iterator[str]:
    return (channel.lstrip("#") for channel in channels)
