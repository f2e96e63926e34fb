"""Erasing everything: a page that says what will happen, and the button that does it."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Action, guarded
from board.private.asking import bp
from board.private.erasing import erase, plan_for
from board.private.links import was_erased
from board.private.views import opened
from board.subscriptions.views import masked


@bp.get("/me/<token>/erase")
@guarded(Action.READ)
def to_erase(token: str) -> ResponseReturnValue:
    owner = opened(token)
    email = owner.reader.email
    return render_template("private/erase.html", token=token, address=masked(email), plan=plan_for(email))


@bp.post("/me/<token>/erase")
@guarded(Action.MANAGE_OWN_THINGS)
def erase_everything(token: str) -> ResponseReturnValue:
    """Pressing it twice is answered like the first time."""
    now = clock.now()
    if not was_erased(token, now):
        erase(opened(token).reader.email, now)
    db.session.commit()
    return redirect(url_for("private.erased"), code=303)


@bp.get("/me/erased")
@guarded(Action.READ)
def erased() -> ResponseReturnValue:
    return render_template("private/erased.html")
