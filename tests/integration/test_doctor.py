"""`ambassador doctor` as an operator types it, against the stand-in over HTTP and real databases."""

import asyncio
import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from scheduler.app.examining import examine
from scheduler.catalogue import LANGUAGES
from scheduler.cli import app
from scheduler.clock import SystemClock
from scheduler.doctor.checks import findings
from scheduler.doctor.facts import Level
from scheduler.doctor.finding import Check, Status
from scheduler.doctor.looking import look_at
from scheduler.model.decisions import Reason
from scheduler.model.envelopes import Envelope
from scheduler.model.facts import ChannelDescribed
from scheduler.model.marks import ALIVE, SEEDED
from scheduler.model.messages import MessageKind, OutgoingMessage
from scheduler.ports import Work
from scheduler.sandbox import Fault, How, Sandbox
from scheduler.store.engine import open_store
from tests.integration.live.processes import TEAM_ROOM, community, config
from tests.postgres import MARKS, Server, run_sql

REPO = Path(__file__).parents[2]
TEAM = "T0SANDBOX"
#: What doctor may call.
READING = {"auth.test", "apps.connections.open", "conversations.list", "users.info"}
Prepare = Callable[[Sandbox], None]


def nothing(_: Sandbox) -> None:
    """The small community is enough."""


@dataclass(kw_only=True)
class Visit:
    """One run against a stand-in; `changes` are made to the shipped config."""

    folder: Path
    mode: str = "shadow"
    changes: tuple[tuple[str, str], ...] = ()
    environ: dict[str, str] = field(default_factory=dict)
    prepare: Prepare = nothing
    called: list[str] = field(default_factory=list)

    def text(self, *, lang: str = "en") -> Result:
        return asyncio.run(self._run("--lang", lang))

    def findings(self, *, lang: str = "en") -> dict[str, dict[str, str]]:
        return {each["check"]: each for each in self.document(lang=lang)["findings"]}

    def document(self, *, lang: str = "en") -> dict[str, Any]:
        result = asyncio.run(self._run("--json", "--lang", lang))
        assert result.exit_code in {0, 1}, result.output
        document: dict[str, Any] = json.loads(result.stdout)
        assert result.exit_code == (0 if document["ok"] else 1)
        return document

    def stands(self, *checks: str) -> list[str]:
        found = self.findings()
        return [found[check]["status"] for check in checks]

    async def _run(self, *options: str) -> Result:
        async with Sandbox(clock=SystemClock()) as sandbox:
            community(sandbox)
            self.prepare(sandbox)
            own = (("https://example.slack.com", "https://sandbox.slack.com"), *self.changes)
            file = self.folder / "config.yaml"
            file.write_text(config(sandbox.base_url, self.folder, mode=self.mode, extra=own), "utf-8")
            environ = {
                "SLACK_BOT_TOKEN": sandbox.tokens.bot,
                "SLACK_APP_TOKEN": sandbox.tokens.app,
                **self.environ,
            }
            line = ["doctor", "--config", str(file), *options]
            set_ = {name: value for name, value in environ.items() if value}
            result = await asyncio.to_thread(lambda: CliRunner().invoke(app, line, env=set_))
            self.called = [call.method for call in sandbox.received]
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result


def seeded(
    folder: Path, *, team: str = TEAM, fill: Callable[[Work, datetime], None] = lambda *_: None
) -> None:
    """A database that the service has used until a moment ago."""
    store, now = open_store(f"sqlite:///{folder}/ambassador.db", team), SystemClock().now()
    with store.begin() as work:
        work.channels.describe(ChannelDescribed(team=team, channel="C1", at=now, name="雑談"))
        work.marks.put(SEEDED, "a test")
        work.marks.put(ALIVE, now.isoformat())
        work.inbox.put([an_event("Ev0", now)])
        work.inbox.done(["Ev0"], now=now)
        fill(work, now)
    store.close()


def only_ours(sandbox: Sandbox) -> None:
    """The scopes of the manifest, and every channel that the shipped config names."""
    sandbox.tokens.scopes = tuple(each for each in sandbox.tokens.scopes if each not in EXTRA)
    sandbox.channels.create("今日の一枚", with_app=True)
    sandbox.people.join("Hana", member="U0BEEF")


EXTRA = {"commands", "im:read", "team:read", "users.profile:read"}


def with_ambassador(member: str) -> tuple[tuple[str, str], ...]:
    return (("  people: []", f"  people:\n    - member: {member}"),)


def test_where_all_is_well_nothing_is_to_be_done(tmp_path: Path):
    seeded(tmp_path)
    visit = Visit(folder=tmp_path, mode="live", prepare=only_ours, changes=with_ambassador("U0BEEF"))

    document = visit.document()

    assert [each for each in document["findings"] if each["status"] != "pass"] == []
    assert (document["ok"], document["mode"]) == (True, "live")
    assert set(visit.called) == READING


def an_event(key: str, at: datetime) -> Envelope:
    return Envelope(key=key, kind="message", received_at=at, payload="{}")


def test_only_what_reads_is_called_and_nothing_takes_effect_anywhere(tmp_path: Path):
    seeded(tmp_path)
    before = contents(tmp_path)
    visit = Visit(folder=tmp_path, mode="live")

    visit.document()

    assert set(visit.called) <= READING
    assert contents(tmp_path) == before | {"config.yaml": contents(tmp_path)["config.yaml"]}


def test_a_database_in_use_is_left_as_it_is_too(tmp_path: Path):
    seeded(tmp_path)
    store = open_store(f"sqlite:///{tmp_path}/ambassador.db", TEAM)
    with store.begin() as work:
        work.marks.put("x", "y")
    before = contents(tmp_path)
    told = look_at(f"sqlite:///{tmp_path}/ambassador.db", TEAM, now=SystemClock().now())
    after = contents(tmp_path)
    store.close()

    assert told.rows is not None
    assert {name: after[name] for name in ("ambassador.db", "ambassador.db-wal")} == {
        name: before[name] for name in ("ambassador.db", "ambassador.db-wal")
    }
    assert after.keys() == before.keys()


def contents(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


# Tokens


@pytest.mark.parametrize(
    ("environ", "prepare", "bot", "app_token"),
    [
        pytest.param({"SLACK_BOT_TOKEN": ""}, None, "tokens.missing_bot", "doctor.app_token", id="no bot"),
        pytest.param({"SLACK_APP_TOKEN": ""}, None, "doctor.bot_token", "tokens.missing_app", id="no app"),
        pytest.param(
            {"SLACK_BOT_TOKEN": "xapp-1-sandbox-1", "SLACK_APP_TOKEN": "xoxb-sandbox-1"}, None,
            "tokens.swapped", "tokens.swapped", id="swapped",
        ),
        pytest.param(
            {"SLACK_BOT_TOKEN": "xoxb-another-1"}, None, "slack.bot_token", "doctor.app_token", id="wrong bot"
        ),
        pytest.param(
            {"SLACK_APP_TOKEN": "xapp-another-1"}, None, "doctor.bot_token", "slack.app_token", id="wrong app"
        ),
        pytest.param(
            {}, lambda sandbox: sandbox.tokens.break_bot("account_inactive"),
            "slack.bot_token", "doctor.app_token", id="revoked",
        ),
        pytest.param(
            {}, lambda sandbox: setattr(sandbox.world.tickets, "socket_mode_enabled", False),
            "doctor.bot_token", "slack.app_token", id="Socket Mode off",
        ),
    ],
)  # fmt: skip
def test_it_says_which_of_the_two_tokens_is_wrong(
    tmp_path: Path, environ: dict[str, str], prepare: Prepare | None, bot: str, app_token: str
):
    found = Visit(folder=tmp_path, environ=environ, prepare=prepare or nothing).findings()

    assert (found["bot_token"]["code"], found["app_token"]["code"]) == (bot, app_token)


def test_over_http_the_signing_secret_is_looked_at_instead_of_the_app_token(tmp_path: Path):
    over_http = (("receive: socket", "receive: http"),)
    good = Visit(folder=tmp_path, changes=over_http, environ={"SLACK_SIGNING_SECRET": "0123456789abcdef" * 2})
    found, missing = good.findings(), Visit(folder=tmp_path, changes=over_http).findings()

    assert (found["signing_secret"]["status"], missing["signing_secret"]["status"]) == ("pass", "fail")
    assert "app_token" not in found
    assert "apps.connections.open" not in good.called


SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-TOPSECRET-1",
    "SLACK_APP_TOKEN": "xapp-1-TOPSECRET-2",
    "AMBASSADOR_HEARTBEAT_URL": "https://ping.example/TOPSECRET",
    "PGPASSWORD": "TOPSECRET-pg",
}


@pytest.mark.parametrize(
    "environ",
    [
        pytest.param(SECRETS, id="good form"),
        pytest.param({**SECRETS, "SLACK_BOT_TOKEN": "TOPSECRET, no token"}, id="no form"),
        pytest.param({**SECRETS, "SLACK_BOT_TOKEN": "xoxp-TOPSECRET"}, id="a user's token"),
        pytest.param(
            {**SECRETS, "SLACK_BOT_TOKEN": "", "SLACK_BOT_TOKEN_FILE": "xoxp-TOPSECRET-1"}, id="token as file"
        ),
        pytest.param(
            {**SECRETS, "SLACK_BOT_TOKEN": "xapp-TOPSECRET", "SLACK_APP_TOKEN": "xoxb-TOPSECRET"},
            id="swapped",
        ),
    ],
)
@pytest.mark.parametrize("options", [(), ("--json",)], ids=["words", "json"])
def test_no_secret_is_ever_shown(tmp_path: Path, environ: dict[str, str], options: tuple[str, ...]):
    result = asyncio.run(Visit(folder=tmp_path, environ=environ)._run("--lang", "en", *options))

    assert "TOPSECRET" not in result.output


def test_a_proxys_password_is_not_shown(tmp_path: Path):
    """Nobody listens at that proxy. An address on this machine would not go through it."""
    file = tmp_path / "config.yaml"
    text = config("https://slack.invalid/api/", tmp_path, mode="shadow")
    file.write_text(text, encoding="utf-8")
    environ = {
        "SLACK_BOT_TOKEN": "xoxb-1-1", "SLACK_APP_TOKEN": "xapp-1-1",
        **dict.fromkeys(("HTTPS_PROXY", "https_proxy"), "http://me:TOPSECRET@127.0.0.1:9"),
        **dict.fromkeys(("NO_PROXY", "no_proxy"), ""),
    }  # fmt: skip

    result = CliRunner().invoke(app, ["doctor", "--config", str(file), "--json", "--lang", "en"], env=environ)

    (slack,) = [each for each in json.loads(result.stdout)["findings"] if each["check"] == "slack"]
    assert (slack["status"], slack["code"]) == ("fail", "doctor.unreachable_by_proxy")
    assert "127.0.0.1:9" in slack["words"]
    assert "TOPSECRET" not in result.output


# Without Slack


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_network_the_rest_is_still_looked_at(tmp_path: Path, language: str):
    seeded(tmp_path)
    file = tmp_path / "config.yaml"
    file.write_text(config("http://127.0.0.1:9/api/", tmp_path), encoding="utf-8")
    environ = {"SLACK_BOT_TOKEN": "xoxb-1-1", "SLACK_APP_TOKEN": "xapp-1-1"}
    line = ["doctor", "--config", str(file), "--json", "--lang", language]

    result = CliRunner().invoke(app, line, env=environ)
    found = {each["check"]: each["status"] for each in json.loads(result.stdout)["findings"]}

    assert result.exit_code == 1
    assert [check for check, status in found.items() if status == "fail"] == ["slack"]
    assert {check for check, status in found.items() if status == "skip"} == {
        *("bot_token", "app_token", "workspace", "scopes", "optional_scopes", "extra_scopes", "clock"),
        *("channels", "our_channels", "channel_names", "database_workspace"),
    }


@pytest.mark.parametrize("how", [How.HANG, How.RESET, How.ERROR])
def test_a_slack_that_fails_is_told_and_does_not_hold_us_up(tmp_path: Path, how: How):
    async def run() -> list[tuple[Check, Status]]:
        async with Sandbox(clock=SystemClock()) as sandbox:
            community(sandbox)
            sandbox.faults.add(Fault(how=how, times=None))
            file = tmp_path / "config.yaml"
            file.write_text(config(sandbox.base_url, tmp_path), encoding="utf-8")
            environ = {"SLACK_BOT_TOKEN": sandbox.tokens.bot, "SLACK_APP_TOKEN": sandbox.tokens.app}
            clock = SystemClock()
            facts = await asyncio.to_thread(lambda: examine(file, environ, clock=clock, patience=0.3))
            return [(each.check, each.status) for each in findings(facts, now=clock.now())]

    found = dict(asyncio.run(run()))

    assert (found[Check.SLACK], found[Check.BOT_TOKEN]) == (Status.FAIL, Status.SKIP)


# What Slack tells


def test_missing_scopes_are_named(tmp_path: Path):
    def take(sandbox: Sandbox) -> None:
        sandbox.tokens.scopes = ("channels:read", "chat:write", "users:read", "commands")

    found = Visit(folder=tmp_path, prepare=take).findings()

    assert found["scopes"]["status"] == "fail"
    assert found["scopes"]["words"].endswith("channels:history, im:history, im:write, reactions:read")
    assert found["optional_scopes"]["status"] == "warn"
    assert found["extra_scopes"]["words"].startswith("The app may do more than it ever does: commands.")
    assert found["channels"]["status"] == "pass"  # the public ones can still be listed


def test_channels_without_the_app_are_named(tmp_path: Path):
    def more(sandbox: Sandbox) -> None:
        sandbox.channels.create("質問-窓口", with_app=False)
        sandbox.channels.create("ネットワーク", with_app=False)

    found = Visit(folder=tmp_path, prepare=more).findings()

    assert found["channels"]["words"] == (
        "Watches 2 of 4 channels that the config means. The app is not in: #ネットワーク, #質問-窓口. "
        "Invite it there with `/invite @ambassador`, or set those to kind: off."
    )


def test_a_channel_that_we_write_to_and_that_is_not_there_fails(tmp_path: Path):
    found = Visit(folder=tmp_path, changes=((f"channel: {TEAM_ROOM}", "channel: どこにもない"),)).findings()

    assert found["our_channels"]["status"] == "fail"
    assert "#どこにもない" in found["our_channels"]["words"]


def test_ambassadors_that_are_gone_deactivated_or_bots_are_named(tmp_path: Path):
    def leave(sandbox: Sandbox) -> None:
        sandbox.people.join("Gone", member="U0LEFT")
        sandbox.people.deactivate("U0LEFT")

    people = "  people:\n" + "".join(
        f"    - member: {each}\n" for each in ("U0LEFT", "U0NOBODY", "U0SANDBOX")
    )
    found = Visit(folder=tmp_path, prepare=leave, changes=(("  people: []", people),)).findings()

    assert found["ambassadors"]["status"] == "warn"
    assert found["ambassadors"]["words"].startswith(
        "Alerts cannot reach U0NOBODY (nobody has that id), U0LEFT (deactivated), U0SANDBOX (a bot)."
    )


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        pytest.param(lambda _: None, "pass", "Ambassadors by @ambassadors (S0TEAM): 1.", id="well"),
        pytest.param(
            lambda sandbox: sandbox.groups.disable("S0TEAM"),
            "warn",
            "The user group S0TEAM is",
            id="disabled",
        ),
        pytest.param(
            lambda sandbox: sandbox.world.groups.clear(),
            "fail",
            "There is no user group with",
            id="not there",
        ),
    ],
)
def test_the_ambassadors_user_group_is_looked_at(
    tmp_path: Path, change: Callable[[Sandbox], None], status: str, words: str
):
    def prepare(sandbox: Sandbox) -> None:
        sandbox.groups.create("ambassadors", group="S0TEAM", members=["U0000000001"])
        change(sandbox)

    named = (("  # group: S0123ABCD", "  group: S0TEAM"),)
    found = Visit(folder=tmp_path, prepare=prepare, changes=named).findings()

    assert (found["user_group"]["status"], found["user_group"]["words"].startswith(words)) == (status, True)
    assert "ambassadors" not in found


# The database


def test_another_workspaces_database_fails(tmp_path: Path):
    seeded(tmp_path, team="T0OTHER")

    found = Visit(folder=tmp_path).findings()

    assert found["database_workspace"]["status"] == "fail"
    assert "T0OTHER" in found["database_workspace"]["words"]


@pytest.mark.parametrize(
    ("revision", "status", "code"),
    [("0001", "warn", "doctor.schema_behind_file"), ("9999", "fail", "store.database_too_new")],
)
def test_tables_of_another_version_are_told(tmp_path: Path, revision: str, status: str, code: str):
    seeded(tmp_path)
    connection = sqlite3.connect(tmp_path / "ambassador.db")
    connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.commit()
    connection.close()

    found = Visit(folder=tmp_path).findings()

    assert (found["schema"]["status"], found["schema"]["code"]) == (status, code)
    assert found["dead_messages"]["status"] == "skip"


def test_a_file_that_is_no_database_fails(tmp_path: Path):
    (tmp_path / "ambassador.db").write_text("no database at all, but long enough to be looked into\n" * 20)

    assert Visit(folder=tmp_path).stands("database", "schema") == ["fail", "skip"]


def test_a_database_that_is_half_restored_fails(tmp_path: Path):
    (tmp_path / "ambassador.db.restoring").touch()

    told = look_at(f"sqlite:///{tmp_path}/ambassador.db", TEAM, now=SystemClock().now())

    assert told.refused is not None
    assert told.refused.code == "store.half_restored"


def test_a_folder_that_is_not_there_fails(tmp_path: Path):
    there = ((f"sqlite:///{tmp_path}/ambassador.db", f"sqlite:///{tmp_path}/nowhere/ambassador.db"),)

    assert Visit(folder=tmp_path, changes=there).stands("database") == ["fail"]


def test_a_name_that_no_file_can_have_fails_in_a_sentence(tmp_path: Path):
    there = ((f"sqlite:///{tmp_path}/ambassador.db", f"sqlite:///{tmp_path}/{'a' * 300}.db"),)
    found = Visit(folder=tmp_path, changes=there).findings()

    assert (found["database"]["status"], found["database"]["code"]) == ("fail", "store.not_a_database")


def dying(work: Work, now: datetime) -> None:
    work.inbox.put([an_event("Ev1", now - timedelta(hours=1))])
    work.inbox.dead("Ev1", "the field ts is missing or malformed", now=now)
    work.inbox.put([an_event("Ev2", now - timedelta(minutes=30))])
    for key in ("dead", "late"):
        at = now - timedelta(minutes=20)
        work.outbox.add(
            OutgoingMessage(
                team=TEAM, dedup_key=key, kind=MessageKind.ALERT, message="alert_whole_team", recipient="U1",
                due_at=at, not_before=at, reason=Reason.UNTOUCHED,
            )
        )  # fmt: skip
    work.outbox.kill("dead", Reason.REFUSED, "user_disabled")
    work.marks.put(ALIVE, (now - timedelta(hours=3)).isoformat())


def test_what_waits_and_what_died_is_told_with_reasons(tmp_path: Path):
    seeded(tmp_path, fill=dying)

    found = Visit(folder=tmp_path).findings()
    words = {check: found[check]["words"] for check in ("dead_events", "dead_messages", "service")}

    assert [found[check]["status"] for check in ("inbox", "alerts", "service")] == ["fail", "fail", "warn"]
    assert words["dead_events"].startswith("1 in 30 days: message: the field ts is missing or malformed × 1.")
    assert words["dead_messages"].startswith("1 in 30 days: alert: Slack refused it, user_disabled × 1.")
    assert words["service"].startswith("It does not run, or does not hear Slack")


@pytest.mark.parametrize("_", [pytest.param(None, marks=MARKS)])
def test_postgresql_is_looked_at_as_well_and_left_alone(postgres: Server, _: None):
    url = postgres.new_database()
    empty = look_at(url, TEAM, now=SystemClock().now())
    store = open_store(url, TEAM)
    with store.begin() as work:
        work.channels.describe(ChannelDescribed(team=TEAM, channel="C1", at=SystemClock().now(), name="chat"))
        work.marks.put(SEEDED, "a test")
    store.close()
    told = look_at(url, TEAM, now=SystemClock().now())
    run_sql(
        postgres.url(),
        f"ALTER DATABASE {url.split('/')[3].split('?')[0]} SET default_transaction_read_only = on",
    )
    replica = look_at(url, None, now=SystemClock().now())

    assert (empty.level, empty.rows, empty.is_writable) == (Level.NONE, None, True)
    assert (told.level, told.teams, told.is_writable, told.is_file) == (Level.CURRENT, (TEAM,), True, False)
    assert told.rows is not None
    assert told.rows.seeded
    assert told.size > 1_000_000
    assert not replica.is_writable


def test_a_server_that_is_not_there_is_told_without_its_password():
    url = "postgresql://me:TOPSECRET@127.0.0.1:9/ambassador"

    told = look_at(url, None, now=SystemClock().now())

    assert told.refused is not None
    assert told.refused.code == "store.cannot_connect"
    assert "TOPSECRET" not in repr(told)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("postgresql://me@127.0.0.1:9/ambassador", "postgresql://me@127.0.0.1:9/ambassador"),
        ("postgresql+psycopg://me@127.0.0.1:9/x", "postgresql+psycopg://me@127.0.0.1:9/x"),
        ("postgresql://me:TOPSECRET@127.0.0.1:9/x?sslpassword=TOPSECRET", "postgresql://me@127.0.0.1:9/x"),
    ],
)
def test_a_server_is_named_as_in_the_config_but_without_its_password(url: str, address: str):
    assert look_at(url, None, now=SystemClock().now()).address == address


# Files


def test_a_broken_config_is_told_and_leads_to_check(tmp_path: Path):
    (tmp_path / "config.yaml").write_text("mode: nonsense\n", encoding="utf-8")

    result = CliRunner().invoke(
        app, ["doctor", "--config", str(tmp_path / "config.yaml"), "--lang", "en"], env={}
    )

    assert result.exit_code == 1
    assert "`ambassador check` shows them all" in " ".join(result.stdout.split())


def test_a_broken_message_leaves_the_rest_to_be_looked_at(tmp_path: Path):
    (tmp_path / "messages" / "ja").mkdir(parents=True)
    (tmp_path / "messages" / "ja" / "welcome.yaml").write_text("kind: nonsense\n", encoding="utf-8")
    (tmp_path / "phrases.yml").touch()

    assert Visit(folder=tmp_path).stands("config", "messages", "phrases", "bot_token") == [
        *("pass", "fail", "fail", "pass"),
    ]


def test_files_that_nobody_reads_are_named(tmp_path: Path):
    (tmp_path / "config.yaml.txt").touch()

    found = Visit(folder=tmp_path).findings()

    assert found["file_names"]["words"].startswith(
        "Nobody reads these, because of their names: config.yaml.txt."
    )


# What is printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_stand_below_each_other_in_cells(tmp_path: Path, language: str):
    printed = Visit(folder=tmp_path).text(lang=language).stdout
    lines = [line for line in printed.splitlines() if re.match(r"\S+ +\S.*  \S", line)]
    begins = {cell_len(re.match(r"\S+ +(?:\S+ )*\S+ {2,}", line)[0]) for line in lines}  # type: ignore[index]

    assert len(lines) > 10
    assert len(begins) == 1


def test_shadow_is_said_clearly(tmp_path: Path):
    visit = Visit(folder=tmp_path)

    assert "SHADOW" in visit.text().stdout
    assert "SHADOW" in visit.text(lang="ja").stdout
    assert visit.document()["mode"] == "SHADOW"


@pytest.mark.parametrize(("arguments", "code"), [(["--lang", "fr"], 2), (["--nonsense"], 2)])
def test_arguments_that_cannot_be_used(arguments: list[str], code: int):
    assert CliRunner().invoke(app, ["doctor", *arguments]).exit_code == code


# The pages


def page(name: str) -> str:
    return (REPO / "docs" / "reference" / name).read_text(encoding="utf-8")


def names_in(value: Mapping[str, Any], path: str = "") -> list[str]:
    found = []
    for name, inner in value.items():
        found.append(f"{path}{name}")
        if isinstance(inner, dict):
            found += names_in(inner, f"{path}{name}.")
        elif isinstance(inner, list):
            found += names_in(inner[0], f"{path}{name}[].")
    return found


def rows(name: str, part: str) -> list[str]:
    """What the first column of a table names; a mark stands before the table."""
    _, _, text = page(name).partition(f"<!-- {part} -->")
    return re.findall(r"^\| `([^`]+)` \|", text.partition("<!--")[0], re.MULTILINE)


@pytest.mark.parametrize("name", ["doctor.md", "doctor.ja.md"])
def test_the_page_describes_the_document_as_it_is(name: str, tmp_path: Path):
    assert rows(name, "document") == names_in(Visit(folder=tmp_path).document())


@pytest.mark.parametrize("name", ["doctor.md", "doctor.ja.md"])
def test_the_page_tells_every_check_in_the_order_of_the_report(name: str):
    assert rows(name, "checks") == [*Check]


@pytest.mark.parametrize("name", ["doctor.md", "doctor.ja.md"])
def test_the_page_tells_every_status(name: str):
    assert rows(name, "status") == [*Status]


# The service


def test_a_service_that_stopped_a_moment_ago_does_not_run(tmp_path: Path):
    seeded(tmp_path)
    nobody = (("health: off", "health: 127.0.0.1:9"),)

    found = Visit(folder=tmp_path, changes=nobody).findings()["service"]

    assert (found["status"], found["code"]) == ("warn", "doctor.stopped_now")
    assert found["words"].startswith("It does not run here at the moment: nobody answers at 127.0.0.1:9.")
