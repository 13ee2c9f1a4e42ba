"""Templates that Jinja cannot read: its words are for programmers, ours say what to look at."""

import re

from jinja2 import TemplateSyntaxError

from scheduler.errors import Problem
from scheduler.strictyaml import nearest
from scheduler.templates.environment import ENVIRONMENT
from scheduler.templates.place import Source, shorten

_UNKNOWN_TAG = re.compile(r"unknown tag '([^']*)'")
_TAGS = ("if", "elif", "else", "endif")


def explain(error: TemplateSyntaxError, source: Source) -> Problem:
    """The problem in words for people who never heard of Jinja."""
    said = error.message or ""
    offset, tag = source.tag_on(error.lineno, _is_broken)
    if unknown := _UNKNOWN_TAG.search(said):
        name = unknown.group(1)
        return _unknown_tag(source, offset, name)
    if said.startswith("Unexpected end of template"):
        offset = _left_open(source)
        return source.problem(
            "messages.missing_endif", offset, tag=shorten(source.value[offset:].partition("}")[0] + "}")
        )
    return source.problem("messages.syntax", offset, tag=tag)


def _unknown_tag(source: Source, offset: int, name: str) -> Problem:
    if name in _TAGS:
        return source.problem("messages.tag_without_if", offset, name=name)
    return source.problem("messages.unknown_tag", offset, near=nearest(name, _TAGS), name=name)


def _left_open(source: Source) -> int:
    """Where the `{% if %}` begins that nothing closes."""
    opened: list[int] = []
    for tag in source.tags():
        word = tag.group().strip("{%-+ \n").partition(" ")[0]
        if word == "if":
            opened.append(tag.start())
        elif word.startswith("endif") and opened:
            opened.pop()
    return opened[-1] if opened else 0


def _is_broken(tag: str) -> bool:
    """Whether a tag alone is no template: then it is the one that made its line unreadable."""
    if tag.startswith("{%"):
        return False
    try:
        ENVIRONMENT.parse(tag)
    except (TemplateSyntaxError, RecursionError):
        return True
    return False
