"""A service through which secrets pass, in good days and bad: none of them stands in what it prints."""

import signal
from pathlib import Path

from scheduler.sandbox import Fault, How
from tests.integration.live.processes import QUESTIONS, ask, channel, process, written
from tests.integration.sandbox.connecting import live

MEMBER = "U0000000001"
#: Stands in everything that anybody writes or is called.
SECRET = "himitsu"


@live
async def test_no_line_holds_what_was_written_or_a_token_whatever_goes_wrong(tmp_path: Path):
    async with process(tmp_path) as service:
        sandbox = service.sandbox
        await service.start()
        await service.until_logged("caught_up")
        questions = channel(sandbox, QUESTIONS)
        sandbox.faults.add(Fault(how=How.HTML, method="chat.postMessage"))
        ask(sandbox, MEMBER, f"{SECRET} はどこですか {sandbox.tokens.bot}")
        sandbox.people.join(f"{SECRET} <!channel>")
        malformed = {"type": "message", "channel": questions, "user": [SECRET], "text": SECRET, "ts": SECRET}
        sandbox.events.raw(malformed)
        await service.until_logged("not_understood")
        with service.database() as database:
            database.execute("alter table messages rename to gone")
        sandbox.post(MEMBER, questions, f"{SECRET} をもう一度")
        await service.until_logged("not_understood", times=2)
        with service.database() as database:
            database.execute("alter table gone rename to messages")
        (tmp_path / "config.yaml").write_text(f"mode: {SECRET}\n", encoding="utf-8")
        service.send(signal.SIGHUP)
        await service.until_logged("reload_refused")
        sandbox.tokens.break_bot("token_revoked")
        service.send(signal.SIGTERM)
        code = await service.ended()

    printed = "\n".join(map(str, service.log)) + service.said()
    assert code == 0
    assert [word for word in (SECRET, sandbox.tokens.bot, sandbox.tokens.app) if word in printed] == []
    assert written(sandbox, QUESTIONS) == []
