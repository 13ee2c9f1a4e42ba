"""Waiting for something to happen here, without polling and without sleeping."""

import asyncio
from collections.abc import Callable


class NothingHappened(Exception):
    """What was waited for did not come in time. The time is real: a test that sees this has failed."""


class Bell:
    """Rings whenever anything changed; who waits looks again."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()
        #: How often it rang: who was busy meanwhile can tell.
        self.rings = 0

    def ring(self) -> None:
        self.rings += 1
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, holds: Callable[[], object], *, seconds: float) -> None:
        """Waits until `holds()` is true; `seconds` are real. Raises NothingHappened."""
        try:
            async with asyncio.timeout(seconds):
                while not holds():
                    await self._next_ring()
        except TimeoutError:
            raise NothingHappened(f"not within {seconds} s") from None

    async def _next_ring(self) -> None:
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)
