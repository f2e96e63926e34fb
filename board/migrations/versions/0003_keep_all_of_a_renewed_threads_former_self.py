"""Keep all of a renewed thread's former self: its kind, and whether it stood under the default prompt.

Without them new words that were taken back left the kind behind.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("former_kind", sa.String(length=20), nullable=True))
        batch_op.add_column(
            sa.Column("former_stands_in", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.alter_column("former_stands_in", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_column("former_stands_in")
        batch_op.drop_column("former_kind")
