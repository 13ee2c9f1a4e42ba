"""Indexes hold only the rows that are looked for by them: each row kept in one costs a write.

That of a member's posts holds all that is asked of it, in its order.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MADE_ANEW = (
    ("message_top_level", "messages", ("team", "channel", "top_ts"), "top_ts"),
    ("message_run", "messages", ("team", "channel", "run_ts", "ts"), "run_ts"),
    ("message_thread", "messages", ("team", "channel", "thread_ts"), "thread_ts"),
    ("inbox_gesture", "inbox", ("team", "gesture"), "gesture"),
)


def upgrade() -> None:
    for name, table, columns, told in _MADE_ANEW:
        is_told = sa.text(f"{told} IS NOT NULL")
        op.drop_index(name, table_name=table)
        op.create_index(name, table, columns, sqlite_where=is_told, postgresql_where=is_told)
    op.drop_index("message_author", table_name="messages")
    op.create_index("message_author", "messages", ("team", "author", "run_ts", "channel"))
