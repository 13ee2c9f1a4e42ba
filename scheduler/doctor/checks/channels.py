"""Channels: those that are watched, those that we write to, and those that the config and messages name."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from scheduler.doctor.facts import Accepted, Channel, Facts, Files, Rejected, Unanswered
from scheduler.doctor.finding import Check, Finding, Said, failed, passed, skipped, some, warned
from scheduler.model.cases import ChannelKind
from scheduler.settings import NewChannels, Settings

_CHECKS = (Check.CHANNELS, Check.OUR_CHANNELS, Check.CHANNEL_NAMES)
_WILD = re.compile(r"[*?\[]")


def check_channels(facts: Facts) -> Iterator[Finding]:
    told = facts.slack
    found = told.channels if told else None
    if isinstance(found, Rejected | Unanswered):
        code = found.code
        yield from (skipped(check, "doctor.needs_list", code=code) for check in _CHECKS)
    elif facts.settings is None or told is None or found is None:
        yield from (skipped(check, "doctor.needs_slack") for check in _CHECKS)
    else:
        app = told.bot.app_name if isinstance(told.bot, Accepted) else ""
        yield _watched(facts.settings, found, app)
        yield _written_to(facts.settings, found, app)
        yield _named(facts.settings, found, facts.files)


def _watched(settings: Settings, channels: Sequence[Channel], app: str) -> Finding:
    """Slack tells an app what happens only in the channels that it is in."""
    meant = [
        each for each in channels if not each.is_archived and _kind(settings, each) is not ChannelKind.OFF
    ]
    missing = sorted(f"#{each.name}" for each in meant if not each.is_ours)
    count = {"here": len(meant) - len(missing), "all": len(meant)}
    if not meant:
        return warned(Check.CHANNELS, "doctor.watches_no_channel")
    if not count["here"]:
        return failed(Check.CHANNELS, "doctor.in_no_channel", app=app, **count)
    if missing:
        joins = settings.service.new_channels is NewChannels.JOIN
        code = "doctor.channels_not_joined" if joins else "doctor.channels_missing"
        return warned(Check.CHANNELS, code, app=app, names=some(missing), **count)
    return passed(Check.CHANNELS, "doctor.channels", **count)


def _kind(settings: Settings, channel: Channel) -> ChannelKind:
    return settings.rule_for(channel.name).kind


def _written_to(settings: Settings, channels: Sequence[Channel], app: str) -> Finding:
    known = _names(channels)
    wanted = settings.written_to
    unknown = [name for name in wanted if name not in known]
    if unknown:
        return failed(Check.OUR_CHANNELS, "doctor.unknown_channels", names=_hashed(unknown), app=app)
    archived = [name for name in wanted if known[name].is_archived]
    if archived:
        return failed(Check.OUR_CHANNELS, "doctor.archived_channels", names=_hashed(archived))
    outside = [name for name in wanted if not known[name].is_ours]
    if outside:
        return failed(Check.OUR_CHANNELS, "doctor.not_in_channels", names=_hashed(outside), app=app)
    return passed(Check.OUR_CHANNELS, "doctor.our_channels", names=_hashed(wanted))


def _named(settings: Settings, channels: Sequence[Channel], files: Files) -> Finding:
    """A name without `*` is meant to be one channel."""
    known = _names(channels)
    rules = {name for rule in settings.channels for name in rule.match if not _WILD.search(name)}
    strange = sorted(name for name in rules | files.linked.keys() if name not in known)
    if strange:
        named = [_place_of(name, rules, files) for name in strange]
        return warned(Check.CHANNEL_NAMES, "doctor.strange_names", names=some(named))
    return passed(Check.CHANNEL_NAMES, "doctor.no_strange_names")


def _place_of(name: str, rules: Collection[str], files: Files) -> Said:
    """The name, and the files in which it stands."""
    config = (files.config,) if name in rules else ()
    where = (*config, *files.linked.get(name, ()))
    return Said("doctor.strange_name", {"name": f"#{name}", "where": where})


def _names(channels: Sequence[Channel]) -> Mapping[str, Channel]:
    return {each.name: each for each in channels} | {each.id: each for each in channels}


def _hashed(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"#{name}" for name in names)
