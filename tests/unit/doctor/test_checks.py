"""Each check by itself: what is given, how it stands, which sentence says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.catalogue import LANGUAGES, say
from scheduler.doctor.checks import findings
from scheduler.doctor.checks.slack import APP, BOT, SECRET
from scheduler.doctor.facts import (
    Accepted,
    DeadEvents,
    DeadMessages,
    Facts,
    Level,
    Part,
    Rejected,
    Standing,
    Unanswered,
    UserGroup,
)
from scheduler.doctor.finding import Check, Status
from scheduler.doctor.words import in_words
from scheduler.errors import Problem, Told
from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind
from scheduler.settings import NewChannels
from scheduler.slack.permissions import OPTIONAL, REQUIRED
from tests.unit.doctor.healthy import BOT as TAKEN
from tests.unit.doctor.healthy import (
    CHANNELS,
    NOW,
    SETTINGS,
    channel,
    found,
    healthy,
    live,
    over_http,
    with_ambassadors,
    with_database,
    with_group,
    with_rows,
    with_slack,
)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PASS, WARN, FAIL, SKIP = Status.PASS, Status.WARN, Status.FAIL, Status.SKIP
NOBODY = Unanswered("timeout")
BUSY = Told("store.database_busy")
REFUSED = Told("store.cannot_connect", {"address": "a", "why": "b"})


def taken(**what: object) -> Accepted:
    return replace(TAKEN, **what)  # type: ignore[arg-type]


def with_files(facts: Facts, **what: object) -> Facts:
    return replace(facts, files=replace(facts.files, **what))  # type: ignore[arg-type]


def broken(facts: Facts, part: Part, *, count: int = 2) -> Facts:
    return with_files(facts, problems={part: (Problem(code="x", file="a.yaml", line=3, column=5),) * count})


def joining(facts: Facts) -> Facts:
    service = replace(SETTINGS.service, new_channels=NewChannels.JOIN)
    return replace(facts, settings=replace(SETTINGS, service=service))


def with_channels(facts: Facts, *names: str, **others: bool) -> Facts:
    """Those in which the app is, and others by whether it is."""
    ours = (channel(name) for name in names)
    return with_slack(
        facts, channels=(*ours, *(channel(name, is_ours=here) for name, here in others.items()))
    )


def wrong(name: str, code: str) -> Callable[[Facts], Facts]:
    return lambda facts: with_slack(
        replace(facts, wrong_tokens={name: Told(code, {"name": name, "bot": BOT, "app": APP})}),
        bot=None, app=None, channels=None, people={},
    )  # fmt: skip


def dead_message(code: str) -> DeadMessages:
    return DeadMessages(kind=MessageKind.ALERT, reason=Reason.REFUSED, code=code, count=3)


CASES: list[tuple[Callable[[Facts], Facts], Check, Status, str]] = [
    # files
    (lambda facts: with_files(facts, is_own=False), Check.CONFIG, WARN, "doctor.config_shipped"),
    (lambda facts: broken(facts, Part.CONFIG), Check.CONFIG, FAIL, "doctor.problems"),
    (lambda facts: broken(facts, Part.CONFIG, count=1), Check.CONFIG, FAIL, "doctor.problem"),
    (lambda facts: broken(facts, Part.MESSAGES), Check.MESSAGES, FAIL, "doctor.problems"),
    (lambda facts: broken(facts, Part.MESSAGES), Check.CONFIG, PASS, "doctor.config"),
    (lambda facts: broken(facts, Part.PHRASES), Check.PHRASES, FAIL, "doctor.problems"),
    (lambda facts: with_files(facts, phrases="phrases.yaml"), Check.PHRASES, PASS, "doctor.own_phrases"),
    (lambda facts: with_files(facts, strays=("phrase.yml",)), Check.FILE_NAMES, WARN, "doctor.strays"),
    (lambda facts: facts, Check.MODE, PASS, "doctor.mode_shadow"),
    (live, Check.MODE, PASS, "doctor.mode_live"),
    (lambda facts: replace(facts, settings=None), Check.MODE, SKIP, "doctor.needs_config"),
    (lambda facts: replace(facts, settings=None), Check.DATABASE, SKIP, "doctor.needs_config"),
    (lambda facts: replace(facts, settings=None, slack=None), Check.BOT_TOKEN, SKIP, "doctor.needs_config"),
    # the way to Slack, and the tokens
    (lambda facts: with_slack(facts, proxy="proxy:8080"), Check.SLACK, PASS, "doctor.reached_by_proxy"),
    (lambda facts: with_slack(facts, bot=NOBODY, app=None), Check.SLACK, FAIL, "doctor.unreachable"),
    (lambda facts: with_slack(facts, bot=NOBODY, app=None), Check.BOT_TOKEN, SKIP, "doctor.needs_slack"),
    (lambda facts: with_slack(facts, bot=NOBODY, app=None), Check.APP_TOKEN, SKIP, "doctor.needs_slack"),
    (
        lambda facts: with_slack(facts, bot=NOBODY, app=None, proxy="proxy:8080"),
        *(Check.SLACK, FAIL, "doctor.unreachable_by_proxy"),
    ),
    (lambda facts: with_slack(facts, bot=Rejected("x")), Check.SLACK, PASS, "doctor.reached"),
    (lambda facts: with_slack(facts, bot=Rejected("x")), Check.BOT_TOKEN, FAIL, "slack.bot_token"),
    (lambda facts: with_slack(facts, bot=Rejected("x")), Check.APP_TOKEN, PASS, "doctor.app_token"),
    (lambda facts: with_slack(facts, app=Rejected("x")), Check.APP_TOKEN, FAIL, "slack.app_token"),
    (lambda facts: with_slack(facts, app=Rejected("x")), Check.BOT_TOKEN, PASS, "doctor.bot_token"),
    (wrong(BOT, "tokens.missing_bot"), Check.BOT_TOKEN, FAIL, "tokens.missing_bot"),
    (wrong(BOT, "tokens.swapped"), Check.BOT_TOKEN, FAIL, "tokens.swapped"),
    (wrong(APP, "tokens.empty_app"), Check.APP_TOKEN, FAIL, "tokens.empty_app"),
    (wrong(BOT, "tokens.missing_bot"), Check.SLACK, SKIP, "doctor.not_asked"),
    (over_http, Check.SIGNING_SECRET, PASS, "doctor.signing_secret"),
    (
        lambda facts: over_http(wrong(SECRET, "tokens.missing_secret")(facts)),
        *(Check.SIGNING_SECRET, FAIL, "tokens.missing_secret"),
    ),
    (
        lambda facts: with_slack(facts, bot=taken(url="https://other.slack.com")),
        *(Check.WORKSPACE, WARN, "doctor.other_workspace"),
    ),
    # permissions
    (
        lambda facts: with_slack(facts, bot=taken(scopes=(REQUIRED | OPTIONAL) - {"chat:write"})),
        *(Check.SCOPES, FAIL, "slack.missing_scopes"),
    ),
    (
        lambda facts: with_slack(facts, bot=taken(scopes=REQUIRED)),
        *(Check.OPTIONAL_SCOPES, WARN, "doctor.optional_missing"),
    ),
    (
        lambda facts: with_slack(facts, bot=taken(scopes=(REQUIRED | OPTIONAL) - {"channels:join"})),
        *(Check.OPTIONAL_SCOPES, PASS, "doctor.optional_scopes"),
    ),
    (
        lambda facts: joining(
            with_slack(facts, bot=taken(scopes=(REQUIRED | OPTIONAL) - {"channels:join"}))
        ),
        *(Check.OPTIONAL_SCOPES, WARN, "doctor.optional_missing"),
    ),
    (
        lambda facts: with_slack(facts, bot=taken(scopes=REQUIRED | OPTIONAL | {"files:read"})),
        *(Check.EXTRA_SCOPES, WARN, "doctor.extra_scopes"),
    ),
    (
        lambda facts: with_slack(facts, bot=taken(scopes=frozenset())),
        *(Check.SCOPES, SKIP, "doctor.scopes_untold"),
    ),
    # the clock
    (lambda facts: with_slack(facts, bot=taken(skew=MINUTE)), Check.CLOCK, PASS, "doctor.clock"),
    (
        lambda facts: with_slack(facts, bot=taken(skew=-MINUTE - timedelta(seconds=1))),
        *(Check.CLOCK, WARN, "doctor.clock_off"),
    ),
    (lambda facts: with_slack(facts, bot=taken(skew=HOUR)), Check.CLOCK, WARN, "doctor.clock_off"),
    (
        lambda facts: over_http(with_slack(facts, bot=taken(skew=MINUTE * 5))),
        *(Check.CLOCK, WARN, "doctor.clock_off"),
    ),
    (
        lambda facts: over_http(with_slack(facts, bot=taken(skew=MINUTE * 5 + timedelta(seconds=1)))),
        *(Check.CLOCK, FAIL, "doctor.clock_far_off"),
    ),
    (lambda facts: with_slack(facts, bot=taken(skew=None)), Check.CLOCK, SKIP, "doctor.needs_slack"),
    # channels
    (
        lambda facts: with_channels(facts, "questions", "ambassadors", systems=False),
        *(Check.CHANNELS, WARN, "doctor.channels_missing"),
    ),
    (
        lambda facts: with_channels(joining(facts), "questions", "ambassadors", systems=False),
        *(Check.CHANNELS, WARN, "doctor.channels_not_joined"),
    ),
    (
        lambda facts: with_channels(facts, "questions", "ambassadors", elsewhere=False),
        *(Check.CHANNELS, PASS, "doctor.channels"),
    ),
    (lambda facts: with_channels(facts, questions=False), Check.CHANNELS, FAIL, "doctor.in_no_channel"),
    (lambda facts: with_channels(facts, "elsewhere"), Check.CHANNELS, WARN, "doctor.watches_no_channel"),
    (
        lambda facts: with_channels(facts, "questions", "ambassadors"),
        *(Check.OUR_CHANNELS, FAIL, "doctor.unknown_channels"),
    ),
    (
        lambda facts: with_channels(facts, "ambassadors", chat=False),
        *(Check.OUR_CHANNELS, FAIL, "doctor.not_in_channels"),
    ),
    (
        lambda facts: with_slack(
            facts, channels=(channel("ambassadors"), channel("chat", is_archived=True))
        ),
        *(Check.OUR_CHANNELS, FAIL, "doctor.archived_channels"),
    ),
    (
        lambda facts: with_channels(facts, *(name for name in CHANNELS if name != "hello")),
        *(Check.CHANNEL_NAMES, WARN, "doctor.strange_names"),
    ),
    (
        lambda facts: with_files(facts, linked={"nowhere": ("messages/ja/welcome.yaml",)}),
        *(Check.CHANNEL_NAMES, WARN, "doctor.strange_names"),
    ),
    (
        lambda facts: with_slack(facts, channels=Rejected("missing_scope")),
        *(Check.CHANNELS, SKIP, "doctor.needs_list"),
    ),
    # ambassadors
    (with_ambassadors, Check.AMBASSADORS, WARN, "run.no_ambassadors"),
    *(
        (
            lambda facts, standing=standing: with_slack(
                facts, people={"UA": Standing.FINE, "UB": standing}
            ),
            *(Check.AMBASSADORS, status, code),
        )
        for standing, status, code in (
            (Standing.GONE, WARN, "doctor.ambassadors_lost"),
            (Standing.DEACTIVATED, WARN, "doctor.ambassadors_lost"),
            (Standing.BOT, WARN, "doctor.ambassadors_lost"),
            (Standing.UNKNOWN, SKIP, "doctor.needs_slack"),
        )
    ),
    (with_group, Check.USER_GROUP, PASS, "doctor.user_group"),
    *(
        (lambda facts, found=found: with_group(facts, found), Check.USER_GROUP, status, code)
        for found, status, code in (
            (UserGroup(handle="ambassadors", members=0), WARN, "run.group_empty"),
            (Rejected("no_such_subteam"), FAIL, "slack.unknown_group"),
            (Rejected("missing_scope"), FAIL, "slack.missing_scopes"),
            (Rejected("plan_upgrade_required"), FAIL, "slack.no_user_groups"),
            (Rejected("fatal_error"), SKIP, "doctor.needs_slack"),
            (None, SKIP, "doctor.needs_slack"),
        )
    ),
    # the database
    (
        lambda facts: with_database(facts, refused=REFUSED),
        *(Check.DATABASE, FAIL, "store.cannot_connect"),
    ),
    (lambda facts: with_database(facts, refused=BUSY), Check.DATABASE, SKIP, "store.database_busy"),
    (lambda facts: with_database(facts, is_writable=False), Check.DATABASE, FAIL, "doctor.cannot_write_file"),
    (
        lambda facts: with_database(facts, is_writable=False, is_file=False),
        *(Check.DATABASE, FAIL, "doctor.cannot_write_server"),
    ),
    (lambda facts: with_database(facts, exists=False), Check.DATABASE, WARN, "doctor.no_database"),
    (lambda facts: with_database(facts, exists=False), Check.SCHEMA, SKIP, "doctor.needs_database"),
    (lambda facts: with_database(facts, free=100_000_000), Check.DATABASE, WARN, "doctor.disk_nearly_full"),
    (lambda facts: with_database(facts, free=None), Check.DATABASE, PASS, "doctor.database_server"),
    (
        lambda facts: with_database(facts, level=Level.BEHIND, rows=None),
        *(Check.SCHEMA, WARN, "doctor.schema_behind_file"),
    ),
    (
        lambda facts: with_database(facts, level=Level.BEHIND, rows=None, is_file=False),
        *(Check.SCHEMA, WARN, "doctor.schema_behind_server"),
    ),
    (
        lambda facts: with_database(facts, level=Level.AHEAD, rows=None),
        *(Check.SCHEMA, FAIL, "store.database_too_new"),
    ),
    (
        lambda facts: with_database(facts, level=Level.AHEAD, rows=None),
        *(Check.HISTORY, SKIP, "doctor.needs_current"),
    ),
    (
        lambda facts: with_database(facts, teams=("T9",), rows=None),
        *(Check.DATABASE_WORKSPACE, FAIL, "doctor.other_team"),
    ),
    (
        lambda facts: with_database(facts, teams=(), rows=None),
        *(Check.DATABASE_WORKSPACE, PASS, "doctor.no_team_yet"),
    ),
    (lambda facts: with_rows(facts, seeded=False), Check.HISTORY, WARN, "doctor.not_seeded_yet"),
    (lambda facts: live(with_rows(facts, seeded=False)), Check.HISTORY, FAIL, "slack.not_seeded"),
    (lambda facts: with_rows(facts, unfinished_imports=1), Check.IMPORTS, WARN, "doctor.unfinished_imports"),
    # the work
    (lambda facts: with_rows(facts, alive_at=None), Check.SERVICE, WARN, "doctor.never_ran"),
    (lambda facts: with_rows(facts, alive_at=NOW - MINUTE * 5), Check.SERVICE, PASS, "doctor.running"),
    (lambda facts: with_rows(facts, alive_at=NOW - MINUTE * 6), Check.SERVICE, WARN, "doctor.not_running"),
    (lambda facts: with_rows(facts, last_event_at=NOW), Check.LAST_EVENT, PASS, "doctor.last_event_now"),
    (lambda facts: facts, Check.SERVICE, PASS, "doctor.running_now"),
    (lambda facts: replace(facts, answers=False), Check.SERVICE, WARN, "doctor.stopped_now"),
    (
        lambda facts: replace(with_rows(facts, alive_at=NOW - MINUTE * 2), answers=False),
        *(Check.SERVICE, WARN, "doctor.stopped"),
    ),
    (lambda facts: replace(facts, answers=None), Check.SERVICE, PASS, "doctor.heard_now"),
    (
        lambda facts: replace(with_rows(facts, alive_at=NOW - MINUTE * 2), answers=None),
        *(Check.SERVICE, PASS, "doctor.heard"),
    ),
    (lambda facts: with_rows(facts, last_event_at=None), Check.LAST_EVENT, WARN, "doctor.nothing_told"),
    (
        lambda facts: replace(with_rows(facts, last_event_at=None), answers=False),
        *(Check.LAST_EVENT, PASS, "doctor.no_event"),
    ),
    (
        lambda facts: with_rows(facts, last_event_at=None, alive_at=None),
        *(Check.LAST_EVENT, PASS, "doctor.no_event"),
    ),
    (
        lambda facts: with_rows(facts, last_event_at=NOW - DAY * 7),
        *(Check.LAST_EVENT, PASS, "doctor.last_event"),
    ),
    (lambda facts: with_rows(facts, last_event_at=NOW - DAY * 8), Check.LAST_EVENT, WARN, "doctor.quiet"),
    (
        lambda facts: with_rows(facts, inbox_waiting_since=NOW - MINUTE * 2),
        *(Check.INBOX, PASS, "doctor.inbox"),
    ),
    (
        lambda facts: with_rows(facts, inbox_waiting_since=NOW - MINUTE * 3),
        *(Check.INBOX, FAIL, "doctor.inbox_lag"),
    ),
    (
        lambda facts: with_rows(facts, oldest_alert_due_at=NOW + HOUR),
        *(Check.ALERTS, PASS, "doctor.alerts"),
    ),
    (
        lambda facts: with_rows(facts, oldest_alert_due_at=NOW - MINUTE * 6),
        *(Check.ALERTS, FAIL, "doctor.alert_late"),
    ),
    (
        lambda facts: with_rows(
            facts, dead_events=(DeadEvents(kind="message", reason="the field ts is missing", count=2),)
        ),
        *(Check.DEAD_EVENTS, WARN, "doctor.dead_events"),
    ),
    (
        lambda facts: with_rows(facts, dead_messages=(dead_message("user_disabled"), dead_message(""))),
        *(Check.DEAD_MESSAGES, WARN, "doctor.dead_messages"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "check", "status", "code"), CASES, ids=[f"{case[1]}-{case[2]}-{case[3]}" for case in CASES]
)
def test_each_check_says_how_it_stands(
    change: Callable[[Facts], Facts], check: Check, status: Status, code: str
):
    finding = found(change(healthy()))[check]

    assert (finding.status, finding.said.code) == (status, code)


@pytest.mark.parametrize(("change", "check", "status", "code"), CASES)
def test_every_sentence_can_be_said_in_both_languages(
    change: Callable[[Facts], Facts], check: Check, status: Status, code: str
):
    said = [
        in_words(language, each) for each in findings(change(healthy()), now=NOW) for language in LANGUAGES
    ]

    assert [words for words in said if not words.strip() or "{" in words] == []


def test_all_is_well_where_nothing_is_wrong():
    assert {each.status for each in findings(healthy(), now=NOW)} == {PASS}


@pytest.mark.parametrize(
    ("change", "none_of_ours"),
    [
        pytest.param(lambda facts: facts, {Check.SIGNING_SECRET, Check.USER_GROUP}, id="socket"),
        pytest.param(over_http, {Check.APP_TOKEN, Check.USER_GROUP}, id="http"),
        pytest.param(with_group, {Check.SIGNING_SECRET}, id="user group"),
    ],
)
def test_every_check_that_concerns_the_service_is_told_once_and_in_order(
    change: Callable[[Facts], Facts], none_of_ours: set[Check]
):
    told = [each.check for each in findings(change(healthy()), now=NOW)]

    assert told == [check for check in Check if check not in none_of_ours]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_and_every_status_has_its_name(language: str):
    names = [f"check_{check.value}" for check in Check] + [f"status_{status.value}" for status in Status]

    assert all(say(language, f"doctor.{name}") for name in names)


def said(facts: Facts, check: Check, language: str = "en") -> str:
    return in_words(language, found(facts)[check])


def test_watching_138_of_141_names_the_three():
    facts = healthy()
    names = [f"questions{number}" for number in range(141)]
    rule = replace(SETTINGS.channels[0], match=("questions*",))
    facts = replace(facts, settings=replace(SETTINGS, channels=(rule,)))
    facts = with_channels(facts, *names[3:], **dict.fromkeys(names[:3], False))

    assert said(facts, Check.CHANNELS) == (
        "Watches 138 of 141 channels that the config means. The app is not in: #questions0, #questions1, "
        "#questions2. Invite it there with `/invite @ambassador`, or set those to kind: off."
    )


def test_of_many_channels_the_first_twelve_are_named():
    names = dict.fromkeys([f"questions{number:02}" for number in range(20)], False)
    rule = replace(SETTINGS.channels[0], match=("questions*",))
    facts = replace(healthy(), settings=replace(SETTINGS, channels=(rule,)))

    words = said(with_channels(facts, "questions", **names), Check.CHANNELS)

    assert "#questions11 and 8 more. Invite" in words


def test_a_strange_name_is_told_with_the_files_in_which_it_stands():
    facts = with_files(healthy(), config="my/config.yaml", linked={"hello": ("a.yaml", "b.yaml")})
    facts = with_channels(facts, *(name for name in CHANNELS if name not in {"hello", "systems"}))

    assert "#hello (my/config.yaml, a.yaml, b.yaml), #systems (my/config.yaml). Mend" in said(
        facts, Check.CHANNEL_NAMES
    )


def test_archived_channels_are_not_missed():
    gone = channel("questions", is_ours=False, is_archived=True)
    facts = with_slack(healthy(), channels=(gone, channel("systems")))

    assert said(facts, Check.CHANNELS) == "Watches 1 of 1 channels that the config means."


def test_what_an_optional_scope_would_allow_is_said():
    facts = joining(with_slack(healthy(), bot=taken(scopes=REQUIRED)))

    assert said(facts, Check.OPTIONAL_SCOPES) == (
        "Without channels:join, groups:history, groups:read: the app cannot join new channels by itself "
        "(new_channels: join), private channels stay unseen, even if the app is invited. If you want that, "
        "add them on the app's page, OAuth & Permissions, and install it again."
    )


def test_dead_messages_are_told_with_reasons_and_counts():
    facts = with_rows(healthy(), dead_messages=(dead_message("user_disabled"), dead_message("")))

    assert said(facts, Check.DEAD_MESSAGES).startswith(
        "6 in 30 days: alert: Slack refused it, user_disabled × 3, alert: Slack refused it × 3."
    )


def test_lost_ambassadors_are_told_by_what_became_of_them():
    people = {"UA": Standing.GONE, "UB": Standing.BOT, "UC": Standing.GONE, "UD": Standing.FINE}

    assert said(with_slack(healthy(), people=people), Check.AMBASSADORS) == (
        "Alerts cannot reach UA, UC (nobody has that id), UB (a bot). "
        "Mend `people` under ambassadors in config.yaml."
    )


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1 kB"), (5_000_000, "4 MB"), (50_000_000_000, "46 GB")],
)
def test_sizes_are_told_as_people_count_them(size: int, words: str):
    assert said(with_database(healthy(), size=size, free=None), Check.DATABASE) == f"ambassador.db: {words}."
