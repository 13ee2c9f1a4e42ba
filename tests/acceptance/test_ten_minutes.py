"""The ten-minute path against the stand-in, command by command as the page has it, by the real clock."""

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from scheduler.clock import SystemClock
from scheduler.sandbox import Sandbox
from tests.integration.live.processes import Process, community, config
from tests.integration.sandbox.connecting import live

REPO = Path(__file__).parents[2]
PAGES = ["connect-your-slack.md", "connect-your-slack.ja.md"]
OURS = ".venv/bin/ambassador "


def commands_on(page: str) -> list[list[str]]:
    """What the page has people type of ours, in order."""
    text = (REPO / "docs/howto" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line.removeprefix(OURS).split() for line in lines if line.startswith(OURS)]


@asynccontextmanager
async def newcomer(folder: Path) -> AsyncIterator[Process]:
    """A workspace that the app is in, its tokens in the environment, and a config that names its channels."""
    async with Sandbox(clock=SystemClock()) as sandbox:
        community(sandbox)
        text = config(sandbox.base_url, folder, mode="shadow")
        (folder / "config.yaml").write_text(text, encoding="utf-8")
        yield Process(folder, sandbox)


def test_both_languages_have_the_same_path():
    assert [commands_on(page) for page in PAGES] == [commands_on(PAGES[0])] * len(PAGES)


def test_the_path_goes_from_the_manifest_to_the_running_service():
    assert [command[0] for command in commands_on(PAGES[0])] == [
        *("manifest", "check", "doctor", "backfill", "run")
    ]


async def typed(command: list[str], ours: Process) -> tuple[int, str]:
    """One command, typed in the folder that holds the config: its exit code, and what it prints."""
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "scheduler", *command),
        cwd=ours.folder, env={**ours.environment, "LANG": "en_US.UTF-8"},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    printed, _ = await running.communicate()
    return await running.wait(), printed.decode()


@live
async def test_every_command_of_the_path_does_what_the_page_says(tmp_path: Path):
    *before, last = commands_on(PAGES[0])
    async with newcomer(tmp_path) as ours:
        done = {command[0]: await typed(command, ours) for command in before}
        await ours.start(*last)
        await ours.until_logged("caught_up")
        ours.send(signal.SIGINT)
        ended = await ours.ended()

    assert {name: code for name, (code, _) in done.items()} == dict.fromkeys(done, 0), done
    assert "https://api.slack.com/apps?new_app=1&manifest_" in done["manifest"][1]
    assert "No problems found." in done["check"][1]
    assert "4 of 4 channels read" in done["backfill"][1]
    assert (ended, "*** SHADOW ***" in ours.said()) == (0, True)
    assert [call.method for call in ours.sandbox.received if call.method.startswith("chat.")] == []
