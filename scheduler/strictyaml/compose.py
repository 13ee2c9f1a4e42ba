"""Text to document: every problem of the form as a value, never an exception."""

import re
from dataclasses import dataclass, field

import yaml

from scheduler.errors import Problem
from scheduler.strictyaml.document import Document, Path, Position, problem_at, split_lines
from scheduler.strictyaml.loader import MAX_CHARACTERS, StrictLoader, TooDeep, place, scalar
from scheduler.strictyaml.mistakes import explain, lookalike
from scheduler.strictyaml.quick import quick_node

_HASH_AS_VALUE = re.compile(r"[ \t]*(#)[^\s#]")


def compose(text: str, file: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document and no problem, or None and all problems that could be found.

    The top level must be a mapping. Keys are always text.
    """
    lines = split_lines(text)
    refusal = _refuse_unparsed(text, file, lines)
    if refusal:
        return None, (refusal,)
    walk = _Walk(file=file, lines=lines)
    data = walk.document(text)
    if data is None or walk.problems:
        return None, tuple(sorted(walk.problems, key=lambda problem: (problem.line, problem.column)))
    return Document(file=file, data=data, lines=lines, values=walk.values, keys=walk.keys), ()


def _refuse_unparsed(text: str, file: str, lines: tuple[str, ...]) -> Problem | None:
    if len(text) > MAX_CHARACTERS:
        return problem_at("yaml.too_large", file, lines, 0, 0, values={"most": MAX_CHARACTERS})
    if unprintable := StrictLoader.NON_PRINTABLE.search(text):
        before = split_lines(text[: unprintable.start()])
        sign = _sign(unprintable.group())
        line, column = len(before), len(before[-1]) + 1
        return problem_at("yaml.control_character", file, lines, line, column, values={"sign": sign})
    return None


@dataclass(slots=True, kw_only=True)
class _Walk:
    """Turns nodes into plain data and notes where everything stands."""

    file: str
    lines: tuple[str, ...]
    values: dict[Path, Position] = field(default_factory=dict)
    keys: dict[Path, Position] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def document(self, text: str) -> dict[str, object] | None:
        node = self._compose(text)
        if node is None and not self.problems:
            self._note("yaml.empty", (0, 0))
        if node is None:
            return None
        self.values[()] = (1, 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, ())
        self._refuse_top(place(node.start_mark))
        return None

    def _compose(self, text: str) -> yaml.Node | None:
        return quick_node(text) or self._explained(text)

    def _explained(self, text: str) -> yaml.Node | None:
        loader = StrictLoader(text)
        try:
            node = loader.get_single_node()
        except TooDeep as deep:
            self._note("yaml.too_deep", deep.place)
            return None
        except yaml.MarkedYAMLError as error:
            self._explain(error)
            return None
        finally:
            self._tell_refused(loader)
            loader.dispose()
        return node

    def _tell_refused(self, loader: StrictLoader) -> None:
        told = {problem.line for problem in self.problems}
        for sign, at in loader.refused:
            if at[0] not in told:
                self._note("yaml.special_start", at, sign=sign)

    def _explain(self, error: yaml.MarkedYAMLError) -> None:
        if isinstance(error, yaml.composer.ComposerError):
            self._note("yaml.many_documents", place(error.problem_mark))
            return
        for line, mistake in explain(error, self.lines):
            self._note(mistake.code, (line, mistake.column), sign=mistake.sign)

    def _refuse_top(self, at: Position) -> None:
        mistake = lookalike(self.lines[at[0] - 1])
        if mistake:
            self._note(mistake.code, (at[0], mistake.column), sign=mistake.sign)
        else:
            self._note("yaml.no_mapping", at)

    def _plain(self, node: yaml.Node, path: Path) -> object:
        self.values.setdefault(path, place(node.start_mark))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, (*path, number)) for number, item in enumerate(node.value)]
        value = scalar(node) if isinstance(node, yaml.ScalarNode) else None
        self._refuse_escape(node)
        if value is None:
            self._refuse_hash(*place(node.start_mark))
        return value

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, object]:
        data: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key is None or self._is_double((*path, key), key_node):
                continue
            self.keys[(*path, key)] = place(key_node.start_mark)
            if not isinstance(value_node, yaml.ScalarNode):
                self.values[(*path, key)] = place(key_node.start_mark)
            data[key] = self._plain(value_node, (*path, key))
        return data

    def _key(self, node: yaml.Node) -> str | None:
        line, column = place(node.start_mark)
        self._refuse_escape(node)
        if isinstance(node, yaml.ScalarNode) and node.value and not node.value.startswith("\u3000"):
            return str(node.value)
        if isinstance(node, yaml.ScalarNode):
            code, sign = ("yaml.wide_space", "") if node.value else ("yaml.special_start", ":")
            self._note(code, (line, column), sign=sign)
            return None
        is_template = self.lines[line - 1][: column - 1].endswith("{")  # {{ name }} is a mapping in a mapping
        self._note("yaml.special_start", (line, column - is_template), sign="{{" if is_template else "{")
        return None

    def _is_double(self, path: Path, node: yaml.Node) -> bool:
        if path not in self.keys:
            return False
        self._note("yaml.duplicate_key", place(node.start_mark), key=path[-1], first=self.keys[path][0])
        return True

    def _refuse_escape(self, node: yaml.Node) -> None:
        # What the file itself must not hold cannot come in as "\e" either.
        if (
            found := StrictLoader.NON_PRINTABLE.search(node.value)
            if isinstance(node, yaml.ScalarNode)
            else None
        ):
            self._note("yaml.control_character", place(node.start_mark), sign=_sign(found.group()))

    def _refuse_hash(self, line: int, column: int) -> None:
        source = self.lines[line - 1] if line <= len(self.lines) else ""
        if match := _HASH_AS_VALUE.match(source, column - 1):
            self._note("yaml.special_start", (line, match.start(1) + 1), sign="#")

    def _note(self, code: str, at: Position, **values: object) -> None:
        self.problems.append(problem_at(code, self.file, self.lines, *at, values=values))


def _sign(character: str) -> str:
    return f"U+{ord(character):04X}"
