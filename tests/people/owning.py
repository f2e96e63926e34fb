"""What owners do with people, and what those find in their mailbox."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.accounts.deeds import Deed
from board.accounts.models import Account, Membership
from board.mail.models import OutboxMessage
from tests.support.pages import fill_and_send, form_values

PAGE = "/desk/people"
EVA = "eva@example.test"
NEW = {"name": "Eva", "password": "plum kettle orbit"}


def invite(client: FlaskClient, email: str = EVA, role: str = "moderator", site: str = "all") -> TestResponse:
    return fill_and_send(client, PAGE, f"{PAGE}/invite", email=email, role=role, site=site)


def send(client: FlaskClient, path: str, **typed: str) -> TestResponse:
    """Press a button that the page may no longer, or never, show to this person; its token is good."""
    _, values = form_values(client.get("/account"), "/sign-out")
    return client.post(path, data={**values, **typed})


def mailed_link(session: Session, email: str = EVA) -> str:
    """The path of the invitation in the latest mail that invites that address."""
    query = select(OutboxMessage.text).where(
        OutboxMessage.recipient == email, OutboxMessage.kind == "invitation"
    )
    text = session.scalars(query.order_by(OutboxMessage.id.desc())).first() or ""
    found = re.search(r"/invitation/\S+", text)
    assert found, text
    return found.group()


def roles(session: Session, account: Account) -> list[tuple[str, int | None]]:
    """What the account is and where, all sites first."""
    query = select(Membership.role, Membership.site_id).where(Membership.account_id == account.id)
    return sorted(((role, site) for role, site in session.execute(query)), key=lambda one: one[1] or 0)


def role_id(session: Session, account: Account) -> int:
    """The id of the only role of the account."""
    return session.scalars(select(Membership.id).where(Membership.account_id == account.id)).one()


def deeds(session: Session) -> Sequence[tuple[str, str, str, int | None]]:
    """Who did what to whom on which site, in order."""
    query = select(Deed.actor_name, Deed.act, Deed.subject, Deed.site_id).order_by(Deed.id)
    return [(who, act, whom, site) for who, act, whom, site in session.execute(query)]
