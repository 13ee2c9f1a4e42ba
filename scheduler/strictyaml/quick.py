"""The nodes of a text without mistakes, read by PyYAML's parser in C: every command begins with many files.

It explains nothing. Whatever is refused, wrong, or read in another way in C is left to StrictLoader.
"""

import re
from typing import Any

import yaml

from scheduler.strictyaml.loader import StrictLoader, TooDeep

#: What the two parsers were found to read in two ways, by trying both on texts full of mistakes.
_READ_IN_TWO_WAYS = re.compile(r"[\t\ufeff\x85\u2028\u2029]|^[ -]*\?|[|>].*#", re.MULTILINE)
_IN_BRACKETS = re.compile(r"(?:^|[:-]) *[\[{]", re.MULTILINE)


class _Absent:
    """A PyYAML that was built without C."""


_Parser: Any = yaml.cyaml.CParser if yaml.__with_libyaml__ else _Absent  # type: ignore[attr-defined]


class _QuickLoader(_Parser, StrictLoader):  # type: ignore[misc]
    """The events come from C; what becomes of them is StrictLoader's."""

    get_single_node = yaml.composer.Composer.get_single_node

    def __init__(self, stream: str) -> None:
        _Parser.__init__(self, stream)
        yaml.composer.Composer.__init__(self)
        yaml.resolver.BaseResolver.__init__(self)
        self.refused = []
        self._depth = 0


def quick_node(text: str) -> yaml.Node | None:
    """What StrictLoader would give; None where it has something to tell, or where there is no parser in C."""
    if not yaml.__with_libyaml__ or _is_read_in_two_ways(text):
        return None
    loader = _QuickLoader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
    except (TooDeep, yaml.YAMLError):
        return None
    return None if loader.refused else node


def _is_read_in_two_ways(text: str) -> bool:
    return bool(_READ_IN_TWO_WAYS.search(text) or ("?" in text and _IN_BRACKETS.search(text)))
