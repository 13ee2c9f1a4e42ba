"""Every key that the file may hold, told from its shape: for near names and for the reference page."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from scheduler.config.fields import Section
from scheduler.config.shape import File
from scheduler.strictyaml import Path


def known_keys(path: Path) -> tuple[str, ...]:
    """The keys of the mapping at `path`; none when it is no mapping with fixed keys."""
    shape: type[BaseModel] | None = File
    for step in path:
        if isinstance(step, str) and shape is not None:
            shape = _fields(shape).get(step)
    return tuple(_fields(shape)) if shape else ()


def all_keys(shape: type[BaseModel] = File, above: str = "") -> Iterator[str]:
    """The dotted keys in the order of the file; a list's items share the key of the list."""
    for key, inner in _fields(shape).items():
        yield f"{above}{key}"
        if inner:
            yield from all_keys(inner, f"{above}{key}.")


def _fields(shape: type[BaseModel]) -> dict[str, type[Section] | None]:
    return {info.alias or name: _section(info.annotation) for name, info in shape.model_fields.items()}


def _section(annotation: Any) -> type[Section] | None:  # noqa: ANN401 - an annotation has no type
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return annotation
    return next((found for each in get_args(annotation) if (found := _section(each))), None)
