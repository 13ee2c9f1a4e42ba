"""A proxy that opens encrypted traffic has a certificate of its own; SSL_CERT_FILE makes it known to us."""

import json
import os
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

ASK = """
import asyncio, sys, aiohttp
from scheduler.slack.client import Web
async def ask():
    async with aiohttp.ClientSession() as session:
        print(type(await Web("xoxb-1", base_url=sys.argv[1], session=session).call("auth.test")).__name__)
asyncio.run(ask())
"""


class Slack(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps({"ok": True}).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Says nothing."""


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of an authority that nobody knows, for this machine."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not on this machine")
    made = tmp_path / "own.pem"
    options = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", str(tmp_path / "key.pem"), "-out", str(made)]
    subprocess.run(["openssl", "req", *options, *names, *files], check=True, capture_output=True)
    return made


@pytest.fixture
def address(certificate: Path) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    server = HTTPServer(("127.0.0.1", 0), Slack)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    serving = Thread(target=server.serve_forever)
    serving.start()
    yield f"https://localhost:{server.server_port}/api/"
    server.shutdown()
    serving.join()
    server.server_close()


def answer(address: str, **environment: str) -> str:
    environ = {"PATH": os.environ["PATH"], **environment}
    command = [sys.executable, "-c", ASK, address]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout.strip()


def test_an_authority_that_is_named_is_believed(address: str, certificate: Path):
    assert answer(address, SSL_CERT_FILE=str(certificate)) == "Answered"


def test_one_that_is_not_named_is_not_believed(address: str):
    assert answer(address) == "NotSent"
