"""Inviting somebody by mail. The mail holds nothing that a reader wrote, and its link only opens a page."""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from sqlalchemy import select

from board.accounts import memberships
from board.accounts.alerts import BOARD
from board.accounts.invitations import LIFE, account_at, open_anew
from board.accounts.models import Invitation
from board.accounts.signing_in import normal_email
from board.extensions import db
from board.foundation.links import absolute
from board.foundation.permissions import Actor, Role
from board.mail import rendering
from board.mail.models import OutboxMessage
from board.mail.outbox import Letter, cancel, enqueue
from board.sites.models import Site

KIND = "invitation"


class HasRole(Exception):
    """This person is already what they would be invited to be."""


def invite_by_mail(email: str, role: Role, site: Site | None, actor: Actor, *, now: datetime) -> Invitation:
    """Ask the person at `email` to take `role` on `site`, or on all sites. Raises HasRole.

    An open invitation of the same address to the same site is opened anew with the new role.
    """
    site_id, address = site.id if site else None, normal_email(email)
    account = account_at(address)
    if account is not None and memberships.role_on(account.id, site_id) is role:
        raise HasRole
    invitation = _open_one(address, site_id) or Invitation(email=address, site_id=site_id)
    invitation.role, invitation.inviter_name = role.value, actor.name
    send(invitation, site, now=now)
    return invitation


def send(invitation: Invitation, site: Site | None, *, now: datetime) -> None:
    """Mail the invitation, for the first time or again; the link of an earlier mail works no more."""
    if invitation.id is not None:
        cancel([_key(invitation)])
    token = open_anew(invitation, now=now)
    enqueue(_letter(invitation, site, token), due_at=now, now=now)


def withdraw(invitation: Invitation) -> None:
    """As if nobody had been invited; what was mailed opens nothing any more."""
    cancel([_key(invitation)])
    db.session.delete(invitation)


def is_wanted(message: OutboxMessage) -> str | None:
    """The check at sending time: the link that the mail holds still opens something."""
    digest = message.context["token_digest"]
    open_one = select(Invitation.id).where(Invitation.token_digest == digest, Invitation.used_at.is_(None))
    return None if db.session.scalars(open_one).first() is not None else "invitation_over"


def _open_one(email: str, site_id: int | None) -> Invitation | None:
    at = Invitation.site_id.is_(None) if site_id is None else Invitation.site_id == site_id
    query = select(Invitation).where(Invitation.email == email, at, Invitation.used_at.is_(None))
    return db.session.scalars(query.with_for_update()).first()


def _letter(invitation: Invitation, site: Site | None, token: str) -> Letter:
    settings = current_app.config["BOARD"]
    language = site.language if site else settings.language
    words = rendering.write(
        KIND,
        language,
        site_name=site.name if site else BOARD,
        site_url=site.base_url if site else settings.public_url,
        host=settings.public_host,
        blog=site.name if site else "",
        inviter=invitation.inviter_name,
        role=invitation.role,
        accept_url=absolute("people.invitation", token=token),
        days=LIFE.days,
    )
    return Letter(
        kind=KIND,
        dedupe_key=_key(invitation),
        recipient=invitation.email or "",
        sender_name=site.name if site else BOARD,
        words=words,
        site_id=invitation.site_id,
        context={"token_digest": invitation.token_digest},
    )


def _key(invitation: Invitation) -> str:
    return f"{KIND}:{invitation.id}:{invitation.token_digest[:32]}"
