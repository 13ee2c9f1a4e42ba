"""The typical mistakes in YAML of people who are no programmers, told from the source line.

PyYAML's own words for them are not shown: they say what the parser expected, not what to do.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import yaml

from scheduler.strictyaml.loader import place


class Mistake(NamedTuple):
    """What is wrong with a line: the code, the column from 1, the sign that is to blame."""

    code: str
    column: int
    sign: str


_KEY = r"^[ \t]*(?:- +)*(?:[^\s:#'\"][^:#'\"]*: +)"
_VALUE = _KEY + r"?(?:- +)*"
_BLOCK = r"[|>](?![-+0-9]*[ \t]*(?:#|$))"

#: Signs that look right and are not: they spoil the lines below as well.
_LOOKALIKES = (
    ("yaml.tab", r"^ *(?P<at>\t)"),
    ("yaml.wide_space", r"^[ \t]*(?:-|[^:'\"]*:)?(?P<at>\u3000)"),
    ("yaml.wide_colon", r"^[ \t]*(?:- +)?[^\s:#'\"：][^:#'\"：]*(?P<at>：)"),
    ("yaml.wide_dash", r"^[ \t]*(?P<at>[－ー−‐–—・])[ \u3000]?\S"),
    ("yaml.no_space", r"^[ \t]*(?:- +)?[A-Za-z_][\w-]*(?P<at>:)[^\s/:]"),
)
#: What a value must not begin with, or hold.
_VALUES = (
    ("yaml.special_start", _VALUE + rf"(?P<at>\{{\{{|\{{%|[*&!@`%:]|{_BLOCK})"),
    ("yaml.quote", _VALUE + r"(?P<at>['\"])"),
    ("yaml.bracket", _VALUE + r"(?P<at>[\[{])"),
    ("yaml.colon_in_text", _KEY + r"[^'\"\[{|>\s][^#]*?(?P<at>:)(?: |$)"),
)
_TYPOGRAPHY = tuple((code, re.compile(pattern)) for code, pattern in _LOOKALIKES)
_ALL = _TYPOGRAPHY + tuple((code, re.compile(pattern)) for code, pattern in _VALUES)


def lookalike(line: str) -> Mistake | None:
    """A sign in the line that only looks like YAML's own."""
    return _first(line, _TYPOGRAPHY)


def explain(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> tuple[int, Mistake]:
    """The line, from 1, that is most likely to blame for a parser's error, and what is wrong with it."""
    marks = [place(mark) for mark in (error.problem_mark, error.context_mark) if mark is not None]
    line, column = marks[0] if marks else (1, 1)
    for number, patterns in [*((at, _ALL) for at, _ in marks), (line - 1, _TYPOGRAPHY)]:
        if 0 < number <= len(lines) and (found := _first(lines[number - 1], patterns)):
            return number, found
    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
    return line, Mistake("yaml.indent" if before.isspace() else "yaml.syntax", column, "")


def _first(line: str, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> Mistake | None:
    for code, pattern in patterns:
        if match := pattern.match(line):
            return Mistake(code, match.start("at") + 1, match["at"])
    return None
