"""Facts of a service that is well; each test changes what it is about."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from scheduler.doctor.checks import findings
from scheduler.doctor.facts import (
    Accepted,
    Channel,
    DatabaseTold,
    Facts,
    Files,
    Level,
    Program,
    Rejected,
    Rows,
    SlackTold,
    Standing,
    UserGroup,
)
from scheduler.doctor.finding import Check, Finding
from scheduler.model.people import Ambassador
from scheduler.settings import Mode, Receive
from scheduler.slack.permissions import OPTIONAL, REQUIRED
from tests.world import local, make_settings

NOW = local("2026-11-20 10:00")
SETTINGS = make_settings()
GROUP = UserGroup(handle="ambassadors", members=3)
CHANNELS = ("questions", "systems", "hello", "chat", *{SETTINGS.ambassadors.channel, SETTINGS.service.admins})
BOT = Accepted(
    team="T1",
    url="https://example.slack.com",
    app_name="ambassador",
    scopes=REQUIRED | OPTIONAL,
    skew=timedelta(),
)


def channel(name: str, **what: bool) -> Channel:
    return Channel(id=f"C{name}", name=name, is_ours=what.pop("is_ours", True), **what)


def healthy() -> Facts:
    return Facts(
        program=Program(version="0.1.0", python="3.13.0", sqlite="3.50.0"),
        files=Files(config="config.yaml", messages_folder="messages", messages_count=14, phrases_count=9),
        settings=SETTINGS,
        answers=True,
        slack=SlackTold(
            api="https://slack.com/api/",
            bot=BOT,
            app=Accepted(),
            channels=tuple(channel(name) for name in CHANNELS),
            people=dict.fromkeys(("UA", "UB", "UC"), Standing.FINE),
        ),
        database=DatabaseTold(
            address="ambassador.db",
            is_file=True,
            size=5_000_000,
            free=50_000_000_000,
            level=Level.CURRENT,
            revision="0003",
            teams=("T1",),
            rows=Rows(
                alive_at=NOW - timedelta(seconds=20), seeded=True, last_event_at=NOW - timedelta(hours=1)
            ),
        ),
    )


def found(facts: Facts, *, now: datetime = NOW) -> Mapping[Check, Finding]:
    return {each.check: each for each in findings(facts, now=now)}


def with_slack(facts: Facts, **what: object) -> Facts:
    assert facts.slack is not None
    return replace(facts, slack=replace(facts.slack, **what))  # type: ignore[arg-type]


def with_database(facts: Facts, **what: object) -> Facts:
    assert facts.database is not None
    return replace(facts, database=replace(facts.database, **what))  # type: ignore[arg-type]


def with_rows(facts: Facts, **what: object) -> Facts:
    assert facts.database is not None
    assert facts.database.rows is not None
    return with_database(facts, rows=replace(facts.database.rows, **what))  # type: ignore[arg-type]


def live(facts: Facts) -> Facts:
    return replace(facts, settings=replace(SETTINGS, mode=Mode.LIVE))


def over_http(facts: Facts) -> Facts:
    service = replace(SETTINGS.service, receive=Receive.HTTP)
    return replace(facts, settings=replace(SETTINGS, service=service))


def with_group(facts: Facts, found: UserGroup | Rejected | None = GROUP) -> Facts:
    ambassadors = replace(SETTINGS.ambassadors, group="S0TEAM")
    return with_slack(replace(facts, settings=replace(SETTINGS, ambassadors=ambassadors)), group=found)


def with_ambassadors(facts: Facts, *members: str) -> Facts:
    people = tuple(Ambassador(member=member) for member in members)
    return replace(
        facts, settings=replace(SETTINGS, ambassadors=replace(SETTINGS.ambassadors, people=people))
    )
