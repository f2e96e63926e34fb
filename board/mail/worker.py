"""The worker: takes due mail, looks once more whether it is wanted, sends it, writes down how it went.

Three short transactions a mail, and nothing is sent inside one. Any number of workers may run. Beside the
mail, in a thread of its own, it does chores: a slow blog must not keep a mail waiting.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from flask import Flask
from flask.globals import app_ctx

from board.config import Settings
from board.extensions import db
from board.foundation import clock
from board.mail import duties, outbox
from board.mail.composing import Parcel, Unmailable, compose
from board.mail.delivery import Deferred, Refused, Transport
from board.mail.files import FileTransport, mail_folder
from board.mail.models import OutboxMessage
from board.mail.outbox import Outcome, Result
from board.mail.smtp import SmtpTransport

POLL_SECONDS = 2.0  # how long a mail that is due waits at most for an idle worker
STEP_SECONDS = 0.2  # how soon an idle worker notices that it is to end
CHORE_SECONDS = 3.0  # how long a worker that is to end waits for the chore at hand, which may be begun again
log = logging.getLogger("board.mail")


class Claim(NamedTuple):
    message_id: int
    lease: str


class Stop:
    """Somebody wants the worker to end: it finishes the present mail first.

    A flag and short naps, because a signal may arrive while an Event's own lock is held.
    """

    def __init__(self) -> None:
        self.is_asked = False

    def ask(self, *_signal: object) -> None:
        self.is_asked = True

    def wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self.is_asked and time.monotonic() < end:
            time.sleep(STEP_SECONDS)


class Worker:
    """One worker in an application context of its own."""

    def __init__(self, settings: Settings, transport: Transport, stop: Stop) -> None:
        self._settings = settings
        self._transport = transport
        self._stop = stop
        self._done_at: dict[str, datetime] = {}

    def run(self) -> None:
        """Send and do chores until asked to stop."""
        chores = threading.Thread(target=self._do_chores_beside, args=(app_ctx.app,), daemon=True)
        chores.start()
        self._keep_at(self.send_due)
        chores.join(CHORE_SECONDS)

    def _do_chores_beside(self, app: Flask) -> None:
        with app.app_context():
            self._keep_at(lambda: self.do_chores(clock.now()))

    def _keep_at(self, work: Callable[[], object]) -> None:
        """Do it again and again until asked to stop. A mistake is logged and outlived: mail keeps waiting."""
        while not self._stop.is_asked:
            try:
                work()
            except Exception:  # the edge of the process; the database may be back in a moment
                log.exception("the mail worker stumbled")
                db.session.rollback()
            self._stop.wait(POLL_SECONDS)

    def send_due(self) -> Counter[Result]:
        """Send whatever is due now, over one connection; how many tries ended how."""
        results: Counter[Result] = Counter()
        duties.prepare(clock.now())
        try:
            while not self._stop.is_asked and (claim := _claim_one()):
                outcome = self._try(claim)
                outbox.settle(*claim, outcome, clock.now())
                db.session.commit()
                results[outcome.result] += 1
                log.info("mail %d: %s", claim.message_id, outcome.result)
        finally:
            self._transport.close()
            db.session.remove()
        return results

    def do_chores(self, now: datetime) -> None:
        """Do the timed work whose time has come round. What fails is logged and waits for its next turn."""
        for chore in duties.present().chores:
            last = self._done_at.get(chore.name)
            if last is not None and now - last < chore.every:
                continue
            self._done_at[chore.name] = now
            try:
                chore.work(now)
                db.session.commit()
            except Exception:  # the edge of the process; other chores have their own right
                log.exception("the chore %r failed", chore.name)
                db.session.rollback()
            finally:
                db.session.remove()

    def _try(self, claim: Claim) -> Outcome:
        """One try, whatever happens in it."""
        try:
            ready = self._prepared(claim)
            if isinstance(ready, Outcome):
                return ready
            return Outcome(Result.SENT, self._transport.deliver(ready))
        except Deferred as patience:
            return Outcome(Result.RETRY, str(patience))
        except (Refused, Unmailable) as refusal:
            return Outcome(Result.FAILED, str(refusal))
        except Exception as mistake:  # the edge of the process: one bad mail must not hold up the others
            log.exception("mail %d could not be tried", claim.message_id)
            return Outcome(Result.RETRY, f"a mistake of the board: {type(mistake).__name__}")
        finally:
            db.session.rollback()

    def _prepared(self, claim: Claim) -> Parcel | Outcome:
        """The mail ready to go, or why it does not go. Its check may have written something, either way."""
        message = db.session.get_one(OutboxMessage, claim.message_id)
        if reason := duties.reason_against(message):
            db.session.commit()
            return Outcome(Result.CANCELLED, reason)
        parcel = compose(message, mail_from=self._settings.mail_from, now=clock.now())
        db.session.commit()
        return parcel


def transport_for(settings: Settings) -> Transport:
    """Where mail goes by these settings. Raises PasswordUnprotected."""
    return SmtpTransport(settings) if settings.smtp_host else FileTransport(mail_folder(settings))


def _claim_one() -> Claim | None:
    """One mail at a time: a worker that is killed leaves at most one to wait for its lease."""
    claims = [Claim(message.id, message.lease or "") for message in outbox.claim(1, clock.now())]
    db.session.commit()
    return claims[0] if claims else None
