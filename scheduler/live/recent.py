"""Payloads that came just now, as they were heard: whoever folds them need not read the inbox's text.

A shortcut for the time only: what is not found here stands in the inbox, and says the same.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

#: The oldest ones give way: who stands by folds none of them.
_MOST = 64


class Recent:
    """Of one process, by the envelope's key. Used in the writer's thread alone."""

    def __init__(self) -> None:
        self._payloads: OrderedDict[str, Mapping[str, Any]] = OrderedDict()

    def keep(self, key: str, payload: Mapping[str, Any]) -> None:
        """Of a payload that is new in the inbox: another one of that key would not be what stands there."""
        if len(self._payloads) >= _MOST:
            self._payloads.popitem(last=False)
        self._payloads[key] = payload

    def take(self, key: str) -> Mapping[str, Any] | None:
        """It is not kept any longer."""
        return self._payloads.pop(key, None)
