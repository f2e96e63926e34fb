"""The desk's mail page: what waits, what went out, what failed and why; and another try."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from board.extensions import db
from board.foundation import clock
from board.foundation.errors import BoardError
from board.foundation.paging import Page
from board.foundation.permissions import Action, current_actor, guarded
from board.mail import queries, wording
from board.mail.composing import Unmailable, compose
from board.mail.files import mail_folder
from board.mail.health import present_health
from board.mail.models import OutboxMessage, OutboxState
from board.mail.outbox import RETRYABLE, retry, retry_all

bp = Blueprint("mail", __name__, url_prefix="/desk/mail")


class NoFile(BoardError):
    """The row cannot be made into a mail, or its words are for nobody else; its page says which."""

    status = 409


@bp.get("")
@guarded(Action.SEE_MAIL)
def messages() -> ResponseReturnValue:
    actor, kind = current_actor(), request.args.get("kind", "")
    view = request.args.get("view", "")
    view = view if view in queries.VIEWS else "waiting"
    page = queries.messages_page(actor, view, kind, _number(request.args.get("before")))
    return _listed(page, view=view, kind=kind, kinds=queries.kinds(actor, view))


@bp.post("/find")
@guarded(Action.SEE_MAIL)
def find() -> ResponseReturnValue:
    """Asked by POST: no address stands in anybody's history or logs."""
    address = request.form.get("address", "").replace("\0", "").strip()
    return _listed(queries.messages_to(current_actor(), address), view="", address=address)


@bp.post("/retry")
@guarded(Action.RETRY_MAIL)
def try_all_again() -> ResponseReturnValue:
    """All failed mail of the sites that are the actor's, or only one kind of it."""
    actor, kind = current_actor(), request.form.get("kind", "").replace("\0", "")
    sites = actor.sites_for(Action.RETRY_MAIL)
    number = retry_all([OutboxState.FAILED], clock.now(), kind=kind, sites=sites)
    flash(ngettext("%(num)d mail will be tried again.", "%(num)d mails will be tried again.", number), "said")
    db.session.commit()
    return redirect(url_for("mail.messages"), code=303)


def _listed(page: Page[OutboxMessage], **chosen: Any) -> str:
    actor = current_actor()
    return render_template(
        "mail_desk/messages.html",
        page=page,
        counts=queries.counts(actor),
        health=present_health(actor, clock.now()),
        folder=_folder(),
        sees_all=actor.may(Action.SEE_MAIL),
        wording=wording,
        **chosen,
    )


@bp.get("/<int:message_id>")
@guarded(Action.SEE_MAIL)
def message(message_id: int) -> ResponseReturnValue:
    actor = current_actor()
    message = queries.message_for(Action.SEE_MAIL, actor, message_id)
    may_retry = message.state in RETRYABLE and actor.may(Action.RETRY_MAIL, message.site_id)
    return render_template(
        "mail_desk/message.html", message=message, may_retry=may_retry, folder=_folder(), wording=wording
    )


@bp.get("/<int:message_id>/file")
@guarded(Action.SEE_MAIL)
def file(message_id: int) -> ResponseReturnValue:
    """The mail as a mail program would receive it. Raises NoFile."""
    message = queries.message_for(Action.SEE_MAIL, current_actor(), message_id)
    if message.kind in wording.SEALED:
        raise NoFile
    try:
        parcel = compose(message, mail_from=current_app.config["BOARD"].mail_from, now=message.created_at)
    except Unmailable:
        raise NoFile from None
    answer = Response(parcel.raw, mimetype="message/rfc822")
    answer.headers.set("Content-Disposition", "attachment", filename=f"mail-{message.id}.eml")
    return answer


@bp.post("/<int:message_id>/retry")
@guarded(Action.RETRY_MAIL)
def try_again(message_id: int) -> ResponseReturnValue:
    message = queries.message_for(Action.RETRY_MAIL, current_actor(), message_id)
    retry(message, clock.now())
    flash(_("The mail will be tried again in a moment."), "said")
    db.session.commit()
    return redirect(url_for("mail.message", message_id=message_id), code=303)


def _folder() -> str:
    """Where mail is written when no server is set; empty otherwise."""
    settings = current_app.config["BOARD"]
    return "" if settings.smtp_host else str(mail_folder(settings))


def _number(raw: str | None) -> int | None:
    is_one = raw is not None and raw.isascii() and raw.isdecimal() and len(raw) < 10
    return int(raw or 0) if is_one else None
