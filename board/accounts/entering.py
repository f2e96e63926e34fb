"""What all ways into the board end with: a new session, a mail if the browser is new, the first page."""

from __future__ import annotations

from datetime import datetime

from flask import redirect, url_for
from flask import session as form_session
from werkzeug.wrappers import Response

from board.accounts import alerts, browsers, presence, second_factor, sessions
from board.accounts.doorstep import token_for
from board.accounts.models import Account
from board.extensions import db
from board.foundation import clock, templating
from board.foundation.permissions import Actor

DOORSTEP = "doorstep"  # where the signed cookie of forms keeps the token of that name


def enter(account: Account, *, then: str = "", now: datetime, is_new: bool = False) -> Response:
    """Sign `account` in and lead it to `then`, a path of ours, or to its first page. Commits.

    is_new: the account was made a moment ago, so that every browser is new to it.
    """
    browser, mark = presence.present_browser(), presence.browser_mark()
    if not is_new and not browsers.is_known(account.id, mark, now=now):
        alerts.new_sign_in(account, browser=browser, now=now)
    mark = browsers.remember(account.id, mark, now=now)
    token = sessions.open_session(account, browser=browser, now=now)
    db.session.commit()
    form_session.clear()
    actor = sessions.recognise(token, now=clock.now()).actor
    return presence.mark(presence.remember(redirect(then or first_page(actor), code=303), token), mark)


def enter_or_wait(account: Account, *, then: str = "", now: datetime) -> Response:
    """Sign in whoever proved a password, or ask for the second factor of the account first. Commits."""
    if not second_factor.has_one(account.id):
        return enter(account, then=then, now=now)
    token = token_for(account, now=now)
    db.session.commit()
    form_session.clear()
    form_session[DOORSTEP] = token
    return redirect(url_for("accounts.second_step", then=then or None), code=303)


def first_page(actor: Actor) -> str:
    return url_for(templating.first_page(actor))
