"""A composed file: plain data, the place of every value, the source lines."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.errors import Problem
from scheduler.strictyaml.secrets import redact

Path = tuple[str | int, ...]
Position = tuple[int, int]

_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def split_lines(text: str) -> tuple[str, ...]:
    """The lines as YAML counts them."""
    return tuple(_LINE_BREAK.split(text))


def dotted(path: Path) -> str:
    """`("steps", 0, "id")` as people read it: `steps[1].id`; items count from 1."""
    parts = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(parts).lstrip(".")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a file says: dict, list, str, int, float, bool, None; and where. All places count from 1."""

    file: str
    data: dict[str, object]
    lines: tuple[str, ...]
    values: Mapping[Path, Position] = field(repr=False)
    keys: Mapping[Path, Position] = field(repr=False)

    def position(self, path: Path) -> Position:
        """Where to look for `path`: a scalar itself, a collection by its key, a missing one by its parent."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def key_position(self, path: Path) -> Position:
        """Where the key of `path` stands; an item of a list has none and gives its own position."""
        return self.keys.get(path) or self.position(path)

    def value(self, path: Path) -> object:
        """What the file says at `path`; None when it says nothing there."""
        found: object = self.data
        for step in path:
            if isinstance(found, dict):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
            else:
                return None
        return found

    def problem(
        self,
        code: str,
        path: Path,
        *,
        at_key: bool = False,
        column: int = 0,
        near: str | None = None,
        **values: object,
    ) -> Problem:
        """A problem at `path`, or at `column` of its line; nothing that looks like a token gets in."""
        line, begins = self.key_position(path) if at_key else self.position(path)
        at = column or begins
        return problem_at(code, self.file, self.lines, line, at, path=dotted(path), near=near, values=values)


def problem_at(
    code: str,
    file: str,
    lines: tuple[str, ...],
    line: int,
    column: int,
    *,
    path: str = "",
    near: str | None = None,
    values: Mapping[str, object] | None = None,
) -> Problem:
    """A problem at a place of a text. Line 0 means the whole file."""
    return Problem(
        code=code,
        file=file,
        line=line,
        column=column,
        source=redact(lines[line - 1]) if 0 < line <= len(lines) else "",
        path=sayable(path),
        values={name: sayable(str(value)) for name, value in (values or {}).items()},
        near=sayable(near) if near else None,
    )


def sayable(text: str) -> str:
    """Safe to print on one line of a terminal."""
    return redact("".join(sign if sign.isprintable() or sign == "\u3000" else " " for sign in text))
