"""What `ambassador check` found, in lines for people. Imported late, with everything that it looks at."""

from collections.abc import Iterator
from datetime import time

from scheduler.app.loading import Loaded
from scheduler.catalogue import LANGUAGES, say
from scheduler.config.holidays import ClosedDays, Holidays
from scheduler.config.times import END_OF_DAY
from scheduler.model.people import Ambassador
from scheduler.phrases import load_phrases
from scheduler.report import Names, as_read
from scheduler.strictyaml import describe
from scheduler.templates import render_samples, samples


def found(loaded: Loaded, language: str) -> Iterator[str]:
    """What was loaded, line by line, with every message rendered for the sample people."""
    yield from _config_found(loaded, language)
    yield ""
    yield from _messages_found(loaded, language)
    yield ""
    yield _phrases_found(loaded, language)
    yield ""
    yield say(language, "check.fine")


def _config_found(loaded: Loaded, language: str) -> Iterator[str]:
    settings = loaded.settings
    people = settings.ambassadors.people
    yield say(language, "check.config", file=loaded.config_file)
    yield say(language, f"check.mode_{settings.mode.value}")
    yield say(language, "check.workspace", url=settings.workspace.url, zone=settings.workspace.zone.key)
    hours = ", ".join(_hours(loaded, language))
    yield say(language, "check.hours", hours=hours, without=_without(loaded, language))
    yield say(language, "check.channels", count=len(settings.channels))
    steps = ", ".join(step.id for step in settings.escalation)
    yield say(language, "check.steps", count=len(settings.escalation), steps=steps or "-")
    group = settings.ambassadors.group
    if people or not group:
        yield say(language, "check.ambassadors" if people else "check.no_ambassadors", count=len(people))
    if group:
        yield say(language, "check.group", group=group)
    for person in people:
        yield say(language, "check.ambassador", member=person.member, topics=_topics(person, language))
    yield say(language, "check.welcomes", count=len(settings.onboarding.steps))
    if settings.thanks:
        at = settings.thanks.at.strftime("%H:%M")
        yield say(language, "check.thanks", at=at, channel=settings.thanks.channel)
    else:
        yield say(language, "check.no_thanks")


def _phrases_found(loaded: Loaded, language: str) -> str:
    known = loaded.settings.phrases.counted
    own, file = len(set(known).difference(load_phrases().known)), loaded.phrases_file
    name = "check.own_phrases" if file else "check.phrases"
    return say(language, name, count=len(known), own=own, file=file)


def _topics(person: Ambassador, language: str) -> str:
    return ", ".join(sorted(person.topics)) or say(language, "check.every_topic")


def _hours(loaded: Loaded, language: str) -> Iterator[str]:
    """Weekdays with equal hours stand together."""
    days = say(language, "check.weekdays").split()
    by_hours: dict[str, list[str]] = {}
    for weekday, hours in sorted(loaded.settings.calendar.hours.items()):
        told_hours = f"{hours.opens:%H:%M}–{_end(hours.closes)}"
        by_hours.setdefault(told_hours, []).append(days[weekday])
    for told_hours, weekdays in by_hours.items():
        yield f"{say(language, 'check.between_weekdays').join(weekdays)} {told_hours}"


def _end(closes: time) -> str:
    """As it is written: a day that ends at midnight ends at 24:00."""
    return END_OF_DAY if closes == time(0) else f"{closes:%H:%M}"


def _without(loaded: Loaded, language: str) -> str:
    """Which days are closed besides, if any are."""
    closed = loaded.settings.calendar.closed_on
    has_holidays = isinstance(closed, ClosedDays) and closed.holidays is not Holidays.NONE
    has_closures = isinstance(closed, ClosedDays) and bool(closed.closures or closed.dates)
    match has_holidays, has_closures:
        case True, True:
            return say(language, "check.without_both")
        case True, False:
            return say(language, "check.without_holidays")
        case False, True:
            return say(language, "check.without_closures")
    return ""


def _messages_found(loaded: Loaded, language: str) -> Iterator[str]:
    messages, rendered = loaded.messages, 0
    yield say(language, "check.messages", folder=loaded.messages_folder)
    width = max(map(len, messages.names()), default=0)
    for name in messages.names():
        languages = messages.languages_of(name)
        for each in LANGUAGES:
            rendered += len(render_samples(messages, name, each)) if each in languages else 0
        kind = say(language, f"reasons.kind_{messages.kind_of(name).value}")
        yield say(
            language, "check.message", name=name.ljust(width), kind=kind, languages=", ".join(languages)
        )
    yield say(language, "check.rendered", count=rendered, people=len(samples()))
    for warning in messages.warnings:
        yield ""
        yield describe(warning, language)


def wordings(loaded: Loaded, message: str, language: str) -> Iterator[str]:
    """Every wording of a message, in every language, as one sample person gets it; raises UnknownMessage."""
    names = Names(members={each.member: each.name for each in samples()})
    for each in loaded.messages.languages_of(message):
        first = samples()[0]
        for sample in render_samples(loaded.messages, message, each):
            if sample.sample == first:
                yield say(language, "check.wording", tongue=each, number=sample.variant)
                yield as_read(sample.rendered, names)
                yield ""
                yield say(language, "check.notification", text=sample.rendered.text.strip())
                yield ""
