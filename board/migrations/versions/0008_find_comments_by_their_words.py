"""Find comments by their words, and by what else tells who wrote them: the name, the network of that day.

The index holds words that the program has cut (board/comments/searching.py), so it is filled by
`board migrate` after the schema has changed, and not here.
"""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index("ix_comment_name", ["author_name"], unique=False)
        batch_op.create_index("ix_comment_network", ["network"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE comment_fts USING fts5(words, tokenize = 'ascii')")
        op.execute(
            "CREATE TRIGGER comment_fts_forget AFTER DELETE ON comment "
            "BEGIN DELETE FROM comment_fts WHERE rowid = old.id; END"
        )
        return
    op.execute(
        "CREATE TABLE comment_fts ("
        "comment_id integer PRIMARY KEY REFERENCES comment (id) ON DELETE CASCADE, "
        "words tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_comment_fts_words ON comment_fts USING gin (words)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER comment_fts_forget")
    op.execute("DROP TABLE comment_fts")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index("ix_comment_network")
        batch_op.drop_index("ix_comment_name")
