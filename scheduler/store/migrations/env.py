"""Run by Alembic, with the connection that `store.migrating` hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from scheduler.store import tables


def render_item(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Migrations name SQLAlchemy's own types: they must run for ever, whatever the models' library does."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.METADATA,
    render_as_batch=True,  # SQLite cannot alter a table in place
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
