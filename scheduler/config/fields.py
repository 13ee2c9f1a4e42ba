"""The kinds of fields that the shape of the file is made of: sections, lists, words to choose from."""

from collections.abc import Collection
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt

from scheduler.config.refusal import refuse, shown, text
from scheduler.strictyaml import nearest

Item = TypeVar("Item")


def one_of(choices: type[StrEnum], *, never_guessed: Collection[str] = ()) -> BeforeValidator:
    """One of a few words. What is `never_guessed` has to be written by whoever means it."""

    def choose(value: object) -> StrEnum:
        word = text(value)
        if word not in list(choices):
            near = nearest(word, choices)
            near = None if near in never_guessed else near
            raise refuse("unknown_choice", value=shown(word), choices=" / ".join(choices), near=near)
        return choices(word)

    return BeforeValidator(choose)


def _nothing_is_empty(value: object) -> object:
    """A list whose items are all commented out is an empty list."""
    return () if value is None else value


def not_empty(value: object) -> object:
    if value in (None, [], {}):
        raise refuse("empty_list")
    return value


def one_is_a_list(value: object) -> object:
    """One text is a list of one."""
    return [value] if isinstance(value, str) else value


def off_is_none(value: object) -> object:
    if value is None:
        raise refuse("empty_value")
    return None if value == "off" else value


Items = Annotated[tuple[Item, ...], BeforeValidator(_nothing_is_empty)]
Some = Annotated[tuple[Item, ...], BeforeValidator(not_empty)]
Count = Annotated[StrictInt, Field(ge=1, le=10_000)]


class Section(BaseModel):
    """A mapping of the file. A key that it does not know is a problem."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
