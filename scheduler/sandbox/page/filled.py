"""A form as the browser sent it."""

from collections.abc import Mapping, Sequence


class Filled:
    """Values by name, each as often as it was sent; a file in a form counts as nothing."""

    def __init__(self, values: Mapping[str, Sequence[object]]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    def all(self, name: str) -> list[str]:
        found = self._values.get(name, ())
        return [value.replace("\r\n", "\n") for value in found if isinstance(value, str)]

    def query(self) -> Mapping[str, str]:
        """Where the visitor is: the same names as in the page's address."""
        return {name: self.text(name) for name in ("as", "in", "thread", "before", "lang")}
