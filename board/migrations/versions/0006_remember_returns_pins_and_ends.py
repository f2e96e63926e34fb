"""Remember when a comment was returned and a thread closed itself; find the pinned; one report a network."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_comment_pinned",
            ["thread_id"],
            unique=False,
            sqlite_where=sa.text("pinned_at IS NOT NULL"),
            postgresql_where=sa.text("pinned_at IS NOT NULL"),
        )
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_itself_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_comment_id"))
        batch_op.create_unique_constraint(
            batch_op.f("uq_report_comment_id_network"), ["comment_id", "network"]
        )


def downgrade() -> None:
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_report_comment_id_network"), type_="unique")
        batch_op.create_index(batch_op.f("ix_report_comment_id"), ["comment_id"], unique=False)
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.drop_column("closed_itself_at")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index("ix_comment_pinned")
        batch_op.drop_column("returned_at")
