import asyncio
import os
import signal

import pytest

from scheduler.live.signals import on_signals


def heard_after(sent: signal.Signals) -> str:
    async def listen() -> str:
        heard: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        undo = on_signals(
            asyncio.get_running_loop(), lambda: heard.set_result("stop"), lambda: heard.set_result("reload")
        )
        os.kill(os.getpid(), sent)
        try:
            return await asyncio.wait_for(heard, 5)
        finally:
            undo()

    return asyncio.run(listen())


@pytest.mark.parametrize(
    ("sent", "meant"), [(signal.SIGTERM, "stop"), (signal.SIGINT, "stop"), (signal.SIGHUP, "reload")]
)
def test_a_signal_stops_or_reloads(sent: signal.Signals, meant: str):
    assert heard_after(sent) == meant


def test_afterwards_signals_do_what_they_did_before():
    heard_after(signal.SIGTERM)

    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_DFL
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
