"""Which of several processes folds, plans and sends for a workspace: the one that holds the lease.

What a holder writes down is fenced: a transaction of one that has lost its lease keeps nothing.
"""

from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from scheduler.live.writer import Writer
from scheduler.ports import Store, Work

T = TypeVar("T")
Check = Callable[[Work], None]
Chore = Callable[[], Coroutine[None, None, None]]


class LeaseLost(Exception):
    """Somebody else holds the lease. Nothing of the transaction was kept."""


class Keeper(Protocol):
    """Keeps the lease for this process, or stands by for it."""

    @property
    def is_held(self) -> bool:
        """Whether we took it, and do not know of anybody who took it since."""
        ...

    @property
    def tenure(self) -> int:
        """Another number each time that it is taken anew."""
        ...

    @property
    def writer(self) -> Writer:
        """For whatever only the holder may write down."""
        ...

    def surely_holds(self) -> bool:
        """Whether nobody else can have taken it by now. Asked right before each write to Slack."""
        ...

    async def keep(self) -> None:
        """Renews it, or takes it when nobody holds it any more; to be called about once a second."""
        ...

    async def give_up(self) -> None:
        """Somebody else may take it at once."""
        ...

    def lose(self) -> None:
        """Somebody else has taken it."""
        ...


class SoleKeeper:
    """Of a database that only one process can have: nobody else can take the lease."""

    is_held = True
    tenure = 0

    def __init__(self, writer: Writer) -> None:
        self.writer = writer

    def surely_holds(self) -> bool:
        return True

    async def keep(self) -> None:
        """Nothing has to be renewed."""

    async def give_up(self) -> None:
        """The file's lock goes with the process."""

    def lose(self) -> None:
        """There is nobody to lose it to."""


class FencedWriter(Writer):
    """Every transaction begins with a check, which raises what undoes it."""

    def __init__(self, plain: Writer, check: Check) -> None:
        self._plain = plain
        self._check = check

    @property
    def plain(self) -> Writer:
        return self._plain

    async def do(self, change: Callable[[Work], T]) -> T:
        return await self._plain.do(lambda work: self._checked(work, change))

    async def use(self, use: Callable[[Store], T]) -> T:
        return await self._plain.use(lambda store: use(_FencedStore(store, self._check)))

    def channel_id(self, name: str) -> str | None:
        return self._plain.channel_id(name)

    def _checked(self, work: Work, change: Callable[[Work], T]) -> T:
        self._check(work)
        return change(work)


class _FencedStore:
    """Implements `ports.Store`."""

    def __init__(self, store: Store, check: Check) -> None:
        self._store = store
        self._check = check

    @contextmanager
    def begin(self) -> Iterator[Work]:
        with self._store.begin() as work:
            self._check(work)
            yield work


def while_held(keeper: Keeper, do: Callable[[], Awaitable[object]]) -> Chore:
    """Does nothing for who stands by; who finds the lease lost stands by from then on."""

    async def done() -> None:
        if not keeper.is_held:
            return
        try:
            await do()
        except LeaseLost:
            keeper.lose()

    return done
