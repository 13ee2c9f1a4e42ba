"""Every test runs in a clean environment and a zone that hurts, without a network, the same way each time."""

import gc
import os
import socket
import time
from collections.abc import Callable, Iterator
from io import StringIO
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import settings

from scheduler.app.logs import start_logging
from scheduler.clock import SystemClock
from scheduler.settings import Mode
from tests.postgres import Server, running_server

# What a terminal or a CI would whisper to the command line; tests that need one of these set it themselves.
WHISPERERS = (
    "LANG",
    "LANGUAGE",
    "LC_",
    "AMBASSADOR_",
    "COLUMNS",
    "LINES",
    "NO_COLOR",
    "FORCE_COLOR",
    "GITHUB_ACTIONS",
)

for name in [name for name in os.environ if name.startswith(WHISPERERS)]:
    del os.environ[name]

# The zone of the machine must never matter. This one is far from every zone that the tests name.
os.environ["TZ"] = "Pacific/Marquesas"
time.tzset()

# As the command does: thousands of tests that were collected are no garbage, however often one looks.
gc.set_threshold(50_000)

settings.register_profile("repeatable", derandomize=True, database=None, deadline=None, max_examples=60)
settings.register_profile("thorough", parent=settings.get_profile("repeatable"), max_examples=2000)
settings.load_profile("repeatable")


#: Begun first, so that no core is idle at the end while another one is still at one of them.
LONGEST = (
    "tests/acceptance/test_two_replicas.py",
    "tests/acceptance/test_real_history.py",
    "tests/integration/test_demo.py",
    "tests/integration/test_sandbox_command.py",
    "tests/integration/test_import_command.py",
    "tests/integration/live/test_steps_of_the_image.py",
    "tests/browser/test_ways_to_look.py",
    "tests/acceptance/test_alerts_of_a_real_history.py",
    "tests/integration/live/test_processes.py",
    "tests/contract/test_store_teams.py",
    "tests/integration/test_kept_simulations.py",
    "tests/acceptance/test_real_import.py",
    "tests/integration/test_importing.py",
    "tests/browser/test_the_demo.py",
    "tests/integration/test_command_line.py",
    "tests/integration/test_commands_on_postgresql.py",
    "tests/acceptance/test_both_ears.py",
    "tests/acceptance/test_ten_minutes.py",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: tests of the live service wait more than they work."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {file: number for number, file in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(LONGEST)))


def is_on_this_machine(address: object) -> bool:
    """A Unix socket's path, or a loopback address; names are never looked up."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    return host == "localhost" or (
        (host.replace(".", "").isdigit() or ":" in host) and ip_address(host).is_loopback
    )


def only_on_this_machine(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: object) -> object:
        if not is_on_this_machine(address):
            message = f"a test tried to connect to {address}: nothing may leave this machine"
            raise PermissionError(message)
        return connect(self, address)

    return guarded


@pytest.fixture(autouse=True, scope="session")
def no_network():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", only_on_this_machine(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", only_on_this_machine(socket.socket.connect_ex))
        yield


@pytest.fixture(autouse=True, scope="session")
def strict_logs():
    """A line that holds what is not on the list of the log's keys raises."""
    start_logging(mode=Mode.SHADOW, clock=SystemClock(), stream=StringIO(), strict=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for all tests that need one."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def shared_postgres_database(postgres: Server) -> str:
    """A database that tests use after each other, each with its tables empty."""
    return postgres.new_database()
