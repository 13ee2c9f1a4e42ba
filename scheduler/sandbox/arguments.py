"""The arguments of one call, whichever way they came: in the query, as a form, or as JSON.

In a form everything is text, and what has structure is JSON inside the text; Slack takes both.
"""

import json
from collections.abc import Mapping

from scheduler.sandbox.refusals import Json, Refused, invalid_arguments


class Arguments:
    """Typed reading; an argument that is empty counts as absent."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def has(self, name: str) -> bool:
        return self._values.get(name) not in {None, ""} if self._is_plain(name) else True

    def text(self, name: str, default: str = "") -> str:
        value = self._values.get(name)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        if not self.text(name):
            raise invalid_arguments(f"missing required field: {name}")
        return self.text(name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        return self.text(name, str(default)).lower() in {"1", "true"}

    def number(self, name: str, default: int) -> int:
        value = self.text(name) or str(default)
        if not value.isdigit():
            raise Refused("invalid_limit")
        return int(value)

    def limit(self, default: int, *, most: int) -> int:
        """How many go on a page; 0 asks for as many as when nothing is asked for."""
        return min(self.number("limit", default) or default, most)

    def structure(self, name: str, error: str) -> object:
        """A list or an object, or None; raises Refused(error) when it is neither."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise Refused(error) from None

    def shown(self) -> Json:
        """Everything as it came, without the token."""
        return {name: value for name, value in self._values.items() if name != "token"}

    def _is_plain(self, name: str) -> bool:
        return not isinstance(self._values.get(name), list | dict)
