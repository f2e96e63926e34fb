"""Accepting an invitation: with a new account, or with the one that one has. These routes join `views`."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.accounts import entering, invitations, passwords
from board.accounts.deeds import note_deed
from board.accounts.forms import InvitationForm
from board.accounts.models import Account, Invitation
from board.accounts.own_account import to_account
from board.accounts.queries import account_with
from board.extensions import db, limiter
from board.foundation import clock
from board.foundation.permissions import Action, Actor, Role, current_actor, guarded
from board.people.views import bp
from board.people.wording import ROLE_MEANINGS, role_in_words
from board.sites.models import Site

ACCEPTED = "invitation_accepted"
ACCEPTANCES = "20 per 10 minutes; 100 per day"


@bp.get("/invitation/<token>")
@guarded(Action.ACCEPT_INVITATION)
def invitation(token: str) -> ResponseReturnValue:
    """Only shows what is offered: programs that look at links before people do must not use them up."""
    return _page(token)


@bp.post("/invitation/<token>")
@guarded(Action.ACCEPT_INVITATION)
@limiter.limit(ACCEPTANCES, scope="invitation")  # type: ignore[untyped-decorator, unused-ignore]
def accept(token: str) -> ResponseReturnValue:
    """With a new account. What was mailed to an address makes an account with that address."""
    form, now = InvitationForm(), clock.now()
    offer = invitations.open_invitation(token, now=now)
    role, site_id = offer.role, offer.site_id
    form.email.data = offer.email or form.email.data
    db.session.rollback()  # gives the write lock back before the password is hashed
    if not form.validate_on_submit():
        return _page(token, form), 422
    password_hash = passwords.hash_password(form.password.data or "")
    try:
        account = invitations.accept(
            token, email=form.address, name=form.cleaned_name, password_hash=password_hash, now=now
        )
    except invitations.EmailTaken:
        db.session.rollback()
        form.email.errors = [_("There is an account with this address already. You can sign in with it.")]
        return _page(token, form), 422
    note_deed(_as_actor(account), ACCEPTED, account.name, site_id=site_id, now=now, role=role)
    return entering.enter(account, now=now, is_new=True)


@bp.post("/invitation/<token>/join")
@guarded(Action.ACCEPT_INVITATION)
@limiter.limit(ACCEPTANCES, scope="invitation")  # type: ignore[untyped-decorator, unused-ignore]
def join(token: str) -> ResponseReturnValue:
    """With the account that is signed in, whatever its address: whoever has the link was meant."""
    if not current_actor().is_signed_in:
        return redirect(url_for("people.invitation", token=token), code=303)
    own, now = account_with(current_actor().account_id), clock.now()
    taken = invitations.join(token, own, now=now)
    note_deed(_as_actor(own), ACCEPTED, own.name, site_id=taken.site_id, now=now, role=taken.role)
    words = _("You are now: %(role)s.", role=_in_words(taken))
    db.session.commit()
    return to_account(words)


def _page(token: str, form: InvitationForm | None = None) -> str:
    """What is offered, and what this person can do to accept it. Raises Gone."""
    offer = invitations.open_invitation(token, now=clock.now())
    actor = current_actor()
    holder = invitations.account_at(offer.email) if offer.email else None
    return render_template(
        "people/invitation.html",
        token=token,
        offer=offer,
        form=form or InvitationForm(formdata=None, email=offer.email),
        role=_in_words(offer),
        meaning=ROLE_MEANINGS[Role(offer.role)],
        own=account_with(actor.account_id) if actor.is_signed_in else None,
        stays_owner=actor.is_signed_in and invitations.stays_owner(actor.account_id or 0, offer.site_id),
        must_sign_in=holder is not None and bool(holder.memberships),
    )


def _in_words(offer: Invitation) -> str:
    site = db.session.get(Site, offer.site_id) if offer.site_id is not None else None
    return role_in_words(offer.role, offer.site_id, {site.id: site.name} if site else {})


def _as_actor(account: Account) -> Actor:
    return Actor(account.id, account.name)
