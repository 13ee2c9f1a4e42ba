"""What the judgement needs: how much a message asks, how sure a weak sign is, and the rulings."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NO = sa.false()


def upgrade() -> None:
    op.add_column("messages", sa.Column("score", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("messages", sa.Column("offers", sa.Boolean(), nullable=False, server_default=_NO))
    op.add_column("messages", sa.Column("replies", sa.Boolean(), nullable=False, server_default=_NO))
    op.add_column("messages", sa.Column("thanks", sa.Boolean(), nullable=False, server_default=_NO))
    op.add_column("messages", sa.Column("terms", sa.String(), nullable=False, server_default=""))
    op.add_column("cases", sa.Column("weak_strength", sa.String(), nullable=True))
    op.add_column("decisions", sa.Column("rulings", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "imports",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("facts_done", sa.Integer(), nullable=False),
        sa.Column("told_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team", "source"),
    )
