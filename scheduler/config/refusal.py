"""How a parser of this package says no: with the code of a sentence, its values and the near name."""

from pydantic_core import PydanticCustomError


def refuse(name: str, *, near: str | None = None, **values: object) -> PydanticCustomError:
    """An error to raise; its sentence is `config.<name>` of the catalogue."""
    return PydanticCustomError(f"config.{name}", "refused", {"near": near, **values})


def text(value: object) -> str:
    """The value, if it is text that says something."""
    if value is None or value == "":
        raise refuse("empty_value")
    if not isinstance(value, str):
        raise refuse("expected_text", value=shown(value))
    return value


def refuse_wide_comma(word: str) -> None:
    """In `[a、b]` the comma of Japanese texts parts nothing."""
    if "、" in word or "，" in word:
        meant = ", ".join(part.strip() for part in word.replace("，", "、").split("、"))
        raise refuse("wide_comma", value=shown(word), near=meant)


def shown(value: object) -> str:
    """A value as the file says it, for a sentence."""
    match value:
        case bool():
            return str(value).lower()
        case dict() | list() | tuple():
            return "…"
    word = str(value)
    return word if len(word) <= 60 else word[:60] + "…"
