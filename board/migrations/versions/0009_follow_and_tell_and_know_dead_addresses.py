"""Follow discussions and blogs, choose how often, keep what there is to tell; know which addresses are dead.

News is what happened, a notice what one reader is told of it. Subscriptions so far were for replies.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    make_tables_of_mail()
    make_tables_of_news()
    widen()


def make_tables_of_mail() -> None:
    op.create_table(
        "incoming_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_mail")),
        sa.UniqueConstraint("digest", name=op.f("uq_incoming_mail_digest")),
    )
    with op.batch_alter_table("incoming_mail", schema=None) as batch_op:
        batch_op.create_index("ix_incoming_mail_age", ["created_at"], unique=False)

    op.create_table(
        "soft_bounce",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("event", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_soft_bounce")),
        sa.UniqueConstraint("event", name=op.f("uq_soft_bounce_event")),
    )
    with op.batch_alter_table("soft_bounce", schema=None) as batch_op:
        batch_op.create_index("ix_soft_bounce_counted", ["digest", "created_at"], unique=False)

    op.create_table(
        "suppression",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "reason in ('hard_bounce', 'soft_bounces', 'complaint', 'staff')",
            name=op.f("ck_suppression_reason"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppression")),
        sa.UniqueConstraint("digest", name=op.f("uq_suppression_digest")),
    )


def make_tables_of_news() -> None:
    op.create_table(
        "preference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("rate", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "rate in ('at_once', 'hourly', 'daily', 'weekly', 'never')", name=op.f("ck_preference_rate")
        ),
        sa.CheckConstraint(
            "topic in ('replies', 'thread', 'prompts', 'own')", name=op.f("ck_preference_topic")
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["reader.id"], name=op.f("fk_preference_reader_id_reader"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preference")),
        sa.UniqueConstraint("reader_id", "topic", name=op.f("uq_preference_reader_id_topic")),
    )
    op.create_table(
        "news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("occasion", sa.String(length=20), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("hushed", sa.String(length=30), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("spread_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "occasion in ('comment', 'prompt', 'approved', 'returned', 'removed', 'highlighted')",
            name=op.f("ck_news_occasion"),
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_news_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_news_thread_id_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news")),
        sa.UniqueConstraint("event", name=op.f("uq_news_event")),
    )
    with op.batch_alter_table("news", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_news_comment_id"), ["comment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_news_thread_id"), ["thread_id"], unique=False)
        batch_op.create_index(
            "ix_news_unspread",
            ["due_at", "id"],
            unique=False,
            sqlite_where=sa.text("spread_at IS NULL"),
            postgresql_where=sa.text("spread_at IS NULL"),
        )

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("news_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("rate", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "rate in ('at_once', 'hourly', 'daily', 'weekly', 'never')", name=op.f("ck_notice_rate")
        ),
        sa.CheckConstraint("state in ('waiting', 'mailed', 'dropped')", name=op.f("ck_notice_state")),
        sa.CheckConstraint("topic in ('replies', 'thread', 'prompts', 'own')", name=op.f("ck_notice_topic")),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["outbox_message.id"],
            name=op.f("fk_notice_message_id_outbox_message"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["news_id"], ["news.id"], name=op.f("fk_notice_news_id_news"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["reader.id"], name=op.f("fk_notice_reader_id_reader"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscription.id"],
            name=op.f("fk_notice_subscription_id_subscription"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_notice_thread_id_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("news_id", "reader_id", name=op.f("uq_notice_news_id_reader_id")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notice_due",
            ["due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(batch_op.f("ix_notice_message_id"), ["message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_subscription_id"), ["subscription_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_thread_id"), ["thread_id"], unique=False)
        batch_op.create_index("ix_notice_told", ["reader_id", "thread_id", "settled_at"], unique=False)


def widen() -> None:
    with op.batch_alter_table("desk_mail", schema=None) as batch_op:
        batch_op.add_column(sa.Column("failures", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("failures_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("summary", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("summary_until", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("desk_mail", schema=None) as batch_op:
        batch_op.alter_column("failures", server_default=None)
        batch_op.alter_column("summary", server_default=None)
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("topic", sa.String(length=20), nullable=False, server_default="replies")
        )
        batch_op.add_column(sa.Column("thread_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column("comment_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_foreign_key(
            batch_op.f("fk_subscription_thread_id_thread"),
            "thread",
            ["thread_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_subscription_reader_id_thread_id"), ["reader_id", "thread_id"]
        )
        batch_op.create_index(batch_op.f("ix_subscription_thread_id"), ["thread_id"], unique=False)
        batch_op.create_index(
            "ix_subscription_prompts",
            ["reader_id"],
            unique=True,
            sqlite_where=sa.text("topic = 'prompts'"),
            postgresql_where=sa.text("topic = 'prompts'"),
        )
    op.execute("UPDATE subscription SET asked_at = created_at")
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.alter_column("asked_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column("topic", server_default=None)
        batch_op.create_check_constraint("topic", "topic in ('replies', 'thread', 'prompts')")
        batch_op.create_check_constraint("comment", "(topic = 'replies') = (comment_id IS NOT NULL)")
        batch_op.create_check_constraint("thread", "(topic = 'thread') = (thread_id IS NOT NULL)")


def downgrade() -> None:
    op.execute("DELETE FROM subscription WHERE comment_id IS NULL")  # nothing else could hold them
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        for name in ("ck_subscription_topic", "ck_subscription_comment", "ck_subscription_thread"):
            batch_op.drop_constraint(batch_op.f(name), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_subscription_thread_id_thread"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_subscription_reader_id_thread_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_subscription_thread_id"))
        batch_op.drop_index("ix_subscription_prompts")
        batch_op.alter_column("comment_id", existing_type=sa.Integer(), nullable=False)
        for name in ("asked_at", "thread_id", "topic"):
            batch_op.drop_column(name)
    with op.batch_alter_table("desk_mail", schema=None) as batch_op:
        for name in ("summary_until", "summary", "failures_until", "failures"):
            batch_op.drop_column(name)
    for name in ("notice", "news", "preference", "suppression", "soft_bounce", "incoming_mail"):
        op.drop_table(name)
