"""A database that took a question and never answers it keeps nobody from stopping the service."""

import os
import signal
from pathlib import Path

import pytest

from tests.integration.live.replicas import replicas
from tests.integration.sandbox.connecting import live
from tests.postgres import Server

#: The command, but with the patience of a second.
SOON = """
from scheduler.app import ending
ending._FINISH_WITHIN, ending._CLOSE_WITHIN, ending.AT_LAST = 0.2, 0.2, 1
"""
SESSIONS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@pytest.mark.external_service
@live
async def test_a_stop_ends_though_the_database_answers_nothing(tmp_path: Path, postgres: Server):
    async with replicas(tmp_path, postgres) as both:
        service = both.both[0]
        service.program = ("-c", SOON + service.program[1])
        await service.start()
        await service.until_logged("caught_up")
        sessions = [pid for (pid,) in both.rows(SESSIONS)]
        try:
            for pid in sessions:
                os.kill(pid, signal.SIGSTOP)
            service.send(signal.SIGTERM)
            code = await service.ended()
        finally:
            for pid in sessions:
                os.kill(pid, signal.SIGCONT)

    assert (code, service.events()[-1]) == (130, "closed_hard")
