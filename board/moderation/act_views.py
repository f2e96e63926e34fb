"""Acts that begin with words: returning with a note, replying and approving, editing.

Each has a page of its own, which script shows in its place in the queue.
"""

from __future__ import annotations

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from board.extensions import db
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation import queries
from board.moderation.act_forms import NoteForm, ReplyForm, StaffForm, TextForm
from board.moderation.acts import Act, fits
from board.moderation.decisions import decide
from board.moderation.forms import selection_from
from board.moderation.presenting import item_words
from board.moderation.replying import reply
from board.moderation.surroundings import Item, item_for
from board.moderation.views import back_to_queue, bp
from board.moderation.wording import outcome_in_words, replied_in_words

FORMS: dict[Act, type[StaffForm]] = {Act.RETURN: NoteForm, Act.REPLY: ReplyForm, Act.EDIT: TextForm}


@bp.get("/comments/<int:comment_id>/<any(return, reply, edit):act>")
@guarded(Action.SEE_QUEUE)
def act_page(comment_id: int, act: str) -> ResponseReturnValue:
    item, form = item_for(Action.DECIDE, current_actor(), comment_id), FORMS[Act(act)](formdata=None)
    if act == Act.EDIT:
        form.source.data = item.comment.source
    if not fits(Act(act), item.comment):
        raise NotFound
    return _page(item, Act(act), form)


@bp.post("/comments/<int:comment_id>/return")
@guarded(Action.DECIDE)
def return_comment(comment_id: int) -> ResponseReturnValue:
    return _decide_with(NoteForm(), comment_id, Act.RETURN)


@bp.post("/comments/<int:comment_id>/edit")
@guarded(Action.DECIDE)
def edit_comment(comment_id: int) -> ResponseReturnValue:
    return _decide_with(TextForm(), comment_id, Act.EDIT)


@bp.post("/comments/<int:comment_id>/reply")
@guarded(Action.DECIDE)
def reply_to_comment(comment_id: int) -> ResponseReturnValue:
    """Publishes the answer, and the comment with it if it waited."""
    actor, form, now = current_actor(), ReplyForm(), clock.now()
    is_valid = form.validate_on_submit()
    comment = queries.comment_for(Action.DECIDE, actor, comment_id)
    if not is_valid:
        return _page(item_for(Action.DECIDE, actor, comment_id), Act.REPLY, form), 422
    secret = current_app.config["BOARD"].secret
    read = form.what_was_read()
    replied = reply(comment, form.draft(actor.name), actor, read=read, secret=secret, now=now)
    words = replied_in_words(replied, actor)
    if replied.reply is None:
        return _refused(comment_id, Act.REPLY, form, words)
    batch = replied.approval.batch if replied.is_new else ""
    db.session.commit()
    return back_to_queue(words, batch)


def _decide_with(form: NoteForm | TextForm, comment_id: int, act: Act) -> ResponseReturnValue:
    actor = current_actor()
    is_valid = form.validate_on_submit()
    comment = queries.comment_for(Action.DECIDE, actor, comment_id)
    if not is_valid:
        return _page(item_for(Action.DECIDE, actor, comment_id), act, form), 422
    outcome = decide([comment], act, actor, now=clock.now(), said=form.said(), read=form.what_was_read())
    words = outcome_in_words(outcome, actor)
    if not outcome.decided:
        return _refused(comment_id, act, form, words)
    db.session.commit()
    return back_to_queue(words, outcome.batch)


def _refused(comment_id: int, act: Act, form: StaffForm, words: list[str]) -> ResponseReturnValue:
    """The page once more, with the comment as it is now and what was typed kept. Nothing was changed."""
    db.session.rollback()
    item = item_for(Action.DECIDE, current_actor(), comment_id)
    return _page(item, act, form, words), 409


def _page(item: Item, act: Act, form: StaffForm, words: list[str] | None = None) -> str:
    return render_template(
        "moderation/act.html",
        item=item,
        act=act,
        form=form,
        words=words or [],
        selection=selection_from(request.args),
        **item_words(),
    )
