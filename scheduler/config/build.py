"""Sound sections to settings."""

from datetime import date

from scheduler.config.holidays import ClosedDays
from scheduler.config.sections import Sections
from scheduler.config.shape import (
    AmbassadorsShape,
    CalendarShape,
    CapShape,
    ChannelShape,
    OnboardingShape,
    PersonShape,
    QuietShape,
    ServiceShape,
    StampsShape,
    ThanksShape,
)
from scheduler.model.people import Absence, Ambassador
from scheduler.settings import (
    Ambassadors,
    Beginners,
    Calendar,
    Cap,
    ChannelRule,
    EscalationStep,
    JourneyStep,
    Limits,
    Onboarding,
    Privacy,
    QuietTime,
    Reading,
    Service,
    Settings,
    StampMeaning,
    Thanks,
    Workspace,
)


def build(sections: Sections, *, file: str, config_hash: str) -> Settings:
    """The settings that all sections together say."""
    workspace, limits = sections["workspace"], sections["limits"]
    return Settings(
        mode=sections["mode"],
        workspace=Workspace(url=workspace.url, zone=workspace.timezone, locale=workspace.locale.value),
        calendar=_calendar(sections),
        channels=tuple(_channel(rule) for rule in sections["channels"]),
        beginners=Beginners(**dict(sections["beginners"])),
        reading=Reading(**dict(sections["reading"])),
        stamps=stamp_meanings(sections["stamps"]),
        other_stamps=sections["stamps"].others,
        escalation=tuple(EscalationStep(**dict(step)) for step in sections["escalation"].steps),
        ambassadors=_ambassadors(sections["ambassadors"]),
        onboarding=_onboarding(sections["onboarding"]),
        thanks=_thanks(sections["thanks"]),
        limits=Limits(
            quiet=tuple(_quiet(quiet) for quiet in limits.quiet),
            per_member=_cap(limits.per_member),
            per_ambassador=_cap(limits.per_ambassador),
            welcomes=_cap(limits.welcomes),
        ),
        privacy=Privacy(**dict(sections["privacy"])),
        database=sections["storage"].database,
        service=_service(sections["service"], sections["ambassadors"]),
        config_hash=config_hash,
        file=file,
    )


def stamp_meanings(stamps: StampsShape) -> dict[str, StampMeaning]:
    """What each stamp that is named means."""
    return {stamp: meaning for meaning in StampMeaning for stamp in getattr(stamps, meaning.value)}


def _calendar(sections: Sections) -> Calendar:
    calendar: CalendarShape = sections["calendar"]
    dates: frozenset[date] = frozenset().union(*calendar.closed)
    return Calendar(
        zone=sections["workspace"].timezone,
        hours={day: hours for days, hours in calendar.hours.items() for day in sorted(days)},
        closed_on=ClosedDays(holidays=calendar.holidays, closures=calendar.closures, dates=dates),
        open_on=frozenset().union(*calendar.open),
    )


def _channel(rule: ChannelShape) -> ChannelRule:
    return ChannelRule(**dict(rule))


def _ambassadors(section: AmbassadorsShape) -> Ambassadors:
    return Ambassadors(
        channel=section.channel,
        people=tuple(_person(person, section.weekly_budget) for person in section.people),
        weekly_budget=section.weekly_budget,
        from_history=section.from_history,
        group=section.group,
    )


def _person(person: PersonShape, weekly_budget: int) -> Ambassador:
    return Ambassador(
        member=person.member,
        topics=frozenset(person.topics),
        weekly_budget=person.weekly_budget or weekly_budget,
        quiet_weekdays=person.days_off,
        absences=tuple(Absence(from_on=away.from_on, to_on=away.to_on) for away in person.away),
    )


def _onboarding(section: OnboardingShape) -> Onboarding:
    return Onboarding(
        journey=section.journey,
        steps=tuple(JourneyStep(**dict(step)) for step in section.steps),
        window=section.send_window,
        spread=section.spread,
        late=section.late,
        guests=section.guests,
    )


def _thanks(section: ThanksShape | None) -> Thanks | None:
    return None if section is None else Thanks(**dict(section))


def _service(section: ServiceShape, ambassadors: AmbassadorsShape) -> Service:
    values = dict(section)
    return Service(**values | {"admins": section.admins or ambassadors.channel})


def _quiet(quiet: QuietShape) -> QuietTime:
    return QuietTime(from_at=quiet.from_at, to_at=quiet.to_at, weekdays=quiet.on)


def _cap(cap: CapShape) -> Cap:
    return Cap(most=cap.most, per=cap.per)
