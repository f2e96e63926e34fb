"""Mail to the person an account belongs to, when something happened to it that they should know.

Nothing in it acts by being opened, and nothing in it was written by anybody but the board.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l

from board.accounts.models import Account
from board.foundation.links import absolute
from board.mail import rendering
from board.mail.outbox import Letter, enqueue

BOARD = "Reflection Board"


class Kind(StrEnum):
    NEW_SIGN_IN = "new_sign_in"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of a kind of mail
    SECOND_FACTOR = "second_factor"


class Change(StrEnum):
    """What happened to the second factor of an account."""

    APP_ADDED = "app_added"
    APP_REMOVED = "app_removed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    CODES_RENEWED = "codes_renewed"
    CODE_USED = "code_used"
    ALL_REMOVED = "all_removed"


CHANGES = {
    Change.APP_ADDED: _l("An authenticator app was set up: signing in asks for its codes now."),
    Change.APP_REMOVED: _l("The authenticator app was removed: signing in asks for its codes no more."),
    Change.PASSKEY_ADDED: _l("A passkey was added: one can sign in with it alone."),
    Change.PASSKEY_REMOVED: _l("A passkey was removed."),
    Change.CODES_RENEWED: _l("New recovery codes were made. The former ones work no more."),
    Change.CODE_USED: _l("Somebody signed in with one of your recovery codes. It works no more."),
    Change.ALL_REMOVED: _l(
        "The second factor was switched off: authenticator app, passkeys and recovery codes."
    ),
}


def new_sign_in(account: Account, *, browser: str, now: datetime) -> None:
    _tell(account, Kind.NEW_SIGN_IN, now, browser=browser)


def password_changed(account: Account, *, now: datetime) -> None:
    _tell(account, Kind.PASSWORD_CHANGED, now)


def second_factor(account: Account, change: Change, *, now: datetime) -> None:
    _tell(account, Kind.SECOND_FACTOR, now, change=CHANGES[change])


def _tell(account: Account, kind: Kind, now: datetime, **values: Any) -> None:
    """Write the mail down in the present transaction. Each time is an event of its own."""
    settings = current_app.config["BOARD"]
    words = rendering.write(
        kind.value,
        settings.language,
        site_name=BOARD,
        site_url=settings.public_url,
        host=settings.public_host,
        name=account.name,
        at=now,
        account_url=absolute("accounts.account"),
        **values,
    )
    letter = Letter(
        kind=kind.value,
        dedupe_key=f"{kind.value}:{account.id}:{secrets.token_hex(8)}",
        recipient=account.email,
        sender_name=BOARD,
        words=words,
    )
    enqueue(letter, due_at=now, now=now)
