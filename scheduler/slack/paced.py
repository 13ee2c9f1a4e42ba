"""Calls Slack for what may take a while: at the pace of all callers, and again while nobody answers.

Not for messages: whatever is asked for here may be asked for twice.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from scheduler.clock import Clock
from scheduler.model.deliveries import NotSent, Refused
from scheduler.slack.client import Answered, Web
from scheduler.slack.pacer import Call, Pacer

_TRIES = 5
_SOON = timedelta(seconds=5)


class ReadRefused(Exception):
    """Slack does not let us read this; `code` is its own word for why.

    `is_final`: asking again would give the same. `app_is_broken`: nor may anything else be read now. Neither:
    nobody answered.
    """

    def __init__(self, code: str, *, is_final: bool = False, app_is_broken: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.is_final = is_final
        self.app_is_broken = app_is_broken


class Paced:
    """`wait_until` lets time pass until Slack may be asked."""

    def __init__(
        self, web: Web, pacer: Pacer, clock: Clock, wait_until: Callable[[datetime], Awaitable[None]]
    ) -> None:
        self._web = web
        self._pacer = pacer
        self._clock = clock
        self._wait_until = wait_until

    async def call(self, method: str, **arguments: object) -> Mapping[str, Any]:
        """Slack's answer. Waits and tries again while Slack asks for it, or is silent. Raises ReadRefused."""
        code = "no_answer"
        for attempt in range(_TRIES):
            answer = await self._once(method, **arguments)
            if isinstance(answer, Answered):
                return answer.data
            if isinstance(answer, Refused):
                broken = answer.app_is_broken
                raise ReadRefused(answer.code, is_final=not broken, app_is_broken=broken)
            code = getattr(answer, "code", code)
            wait = answer.retry_after if isinstance(answer, NotSent) else _SOON * 2**attempt
            self._pacer.stop(method, until=self._clock.now() + wait)
        raise ReadRefused(code)

    async def _once(self, method: str, **arguments: object) -> object:
        call = Call(method=method)
        while (earliest := self._pacer.earliest(call, now=self._clock.now())) > self._clock.now():
            await self._wait_until(earliest)
        self._pacer.made(call, now=self._clock.now())
        return await self._web.call(method, **arguments)
