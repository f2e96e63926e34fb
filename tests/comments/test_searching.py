"""Finding comments by their words: alike on both databases, in any script, whatever is typed."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from board.comments.models import Comment
from board.comments.searching import ids_with, index_missing, terms_of
from board.comments.versions import staff_edit
from board.extensions import db
from board.foundation import clock
from board.text import plain
from tests.support.makers import Makers

TEXTS = {
    "silence": "A silence that lasts is an **answer**, too.",
    "cafe": "The CAFÉ at the corner; naïve me, I waited there.",
    "link": "Read [my list](https://books.casino.example/win?now=1) first.",
    "german": "Die Straße war leer, und die Größe zählt nicht.",
    "greek": "Η σιωπή είναι απάντηση.",
    "russian": "Молчание — тоже ответ, ёлки-палки.",
    "arabic": "الصمت جواب أيضا",
    "hindi": "मौन भी एक उत्तर है",
    "japanese": "沈黙も答えのひとつだと思います。",
    "chinese": "沉默也是一种回答。",
    "korean": "침묵도 하나의 대답이라고 생각한다.",
    "thai": "ความเงียบก็เป็นคำตอบ",
    "code": "I'd write `for x in range(10)` and 3.14 and C++.",
    "many": "again and " * 400 + "then it was over",
}
FOUND = [
    ("silence", {"silence"}),
    ("SILENCE Answer", {"silence"}),
    ("silen", {"silence"}),
    ("ilence", set()),
    ("an", {"silence"}),  # two letters are a word and not its beginning: no "and", no "answer"
    ("cafe", {"cafe"}),
    ("café naive", {"cafe"}),
    ('"is an answer"', {"silence"}),
    ('"answer an is"', set()),
    ("“that lasts”", {"silence"}),
    ('"silen"', set()),  # in quotes exactly so
    ("strasse", {"german"}),
    ("groß", {"german"}),
    ("σιωπη", {"greek"}),
    ("ΑΠΆΝΤΗΣΗ", {"greek"}),
    ("молчание", {"russian"}),
    ("елки", {"russian"}),
    ("ёлки-палки", {"russian"}),
    ("палки-ёлки", set()),
    ("جواب", {"arabic"}),
    ("उत्तर", {"hindi"}),
    ("答え", {"japanese"}),
    ("え答", set()),
    ("回答", {"chinese"}),
    ("沉默 回答", {"chinese"}),
    ("침묵", {"korean"}),
    ("คำตอบ", {"thai"}),
    ("casino.example", {"link"}),
    ("https://books.casino.example/win", {"link"}),
    ("3.14", {"code"}),
    ("range 10", {"code"}),
    ("then it was over", {"many"}),
    ("silence café", set()),
    ("Ｓｉｌｅｎｃｅ", {"silence"}),
]
HOSTILE = [
    '"', '""', '"unended silence', "*", "silence AND", "NOT silence", "NEAR(a b)", "a:b", "words:x", "silence OR answer",
    "'; DROP TABLE comment; --", "\\", "'\\'", "a\x00b", "!&|<->:*", "%", "_", "\u202e", "\ud800", "{}", "x" * 5000,
    "b " * 5000, "沈" * 5000, '"' * 500, " ", "",
]  # fmt: skip
LESS_THAN_IT_SEEMS = [
    "silence*",
    "(silence",
    "silence)",
    "^silence",
    "-silence",
    "'silence':*",
    "silence\x00",
    "+silence!",
]


def found(app: Flask, query: str) -> set[int]:
    with app.test_request_context():  # a request that reads waits for nobody who writes
        wanted = select(Comment.id).where(Comment.id.in_(ids_with(terms_of(query))))
        return set(db.session.scalars(wanted))


@pytest.fixture
def ids(makers: Makers) -> dict[str, int]:
    thread = makers.thread()
    return {name: makers.comment(thread, author_name="Bo", source=words).id for name, words in TEXTS.items()}


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_words_of_any_script_are_found(
    app: Flask, ids: dict[str, int], query: str, expected: set[str]
) -> None:
    assert found(app, query) == {ids[name] for name in expected}


@pytest.mark.parametrize("query", HOSTILE)
def test_nothing_typed_is_read_as_a_query_language(app: Flask, ids: dict[str, int], query: str) -> None:
    assert found(app, query) == set()


@pytest.mark.parametrize("query", LESS_THAN_IT_SEEMS)
def test_signs_around_a_word_are_nothing(app: Flask, ids: dict[str, int], query: str) -> None:
    assert found(app, query) == {ids["silence"]}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60))
def test_whatever_is_typed_the_database_does_not_complain(app: Flask, query: str) -> None:
    assert found(app, query) == set()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_whatever_is_written_is_found_by_its_own_words(app: Flask, makers: Makers, words: str) -> None:
    """Letters of every script, among them those that are younger than the database."""
    comment = makers.comment(author_name="Bo", source=f"Once upon {words}")
    for term in terms_of(plain(comment.html)):  # a sign such as ` is markup, and shown as none
        assert comment.id in found(app, f'"{" ".join(term.words)}"'), term


def test_names_are_found_as_well(app: Flask, makers: Makers) -> None:
    comment = makers.comment(author_name="Zoë Ångström")
    assert found(app, "angstrom") == found(app, '"zoe ångström"') == {comment.id}


def test_a_changed_comment_is_found_by_its_new_words_alone(
    app: Flask, session: Session, makers: Makers
) -> None:
    comment = makers.comment(source="The first words.")
    staff_edit(comment, "The second ones.", makers.account().id, clock.now())
    assert found(app, "second") == set()  # not before the transaction ends
    session.commit()
    assert found(app, "second") == {comment.id}
    assert found(app, "first") == set()
    comment.author_name = "Quentin"
    session.commit()
    assert found(app, "quentin second") == {comment.id}


def test_what_is_rolled_back_is_not_found(app: Flask, session: Session, makers: Makers) -> None:
    comment = makers.comment(source="The first words.")
    staff_edit(comment, "The second ones.", makers.account().id, clock.now())
    session.rollback()
    assert (found(app, "second"), found(app, "first")) == (set(), {comment.id})


def test_a_deleted_comment_is_forgotten(app: Flask, session: Session, makers: Makers) -> None:
    comment = makers.comment(source="Gone tomorrow.")
    session.delete(comment)
    session.commit()
    with app.app_context():
        assert db.session.scalars(ids_with(terms_of("tomorrow"))).all() == []


def test_comments_from_before_the_index_are_put_into_it(app: Flask, session: Session, makers: Makers) -> None:
    old, newer = (makers.comment(source=f"A {word} word.").id for word in ("patient", "hasty"))
    key = "rowid" if session.get_bind().dialect.name == "sqlite" else "comment_id"
    session.execute(text(f"DELETE FROM comment_fts WHERE {key} = {old}"))  # noqa: S608
    session.commit()
    assert found(app, "patient") == set()
    session.commit()
    with app.app_context():
        assert (index_missing(), index_missing()) == (1, 0)
    assert found(app, "word") == {old, newer}
    assert found(app, "patient") == {old}


def test_the_index_lets_a_changed_status_alone(app: Flask, session: Session, makers: Makers) -> None:
    comment = makers.comment(source="Stays.")
    session.execute(update(Comment).where(Comment.id == comment.id).values(status="removed"))
    session.commit()
    assert found(app, "stays") == {comment.id}
