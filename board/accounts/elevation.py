"""Asking again who one is before something dangerous, when the last proof is older than ten minutes.

A view that is marked with `freshly_proven` runs only after a fresh proof. What a form had sent
meanwhile is carried by the page that asks, and sent on with the proof to where it was going.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ParamSpec

from flask import after_this_request, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from board.accounts import passkeys, presence, sessions, signing_in
from board.accounts.factor_forms import ProofForm
from board.accounts.models import Account
from board.accounts.passkey_protocol import PasskeyRefused, are_possible
from board.accounts.proving import prove
from board.accounts.queries import account_with
from board.accounts.second_factor import factors_of
from board.accounts.sessions import Presence
from board.accounts.signing_in import SignInRefused
from board.database import READING_METHODS
from board.extensions import db, limiter
from board.foundation import clock

P = ParamSpec("P")
FRESH = timedelta(minutes=10)
PROOFS = "20 per 10 minutes"
NOT_CARRIED = {"csrf_token", "proof_password", "proof_passkey", "proof_challenge"}


def freshly_proven(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Let `view` run only for somebody who proved a moment ago who they are. Stands below `guarded`.

    Not for views whose forms hold a password: a page never carries one.
    """

    @functools.wraps(view)
    def checked(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if is_fresh(presence.presence(), clock.now()):
            return view(*args, **kwargs)
        form = ProofForm()
        if not form.is_sent or request.method in READING_METHODS:
            return ask(form), 403
        return view(*args, **kwargs) if accept(form) else (ask(form), 422)

    return checked


def is_fresh(who: Presence, now: datetime) -> bool:
    return who.proven_at is not None and now - who.proven_at < FRESH


def ask(form: ProofForm) -> str:
    """The page that asks for the proof, holding all that the present form had sent."""
    reading = request.method in READING_METHODS
    carried = [pair for pair in request.form.items(multi=True) if pair[0] not in NOT_CARRIED]
    if reading:
        carried = [("then", request.full_path.rstrip("?"))]
    own = account_with(presence.presence().actor.account_id)
    factors = factors_of(own.id)
    return render_template(
        "accounts/prove.html",
        form=form,
        carried=carried,
        target=url_for("accounts.prove_again") if reading else request.path,
        passkeys=bool(factors.passkeys) and are_possible(),
        email=own.email,
    )


@limiter.shared_limit(PROOFS, scope="prove")  # type: ignore[untyped-decorator, unused-ignore]
def accept(form: ProofForm) -> bool:
    """Whether the form holds a proof; then the session has a new id. Commits."""
    who, now = presence.presence(), clock.now()
    try:
        session_id = _session_of(who, _proven(form, who, now))
    except (SignInRefused, PasskeyRefused):
        db.session.rollback()
        form.proof_password.errors = [_("This is not right, or there were many tries. Wait a little.")]
        return False
    token = sessions.renew(session_id, now=now)
    db.session.commit()
    g.staff_presence = replace(who, proven_at=now)
    after_this_request(functools.partial(_remember, token=token))
    return True


def _proven(form: ProofForm, who: Presence, now: datetime) -> Account:
    """Raises SignInRefused, PasskeyRefused."""
    if form.proof_passkey.data:
        return passkeys.account_proven_by(form.proof_passkey.data, form.proof_challenge.data or "", now=now)
    counted = signing_in.count_try_of(who.actor.account_id or 0, now=now)
    db.session.commit()  # counted before the password is looked at, and no lock is held while it is
    return prove(counted, form.proof_password.data or "")


def _session_of(who: Presence, account: Account) -> int:
    """Raises PasskeyRefused for the passkey of somebody else."""
    if account.id != who.actor.account_id or who.session_id is None:
        raise PasskeyRefused
    return who.session_id


def _remember(response: Response, *, token: str) -> Response:
    return presence.remember(response, token)
