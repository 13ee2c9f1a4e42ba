"""One text of a message, compiled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2.environment import Template as CompiledTemplate
from jinja2.exceptions import UndefinedError

from scheduler.errors import Problem
from scheduler.model.placeholders import Placeholder
from scheduler.templates.environment import ENVIRONMENT
from scheduler.templates.grammar import parse
from scheduler.templates.place import Source
from scheduler.templates.unfit import Unfit


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A template that keeps to the grammar; `settle` finishes what it writes."""

    source: Source
    compiled: CompiledTemplate
    placeholders: frozenset[str]
    channels: Mapping[str, str]
    settle: Callable[[str], str]

    def fill(self, context: Mapping[str, Any], links: Mapping[str, str]) -> str:
        """The finished text; `links` give each channel's link. Raises Unfit when the values do not fit."""
        slots = {slot: links[name] for slot, name in self.channels.items()}
        try:
            text = self.settle(self.compiled.render({**context, **slots}))
        except UndefinedError as error:
            raise Unfit("messages.missing_value", reason=str(error)) from error
        except TypeError as error:
            raise Unfit("messages.cannot_compare") from error
        if not text:
            raise Unfit("messages.nothing_left")
        return text


def compile_snippet(
    source: Source, known: Mapping[str, Placeholder], settle: Callable[[str], str]
) -> tuple[Snippet | None, tuple[Problem, ...]]:
    """The snippet, or what is wrong with its form."""
    parsed, problems = parse(source, known)
    if parsed is None:
        return None, problems
    return (
        Snippet(
            source=source,
            compiled=ENVIRONMENT.from_string(parsed.tree),
            placeholders=parsed.placeholders,
            channels=parsed.channels,
            settle=settle,
        ),
        (),
    )
