"""Where something in a template stands: from an offset in the text to a line and column of its file."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scheduler.errors import Problem
from scheduler.strictyaml.document import Document, Path, Position, dotted, problem_at

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_OPENING = re.compile(r"\{\{|\{%")
STRING = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_BREAK = re.compile("\r\n|[\r\n]")  # as Jinja counts lines
_WORD = re.compile(r"\S{1,40}")
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text of a message file that is a template, and where it stands."""

    value: str
    document: Document
    path: Path

    def problem(
        self, code: str, offset: int | None = None, *, near: str | None = None, **values: object
    ) -> Problem:
        """A problem at that character of the text, else at its beginning."""
        line, column = self._start() if offset is None else self._place(offset)
        document = self.document
        return problem_at(
            code,
            document.file,
            document.lines,
            line,
            column,
            path=dotted(self.path),
            near=near,
            values=values,
        )

    def tags(self) -> Iterator[re.Match[str]]:
        """`{{ … }}`, `{% … %}` and comments, in their order."""
        return _TAG.finditer(self.value)

    def tag_on(self, line: int, is_meant: Callable[[str], bool]) -> tuple[int, str]:
        """Offset and words of the tag on that line which is meant, else of the last one that begins there."""
        starts = [*self._line_starts(), len(self.value) + 1]
        begun = [match.start() for match in _OPENING.finditer(self.value, 0, starts[line])]
        tags = [(offset, self._tag_at(offset)) for offset in begun]
        here = [(offset, tag) for offset, tag in tags if offset + len(tag) > starts[line - 1]]
        last = tags[-1] if tags else (0, self.value)
        offset, tag = next((each for each in here if is_meant(each[1])), last)
        return offset, shorten(tag)

    def _tag_at(self, offset: int) -> str:
        match = _TAG.match(self.value, offset)
        return match.group() if match else self.value[offset:].partition("\n")[0]

    def find(self, word: str, line: int = 1) -> int | None:
        """The first place from that line on where a tag, outside of quotation marks, says `word`.

        A `word` that begins with `<` is looked for in the text instead.
        """
        if word.startswith("<"):
            return max(self.value.find(word), 0)
        start = self._line_starts()[line - 1]
        pattern = re.compile(rf"(?<![\w.]){re.escape(word)}(?!\w)")
        for tag in self.tags():
            bare = STRING.sub(lambda match: " " * len(match.group()), tag.group())
            for match in pattern.finditer(bare):
                if tag.start() + match.start() >= start:
                    return tag.start() + match.start()
        return None

    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _BREAK.finditer(self.value))]

    def _start(self) -> Position:
        return self.document.position(self.path)

    def _place(self, offset: int) -> Position:
        """Where the word at that offset stands in the file, however its text is folded and indented there."""
        found = _WORD.match(self.value, offset)
        if found is None:
            return self._start()
        line, column = self._start()
        file = "\n".join(self.document.lines[line - 1 :])
        at = column - 2
        for _ in range(self.value.count(found.group(), 0, offset) + 1):
            at = file.find(found.group(), at + 1)
            if at < 0:
                return self._start()
        return line + file.count("\n", 0, at), at - file.rfind("\n", 0, at)


def shorten(text: str) -> str:
    """A piece of a template, short enough to stand in a sentence."""
    folded = " ".join(text.split())
    return folded if len(folded) <= _LONGEST_SHOWN else folded[: _LONGEST_SHOWN - 1] + "…"
