"""Make room for moderation: blocks, reports, former words, notes, a log of deeds, mail to the desk, Akismet.

Three lists of allowed words grow: a comment may be returned, a thread read_only, a site's policy hold_first.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


COMMENT_STATUS = "status in ('pending', 'published'{more}, 'rejected', 'spam', 'withdrawn', 'removed')"
THREAD_STATUS = "status in ('open'{more}, 'closed', 'hidden')"
POLICY = "policy in ('hold'{more}, 'publish')"


def upgrade() -> None:
    op.create_table(
        "used_token",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_used_token")),
    )
    with op.batch_alter_table("used_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_used_token_ends_at"), ["ends_at"], unique=False)

    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=300), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('word', 'host', 'address', 'network')", name=op.f("ck_block_kind")),
        sa.CheckConstraint("verdict in ('hold', 'spam', 'refuse')", name=op.f("ck_block_verdict")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_block_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_block_site_id_site"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
    )
    with op.batch_alter_table("block", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_block_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_block_asked", ["site_id", "kind", "value"], unique=False)

    op.create_table(
        "deed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=80), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_deed_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_deed_site_id_site"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deed")),
    )
    with op.batch_alter_table("deed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deed_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_deed_log", ["site_id", "id"], unique=False)

    op.create_table(
        "desk_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("rate", sa.String(length=20), nullable=False),
        sa.Column("told_until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rate in ('off', 'at_once', 'hourly', 'daily')", name=op.f("ck_desk_mail_rate")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_desk_mail_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_mail")),
        sa.UniqueConstraint("account_id", name=op.f("uq_desk_mail_account_id")),
    )
    op.create_table(
        "comment_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(length=80), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_comment_version_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["comment.id"],
            name=op.f("fk_comment_version_comment_id_comment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_version")),
    )
    with op.batch_alter_table("comment_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_version_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_version_comment_id"), ["comment_id"], unique=False)

    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=80), nullable=True),
        sa.CheckConstraint(
            "reason in ('spam', 'hurtful', 'off_topic', 'private', 'other')", name=op.f("ck_report_reason")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_report_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_comment_id"), ["comment_id"], unique=False)

    op.create_table(
        "spam_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("user_ip", sa.String(length=45), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state in ('waiting', 'done', 'failed')", name=op.f("ck_spam_check_state")),
        sa.CheckConstraint("task in ('check', 'ham', 'spam')", name=op.f("ck_spam_check_task")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_spam_check_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spam_check")),
    )
    with op.batch_alter_table("spam_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spam_check_comment_id"), ["comment_id"], unique=False)
        batch_op.create_index("ix_spam_check_due", ["state", "due_at"], unique=False)

    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("open_reports", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("highlighted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("staff_edited_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(batch_op.f("ck_comment_status"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_comment_status"), COMMENT_STATUS.format(more=", 'returned'")
        )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.alter_column("note", server_default=None)
        batch_op.alter_column("open_reports", server_default=None)
        batch_op.create_index(
            "ix_comment_reported",
            ["created_at", "id"],
            unique=False,
            sqlite_where=sa.text("open_reports > 0"),
            postgresql_where=sa.text("open_reports > 0"),
        )

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("detail", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.alter_column("detail", server_default=None)

    with op.batch_alter_table("reader", schema=None) as batch_op:
        batch_op.add_column(sa.Column("trusted_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_thread_status"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_thread_status"), THREAD_STATUS.format(more=", 'read_only'")
        )

    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.add_column(sa.Column("approvals_needed", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("report_threshold", sa.Integer(), nullable=False, server_default="3"))
        batch_op.add_column(sa.Column("closes_after_days", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("akismet_key", sa.String(length=100), nullable=False, server_default="")
        )
        batch_op.drop_constraint(batch_op.f("ck_site_policy"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_site_policy"), POLICY.format(more=", 'hold_first'"))
        batch_op.create_check_constraint(batch_op.f("ck_site_approvals_needed"), "approvals_needed >= 1")
        batch_op.create_check_constraint(batch_op.f("ck_site_report_threshold"), "report_threshold >= 0")
        batch_op.create_check_constraint(batch_op.f("ck_site_closes_after_days"), "closes_after_days >= 1")
    with op.batch_alter_table("site", schema=None) as batch_op:
        for column in ("approvals_needed", "report_threshold", "akismet_key"):
            batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    op.execute("UPDATE site SET policy = 'hold' WHERE policy = 'hold_first'")
    op.execute("UPDATE thread SET status = 'closed' WHERE status = 'read_only'")
    op.execute("UPDATE comment SET status = 'pending' WHERE status = 'returned'")
    with op.batch_alter_table("site", schema=None) as batch_op:
        for name in ("closes_after_days", "report_threshold", "approvals_needed", "policy"):
            batch_op.drop_constraint(batch_op.f(f"ck_site_{name}"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_site_policy"), POLICY.format(more=""))
        for column in ("akismet_key", "closes_after_days", "report_threshold", "approvals_needed"):
            batch_op.drop_column(column)

    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_thread_status"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_thread_status"), THREAD_STATUS.format(more=""))

    with op.batch_alter_table("reader", schema=None) as batch_op:
        batch_op.drop_column("trusted_at")

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_column("detail")

    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index("ix_comment_reported")
        batch_op.drop_constraint(batch_op.f("ck_comment_status"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_comment_status"), COMMENT_STATUS.format(more=""))
        for column in ("staff_edited_at", "highlighted_at", "pinned_at", "open_reports", "note"):
            batch_op.drop_column(column)

    with op.batch_alter_table("spam_check", schema=None) as batch_op:
        batch_op.drop_index("ix_spam_check_due")
        batch_op.drop_index(batch_op.f("ix_spam_check_comment_id"))

    op.drop_table("spam_check")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_comment_id"))

    op.drop_table("report")
    with op.batch_alter_table("comment_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_version_comment_id"))
        batch_op.drop_index(batch_op.f("ix_comment_version_account_id"))

    op.drop_table("comment_version")
    op.drop_table("desk_mail")
    with op.batch_alter_table("deed", schema=None) as batch_op:
        batch_op.drop_index("ix_deed_log")
        batch_op.drop_index(batch_op.f("ix_deed_account_id"))

    op.drop_table("deed")
    with op.batch_alter_table("block", schema=None) as batch_op:
        batch_op.drop_index("ix_block_asked")
        batch_op.drop_index(batch_op.f("ix_block_account_id"))

    op.drop_table("block")
    with op.batch_alter_table("used_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_used_token_ends_at"))

    op.drop_table("used_token")
