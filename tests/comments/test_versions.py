"""Words are never lost when others are put in their place."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board import text
from board.comments.drafting import Draft
from board.comments.models import Comment, CommentVersion, Status
from board.comments.versions import replace_words, staff_edit, take_back_edit, versions_of, words_of_writer
from board.foundation import clock
from board.sites.models import Policy
from board.threads.models import Thread
from tests.comments.handling import handle, own_link
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, form_values, tree, words


def draft(source: str, name: str = "Ada") -> Draft:
    return Draft(name=name, source=source, rendered=text.render(source))


def former(session: Session, comment: Comment) -> list[tuple[str, int | None]]:
    session.expire_all()
    rows = session.scalars(select(CommentVersion).where(CommentVersion.comment_id == comment.id))
    return [(row.source, row.account_id) for row in rows.all()]


def rewrite(app: Flask, comment: Comment, source: str, account_id: int) -> int:
    """A moderator's edit; the id of the version that keeps what stood there."""
    version = handle(app, comment, lambda one: staff_edit(one, source, account_id, clock.now()))
    assert version is not None
    return version.id


def test_replaced_words_are_kept_and_the_new_ones_are_shown_rendered(
    app: Flask, session: Session, makers: Makers
) -> None:
    comment = makers.comment(source="First words.")
    digest = comment.text_digest
    handle(
        app, comment, lambda one: replace_words(one, draft("*Second*"), by_account_id=None, now=clock.now())
    )
    assert former(session, comment) == [("First words.", None)]
    assert (comment.source, comment.html.strip()) == ("*Second*", "<p><em>Second</em></p>")
    assert comment.text_digest != digest


def test_the_same_words_once_more_are_no_version(app: Flask, session: Session, makers: Makers) -> None:
    comment = makers.comment(source="First words.")
    handle(
        app,
        comment,
        lambda one: replace_words(one, draft("First words."), by_account_id=None, now=clock.now()),
    )
    assert former(session, comment) == []


def test_versions_of_many_comments_are_found_oldest_first(app: Flask, makers: Makers) -> None:
    one, other, untouched = (makers.comment(source="First words.") for _ in range(3))
    for comment in (one, other):
        for source in ("Second.", "Third."):
            rewrite(app, comment, source, makers.account().id)
    ids = [one.id, other.id, untouched.id]
    found = handle(app, one, lambda _: versions_of(ids))
    assert {number: [version.source for version in versions] for number, versions in found.items()} == {
        one.id: ["First words.", "Second."],
        other.id: ["First words.", "Second."],
    }


def test_a_moderators_edit_is_marked_and_the_thread_has_changed(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment, account = makers.comment(source="Call me: 555 0100"), makers.account()
    revision = session.get_one(Thread, comment.thread_id).revision
    rewrite(app, comment, "Call me: (number removed)", account.id)
    page = client.get(f"/t/{comment.thread_id}")
    assert "edited by the moderators" in words(page)
    assert "555 0100" not in page.get_data(as_text=True)
    assert former(session, comment) == [("Call me: 555 0100", account.id)]
    assert session.get_one(Thread, comment.thread_id).revision == revision + 1


def test_the_writer_sees_their_own_words_beside_the_moderators(
    app: Flask, client: FlaskClient, makers: Makers
) -> None:
    comment = makers.comment(source="Call me: 555 0100")
    rewrite(app, comment, "Call me: gladly", makers.account().id)
    rewrite(app, comment, "Write to me: gladly", makers.account().id)
    page = client.get(own_link(app, comment))
    assert "The moderators changed your words" in words(page)
    [own] = tree(page).cssselect("[data-former]")
    assert " ".join(own.text_content().split()) == "Call me: 555 0100"
    assert "Change it" not in words(page)


def test_what_a_moderator_changed_the_writer_cannot_change_back(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    """Within the time for changes, on a blog that publishes at once, nobody would have read it again."""
    thread = makers.thread(makers.site(policy=Policy.PUBLISH.value))
    comment = makers.comment(thread, source="Call me: 555 0100")
    link = own_link(app, comment)
    action, values = form_values(client.get(link), "/edit")
    rewrite(app, comment, "Call me.", makers.account().id)
    answer = client.post(action, data=values)
    assert answer.status_code == 409
    assert "555 0100" in words(answer)
    assert client.post(f"{link}/withdraw").status_code == 303
    session.expire_all()
    assert (comment.source, comment.status) == ("Call me.", Status.WITHDRAWN)


def test_an_edit_can_be_taken_back_until_the_words_changed_again(
    app: Flask, session: Session, makers: Makers
) -> None:
    comment, account = makers.comment(source="First *words*."), makers.account()
    first = rewrite(app, comment, "Second.", account.id)
    second = rewrite(app, comment, "Third.", account.id)
    assert handle(app, comment, lambda one: take_back_edit(one, first)) is False
    assert handle(app, comment, lambda one: take_back_edit(one, second)) is True
    session.expire_all()
    assert (comment.source, comment.staff_edited_at is None) == ("Second.", False)
    assert handle(app, comment, lambda one: take_back_edit(one, first)) is True
    session.expire_all()
    assert (comment.html.strip(), comment.staff_edited_at) == ("<p>First <em>words</em>.</p>", None)
    assert former(session, comment) == []


def test_a_writers_own_edit_keeps_what_they_had_said(
    app: Flask, client: FlaskClient, session: Session, makers: Makers
) -> None:
    comment = makers.comment(status=Status.PENDING, source="First words.")
    fill_and_send(client, own_link(app, comment), "/edit", source="Second words.")
    assert former(session, comment) == [("First words.", None)]
    with app.app_context():
        assert words_of_writer(comment) == "Second words."


def test_the_original_is_known_when_the_moderators_account_is_gone(
    app: Flask, session: Session, makers: Makers
) -> None:
    comment, account = makers.comment(source="First words."), makers.account(role=None)
    rewrite(app, comment, "Second.", account.id)
    session.delete(session.merge(account))
    session.commit()
    assert handle(app, comment, words_of_writer) == "First words."
