"""What tests of the desk do again and again: sign in, decide, recount."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board import text
from board.accounts.models import Account
from board.accounts.presence import cookie_name
from board.accounts.sessions import open_session
from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Action, Actor, Role
from board.moderation.acts import Act
from board.moderation.decisions import decide
from board.moderation.doing import Said
from board.moderation.outcomes import Outcome, Undone
from board.moderation.queries import comments_for
from board.moderation.reading import marks_of
from board.moderation.undoing import undo
from board.threads.models import Thread
from tests.support.applications import client_of, commit_so_far
from tests.support.pages import form_values


def signed_in(app: Flask, account: Account) -> FlaskClient:
    """A browser of its own in which `account` is signed in. The way in is slow on purpose: a password is
    hashed. Tests of that way take it; this is a session as it leaves one with."""
    client, account_id, now = client_of(app), account.id, clock.now()
    commit_so_far()
    with app.app_context():
        token = open_session(db.session.get_one(Account, account_id), browser="a test", now=now)
        name = cookie_name()
        db.session.commit()
    client.set_cookie(name, token, domain=urlsplit(app.config["BOARD"].public_url).hostname or "")
    return client


def actor_of(account: Account, role: Role = Role.OWNER, site_id: int | None = None) -> Actor:
    return Actor(account.id, account.name, {site_id: role})


SAYS = {  # what goes with an act where a test gives no words
    Act.RETURN: Said("Which silence do you mean?"),
    Act.EDIT: Said("In other words.", text.render("In other words.")),
}


def decide_now(app: Flask, actor: Actor, act: Act, comments: Iterable[int], **options: Any) -> Outcome:
    """Decide and commit as a request of its own would; what comes back can still be read.

    knowingly: whoever decides has read what the comments are now.
    """
    is_knowing, said = options.pop("knowingly", False), options.pop("said", SAYS.get(act))
    now = options.pop("now", None) or clock.now()
    with app.app_context():
        db.session().expire_on_commit = False
        found = comments_for(Action.DECIDE, actor, list(comments))
        if is_knowing:
            options["read"] = marks_of(found)
        outcome = decide(found, act, actor, now=now, said=said, **options)
        db.session.commit()
        return outcome


def undo_now(app: Flask, batch: str, actor: Actor, **later: float) -> Undone:
    """Take a batch back as a request of its own would, all its steps told as one."""
    undone = Undone()
    with app.app_context():
        db.session().expire_on_commit = False
        for step in undo(batch, actor, now=clock.now() + timedelta(**later)):
            undone.restored.extend(step.restored)
            undone.kept.extend(step.kept)
            undone.taken_back.extend(step.taken_back)
            db.session.commit()
    return undone


def press(client: FlaskClient, page: str, **pressed: Any) -> TestResponse:
    """Open `page`, send its list as if the button in `pressed` had been pressed."""
    action, values = form_values(client.get(page), "/desk/decide")
    return client.post(action, data={"csrf_token": values["csrf_token"], **pressed})


def press_undo(client: FlaskClient, response: TestResponse) -> TestResponse:
    """Press the button of the notice that `response` leads to."""
    action, values = form_values(client.get(response.location), "/desk/undo")
    return client.post(action, data=values)


def statuses(session: Session, comments: Iterable[int]) -> list[str]:
    """The status of each comment, in the order in which they were written."""
    query = select(Comment.status).where(Comment.id.in_(list(comments))).order_by(Comment.id)
    return list(session.scalars(query))


def counters(session: Session, thread_id: int) -> Mapping[str, object]:
    """What the thread and its roots say about themselves."""
    thread = session.scalars(select(Thread).where(Thread.id == thread_id)).one()
    roots = select(Comment).where(Comment.thread_id == thread_id, Comment.depth == 0)
    return {
        "published": thread.published_count,
        "pending": thread.pending_count,
        "latest": thread.last_comment_at,
        "replies": {root.id: root.live_replies for root in session.scalars(roots)},
    }


def recount(session: Session, thread_id: int) -> Mapping[str, object]:
    """The same, counted from the comments."""
    here = Comment.thread_id == thread_id
    rows = session.scalars(select(Comment).where(here)).all()
    shown = [row for row in rows if row.status == Status.PUBLISHED]
    latest = select(func.max(Comment.published_at)).where(here, Comment.status == Status.PUBLISHED.value)
    return {
        "published": len(shown),
        "pending": sum(row.status == Status.PENDING for row in rows),
        "latest": session.scalars(latest).one(),
        "replies": {
            root.id: sum(row.root_id == root.id for row in shown) for root in rows if root.depth == 0
        },
    }
