"""The pages behind the links in mail. Opening one changes nothing; its button does.

Mail scanners open every link, and some press what they find by script: there is no script here.
"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from board.extensions import csrf, db
from board.foundation import clock, templating
from board.foundation.errors import BoardError
from board.foundation.permissions import Action, guarded
from board.subscriptions import queries
from board.subscriptions.confirming import confirm_all, reader_of, what_is_asked
from board.subscriptions.unsubscribing import Scope, leave, open_scopes, ticket_of

bp = Blueprint("subscriptions", __name__)
csrf.exempt(bp)  # whoever holds the token in the address may act; readers have no session
ONE_CLICK = "One-Click"  # RFC 8058, 3.1


class ScopeUnclear(BoardError):
    """The form named none of our choices."""

    title = _l("What would you like to stop?")
    words = _l("Please go back and choose one of the buttons.")


@bp.get("/confirm/<token>")
@guarded(Action.READ)
def confirmation(token: str) -> ResponseReturnValue:
    """What is to be confirmed, and a button; afterwards, that it is."""
    reader = reader_of(token, clock.now())
    site = queries.site(reader.site_id)
    templating.speak(site.language)
    pending = queries.pending_of(reader.id)
    is_done = reader.confirmed_at is not None and not pending
    return render_template(
        "subscriptions/confirm.html",
        site=site,
        token=token,
        is_done=is_done,
        address=masked(reader.email),
        **what_is_asked(pending),
    )


@bp.post("/confirm/<token>")
@guarded(Action.CONFIRM_SUBSCRIPTION)
def confirm(token: str) -> ResponseReturnValue:
    now = clock.now()
    confirm_all(reader_of(token, now), now)
    db.session.commit()
    return redirect(url_for("subscriptions.confirmation", token=token), code=303)


@bp.get("/unsubscribe/<token>")
@bp.get("/unsubscribe/<token>/one-click", endpoint="leaving_at_once")
@guarded(Action.READ)
def leaving(token: str) -> ResponseReturnValue:
    """What mail there still is, and a button for each way to stop it."""
    ticket = ticket_of(token)
    site = queries.site(ticket.reader.site_id) if ticket else None
    if site is not None:
        templating.speak(site.language)
    return render_template(
        "subscriptions/unsubscribe.html",
        token=token,
        scopes=[scope.value for scope in open_scopes(ticket)] if ticket else [],
        ticket=ticket,
        site=site,
    )


@bp.post("/unsubscribe/<token>")
@guarded(Action.UNSUBSCRIBE)
def stop(token: str) -> ResponseReturnValue:
    """Raises ScopeUnclear."""
    ticket = ticket_of(token)
    try:
        scope = Scope(request.form.get("scope", ""))
    except ValueError:
        raise ScopeUnclear from None
    if ticket is not None:
        leave(ticket, scope, clock.now())
    db.session.commit()
    return redirect(url_for("subscriptions.leaving", token=token), code=303)


@bp.post("/unsubscribe/<token>/one-click")
@guarded(Action.UNSUBSCRIBE_BY_MAIL_PROGRAM)
def leave_at_once(token: str) -> ResponseReturnValue:
    """A mail program says that its user wants no more mail like this one (RFC 8058). Raises ScopeUnclear."""
    ticket = ticket_of(token)
    if request.form.get("List-Unsubscribe") != ONE_CLICK:
        raise ScopeUnclear
    if ticket is not None:
        leave(ticket, ticket.scope, clock.now())
    db.session.commit()
    return "", 200


def masked(email: str) -> str:
    """Enough of an address for its owner to know it, too little for anybody else."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}…@{domain}"
