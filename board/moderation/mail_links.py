"""Links in mail by which a moderator decides: signed, for one act on one comment by one person, once.

Opening one changes nothing: mail scanners open every link. Only the button on its page acts.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload, selectinload

from board.accounts.models import Account
from board.comments.models import Comment
from board.comments.queries import with_thread
from board.extensions import db
from board.foundation import tokens
from board.foundation.errors import Gone, NotFound
from board.foundation.permissions import Action, Actor, Role
from board.foundation.upserts import insert
from board.moderation.acts import Act
from board.moderation.models import UsedToken

LIFE = timedelta(days=7)
MAIL_ACTS = (
    Act.PUBLISH,
    Act.REJECT,
    Act.SPAM,
)  # what harms little and can be undone; the rest needs the desk
PURPOSE, OFF = "desk-act", "desk-mail-off"


class LinkOver(Gone):
    """The link was used, is older than a week, or its person may not decide any more."""

    title = _l("This link does not work any more")
    words = _l(
        "Links in mail work once, for seven days, and as long as you may decide here. "
        "The queue shows what there still is to do."
    )


class WordsChanged(Gone):
    """The comment says something else than the mail did."""

    title = _l("The comment was changed since")
    words = _l("Its writer has other words there now. Please read them in the queue and decide about those.")


@dataclass(frozen=True)
class Wish:
    """What a link asks for: `comment` with its thread, post, site and parent."""

    act: Act
    comment: Comment
    actor: Actor


def act_token(act: Act, comment: Comment, account: Account, *, now: datetime) -> str:
    payload = [act.value, comment.id, account.id, _edition(comment)]
    return tokens.sign(PURPOSE, payload, issued_at=now)


def off_token(account: Account) -> str:
    return tokens.sign(OFF, account.id)


def account_of_off(token: str) -> int:
    """Whose mail the link stops. Raises NotFound."""
    try:
        return int(tokens.read(OFF, token))
    except (tokens.TokenInvalid, TypeError, ValueError):
        raise NotFound from None


def wish_of(token: str, *, now: datetime) -> Wish:
    """What the link asks for, as long as it may. Raises NotFound, LinkOver, WordsChanged."""
    try:
        act, comment_id, account_id, edition = tokens.read(PURPOSE, token, max_age=LIFE, now=now)
        wanted = Act(act)
    except tokens.TokenExpired:
        raise LinkOver from None
    except (tokens.TokenInvalid, TypeError, ValueError):
        raise NotFound from None
    if db.session.get(UsedToken, _digest(token)) is not None:
        raise LinkOver
    comment, actor = _comment(comment_id), _actor(account_id)
    if comment is None or actor is None or not actor.may(Action.DECIDE, comment.thread.site_id):
        raise LinkOver
    if edition != _edition(comment):
        raise WordsChanged
    return Wish(wanted, comment, actor)


def use_up(token: str, *, now: datetime) -> None:
    """Let the link work no more. Of two that come at once, one gets here. Raises LinkOver for the other."""
    statement = insert(UsedToken).values(digest=_digest(token), ends_at=now + LIFE)
    statement = statement.on_conflict_do_nothing(index_elements=[UsedToken.digest])
    if db.session.execute(statement.returning(UsedToken.digest)).first() is None:
        raise LinkOver


def forget_used(now: datetime) -> None:
    """Links that would be too old by now need not be remembered."""
    db.session.execute(delete(UsedToken).where(UsedToken.ends_at < now))


def _edition(comment: Comment) -> str:
    """Another one for other words."""
    return hashlib.sha256(f"{comment.author_name}\n{comment.source}".encode()).hexdigest()[:16]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _comment(comment_id: int) -> Comment | None:
    query = select(Comment).where(Comment.id == comment_id)
    query = query.options(*with_thread(), joinedload(Comment.parent))
    return db.session.scalars(query).unique().first()


def _actor(account_id: int) -> Actor | None:
    query = select(Account).where(Account.id == account_id, Account.disabled_at.is_(None))
    account = db.session.scalars(query.options(selectinload(Account.memberships))).first()
    if account is None:
        return None
    return Actor(account.id, account.name, {one.site_id: Role(one.role) for one in account.memberships})
