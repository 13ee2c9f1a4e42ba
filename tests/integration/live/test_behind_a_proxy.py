"""The service behind a real proxy: methods and sockets go through it, or around it with NO_PROXY."""

import signal
from pathlib import Path
from urllib.parse import urlsplit

from tests.integration.live.processes import Process, process
from tests.integration.live.proxying import HOST, PORT, certificate_for, needs_openssl, proxy
from tests.integration.sandbox.connecting import live

#: The command, but for the time between its two connections.
AT_ONCE = """
from functools import partial
from scheduler.app import lifetime
lifetime.Patience = partial(lifetime.Patience, apart=0)
from scheduler.cli import main
main()
"""


def behind(service: Process, address: str, certificate: Path) -> None:
    """The config names Slack by TLS; the environment, the proxy and whom to trust."""
    file, slack = service.folder / "config.yaml", f"https://{HOST}:{PORT}/api/"
    text = file.read_text(encoding="utf-8").replace(service.sandbox.base_url, slack)
    file.write_text(text, encoding="utf-8")
    service.environment |= {"HTTPS_PROXY": address, "SSL_CERT_FILE": str(certificate)}


def port_of(service: Process) -> int:
    return urlsplit(service.sandbox.base_url).port or 0


@needs_openssl
@live
async def test_methods_and_both_sockets_go_by_the_proxy(tmp_path: Path):
    certificate = certificate_for(HOST, tmp_path)
    async with (
        process(tmp_path, mode="shadow", seeded=False, kind=Process) as service,
        proxy(port_of(service), certificate) as (seen, address),
    ):
        behind(service, address, certificate)
        service.program = ("-c", AT_ONCE)
        await service.start()
        await service.until_logged("caught_up")
        await service.sandbox.until(lambda: len(service.sandbox.delivery.connections) == 2, seconds=20)
        service.send(signal.SIGTERM)
        code = await service.ended()

    assert code == 0
    assert {each.rpartition(":")[0] for each in seen.asked} == {f"CONNECT {HOST}"}
    assert len([each for each in seen.asked if each != f"CONNECT {HOST}:{PORT}"]) == 2


@needs_openssl
@live
async def test_what_no_proxy_names_never_goes_there(tmp_path: Path):
    certificate = certificate_for(HOST, tmp_path)
    async with (
        process(tmp_path, mode="shadow", seeded=False, kind=Process) as service,
        proxy(port_of(service), certificate) as (seen, address),
    ):
        behind(service, address, certificate)
        service.environment["NO_PROXY"] = f"intranet.example,{HOST}"
        await service.start()
        code = await service.ended()

    assert (code, seen.asked) == (1, [])
    assert f"Nobody answers at https://{HOST}:" in service.said()
