"""Data to sections, each by itself, and the words of pydantic to ours: by their type, never by their text."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from scheduler.config.keys import known_keys
from scheduler.config.refusal import shown
from scheduler.config.shape import File
from scheduler.errors import Problem
from scheduler.strictyaml import Document, Path, lookalike, nearest

Sections = Mapping[str, Any]

_WRONG_TYPES = {
    "model_type": "config.expected_mapping",
    "dict_type": "config.expected_mapping",
    "tuple_type": "config.expected_list",
    "int_type": "config.expected_number",
    "bool_type": "config.expected_yes_no",
}


def read_sections(document: Document) -> tuple[Sections, list[Problem]]:
    """The sections that are sound, and the problems of the others. A section left out has its default."""
    sound: dict[str, Any] = {}
    problems = [_unknown(document, (key,)) for key in document.data if key not in File.model_fields]
    for name, info in File.model_fields.items():
        if name in document.data:
            sound[name], found = _section(document, name, TypeAdapter(info.rebuild_annotation()))
            problems += found
        elif info.is_required():
            problems.append(_missing(document, (name,)))
        else:
            sound[name] = info.get_default()
    broken = {problem.path.partition(".")[0].partition("[")[0] for problem in problems}
    return {name: section for name, section in sound.items() if name not in broken}, problems


def _section(document: Document, name: str, adapter: TypeAdapter[Any]) -> tuple[Any, list[Problem]]:
    try:
        return adapter.validate_python(document.data[name]), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [_translated(document, (name, *detail["loc"]), detail) for detail in details]


def _translated(document: Document, path: Path, detail: ErrorDetails) -> Problem:
    kind, value, context = detail["type"], detail["input"], dict(detail.get("ctx", {}))
    if kind in _TRANSLATIONS:
        return _TRANSLATIONS[kind](document, path)
    if kind.startswith("config."):
        at_key = path[-1] == "[key]"
        near = context.pop("near", None)
        return document.problem(kind, path[:-1] if at_key else path, at_key=at_key, near=near, **context)
    if value is None:
        return document.problem("config.empty_value", path)
    if kind in _WRONG_TYPES:
        return _wrong_type(document, path, _WRONG_TYPES[kind], value)
    if kind in {"greater_than_equal", "less_than_equal"}:
        limit = context.get("ge", context.get("le"))
        return document.problem(f"config.{kind}", path, value=shown(value), limit=limit)
    return document.problem("config.wrong_value", path, value=shown(value))


def _wrong_type(document: Document, path: Path, code: str, value: object) -> Problem:
    line, _ = document.position(path)
    mistake = lookalike(document.lines[line - 1]) if isinstance(value, str) else None
    if mistake:
        return document.problem(mistake.code, path, column=mistake.column, sign=mistake.sign)
    return document.problem(code, path, value=shown(value))


def _unknown(document: Document, path: Path) -> Problem:
    key = str(path[-1])
    near = nearest(key, known_keys(path[:-1]))
    return document.problem("config.unknown_key", path, at_key=True, near=near, key=shown(key))


def _missing(document: Document, path: Path) -> Problem:
    if len(path) == 1:  # the first line of the file is not to blame for a section that is not there
        return Problem(code="config.missing_key", file=document.file, values={"key": str(path[0])})
    return document.problem("config.missing_key", path, key=path[-1])


_TRANSLATIONS: Mapping[str, Callable[[Document, Path], Problem]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
}
