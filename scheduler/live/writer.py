"""The one thread that talks to the database. What is asynchronous hands it a function of a transaction."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from scheduler.ports import Store, Work

T = TypeVar("T")


class Writer:
    """Runs one transaction at a time, in the order they are handed in.

    The store is opened, used and closed in the same thread.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._store: Store | None = None
        self._work: Work | None = None

    async def open(self, store: Callable[[], Store]) -> None:
        """Opens the store; raises what opening it raises."""
        self._store = await self._run(store)

    async def do(self, change: Callable[[Work], T]) -> T:
        """Returns once the transaction is committed. Raises what `change` raises; then nothing is kept."""
        return await self._run(lambda: self._change(change))

    async def use(self, use: Callable[[Store], T]) -> T:
        """For what needs several transactions."""
        return await self._run(lambda: use(self._opened()))

    @property
    def plain(self) -> "Writer":
        """Without any check that comes before each transaction: here there is none."""
        return self

    def channel_id(self, name: str) -> str | None:
        """For whoever renders, inside a transaction of this thread."""
        return self._work.channels.id_of(name) if self._work else None

    async def close(self, close: Callable[[Store], None]) -> None:
        """Finishes what was handed in before, and closes the store."""
        store = self._store
        if store:
            await self._run(lambda: close(store))
        self._thread.shutdown()

    async def _run(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)

    def _change(self, change: Callable[[Work], T]) -> T:
        with self._opened().begin() as work:
            self._work = work
            try:
                return change(work)
            finally:
                self._work = None

    def _opened(self) -> Store:
        if self._store is None:
            raise RuntimeError("the store is not open")
        return self._store
