"""What the live service needs: the inbox, what became of each attempt to send, and how far it has heard."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("nonce", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outbox", sa.Column("error", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("posted_channel", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("posted_ts", sa.String(), nullable=True))
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("gesture", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("team", "key"),
    )
    op.create_index("inbox_waiting", "inbox", ["team", "state", "id"])
    op.create_index("inbox_gesture", "inbox", ["team", "gesture"])
    op.create_index("inbox_received", "inbox", ["team", "received_at"])
    op.create_table(
        "marks",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("team", "name"),
    )
