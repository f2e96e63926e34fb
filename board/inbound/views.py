"""Staff pages: what became of incoming mail, and the addresses that get none; for owners of all blogs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import InputRequired, Length, ValidationError

from board.extensions import db
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.forms import without_nul
from board.foundation.permissions import Action, current_actor, guarded
from board.inbound import receiving, wording
from board.mail import suppression
from board.mail.models import SuppressionReason
from board.readers.registration import MAX_EMAIL_CHARS, AddressUnusable, normalise

SHOWN = 100
bp = Blueprint("inbound", __name__, url_prefix="/desk/mail")


class AddressForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """One address, to be looked up, suppressed or allowed."""

    email = EmailField(
        _l("Email"),
        [InputRequired(_l("Please give an address.")), Length(max=MAX_EMAIL_CHARS)],
        filters=[without_nul],
        render_kw={"autocomplete": "off"},
    )
    address = ""

    def validate_email(self, field: EmailField) -> None:
        try:
            self.address = normalise(field.data or "")
        except AddressUnusable:
            raise ValidationError(_l("This does not look like an email address.")) from None


@bp.get("/inbox")
@guarded(Action.SEE_MAIL)
def read() -> ResponseReturnValue:
    _require_owner_of_all(Action.SEE_MAIL)
    address = current_app.config["BOARD"].inbox_address
    read = receiving.latest(SHOWN)
    return render_template("mail_desk/inbox.html", read=read, address=address, wording=wording)


@bp.get("/suppressed")
@guarded(Action.SEE_MAIL)
def suppressed() -> ResponseReturnValue:
    _require_owner_of_all(Action.SEE_MAIL)
    return _page(AddressForm(formdata=None))


@bp.post("/suppressed/look")
@guarded(Action.SEE_MAIL)
def look() -> ResponseReturnValue:
    """Asked by POST: no address stands in anybody's history or logs."""
    _require_owner_of_all(Action.SEE_MAIL)
    form = AddressForm()
    if not form.validate_on_submit():
        return _page(form), 422
    return _page(form, looked_up=form.address, found=suppression.found(form.address))


@bp.post("/suppressed/add")
@guarded(Action.RETRY_MAIL)
def suppress() -> ResponseReturnValue:
    _require_owner_of_all(Action.RETRY_MAIL)
    form = AddressForm()
    if not form.validate_on_submit():
        return _page(form), 422
    suppression.suppress(form.address, SuppressionReason.STAFF, "", clock.now())
    flash(_("Nothing more is sent to that address."), "said")
    db.session.commit()
    return redirect(url_for("inbound.suppressed"), code=303)


@bp.post("/suppressed/lift")
@guarded(Action.RETRY_MAIL)
def lift() -> ResponseReturnValue:
    _require_owner_of_all(Action.RETRY_MAIL)
    form = AddressForm()
    if not form.validate_on_submit():
        return _page(form), 422
    suppression.lift(form.address)
    flash(_("Mail is sent to that address again, as far as its owner wants it."), "said")
    db.session.commit()
    return redirect(url_for("inbound.suppressed"), code=303)


def _page(form: AddressForm, **looked: Any) -> str:
    return render_template(
        "mail_desk/suppressed.html", form=form, counts=suppression.counts(), wording=wording, **looked
    )


def _require_owner_of_all(action: Action) -> None:
    """An address is no one site's. Raises NotFound."""
    if not current_actor().may(action):
        raise NotFound
