"""How single values are written for a driver, and read back: SQLAlchemy's types say it.

Only for the commonest values on SQLite is there a shorter way with the same result.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, DateTime, Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

Process = Callable[[Any], Any]


def writes(type_: TypeEngine[Any], dialect: Dialect) -> Process | None:
    """What is done to a value before the driver gets it; None when it takes it as it is."""
    process: Process | None = type_.dialect_impl(dialect).bind_processor(dialect)
    if dialect.name == "sqlite" and _is(type_, DateTime) and process:
        return _instant_as_text(process)
    if dialect.name == "sqlite" and _is(type_, Boolean):
        return None
    return process


def reads(type_: TypeEngine[Any], dialect: Dialect) -> Process | None:
    """What is done to a value that the driver gives."""
    if dialect.name == "sqlite" and _is(type_, DateTime):
        return _instant_of
    return type_.dialect_impl(dialect).result_processor(dialect, None)


def _is(type_: TypeEngine[Any], kind: type[TypeEngine[Any]]) -> bool:
    return isinstance(type_.impl if isinstance(type_, TypeDecorator) else type_, kind)


def _instant_as_text(other_way: Process) -> Process:
    """SQLite has no type for instants; SQLAlchemy's text has no offset, and sorts."""

    def write(at: datetime | None) -> Any:
        return at.isoformat(" ", "microseconds")[:-6] if at and at.tzinfo is UTC else other_way(at)

    return write


def _instant_of(text: str | None) -> datetime | None:
    return datetime.fromisoformat(f"{text}+00:00") if text else None


def without_nul(text: str) -> str:
    """PostgreSQL keeps no NUL in text; so that both keep the same, neither does."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")
