"""The tests themselves: nothing leaves this machine, and the machine does not show through."""

import os
import socket
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(("192.0.2.1", 443), id="an-address"),
        pytest.param(("slack.example", 443), id="a-name"),
        pytest.param(("2001:db8::1", 443, 0, 0), id="an-ipv6-address"),
    ],
)
def test_connecting_anywhere_else_fails(address: tuple[str, int]):
    with socket.socket() as outgoing, pytest.raises(PermissionError, match="nothing may leave this machine"):
        outgoing.connect(address)


def test_connecting_to_this_machine_works():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as outgoing:
        outgoing.connect(server.getsockname())

        assert outgoing.getpeername() == server.getsockname()


def test_unix_sockets_work(tmp_path: Path):
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as outgoing:
        server.bind(str(tmp_path / "s"))
        server.listen()
        outgoing.connect(str(tmp_path / "s"))

        assert outgoing.getpeername() == str(tmp_path / "s")


def test_language_and_settings_of_the_machine_do_not_show():
    assert [name for name in os.environ if name.startswith(("LANG", "LC_", "AMBASSADOR_"))] == []
