"""The worker: takes due mail, looks once more whether it is wanted, sends it, writes down how it went.

Mails are taken a few at a time, and each is settled before the next one goes: whoever kills a worker makes
at most one mail go out twice. Nothing is sent inside a transaction. Any number of workers may run. Beside the
mail, in a thread of its own, it does chores: a slow blog must not keep a mail waiting.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from flask import Flask
from flask.globals import app_ctx
from sqlalchemy import Connection

from board.config import Settings
from board.database import may_be_done_again, redoable_connection
from board.extensions import db
from board.foundation import clock
from board.mail import duties, envelopes, outbox, suppression
from board.mail.claiming import Claimed, Claims
from board.mail.composing import Parcel, Unmailable, compose
from board.mail.delivery import Deferred, NoSuchMailbox, Refused, Transport, Unreachable
from board.mail.files import FileTransport, mail_folder
from board.mail.models import OutboxMessage, SuppressionReason
from board.mail.outbox import Outcome, Result
from board.mail.pacing import Pace
from board.mail.smtp import SmtpTransport

POLL_SECONDS = 2.0  # how long a mail that is due waits at most for an idle worker
STEP_SECONDS = 0.2  # how soon an idle worker notices that it is to end
FRESH = timedelta(seconds=2)  # how long a check that was made for several mails is believed
MOST_FOR_ONE = timedelta(seconds=100)  # connecting and four answers of 20 s each
SHORTEST_REST, LONGEST_REST = timedelta(seconds=30), timedelta(minutes=10)  # for a server that is away
WAITED_FOR_SERVER = timedelta(days=5)  # RFC 5321, 4.5.4.1: before a mail is given up
CHORE_SECONDS = 3.0  # how long a worker that is to end waits for the chore at hand, which may be begun again
Try = tuple[int, Outcome, datetime]
log = logging.getLogger("board.mail")


class Looked(NamedTuple):
    """What a look at several mails found: why some are not to be sent, which were looked at, until when it
    may be believed."""

    reasons: Mapping[int, str]
    ids: Collection[int]
    until: datetime


NOT_LOOKED = Looked({}, (), datetime.min.replace(tzinfo=UTC))


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
        self._settling: Connection
        self._claims = Claims(settings.mail_hourly_cap)
        self._pace = Pace(settings.mail_pace)
        self._is_away = False  # the mail server: known since the present round
        self._rounds_away = 0
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
            with redoable_connection(db.engine) as self._settling:
                while not self._stop.is_asked and not self._is_away and (claimed := self._claims.next()):
                    results.update(self._send_all(claimed))
        finally:
            self._rounds_away += self._is_away
            self._is_away = False
            self._transport.close()
            db.session.remove()
        return results

    def _send_all(self, claimed: Claimed) -> Iterator[Result]:
        """Try one after the other; those that nobody got to are another round's, as if they had waited."""
        messages, sent, looked = deque(claimed.messages), list[Try](), NOT_LOOKED
        while messages and not self._has_to_end(claimed):
            if clock.now() > looked.until:
                looked = _looked_at(messages)
            message = messages.popleft()
            slot = self._pace.slot(message.id, message.recipient, clock.now())
            if slot > clock.now():
                self._give_back([message], claimed, slot)
                continue
            is_stopped = message.id in claimed.stopped
            outcome = Outcome(Result.CANCELLED, "suppressed") if is_stopped else self._try(message, looked)
            if outcome.result is Result.SENT:
                self._write_down_sent(message, claimed, outcome, sent)
            else:
                self._write_down(message, claimed, outcome)
            log.info("mail %d: %s", message.id, outcome.result)
            yield outcome.result
        self._end(claimed, messages, sent)

    def _end(self, claimed: Claimed, left: Iterable[OutboxMessage], sent: list[Try]) -> None:
        may_be_done_again(db.session())
        outbox.note(*sent)
        db.session.commit()
        if left:
            self._give_back(left, claimed, clock.now() + (self._rest() if self._is_away else timedelta()))

    def _has_to_end(self, claimed: Claimed) -> bool:
        enough = min(MOST_FOR_ONE, outbox.leased_for() / 2)
        return self._stop.is_asked or self._is_away or clock.now() > claimed.ends_at - enough

    def _write_down(self, message: OutboxMessage, claimed: Claimed, outcome: Outcome) -> None:
        """Settle it. A try that reached no server costs nothing, unless it has been so for days."""
        now = clock.now()
        may_be_done_again(db.session())
        if self._is_away and now - message.created_at < WAITED_FOR_SERVER:
            outbox.note((message.id, outcome, now))
            # after the others: it might be that mail's own fault, after all
            outbox.give_back([message.id], claimed.lease, due_at=now + 2 * self._rest())
        elif self._is_away:
            outbox.settle(
                message.id, claimed.lease, message.attempt_count, replace(outcome, result=Result.FAILED), now
            )
        else:
            self._rounds_away = 0
            outbox.settle(message.id, claimed.lease, message.attempt_count, outcome, now)
        if outcome.dead:
            suppression.suppress(message.recipient, SuppressionReason.HARD_BOUNCE, outcome.dead, now)
        db.session.commit()

    def _write_down_sent(
        self, message: OutboxMessage, claimed: Claimed, outcome: Outcome, sent: list[Try]
    ) -> None:
        """At once that it is out, lest it goes twice; what the server said, after some more."""
        now, self._rounds_away = clock.now(), 0
        with self._settling.begin():
            if outbox.settle_sent(self._settling, message.id, claimed.lease, now):
                sent.append((message.id, outcome, now))

    def _give_back(self, messages: Iterable[OutboxMessage], claimed: Claimed, due_at: datetime) -> None:
        may_be_done_again(db.session())
        outbox.give_back([message.id for message in messages], claimed.lease, due_at=due_at)
        db.session.commit()

    def _rest(self) -> timedelta:
        """How long to leave a server alone that cannot be reached: longer each time."""
        longer: timedelta = SHORTEST_REST * 2 ** min(self._rounds_away, 10)
        return min(longer, LONGEST_REST)

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

    def _try(self, message: OutboxMessage, looked: Looked) -> Outcome:
        """One try, whatever happens in it."""
        number = message.id
        try:
            ready = self._prepared(message, looked)
            if isinstance(ready, Outcome):
                return ready
            return Outcome(Result.SENT, self._transport.deliver(ready))
        except Unreachable as away:
            self._is_away = True
            return Outcome(Result.RETRY, str(away))
        except Deferred as patience:
            if patience.is_about_speed:
                self._pace.rest(message.recipient, clock.now())
            return Outcome(Result.RETRY, str(patience))
        except (Refused, Unmailable) as refusal:
            db.session.rollback()
            dead = refusal.code if isinstance(refusal, NoSuchMailbox) else ""
            return Outcome(Result.FAILED, str(refusal), dead)
        except Exception as mistake:  # the edge of the process: one bad mail must not hold up the others
            log.exception("mail %d could not be tried", number)
            db.session.rollback()
            return Outcome(Result.RETRY, f"a mistake of the board: {type(mistake).__name__}")

    def _prepared(self, message: OutboxMessage, looked: Looked) -> Parcel | Outcome:
        """The mail ready to go, or why it does not go. Its check may have written something, either way."""
        if message.id in looked.reasons:
            return Outcome(Result.CANCELLED, looked.reasons[message.id])
        if message.id in looked.ids or not duties.has_check(message):
            return self._parcel(message)
        may_be_done_again(db.session())
        current = db.session.merge(message, load=False)
        reason = duties.reason_against(current)
        ready = Outcome(Result.CANCELLED, reason) if reason else self._parcel(current)
        db.session.commit()
        return ready

    def _parcel(self, message: OutboxMessage) -> Parcel:
        sender = envelopes.bounce_address(message.id, message.recipient)
        return compose(message, mail_from=self._settings.mail_from, now=clock.now(), sender=sender)


def transport_for(settings: Settings) -> Transport:
    """Where mail goes by these settings. Raises PasswordUnprotected."""
    return SmtpTransport(settings) if settings.smtp_host else FileTransport(mail_folder(settings))


def _looked_at(messages: Collection[OutboxMessage]) -> Looked:
    """Check all at once that can be; words that changed are put right."""
    until = clock.now() + FRESH
    jointly = {message.id for message in duties.checked_jointly(messages)}
    if not jointly:
        return Looked({}, (), until)
    try:
        may_be_done_again(db.session())
        db.session.add_all(messages)
        reasons = duties.reasons_against([message for message in messages if message.id in jointly])
        db.session.flush()
        db.session.expunge_all()
        db.session.commit()
    except Exception:  # the edge of the process: one of them is to blame, so each is checked by itself
        log.exception("mails could not be checked together")
        db.session.rollback()
        return Looked({}, (), until)
    return Looked(reasons, jointly, until)
