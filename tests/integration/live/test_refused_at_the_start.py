"""What keeps the service from beginning is said in one sentence, in either language, with what to do."""

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from scheduler.sandbox import Sandbox
from tests.integration.live.processes import ADMINS, TEAM_ROOM, Process, channel, process
from tests.integration.sandbox.connecting import live

Break = Callable[[Process], None]
NOWHERE = "http://127.0.0.1:9/api/"


def rewritten(old: str, new: str) -> Break:
    def rewrite(service: Process) -> None:
        file = service.folder / "config.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return rewrite


def without(*scopes: str) -> Break:
    def withdraw(service: Process) -> None:
        tokens = service.sandbox.tokens
        tokens.scopes = tuple(scope for scope in tokens.scopes if scope not in scopes)

    return withdraw


def expelled_from(name: str) -> Break:
    def expel(service: Process) -> None:
        sandbox: Sandbox = service.sandbox
        sandbox.channels.leave(channel(sandbox, name), sandbox.app)

    return expel


def archived(name: str) -> Break:
    return lambda service: service.sandbox.channels.archive(channel(service.sandbox, name))


def both(*breaks: Break) -> Break:
    def break_all(service: Process) -> None:
        for each in breaks:
            each(service)

    return break_all


def slack_is_elsewhere(service: Process) -> None:
    rewritten(service.sandbox.base_url, NOWHERE)(service)


@pytest.mark.parametrize(
    ("break_it", "code", "sentence"),
    [
        pytest.param(
            without("reactions:read", "users:read"),
            2,
            "Add these scopes on its page, OAuth & Permissions, and install it again: "
            "reactions:read, users:read",
            id="scopes are missing",
        ),
        pytest.param(
            rewritten(f"channel: {TEAM_ROOM}", "channel: まだない部屋"),
            2,
            "There is no channel #まだない部屋 (ambassadors.channel) in this workspace",
            id="the ambassadors' channel is not there",
        ),
        pytest.param(
            rewritten("channel: 雑談", "channel: まだない部屋"),
            2,
            "There is no channel #まだない部屋 (thanks.channel) in this workspace",
            id="the channel of thanks is not there",
        ),
        pytest.param(
            rewritten(f"admins: {ADMINS}", "admins: まだない部屋"),
            2,
            "There is no channel #まだない部屋 (service.admins) in this workspace",
            id="the admins' channel is not there",
        ),
        pytest.param(
            expelled_from(ADMINS),
            2,
            f"There is no channel #{ADMINS} (service.admins) in this workspace, or the app is not in it.",
            id="the app is not in it",
        ),
        pytest.param(
            archived(TEAM_ROOM),
            2,
            f"There is no channel #{TEAM_ROOM} (ambassadors.channel) in this workspace",
            id="it is archived",
        ),
        pytest.param(
            both(
                rewritten(f"channel: {TEAM_ROOM}", "channel: まだない部屋"),
                rewritten("channel: 雑談", "channel: 別の部屋"),
                expelled_from(ADMINS),
            ),
            2,
            "the app is not in them: #まだない部屋 (ambassadors.channel), #別の部屋 (thanks.channel), "
            f"#{ADMINS} (service.admins). Mend their names",
            id="several are not there",
        ),
        pytest.param(
            rewritten("  # group: S0123ABCD", "  group: S0123ABCD"),
            2,
            "There is no user group with the ID S0123ABCD in this workspace",
            id="the ambassadors' user group is not there",
        ),
        pytest.param(
            both(rewritten("  # group: S0123ABCD", "  group: S0123ABCD"), without("usergroups:read")),
            2,
            "and install it again: usergroups:read",
            id="nobody may know who is in it",
        ),
        pytest.param(slack_is_elsewhere, 1, f"Nobody answers at {NOWHERE} (", id="nobody answers"),
    ],
)
def test_it_says_what_to_mend_and_begins_nothing(tmp_path: Path, break_it: Break, code: int, sentence: str):
    @live
    async def refused() -> None:
        async with process(tmp_path, mode="shadow", seeded=False) as service:
            break_it(service)
            await service.start()

            assert (await service.ended(), sentence in service.said()) == (code, True), service.said()
            assert "began" not in service.events()

    refused()


@live
async def test_a_config_that_names_a_channel_that_is_not_there_is_not_taken_while_it_runs(tmp_path: Path):
    async with process(tmp_path, mode="shadow", seeded=False) as service:
        await service.start()
        await service.until_logged("caught_up")
        rewritten(f"channel: {TEAM_ROOM}", "channel: まだない部屋")(service)
        service.send(signal.SIGHUP)
        await service.until_logged("reload_refused")
        service.send(signal.SIGTERM)
        code = await service.ended()

    told = [(line["code"], line["file"]) for line in service.log if line["event"] == "reload_refused"]
    assert (code, told) == (
        0,
        [("slack.unknown_channel", "config.yaml: #まだない部屋 (ambassadors.channel)")],
    )
    assert "reloaded" not in service.events()
