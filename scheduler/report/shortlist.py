"""The best few of many, without keeping the many."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")


class Shortlist(Generic[Item]):
    """Keeps the `most` items that come first by `key`; the keys must differ."""

    def __init__(self, most: int, key: Callable[[Item], Any]) -> None:
        self._most = most
        self._key = key
        self._items: list[Item] = []

    def add(self, item: Item) -> None:
        self._items.append(item)
        if len(self._items) > 8 * self._most:
            self._items = list(self.items())

    def items(self) -> tuple[Item, ...]:
        """Those that come first, in order."""
        return tuple(sorted(self._items, key=self._key)[: self._most])
