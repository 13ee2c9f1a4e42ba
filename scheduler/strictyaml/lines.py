"""Which lines of a text hold YAML, and which only the words of a block (`|`, `>`): told without a parser."""

import re
from collections.abc import Iterator, Sequence

_BLOCK = re.compile(r"(?P<indent> *(?:- +(?![|>\s]))*).*(?:[:-]|^) *[|>][-+0-9]*[ \t]*(?:#.*)?$")


def outside_blocks(lines: Sequence[str]) -> tuple[int, ...]:
    """The numbers, from 1, of the lines that say something and are neither a comment nor inside a block."""
    return tuple(_outside(lines))


def _outside(lines: Sequence[str]) -> Iterator[int]:
    block: int | None = None
    for number, line in enumerate(lines, start=1):
        words = line.lstrip(" ")
        indent = len(line) - len(words)
        if not words.strip() or (block is not None and indent > block):
            continue
        found = _BLOCK.match(line)
        block = len(found["indent"]) if found else None
        if not words.startswith("#"):
            yield number
