"""Finding comments by their words: one interface, the same results on both databases.

Each comment's name and text are cut into words here, in Python, and the databases only store and look up
what they are given: SQLite in an FTS5 table that splits at spaces, PostgreSQL in a tsvector of ready lexemes.
So case, accents and scripts count alike everywhere, and nothing a person types is ever read as a query
language. The index is written in the transaction that writes the words.

Where a script leaves no space between words, each letter is a word and what somebody looks for is a phrase.
PostgreSQL keeps the first 255 places of a word in one comment; a phrase is not found behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    column,
    event,
    inspect,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.orm import Mapper

from board.comments.letters import fold, tokens
from board.comments.models import Comment
from board.extensions import db
from board.text import plain

MAX_QUERY_CHARS = 200  # of what somebody looks for; the rest is not looked at
MAX_WORD_CHARS = 100  # PostgreSQL takes lexemes of at most 2 kB
BEGINS_FROM_CHARS = 3  # "sil" finds silence; "so" finds so, and not some, soon and society
BEGINS_FROM_CHARS_ELSEWHERE = 2  # words of other scripts are shorter
ROWS_AT_ONCE = 500
TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
QUOTES = str.maketrans("“”„‟«»", '""""""')
PUT = {
    "sqlite": text("INSERT OR REPLACE INTO comment_fts (rowid, words) VALUES (:id, :words)"),
    "postgresql": text(
        "INSERT INTO comment_fts (comment_id, words) VALUES (:id, CAST(:words AS tsvector)) "
        "ON CONFLICT (comment_id) DO UPDATE SET words = excluded.words"
    ),
}
MATCHES = {
    "sqlite": "comment_fts MATCH :wanted",
    "postgresql": "words @@ CAST(:wanted AS tsquery)",
}
KEY = {"sqlite": "rowid", "postgresql": "comment_id"}


@dataclass(frozen=True)
class Term:
    """Words that follow each other. `begins`: the last may go on."""

    words: tuple[str, ...]
    begins: bool


def terms_of(query: str) -> list[Term]:
    """What somebody looks for: words that all must be there, in "quotes" exactly so and in this order."""
    found = TERM.findall(query.translate(QUOTES)[:MAX_QUERY_CHARS].replace("\x00", " "))
    phrases = [(_words(quoted or bare), not quoted) for quoted, bare in found]
    terms = [Term(words, is_bare and _may_go_on(words[-1])) for words, is_bare in phrases if words]
    return list(dict.fromkeys(terms))


def ids_with(terms: Sequence[Term]) -> Select[int]:
    """The ids of all comments that say all of `terms`, whatever their status. No terms: no ids."""
    dialect = db.engine.dialect.name
    key = literal_column(KEY[dialect], Integer)
    query = select(key).select_from(table("comment_fts", column("words")))
    if not terms:
        return query.where(text("1 = 0"))
    wanted = _as_fts5(terms) if dialect == "sqlite" else _as_tsquery(terms)
    return query.where(text(MATCHES[dialect]).bindparams(wanted=wanted))


def index_missing() -> int:
    """Index the comments that are not yet in the index, and commit: how many there were.

    After an upgrade, or where comments were written past the models.
    """
    key = KEY[db.engine.dialect.name]
    is_missing = text(f"NOT EXISTS (SELECT 1 FROM comment_fts WHERE comment_fts.{key} = comment.id)")  # noqa: S608
    query = select(Comment.id, Comment.author_name, Comment.html).where(is_missing).order_by(Comment.id)
    count = last = 0
    while rows := db.session.execute(query.where(Comment.id > last).limit(ROWS_AT_ONCE)).all():
        _put(db.session.connection(), [(row.id, row.author_name, row.html) for row in rows])
        db.session.commit()
        count, last = count + len(rows), rows[-1].id
    return count


@event.listens_for(Comment, "after_insert")
def _index_new(_mapper: Mapper[Any], connection: Connection, comment: Comment) -> None:
    _put(connection, [(comment.id, comment.author_name, comment.html)])


@event.listens_for(Comment, "after_update")
def _index_changed(_mapper: Mapper[Any], connection: Connection, comment: Comment) -> None:
    state = inspect(comment)
    if state.attrs.html.history.has_changes() or state.attrs.author_name.history.has_changes():
        _put(connection, [(comment.id, comment.author_name, comment.html)])


def _put(connection: Connection, rows: Iterable[tuple[int, str, str]]) -> None:
    dialect = connection.dialect.name
    written = " ".join if dialect == "sqlite" else _as_vector
    values = [{"id": key, "words": written(_words(f"{name}\n{plain(html)}"))} for key, name, html in rows]
    connection.execute(PUT[dialect], values)


def _words(raw: str) -> tuple[str, ...]:
    return tuple(word[:MAX_WORD_CHARS] for word in tokens(fold(raw)))


def _may_go_on(word: str) -> bool:
    return len(word) >= (BEGINS_FROM_CHARS if word.isascii() else BEGINS_FROM_CHARS_ELSEWHERE)


def _as_fts5(terms: Iterable[Term]) -> str:
    """ "one two thr" * AND "four". Words hold letters, digits and marks alone, so nothing needs escaping."""
    return " AND ".join(f'"{" ".join(term.words)}"{" *" if term.begins else ""}' for term in terms)


def _as_tsquery(terms: Iterable[Term]) -> str:
    """('one' <-> 'two' <-> 'thr':*) & ('four')."""
    phrases = (" <-> ".join(f"'{word}'" for word in term.words) + ":*" * term.begins for term in terms)
    return " & ".join(f"({phrase})" for phrase in phrases)


def _as_vector(words: Sequence[str]) -> str:
    """'one':1,3 'two':2. Places beyond what PostgreSQL keeps are left away by itself."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate(words, 1):
        places.setdefault(word, []).append(str(place))
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())
