"""The typical mistakes in YAML of people who are no programmers, told from the source line.

PyYAML's own words for them are not shown: they say what the parser expected, not what to do.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import yaml

from scheduler.strictyaml.lines import outside_blocks
from scheduler.strictyaml.loader import Place, place


class Mistake(NamedTuple):
    """What is wrong with a line: the code, the column from 1, the sign that is to blame."""

    code: str
    column: int
    sign: str


_KEY = r"^[ \t]*(?:- +)*(?:[^\s:#'\"][^:#'\"]*: +)"
_VALUE = _KEY + r"?(?:- +)*"
_BLOCK = r"[|>](?![-+0-9]*[ \t]*(?:#|$))"
_ITEMS = _VALUE + r"\[(?:(?:[^'\"\[\],]|\"[^\"]*\"|'[^']*')*,)* *"

#: Signs that look right and are not: they spoil the lines below as well.
_LOOKALIKES = (
    ("yaml.tab", r"^ *(?P<at>\t)"),
    ("yaml.wide_space", r"^[ \t]*(?:-|[^:'\"]*:)?(?P<at>\u3000)"),
    ("yaml.wide_colon", r"^[ \t]*(?:- +)?[^\s:#'\"：][^:#'\"：]*(?P<at>：)"),
    ("yaml.wide_dash", r"^[ \t]*(?P<at>[－ー−‐–—・])[ \u3000]?\S"),
    ("yaml.no_space", r"^[ \t]*(?:- +)?[^\W\d][\w-]*(?P<at>:)[^\s/:]"),
)
#: What a value must not begin with, or hold.
_VALUES = (
    ("yaml.special_start", _VALUE + rf"(?P<at>\{{\{{|\{{%|[*&!@`%:]|{_BLOCK})"),
    ("yaml.special_start", _ITEMS + r"(?P<at>[*&!@`%:]|#(?=[^\s#]))"),
    ("yaml.quote", _VALUE + r"(?P<at>['\"])"),
    ("yaml.bracket", _VALUE + r"(?P<at>[\[{])"),
    ("yaml.colon_in_text", _KEY + r"[^'\"\[{|>\s][^#]*?(?P<at>:)(?: |$)"),
)
#: A key with a value that ends, and a key that may stand in the next line.
_WHOLE = r"(?:\"[^\"]*\"|'[^']*'|\[[^\[\]]*\]|[^\s'\"\[{|>#&*!])"
_COMPLETE = re.compile(rf"(?P<indent> *(?:- +)*)[^\s:#'\"-][^:#'\"]*: +{_WHOLE}")
_NEXT_KEY = re.compile(r"(?P<indent> +)[^\s:#'\"-][^:#'\"]*:(?: |$)")
_TYPOGRAPHY = tuple((code, re.compile(pattern)) for code, pattern in _LOOKALIKES)
_NO_SPACE = tuple(each for each in _TYPOGRAPHY if each[0] == "yaml.no_space")
_ALL = _TYPOGRAPHY + tuple((code, re.compile(pattern)) for code, pattern in _VALUES)


def lookalike(line: str) -> Mistake | None:
    """A sign in the line that only looks like YAML's own."""
    return _first(line, _TYPOGRAPHY)


def explain(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> tuple[tuple[int, Mistake], ...]:
    """The lines, from 1, that are most likely to blame for a parser's error, and what is wrong with each."""
    marks = _marks(error)
    line, column = marks[0] if marks else (1, 1)
    if swallowed := _without_space(line, lines):
        return swallowed
    if indent := _too_deep(line, lines):
        return ((line, indent),)
    for number, patterns in [*((at, _ALL) for at, _ in _blamed(error, marks)), (line - 1, _TYPOGRAPHY)]:
        if 0 < number <= len(lines) and (found := _first(lines[number - 1], patterns)):
            return ((number, found),)
    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
    return ((line, Mistake("yaml.indent" if before.isspace() else "yaml.syntax", column, "")),)


def _marks(error: yaml.MarkedYAMLError) -> list[Place]:
    return [place(mark) for mark in (error.problem_mark, error.context_mark) if mark is not None]


def _blamed(error: yaml.MarkedYAMLError, marks: list[Place]) -> list[Place]:
    """A bracket that does not end is noticed in a line below that has nothing wrong."""
    return marks[::-1] if "flow" in (error.context or "") else marks


def _without_space(line: int, lines: Sequence[str]) -> tuple[tuple[int, Mistake], ...]:
    """All `key:value` in a row at the line or right above: YAML takes them and the line for one text."""
    found: list[tuple[int, Mistake]] = []
    for number in [number for number in outside_blocks(lines) if number <= line][::-1]:
        if mistake := _first(lines[number - 1], _NO_SPACE):
            found.append((number, mistake))
        elif number != line:
            break
    return tuple(found[::-1])


def _too_deep(line: int, lines: Sequence[str]) -> Mistake | None:
    """A key that is indented as if the value above it were not finished."""
    above = [number for number in outside_blocks(lines) if number < line]
    if not above or line > len(lines):
        return None
    complete, key = _COMPLETE.match(lines[above[-1] - 1]), _NEXT_KEY.match(lines[line - 1])
    if complete and key and key.end("indent") > complete.end("indent"):
        return Mistake("yaml.indent", key.end("indent") + 1, "")
    return None


def _first(line: str, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> Mistake | None:
    for code, pattern in patterns:
        if match := pattern.match(line):
            return Mistake(code, match.start("at") + 1, match["at"])
    return None
