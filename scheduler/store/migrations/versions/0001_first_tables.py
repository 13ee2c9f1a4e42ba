"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_cases()
    _create_channels()
    _create_decisions()
    _create_enrolments()
    _create_jobs()
    _create_members()
    _create_messages()
    _create_outbox()
    _create_pointers()
    _create_stamps()


def _create_cases() -> None:
    op.create_table(
        "cases",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_end_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("touched_by", sa.String(), nullable=True),
        sa.Column("touched_how", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("weak_sign_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undated_stamp", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("steps_taken", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("excerpt", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("team", "channel", "ts", "opening"),
    )
    op.create_index("case_answered", "cases", ["team", "answered_at"])
    op.create_index("case_author", "cases", ["team", "author"])
    op.create_index("case_due", "cases", ["team", "due_at"])
    op.create_index("case_near", "cases", ["team", "channel", "opened_at"])
    op.create_index("case_opened", "cases", ["team", "opened_at"])


def _create_channels() -> None:
    op.create_table(
        "channels",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        sa.Column("described_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team", "channel"),
    )


def _create_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("config_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("decision_at", "decisions", ["team", "at"])
    op.create_index("decision_subject", "decisions", ["team", "subject", "rule", "id"])


def _create_enrolments() -> None:
    op.create_table(
        "enrolments",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("journey", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team", "member", "journey", "number"),
    )
    op.create_index("enrolment_due", "enrolments", ["team", "due_at"])


def _create_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("last_fired_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team", "job"),
    )


def _create_members() -> None:
    op.create_table(
        "members",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_bot", sa.Boolean(), nullable=False),
        sa.Column("is_guest", sa.Boolean(), nullable=False),
        sa.Column("deactivated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("described_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locale", sa.String(), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("join_source", sa.String(), nullable=True),
        sa.Column("first_post_ts", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("team", "member"),
    )
    op.create_index("member_joined", "members", ["team", "joined_at"])


def _create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("shape", sa.String(), nullable=True),
        sa.Column("thread_ts", sa.String(), nullable=True),
        sa.Column("top_ts", sa.String(), nullable=True),
        sa.Column("run_ts", sa.String(), nullable=True),
        sa.Column("is_bot", sa.Boolean(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("resolves", sa.Boolean(), nullable=False),
        sa.Column("weekly_thanks", sa.Boolean(), nullable=False),
        sa.Column("phrases", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team", "channel", "ts"),
    )
    op.create_index("message_at", "messages", ["team", "at"])
    op.create_index("message_author", "messages", ["team", "author", "run_ts"])
    op.create_index("message_run", "messages", ["team", "channel", "run_ts", "ts"])
    op.create_index("message_thread", "messages", ["team", "channel", "thread_ts"])
    op.create_index("message_top_level", "messages", ["team", "channel", "top_ts"])


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("dedup_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("held", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("opening", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("ambassador", sa.String(), nullable=True),
        sa.Column("member", sa.String(), nullable=True),
        sa.Column("rotation", sa.BigInteger(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payload_hash", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("team", "dedup_key"),
    )
    op.create_index("outbox_case", "outbox", ["team", "channel", "ts"])
    op.create_index("outbox_due", "outbox", ["team", "state", "not_before"])
    op.create_index("outbox_kind", "outbox", ["team", "kind", "sent_at"])
    op.create_index("outbox_recipient", "outbox", ["team", "recipient", "sent_at"])


def _create_pointers() -> None:
    op.create_table(
        "pointers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_member", sa.String(), nullable=True),
        sa.Column("to_channel", sa.String(), nullable=True),
        sa.Column("to_ts", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("pointer_member", "pointers", ["team", "channel", "to_member", "at"])
    op.create_index("pointer_post", "pointers", ["team", "to_channel", "to_ts"])
    op.create_index("pointer_from", "pointers", ["team", "channel", "ts"])


def _create_stamps() -> None:
    op.create_table(
        "stamps",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dated", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", "ts", "member", "stamp"),
    )
