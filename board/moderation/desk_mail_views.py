"""How often the desk writes, and the pages behind the links in what it writes."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from board.comments.models import Status
from board.extensions import csrf, db
from board.foundation import clock
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation import desk_people
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


class DeskMailForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What to write of, and how often. Fields that somebody's roles give no use for are not shown."""

    rate = RadioField(
        _l("Write to me when comments wait or are reported"),
        choices=[SelectChoice(rate.value, RATES[rate]) for rate in RATES],
        default=DeskMailRate.OFF.value,
    )
    failures = BooleanField(_l("Write to me when mail cannot be sent, at most once an hour"))
    summary = BooleanField(_l("Write to me every Monday: what came last week, and where people talked"))


@bp.get("/desk/mail-to-me")
@guarded(Action.CHOOSE_DESK_MAIL)
def settings() -> ResponseReturnValue:
    chosen = desk_people.settings_of(current_actor().account_id or 0, now=clock.now())
    form = DeskMailForm(formdata=None, obj=chosen)
    return render_template("moderation/desk_mail.html", form=form, **_uses())


@bp.post("/desk/mail-to-me")
@guarded(Action.CHOOSE_DESK_MAIL)
def choose() -> ResponseReturnValue:
    form, uses = DeskMailForm(), _uses()
    if not form.validate_on_submit():
        return render_template("moderation/desk_mail.html", form=form, **uses), 422
    desk_people.choose(
        current_actor().account_id or 0,
        DeskMailRate(form.rate.data) if uses["decides"] else DeskMailRate.OFF,
        failures=bool(form.failures.data) and uses["sees_mail"],
        summary=bool(form.summary.data),
        now=clock.now(),
    )
    db.session.commit()
    flash(_("That is how it will be."), "desk-mail")
    return redirect(url_for("desk_mail.settings"), code=303)


def _uses() -> dict[str, bool]:
    actor = current_actor()
    return {"decides": actor.may_somewhere(Action.DECIDE), "sees_mail": actor.may_somewhere(Action.SEE_MAIL)}


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
    desk_people.choose(account_of_off(token), DeskMailRate.OFF, now=clock.now())
    db.session.commit()
    is_mail_program = request.form.get("List-Unsubscribe") == "One-Click"
    return (
        ("", 200)
        if is_mail_program
        else render_template("moderation/mail_off.html", token=token, is_done=True)
    )
