"""The one Jinja environment of the project: a sandbox in which nothing can be called, reached or repeated.

No loops, no calls, no attributes, no joining of texts: the work that a template does and what it writes grow
with its length only, which is bounded. `grammar.py` refuses the rest before anything is compiled.
"""

from collections.abc import Callable
from typing import ClassVar

from jinja2 import StrictUndefined, Undefined
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from scheduler.templates.escape import Escaped, one_line, quote
from scheduler.templates.unfit import Unfit


def finalize(value: object) -> str:
    """What `{{ value }}` writes: our own text as it is, everything else escaped."""
    if value is None or isinstance(value, Undefined):
        raise Unfit("messages.may_be_empty")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Unfit("messages.yes_or_no")
    if isinstance(value, Escaped):
        return value
    return str(value) if isinstance(value, int) else one_line(value)


def _quote(value: object) -> str:
    if isinstance(value, Escaped) or not isinstance(value, str):
        raise Unfit("messages.quote_needs_text")
    return quote(value)


class MessageEnvironment(ImmutableSandboxedEnvironment):
    """Jinja for messages. Only whole numbers can be added and subtracted."""

    intercepted_binops = frozenset({"+", "-"})
    allowed_filters: ClassVar[dict[str, Callable[[object], str]]] = {"quote": _quote}

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined, finalize=finalize, cache_size=0, keep_trailing_newline=True
        )
        self.filters.clear()
        self.filters.update(self.allowed_filters)
        self.tests.clear()
        self.globals.clear()

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        return False

    def is_safe_callable(self, obj: object) -> bool:
        return False

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        if not (_is_number(left) and _is_number(right)):
            raise Unfit("messages.only_numbers")
        return super().call_binop(context, operator, left, right)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


ENVIRONMENT = MessageEnvironment()
