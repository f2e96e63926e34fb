"""Asking for the private link: by typing an address, or with the link to stop a mail."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from board.comments.sending import TRIES
from board.extensions import csrf, db, limiter
from board.foundation import clock
from board.foundation.permissions import Action, guarded
from board.private.forms import AddressForm
from board.private.links import send_to
from board.subscriptions.unsubscribing import ticket_of

bp = Blueprint("private", __name__)
csrf.exempt(bp)  # a form token of our own, or the token in the address: readers have no session
ASKED = "10 per hour"  # from one network; an address gets fewer, whoever asks (links.py)


def sent_form() -> tuple[AddressForm, bool]:
    """The form of the present request, and whether it is in order. Looked at once, before any statement."""
    if "sent_address" not in g:
        form = _form()
        g.sent_address = form, form.validate_on_submit()
    sent: tuple[AddressForm, bool] = g.sent_address
    return sent


def needs_another_look() -> bool:
    return not sent_form()[1]


@bp.get("/me")
@guarded(Action.READ)
def ask() -> ResponseReturnValue:
    return render_template("private/ask.html", form=_form())


@bp.post("/me")
@guarded(Action.ASK_FOR_PRIVATE_LINK)
@limiter.limit(TRIES, scope="private link tries")  # type: ignore[untyped-decorator, unused-ignore]
@limiter.limit(ASKED, scope="private links", exempt_when=needs_another_look)  # type: ignore[untyped-decorator, unused-ignore]
def send() -> ResponseReturnValue:
    form, is_valid = sent_form()
    if not is_valid:
        return render_template("private/ask.html", form=form), 422
    if not form.is_from_a_robot:
        send_to(form.address, clock.now())
    db.session.commit()
    return redirect(url_for("private.asked"), code=303)


@bp.get("/me/sent")
@guarded(Action.READ)
def asked() -> ResponseReturnValue:
    """What happens now: the same page for everybody, known here or not."""
    return render_template("private/asked.html")


@bp.post("/unsubscribe/<token>/private-link")
@guarded(Action.MANAGE_OWN_THINGS)
def send_by_token(token: str) -> ResponseReturnValue:
    """To the address that the mail went to, which nobody needs to type. Raises NotFound."""
    ticket = ticket_of(token)
    if ticket is not None:
        send_to(ticket.reader.email, clock.now())
    db.session.commit()
    return redirect(url_for("private.asked"), code=303)


def _form() -> AddressForm:
    return AddressForm(context=["private link"])
