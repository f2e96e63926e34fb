"""Giving and taking roles. The board always keeps somebody who may do everything and can sign in."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, delete, select

from board.accounts.deeds import note_deed
from board.accounts.models import Account, Membership
from board.accounts.sessions import end_all
from board.extensions import db
from board.foundation.errors import BoardError
from board.foundation.permissions import Actor, Role
from board.foundation.upserts import insert


class LastOwner(BoardError):
    """Nobody else may do everything, so this person must stay."""

    status = 409
    title = _l("Somebody must own the board")
    words = _l(
        "This is the last owner of all blogs who can sign in. "
        "Make somebody else an owner of all blogs first, then try again."
    )


def role_on(account_id: int, site_id: int | None) -> Role | None:
    """The role that stands for exactly this site; for all of them where `site_id` is None."""
    found = db.session.scalars(select(Membership.role).where(_is(account_id, site_id))).first()
    return Role(found) if found else None


def give(account_id: int, role: Role, site_id: int | None) -> None:
    """Make `role` the account's role there, whatever it was. Raises LastOwner."""
    if role is not Role.OWNER and site_id is None:
        require_another_owner(account_id)
    columns = [Membership.account_id] if site_id is None else [Membership.account_id, Membership.site_id]
    where = Membership.site_id.is_(None) if site_id is None else None
    given = insert(Membership).values(account_id=account_id, site_id=site_id, role=role.value)
    db.session.execute(
        given.on_conflict_do_update(index_elements=columns, index_where=where, set_={"role": role.value})
    )


def take(account_id: int, site_id: int | None) -> None:
    """Take the role there away; whoever has none left is signed out. Raises LastOwner."""
    if site_id is None:
        require_another_owner(account_id)
    db.session.execute(delete(Membership).where(_is(account_id, site_id)))
    if db.session.scalars(select(Membership.id).where(Membership.account_id == account_id)).first() is None:
        end_all(account_id)


def disable(account: Account, actor: Actor, *, now: datetime) -> None:
    """Sign somebody out everywhere at once, and let them in no more. Raises LastOwner."""
    require_another_owner(account.id)
    account.disabled_at = account.disabled_at or now
    end_all(account.id)
    _note_where_known(actor, "account_disabled", account, now=now)


def enable(account: Account, actor: Actor, *, now: datetime) -> None:
    """Let somebody who was disabled sign in again, as what they were."""
    account.disabled_at = None
    _note_where_known(actor, "account_enabled", account, now=now)


def require_another_owner(account_id: int) -> None:
    """Raise LastOwner if this account alone may do everything.

    All who may are held until the end of the transaction: two owners who remove each other at the
    same moment must not both succeed.
    """
    query = (
        select(Membership.account_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.site_id.is_(None),
            Membership.role == Role.OWNER.value,
            Account.disabled_at.is_(None),
        )
        .order_by(Membership.id)
        .with_for_update()
    )
    if list(db.session.scalars(query)) == [account_id]:
        raise LastOwner


def _note_where_known(actor: Actor, act: str, account: Account, *, now: datetime) -> None:
    """In the log of every site that the account has to do with."""
    query = select(Membership.site_id).where(Membership.account_id == account.id).order_by(Membership.site_id)
    for site_id in db.session.scalars(query).all() or [None]:
        note_deed(actor, act, account.name, site_id=site_id, now=now)


def _is(account_id: int, site_id: int | None) -> ColumnElement[bool]:
    at = Membership.site_id.is_(None) if site_id is None else Membership.site_id == site_id
    return (Membership.account_id == account_id) & at
