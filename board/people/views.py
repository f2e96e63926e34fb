"""The page of people: who may do what on the blogs that one owns. Everything here asks again who one is."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.accounts import memberships
from board.accounts.deeds import note_deed
from board.accounts.elevation import freshly_proven
from board.accounts.own_account import to_account
from board.accounts.wording import ROLE_LABELS
from board.extensions import db, limiter
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, Role, current_actor, guarded
from board.people import inviting, queries
from board.people.forms import ChangeForm, InviteForm, RoleForm
from board.people.wording import ROLE_MEANINGS, role_in_words, where
from board.sites.models import Site
from board.sites.queries import sites_for

bp = Blueprint("people", __name__)
INVITATIONS = "30 per hour"


@bp.get("/desk/people")
@guarded(Action.MANAGE_STAFF)
def people() -> ResponseReturnValue:
    return _page()


@bp.post("/desk/people/invite")
@guarded(Action.MANAGE_STAFF)
@limiter.limit(INVITATIONS, scope="invite")  # type: ignore[untyped-decorator, unused-ignore]
@freshly_proven
def invite() -> ResponseReturnValue:
    actor, now = current_actor(), clock.now()
    form = InviteForm(actor=actor, sites=sites_for(Action.MANAGE_STAFF, actor))
    if not form.validate_on_submit():
        return _page(form), 422
    role, site = form.chosen_role, form.chosen_site
    try:
        inviting.invite_by_mail(form.address, role, site, actor, now=now)
    except inviting.HasRole:
        form.email.errors = [_("The person with this address has this role already.")]
        return _page(form), 422
    note_deed(actor, "person_invited", form.address, site_id=_id(site), now=now, role=role.value)
    db.session.commit()
    return _back(_("The invitation to %(email)s is on its way.", email=form.address))


@bp.post("/desk/people/invitations/<int:invitation_id>/again")
@guarded(Action.MANAGE_STAFF)
@limiter.limit(INVITATIONS, scope="invite")  # type: ignore[untyped-decorator, unused-ignore]
@freshly_proven
def invite_again(invitation_id: int) -> ResponseReturnValue:
    actor = current_actor()
    invitation = queries.invitation_for(actor, invitation_id)
    if invitation.email is None:  # told on the command line: nobody knows to whom
        raise NotFound
    inviting.send(invitation, _site(invitation.site_id), now=clock.now())
    words = _("The invitation to %(email)s is on its way again.", email=invitation.email)
    db.session.commit()
    return _back(words)


@bp.post("/desk/people/invitations/<int:invitation_id>/withdraw")
@guarded(Action.MANAGE_STAFF)
@freshly_proven
def withdraw(invitation_id: int) -> ResponseReturnValue:
    actor, now = current_actor(), clock.now()
    invitation = queries.invitation_for(actor, invitation_id)
    inviting.withdraw(invitation)
    note_deed(actor, "invitation_withdrawn", invitation.email or "", site_id=invitation.site_id, now=now)
    db.session.commit()
    return _back(_("The invitation is withdrawn. Its link opens nothing any more."))


@bp.post("/desk/people/<int:account_id>/roles")
@guarded(Action.MANAGE_STAFF)
@freshly_proven
def give_role(account_id: int) -> ResponseReturnValue:
    actor, now = current_actor(), clock.now()
    account = queries.account_for(actor, account_id)
    form = RoleForm(actor=actor, sites=sites_for(Action.MANAGE_STAFF, actor))
    if not form.validate_on_submit():
        raise NotFound
    site_id = _id(form.chosen_site)
    memberships.give(account.id, form.chosen_role, site_id)
    note_deed(actor, "role_changed", account.name, site_id=site_id, now=now, role=form.chosen_role.value)
    words = _("%(name)s is now: %(role)s.", name=account.name, role=_told(form.chosen_role, site_id))
    db.session.commit()
    return _back(words)


@bp.post("/desk/people/memberships/<int:membership_id>")
@guarded(Action.MANAGE_STAFF)
@freshly_proven
def change_role(membership_id: int) -> ResponseReturnValue:
    actor, form, now = current_actor(), ChangeForm(), clock.now()
    membership = queries.membership_for(actor, membership_id)
    if not form.validate_on_submit():
        raise NotFound
    role, person, site_id = Role(form.role.data), membership.account, membership.site_id
    memberships.give(person.id, role, site_id)
    note_deed(actor, "role_changed", person.name, site_id=site_id, now=now, role=role.value)
    words = _("%(name)s is now: %(role)s.", name=person.name, role=_told(role, site_id))
    db.session.commit()
    return _back(words, person.id)


@bp.post("/desk/people/memberships/<int:membership_id>/remove")
@guarded(Action.MANAGE_STAFF)
@freshly_proven
def remove_role(membership_id: int) -> ResponseReturnValue:
    actor, now = current_actor(), clock.now()
    membership = queries.membership_for(actor, membership_id)
    person, role, site_id = membership.account, Role(membership.role), membership.site_id
    memberships.take(person.id, site_id)
    note_deed(actor, "role_removed", person.name, site_id=site_id, now=now, role=role.value)
    words = _("%(name)s is no more: %(role)s.", name=person.name, role=_told(role, site_id))
    db.session.commit()
    return _back(words, person.id)


@bp.post("/desk/people/<int:account_id>/disable")
@guarded(Action.MANAGE_STAFF)
@freshly_proven
def disable(account_id: int) -> ResponseReturnValue:
    actor, now = current_actor(), clock.now()
    account = queries.closable_account_for(actor, account_id)
    memberships.disable(account, actor, now=now)
    words = _("%(name)s is signed out everywhere and cannot sign in any more.", name=account.name)
    db.session.commit()
    return _back(words)


@bp.post("/desk/people/<int:account_id>/enable")
@guarded(Action.MANAGE_STAFF)
@freshly_proven
def enable(account_id: int) -> ResponseReturnValue:
    actor, now = current_actor(), clock.now()
    account = queries.closable_account_for(actor, account_id)
    memberships.enable(account, actor, now=now)
    words = _("%(name)s can sign in again.", name=account.name)
    db.session.commit()
    return _back(words)


def _page(form: InviteForm | None = None) -> str:
    actor, now = current_actor(), clock.now()
    sites = sites_for(Action.MANAGE_STAFF, actor)
    return render_template(
        "people/people.html",
        people=queries.people_seen_by(actor),
        invitations=queries.invitations_seen_by(actor, now=now),
        form=form or InviteForm(formdata=None, actor=actor, sites=sites, role=Role.MODERATOR.value),
        role_form=RoleForm(formdata=None, actor=actor, sites=sites, role=Role.MODERATOR.value),
        names=_names(sites),
        now=now,
        actor=actor,
        manage=Action.MANAGE_STAFF,
        role_labels=ROLE_LABELS,
        role_meanings=ROLE_MEANINGS,
        role_in_words=role_in_words,
        where=where,
    )


def _told(role: Role, site_id: int | None) -> str:
    return role_in_words(role, site_id, _names(sites_for(Action.MANAGE_STAFF, current_actor())))


def _names(sites: Iterable[Site]) -> dict[int, str]:
    return {site.id: site.name for site in sites}


def _site(site_id: int | None) -> Site | None:
    return None if site_id is None else db.session.get(Site, site_id)


def _id(site: Site | None) -> int | None:
    return site.id if site else None


def _back(words: str, account_id: int | None = None) -> ResponseReturnValue:
    """To the page of people; whoever changed their own roles, to their account: it is there for all."""
    if account_id is not None and account_id == current_actor().account_id:
        return to_account(words)
    flash(words, "people")
    return redirect(url_for("people.people"), code=303)
