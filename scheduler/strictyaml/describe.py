"""A problem in words: where, one sentence, the source line with a caret, the near name."""

from unicodedata import combining, east_asian_width

from scheduler.catalogue import say
from scheduler.errors import Problem

_WIDEST = 100  # columns of a terminal that a source line may take


def describe(problem: Problem, lang: str) -> str:
    """Several lines of text, without a line break at the end. `lang` is `ja` or `en`."""
    sentence = say(lang, problem.code, **problem.values)
    told = [f"{_place(problem)}: {sentence} [{problem.code}]"]
    if problem.source.strip():
        told += [f"    {line}" for line in _underlined(problem.source, problem.column)]
    if problem.near:
        told.append("    " + say(lang, "yaml.near", near=problem.near))
    return "\n".join(told)


def _place(problem: Problem) -> str:
    return f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file


def _underlined(source: str, column: int) -> tuple[str, str]:
    shown = "".join(sign if sign.isprintable() or sign == "\u3000" else " " for sign in source.rstrip())
    start = max(column - 1 - _WIDEST // 4, 0) if _width(shown) > _WIDEST else 0
    return _fitting(shown[start:]), " " * _width(shown[start : column - 1]) + "^"


def _fitting(text: str) -> str:
    width = 0
    for number, sign in enumerate(text):
        width += _width(sign)
        if width > _WIDEST:
            return text[:number]
    return text


def _width(text: str) -> int:
    """Columns in a terminal: Japanese characters take two, combining marks none."""
    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)
