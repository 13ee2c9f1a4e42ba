"""Reads the YAML files of the sample. Every scalar stays text: YAML would read `10:12` as a number."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import yaml

#: One item of a YAML list, as written.
Item = Mapping[str, Any]

_PACKAGE = "scheduler.simulate.sample"


def read_items(name: str) -> list[Item]:
    """The items of one file of the sample."""
    return _items(files(_PACKAGE).joinpath(name).read_text(encoding="utf-8"))


def read_conversations() -> Iterator[Item]:
    """The items of all files in `conversations/`, by file name."""
    folder = files(_PACKAGE).joinpath("conversations")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            yield from _items(file.read_text(encoding="utf-8"))


def _items(text: str) -> list[Item]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the first is written in C, where it can be had
    items: list[Item] = yaml.load(text, Loader=loader)  # noqa: S506  builds text only
    return items
