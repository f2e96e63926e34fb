"""Keep drafts and what is to be read; let a post have several addresses.

A post's address key moves into a table of its own, where others join it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("etag", sa.String(length=300), nullable=False),
        sa.Column("last_modified", sa.String(length=100), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_feed_site_id_site"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("site_id", name=op.f("uq_feed_site_id")),
    )
    with op.batch_alter_table("feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_due_at"), ["due_at"], unique=False)

    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("address_key", sa.String(length=1000), nullable=False),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('waiting', 'done', 'failed')", name=op.f("ck_reading_state")),
        sa.CheckConstraint(
            "why in ('first_view', 'feed', 'sitemap', 'start', 'again')", name=op.f("ck_reading_why")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_reading_site_id_site"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("site_id", "address_key", name=op.f("uq_reading_site_id_address_key")),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index("ix_reading_due", ["state", "due_at"], unique=False)

    op.create_table(
        "post_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("address_key", sa.String(length=1000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_post_address_post_id_post"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_post_address_site_id_site"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_address")),
        sa.UniqueConstraint("site_id", "address_key", name=op.f("uq_post_address_site_id_address_key")),
    )
    with op.batch_alter_table("post_address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_address_post_id"), ["post_id"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("heading", sa.String(length=300), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("closes", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("signs", sa.JSON(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("blocks", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("former_heading", sa.String(length=300), nullable=True),
        sa.Column("former_prompt", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind in ('reaction', 'question_call')", name=op.f("ck_draft_kind")),
        sa.CheckConstraint(
            "state in ('waiting', 'accepted', 'dismissed', 'gone')", name=op.f("ck_draft_state")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_draft_decided_by_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_draft_post_id_post"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_draft_site_id_site"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_draft_thread_id_thread"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("post_id", "digest", name=op.f("uq_draft_post_id_digest")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_decided_by"), ["decided_by"], unique=False)
        batch_op.create_index("ix_draft_desk", ["site_id", "state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_thread_id"), ["thread_id"], unique=False)

    op.execute(
        "INSERT INTO post_address (site_id, post_id, address_key, created_at) "
        "SELECT site_id, id, address_key, created_at FROM post"
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("content_hash", sa.String(length=64), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_post_site_id_address_key"), type_="unique")
        batch_op.drop_column("address_key")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.alter_column("content_hash", server_default=None)

    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("default_prompt", sa.Text(), nullable=False, server_default="What is your reaction?")
        )
        batch_op.add_column(sa.Column("opens_from", sa.Double(), nullable=True, server_default="0.8"))
        batch_op.create_check_constraint(
            batch_op.f("ck_site_opens_from"), "opens_from >= 0 AND opens_from <= 1"
        )
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.alter_column("default_prompt", server_default=None)
        batch_op.alter_column("opens_from", server_default=None)

    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stands_in", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.alter_column("stands_in", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.drop_column("stands_in")

    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_site_opens_from"), type_="check")
        batch_op.drop_column("opens_from")
        batch_op.drop_column("default_prompt")

    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(sa.Column("address_key", sa.String(length=1000), nullable=True))
    op.execute(
        "UPDATE post SET address_key = coalesce((SELECT address_key FROM post_address "
        "WHERE post_address.post_id = post.id ORDER BY post_address.id LIMIT 1), address)"
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.alter_column("address_key", existing_type=sa.String(length=1000), nullable=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_post_site_id_address_key"), ["site_id", "address_key"]
        )
        batch_op.drop_column("read_at")
        batch_op.drop_column("published_at")
        batch_op.drop_column("content_hash")

    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_thread_id"))
        batch_op.drop_index("ix_draft_desk")
        batch_op.drop_index(batch_op.f("ix_draft_decided_by"))

    op.drop_table("draft")
    with op.batch_alter_table("post_address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_address_post_id"))

    op.drop_table("post_address")
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.drop_index("ix_reading_due")

    op.drop_table("reading")
    with op.batch_alter_table("feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_due_at"))

    op.drop_table("feed")
