"""PyYAML's safe loader with the scalars of YAML 1.2 and without aliases, anchors, tags and depth.

`09:00`, `22:30`, `on`, `no`, `0120` and `2026-12-29` stay text; only `true` and `false` are booleans.
"""

import re
from typing import Any

import yaml

MAX_DEPTH = 20  # nested collections; ours need 5
MAX_CHARACTERS = 500_000

Place = tuple[int, int]  # line and column from 1


class TooDeep(Exception):
    """Collections are nested deeper than any file of ours needs."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class StrictLoader(yaml.SafeLoader):
    """Composes nodes; what it refuses it notes in `refused` and goes on, so that all is told at once."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - a class attribute of PyYAML's

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.refused: list[tuple[str, Place]] = []
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:  # noqa: ANN401 - PyYAML's
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            return self._instead_of_alias()
        self._refuse_properties(event)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooDeep(place(event.start_mark))
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def _instead_of_alias(self) -> yaml.Node:
        event = self.get_event()  # type: ignore[no-untyped-call]
        self.refused.append(("*", place(event.start_mark)))
        return yaml.ScalarNode("tag:yaml.org,2002:str", "", event.start_mark, event.end_mark)

    def _refuse_properties(self, event: Any) -> None:  # noqa: ANN401 - events of PyYAML have no common type
        if event.anchor is not None:
            self.refused.append(("&", place(event.start_mark)))
            event.anchor = None
        if event.tag is not None:
            self.refused.append(("!", place(event.start_mark)))
            event.tag = None


_SCALARS = (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,17})", list("-+0123456789")),
    ("float", r"[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}", list("-+0123456789")),
)
for _name, _pattern, _first in _SCALARS:
    StrictLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(rf"(?:{_pattern})\Z"), _first)


def place(mark: Any) -> Place:  # noqa: ANN401 - PyYAML has two classes of marks
    """A mark of PyYAML, counted from 1."""
    return mark.line + 1, mark.column + 1


def scalar(node: yaml.ScalarNode) -> str | int | float | bool | None:
    """The plain value of a scalar."""
    match node.tag.rpartition(":")[2]:
        case "null":
            return None
        case "bool":
            return bool(node.value.lower() == "true")
        case "int":
            return int(node.value)
        case "float":
            return float(node.value)
    return str(node.value)
