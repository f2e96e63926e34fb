"""Log what moves and what merges; let a post or a thread lead to the one it became."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MERGING = ("post", "thread")
KINDS = (
    "kind in ('post_merged', 'name_moved', 'thread_moved', 'draft_moved', 'thread_merged', 'root_moved', "
    "'draft_retied', 'stands', 'named', 'unnamed')"
)


def upgrade() -> None:
    op.create_table(
        "remapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=80), nullable=False),
        sa.Column("move", sa.String(length=20), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("goes_on_after", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=80), nullable=True),
        sa.CheckConstraint(
            "move in ('name', 'unname', 'move_thread', 'merge_threads', 'merge_posts', 'rule')",
            name=op.f("ck_remapping_move"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_remapping_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_remapping_site_id_site"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remapping")),
    )
    with op.batch_alter_table("remapping", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remapping_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_remapping_goes_on_after"), ["goes_on_after"], unique=False)
        batch_op.create_index("ix_remapping_log", ["site_id", "id"], unique=False)

    op.create_table(
        "remapping_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("remapping_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("old_id", sa.Integer(), nullable=True),
        sa.Column("new_id", sa.Integer(), nullable=True),
        sa.Column("old_text", sa.String(length=1000), nullable=True),
        sa.Column("new_text", sa.String(length=1000), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_remapping_change_kind")),
        sa.ForeignKeyConstraint(
            ["remapping_id"],
            ["remapping.id"],
            name=op.f("fk_remapping_change_remapping_id_remapping"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remapping_change")),
    )
    with op.batch_alter_table("remapping_change", schema=None) as batch_op:
        batch_op.create_index("ix_remapping_change_of", ["remapping_id", "undone", "id"], unique=False)
        batch_op.create_index("ix_remapping_change_subject", ["kind", "subject_id"], unique=False)

    for table in MERGING:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
            batch_op.create_index(batch_op.f(f"ix_{table}_merged_into_id"), ["merged_into_id"], unique=False)
            batch_op.create_foreign_key(
                batch_op.f(f"fk_{table}_merged_into_id_{table}"),
                table,
                ["merged_into_id"],
                ["id"],
                ondelete="RESTRICT",
            )
            if table == "thread":
                batch_op.create_check_constraint(
                    batch_op.f("ck_thread_merged"), "merged_into_id IS NULL OR status = 'hidden'"
                )


def downgrade() -> None:
    for table in reversed(MERGING):
        with op.batch_alter_table(table, schema=None) as batch_op:
            if table == "thread":
                batch_op.drop_constraint(batch_op.f("ck_thread_merged"), type_="check")
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_merged_into_id_{table}"), type_="foreignkey")
            batch_op.drop_index(batch_op.f(f"ix_{table}_merged_into_id"))
            batch_op.drop_column("merged_into_id")

    with op.batch_alter_table("remapping_change", schema=None) as batch_op:
        batch_op.drop_index("ix_remapping_change_subject")
        batch_op.drop_index("ix_remapping_change_of")

    op.drop_table("remapping_change")
    with op.batch_alter_table("remapping", schema=None) as batch_op:
        batch_op.drop_index("ix_remapping_log")
        batch_op.drop_index(batch_op.f("ix_remapping_goes_on_after"))
        batch_op.drop_index(batch_op.f("ix_remapping_account_id"))

    op.drop_table("remapping")
