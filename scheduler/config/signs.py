"""Signs that YAML takes for its own, told as what people mean by them in this file."""

import re
from dataclasses import replace

from scheduler.config.refusal import shown
from scheduler.errors import Problem
from scheduler.strictyaml.document import sayable

_WORD = re.compile(r"[^\s,\[\]]+")
_STAMP = re.compile(r":([\w'+-]+):?(?::[\w-]+:)?")
_OF_MEMBER = re.compile(r"[ \t]*(?:- +)*member: *")


def as_meant(problem: Problem) -> Problem:
    """The problem itself, or a clearer one: quotation marks alone would not mend these."""
    found = _WORD.match(problem.source, problem.column - 1) if problem.code == "yaml.special_start" else None
    if found is None:
        return problem
    word = sayable(found.group())
    if word.startswith("#"):
        return _told(problem, "config.channel_hash", word, near=word.lstrip("#"))
    if word.startswith("@") and _OF_MEMBER.fullmatch(problem.source[: found.start()]):
        return _told(problem, "config.member_id", word)
    if stamp := _STAMP.fullmatch(word):
        return _told(problem, "config.stamp_name", word, near=stamp[1])
    return problem


def _told(problem: Problem, code: str, word: str, *, near: str | None = None) -> Problem:
    return replace(problem, code=code, values={"value": shown(word)}, near=near or None)
