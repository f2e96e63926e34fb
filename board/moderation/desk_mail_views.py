"""How often the desk writes, and the pages behind the links in what it writes."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from board.comments.models import Status
from board.extensions import csrf, db
from board.foundation import clock
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation import desk_mail
from board.moderation.decisions import decide
from board.moderation.mail_links import account_of_off, use_up, wish_of
from board.moderation.models import DeskMailRate
from board.moderation.reading import Mark, mark_of
from board.moderation.reasons import reason_in_words
from board.moderation.wording import outcome_in_words

bp = Blueprint("desk_mail", __name__)
links_bp = Blueprint("mail_links", __name__)
csrf.exempt(links_bp)  # whoever holds the link may act: the token in the address is the proof
RATES = {
    DeskMailRate.OFF: _l("Never"),
    DeskMailRate.AT_ONCE: _l("At once"),
    DeskMailRate.HOURLY: _l("At most once an hour"),
    DeskMailRate.DAILY: _l("At most once a day"),
}
ACT_WORDS = {
    "publish": (_l("Publish this comment?"), _l("Publish")),
    "reject": (_l("Reject this comment?"), _l("Reject")),
    "spam": (_l("Is this comment spam?"), _l("Mark as spam")),
}


class RateForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """How often to write."""

    rate = RadioField(
        _l("Write to me when comments wait"),
        choices=[SelectChoice(rate.value, RATES[rate]) for rate in RATES],
    )


@bp.get("/desk/mail-to-me")
@guarded(Action.SEE_QUEUE)
def settings() -> ResponseReturnValue:
    account_id = current_actor().account_id or 0
    rate = desk_mail.settings_of(account_id, now=clock.now()).rate
    return render_template("moderation/desk_mail.html", form=RateForm(formdata=None, rate=rate))


@bp.post("/desk/mail-to-me")
@guarded(Action.CHOOSE_DESK_MAIL)
def choose() -> ResponseReturnValue:
    form = RateForm()
    if not form.validate_on_submit():
        return render_template("moderation/desk_mail.html", form=form), 422
    desk_mail.choose(current_actor().account_id or 0, DeskMailRate(form.rate.data), now=clock.now())
    db.session.commit()
    flash(_("That is how it will be."), "desk-mail")
    return redirect(url_for("desk_mail.settings"), code=303)


@links_bp.get("/decide/<token>")
@guarded(Action.READ)
def act(token: str) -> ResponseReturnValue:
    """The comment, and one button. Opening this page changes nothing."""
    wish = wish_of(token, now=clock.now())
    return render_template(
        "moderation/mail_act.html",
        wish=wish,
        token=token,
        words=ACT_WORDS[wish.act.value],
        in_words=reason_in_words,
    )


@links_bp.post("/decide/<token>")
@guarded(Action.DECIDE_BY_MAIL)
def decide_by_mail(token: str) -> ResponseReturnValue:
    now = clock.now()
    wish = wish_of(token, now=now)
    use_up(token, now=now)
    read = {wish.comment.id: Mark(Status.PENDING, mark_of(wish.comment).words)}  # it waited, as the mail said
    outcome = decide([wish.comment], wish.act, wish.actor, now=now, read=read)
    words = outcome_in_words(outcome, wish.actor)
    db.session.commit()
    return render_template("moderation/mail_done.html", words=words, is_done=bool(outcome.decided))


@links_bp.get("/desk-mail-off/<token>")
@guarded(Action.READ)
def stopping(token: str) -> ResponseReturnValue:
    account_of_off(token)
    return render_template("moderation/mail_off.html", token=token, is_done=False)


@links_bp.post("/desk-mail-off/<token>", endpoint="off")
@guarded(Action.STOP_DESK_MAIL)
def stop(token: str) -> ResponseReturnValue:
    desk_mail.choose(account_of_off(token), DeskMailRate.OFF, now=clock.now())
    db.session.commit()
    is_mail_program = request.form.get("List-Unsubscribe") == "One-Click"
    return (
        ("", 200)
        if is_mail_program
        else render_template("moderation/mail_off.html", token=token, is_done=True)
    )
