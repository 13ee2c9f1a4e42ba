"""Something that is done again and again, whenever it is woken. A failure is told, and tried again later."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

_log = structlog.get_logger()


class Loop:
    """`do` is done once for everything that woke it meanwhile. `is_failing` since its last time failed."""

    def __init__(self, name: str, do: Callable[[], Awaitable[object]], *, longest_wait: float = 30) -> None:
        """After a failure it waits 1, 2, 4 … seconds of real time, at most `longest_wait`."""
        self._name = name
        self._do = do
        self._longest_wait = longest_wait
        self._woken = asyncio.Event()
        self._stopped = asyncio.Event()
        self._failures = 0

    @property
    def is_failing(self) -> bool:
        return self._failures > 0

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        """It ends once what it does is done."""
        self._stopped.set()
        self._woken.set()

    async def run(self) -> None:
        """Until stopped or cancelled."""
        while not self._stopped.is_set():
            await self._woken.wait()
            self._woken.clear()
            if not self._stopped.is_set():
                await self._once()

    async def _once(self) -> None:
        try:
            await self._do()
        except Exception as error:  # noqa: BLE001 - whatever it is, a crash loop would help nobody
            self._failures += 1
            wait = min(2.0 ** (self._failures - 1), self._longest_wait)
            _log.error("failed", job=self._name, attempt=self._failures, seconds=wait, exc_info=error)
            self._woken.set()
            await self._pause(wait)
        else:
            self._failures = 0

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopped.wait(), seconds)
        except TimeoutError:
            return
