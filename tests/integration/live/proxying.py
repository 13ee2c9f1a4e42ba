"""A real proxy in front of the stand-in: what asks for Slack by TLS gets the stand-in, and is remembered."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

#: Slack's address for the service. Nobody listens there: it is reached by the proxy or not at all.
HOST, PORT = "127.0.0.2", 443
OPENSSL = shutil.which("openssl")
needs_openssl = pytest.mark.skipif(
    OPENSSL is None, reason="openssl, which makes the certificate, is not here"
)


class Proxy:
    """Takes CONNECT and ends the TLS itself, as a proxy that looks inside does. `asked` are its targets."""

    def __init__(self, slack_port: int, certificate: Path) -> None:
        self._slack_port = slack_port
        self._tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._tls.load_cert_chain(certificate)
        #: Where the stand-in says that its sockets are, and an address as long that leads here.
        self._sockets = f"ws://127.0.0.1:{slack_port}".encode()
        self._by_proxy = f"wss://{HOST}:{'9' * (len(str(slack_port)) - 1)}".encode()
        self.asked: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            method, target, *_ = head.decode().split()
            self.asked.append(f"{method} {target}")
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            await writer.drain()
            await writer.start_tls(self._tls)
            to_slack, from_slack = await self._connect()
            await asyncio.gather(self._pass(reader, from_slack), self._pass(to_slack, writer))

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self._slack_port)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while some := await reader.read(65_536):
                writer.write(some.replace(self._sockets, self._by_proxy))
                await writer.drain()
        writer.close()


@asynccontextmanager
async def proxy(slack_port: int, certificate: Path) -> AsyncIterator[tuple[Proxy, str]]:
    """A proxy, and its address."""
    made = Proxy(slack_port, certificate)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    try:
        yield made, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


def certificate_for(host: str, folder: Path) -> Path:
    """A key and its certificate in one file, good for a day."""
    assert OPENSSL is not None
    file = folder / "slack.pem"
    subprocess.run(
        [
            *(OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=slack"),
            *("-addext", f"subjectAltName=IP:{host}", "-keyout", str(file), "-out", str(folder / "crt")),
        ],
        check=True,
        capture_output=True,
    )
    file.write_bytes(file.read_bytes() + (folder / "crt").read_bytes())
    return file
