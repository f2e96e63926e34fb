"""Writing, previewing, editing and withdrawing a comment: without an account, a cookie or script."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from board.comments import queries
from board.comments.forms import CommentForm, WordsForm
from board.comments.judging import CommentRefused
from board.comments.models import Comment
from board.comments.ownership import edit, edit_ends_at, link_token, may_edit, own_comment, withdraw
from board.comments.places import Place, led_on, present, wants_fragment
from board.comments.sending import TRIES, counted, sent_comment, to_own_comment, write_down
from board.comments.submission import ParentGone, require_open
from board.comments.versions import words_of_writer
from board.extensions import csrf, db, limiter
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, guarded
from board.text.differences import differences
from board.threads.models import Thread
from board.threads.queries import thread_for

bp = Blueprint("comments", __name__)
csrf.exempt(bp)  # these forms carry a token of our own: readers have no session


def comment_form(thread_id: int) -> CommentForm:
    return CommentForm(context=["comment", thread_id])


def about_the_thread() -> list[Any]:
    return ["comment", (request.view_args or {})["thread_id"]]


@bp.get("/t/<int:thread_id>/write")
@bp.get("/t/<int:thread_id>/reply/<int:parent_id>", endpoint="reply")
@guarded(Action.READ)
def write(thread_id: int, parent_id: int | None = None) -> ResponseReturnValue:
    """The form on a page of its own: what a reply link leads to without script."""
    thread = thread_for(thread_id)
    if thread.id != thread_id:
        return led_on(thread)
    parent = queries.answerable(thread.id, parent_id) if parent_id is not None else None
    if parent_id is not None and parent is None:
        raise NotFound
    place = present(thread.site, request.args)
    return _form_page(place, thread, parent, comment_form(thread.id))


@bp.post("/t/<int:thread_id>/comments")
@bp.post("/t/<int:thread_id>/comments/<int:parent_id>", endpoint="create_reply")
@guarded(Action.COMMENT)
@counted(about_the_thread)
def create(thread_id: int, parent_id: int | None = None) -> ResponseReturnValue:
    form, draft = sent_comment(about_the_thread())
    thread = thread_for(thread_id)
    place = present(thread.site, request.args, personal=True)
    require_open(thread.status)
    if draft is None:
        return _form_page(place, thread, _parent(thread, parent_id), form), 422
    try:
        token = write_down(thread, parent_id, draft, now=clock.now())
    except CommentRefused as refusal:
        form.refuse(refusal)
        return _form_page(place, thread, _parent(thread, parent_id), form), 422
    db.session.commit()
    return to_own_comment(place, token)


@bp.post("/t/<int:thread_id>/preview")
@bp.post("/t/<int:thread_id>/preview/<int:parent_id>", endpoint="preview_reply")
@guarded(Action.COMMENT)
@limiter.shared_limit(TRIES, scope="previews")  # type: ignore[untyped-decorator, unused-ignore]
def preview(thread_id: int, parent_id: int | None = None) -> ResponseReturnValue:
    form, draft = sent_comment(about_the_thread())
    thread = thread_for(thread_id)
    place = present(thread.site, request.args, personal=True)
    require_open(thread.status)
    page = _form_page(
        place, thread, _parent(thread, parent_id), form, preview=draft.rendered.html if draft else None
    )
    return page, 200 if draft else 422


@bp.get("/own/<token>")
@guarded(Action.READ)
def own(token: str) -> ResponseReturnValue:
    """A reader's own comment, waiting or published, with what they may do with it."""
    comment = own_comment(token)
    place = present(comment.thread.site, request.args, personal=True)
    return _own_page(place, comment, token, _edit_form(comment))


@bp.post("/own/<token>/edit")
@guarded(Action.MANAGE_OWN_COMMENT)
@limiter.limit(TRIES, scope="edits")  # type: ignore[untyped-decorator, unused-ignore]
def change(token: str) -> ResponseReturnValue:
    form = WordsForm(context=["own", token])
    draft = form.draft() if form.validate_on_submit() else None
    comment = own_comment(token, for_change=True)
    place = present(comment.thread.site, request.args, personal=True)
    if draft is None:
        return _own_page(place, comment, token, form), 422
    try:
        edit(comment, draft, window_seconds=_edit_window(), now=clock.now())
    except CommentRefused as refusal:
        form.refuse(refusal)
        return _own_page(place, comment, token, form), 422
    db.session.commit()
    return to_own_comment(place, token)


@bp.post("/own/<token>/withdraw")
@guarded(Action.MANAGE_OWN_COMMENT)
def take_back(token: str) -> ResponseReturnValue:
    comment = own_comment(token, for_change=True)
    place = present(comment.thread.site, request.args, personal=True)
    withdraw(comment, now=clock.now())
    db.session.commit()
    return to_own_comment(place, token)


def _parent(thread: Thread, parent_id: int | None) -> Comment | None:
    if parent_id is None:
        return None
    parent = queries.answerable(thread.id, parent_id)
    if parent is None:
        raise ParentGone
    return parent


def _form_page(
    place: Place, thread: Thread, parent: Comment | None, form: CommentForm, preview: str | None = None
) -> str:
    piece = "comments/_form.html" if thread.accepts_comments else "conversation/_closed.html"
    template = piece if wants_fragment() else "comments/write.html"
    return render_template(
        template, place=place, thread=thread, site=thread.site, parent=parent, form=form, preview=preview
    )


def _own_page(place: Place, comment: Comment, token: str, form: WordsForm) -> str:
    template = "comments/_own.html" if wants_fragment() else "comments/own.html"
    window = _edit_window()
    return render_template(
        template,
        place=place,
        comment=comment,
        thread=comment.thread,
        site=comment.thread.site,
        token=token,
        form=form,
        editable=may_edit(comment, window_seconds=window, now=clock.now()),
        edit_ends_at=edit_ends_at(comment, window),
        changed=differences(words_of_writer(comment), comment.source) if comment.staff_edited_at else None,
    )


def _edit_form(comment: Comment) -> WordsForm:
    form = WordsForm(context=["own", link_token(comment)], formdata=None)
    form.name.data, form.source.data = comment.author_name, comment.source
    return form


def _edit_window() -> int:
    return int(current_app.config["BOARD"].edit_window_seconds)
