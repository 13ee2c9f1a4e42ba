"""What the Dockerfile does, done without Docker: a wheel, a clean venv, and nobody in particular running it.

The libraries are those of the tests: nothing is downloaded. Everything but one folder is closed to writing.
"""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from scheduler.clock import SystemClock
from scheduler.sandbox import Sandbox
from tests.integration.live.processes import PATIENCE, community, config
from tests.integration.sandbox.connecting import live
from tests.repo.test_image import arguments, environment, healthcheck

REPO = Path(__file__).parents[3]
WHO = 10001
SAME = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]}); import venv, ensurepip"


def as_who(command: list[object]) -> int:
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words, user=WHO, group=WHO, extra_groups=[], cwd="/", capture_output=True, check=False
        )
    except PermissionError:
        return 1
    return done.returncode


def python_for_everybody() -> str:
    """One that others than root can run, of the version that the libraries are for."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for each in (os.path.realpath(sys.executable), f"/usr/bin/{name}", f"/usr/local/bin/{name}"):
        if as_who([each, "-c", SAME]) == 0:
            return each
    pytest.skip(f"no {name} here that another user could run")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that others can get into: pytest's own are closed to them."""
    folder = Path(f"/var/tmp/ambassador-image-{os.getpid()}")
    python = python_for_everybody()
    folder.mkdir(mode=0o755)
    try:
        build(folder, python)
        yield folder
    finally:
        subprocess.run(["chmod", "-R", "u+w", folder], check=True)
        shutil.rmtree(folder)


def build(folder: Path, python: str) -> None:
    """As the Dockerfile does."""
    wheel, venv = folder / "wheel", folder / "venv"
    run = partial(subprocess.run, check=True, capture_output=True)
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", wheel], cwd=REPO)
    run([python, "-m", "venv", venv])
    (site,) = venv.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    run([venv / "bin/pip", "install", "--no-deps", "--no-index", *wheel.glob("*.whl")])
    run(["chmod", "-R", "a-w,a+rX", venv])


def furnish(folder: Path, sandbox: Sandbox) -> Path:
    """The config, read-only; two secrets that only the service can read; and the one folder to write to."""
    etc, data = folder / "etc", folder / "data"
    etc.mkdir()
    shutil.copytree(REPO / "messages", etc / "messages")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    changes = (
        ("health: off", f"health: 127.0.0.1:{port}"),
        (f"sqlite:///{folder}/ambassador.db", "sqlite:///ambassador.db"),
    )
    text = config(sandbox.base_url, folder, mode="shadow", extra=changes)
    (etc / "config.yaml").write_text(text, encoding="utf-8")
    for name, token in (("bot", sandbox.tokens.bot), ("app", sandbox.tokens.app)):
        (etc / name).write_text(f"{token}\n")
        os.chown(etc / name, WHO, WHO)
        (etc / name).chmod(0o400)
    subprocess.run(["chmod", "a-w", etc, etc / "config.yaml"], check=True)
    data.mkdir(mode=0o700)
    os.chown(data, WHO, WHO)
    return data


def surroundings(folder: Path) -> dict[str, str]:
    """What the image sets, and the two files of tokens; no HOME."""
    etc, bin_ = folder / "etc", folder / "venv/bin"
    image = environment() | {"PATH": f"{bin_}:/usr/bin:/bin", "AMBASSADOR_CONFIG": str(etc / "config.yaml")}
    return image | {"SLACK_BOT_TOKEN_FILE": str(etc / "bot"), "SLACK_APP_TOKEN_FILE": str(etc / "app")}


@asynccontextmanager
async def started(folder: Path, data: Path, *command: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        folder / "venv/bin" / command[0], *command[1:],
        cwd=data, env=surroundings(folder), user=WHO, group=WHO, extra_groups=[],
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def ended(folder: Path, data: Path, *command: str) -> tuple[int | None, str]:
    async with started(folder, data, *command) as process:
        said, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode, said.decode()


async def until_said(process: asyncio.subprocess.Process, word: str) -> None:
    assert process.stdout is not None
    async for line in process.stdout:
        if word.encode() in line:
            return


async def asked_until_well(folder: Path, data: Path) -> tuple[int | None, str]:
    """As Docker asks, again and again while the service begins; gives the last answer."""
    health: tuple[int | None, str] = (None, "")
    for _ in range(PATIENCE):
        health = await ended(folder, data, *healthcheck())
        if health[0] == 0:
            break
    return health


@live
async def test_the_steps_of_the_image_lead_to_a_service_that_is_well_and_stops_in_time(place: Path):
    async with Sandbox(clock=SystemClock()) as sandbox:
        community(sandbox)
        data = furnish(place, sandbox)
        entry = [*json.loads(arguments("ENTRYPOINT")[-1]), *json.loads(arguments("CMD")[-1])]
        async with started(place, data, *entry) as service:
            await asyncio.wait_for(until_said(service, "caught_up"), PATIENCE)
            health = await asked_until_well(place, data)
            backup = await ended(place, data, "ambassador", "backup")
            service.terminate()
            said, _ = await asyncio.wait_for(service.communicate(), 10)

    assert health == (0, "The service is well. SHADOW: it decides and records, and sends nothing.\n")
    assert (backup[0], service.returncode) == (0, 0), backup[1] + said.decode()
    assert {each.name for each in data.iterdir()} == {"ambassador.db", "ambassador.db.lock", "backups"}
