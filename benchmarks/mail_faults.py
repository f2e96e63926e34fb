"""Whether any mail is lost, or sent twice for no reason, when everything that can go wrong does.

    python benchmarks/mail_faults.py
    python benchmarks/mail_faults.py --events 200 --kills 6 --database sqlite

So many readers wait for an answer, and each gets one: moderators publish the answers while two workers send
the mail. Workers are killed (kill -9) at random moments and begin anew. Their mail server, a real one on this
machine, greylists every reader, asks some mails for patience, refuses some readers for good, hangs up on some
mails before it took them and on some after it did, and is away for some seconds every now and then.

At the end every reader must have a mail, or it must be shown as failed. "again:kill" counts mails that went
out twice because a worker was killed between the server's yes and its note of it; there are at most as many
as kills. "again:hang-up" counts those that the server took without saying so: no sender can know. Either
way the second must have the Message-ID of the first.

Example: `python benchmarks/mail_faults.py --events 100 --kills 3 --database sqlite` takes about a minute.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

# In place of this folder, or whoever imports Python's own `queue` would get the file of that name.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from board.comments.lifecycle import change_status
from board.comments.models import Comment, Status
from board.extensions import db
from board.foundation import clock
from board.mail.models import OutboxMessage, OutboxState
from board.subscriptions.models import News, Notice, NoticeState
from tests.support.applications import SECRET, make_application, make_settings, run_command
from tests.support.makers import Makers, ago
from tests.support.postgres import running_postgres
from tests.support.quick_smtp import Manners, Taken, quick_smtp, taken

UNKIND = Manners(
    greylists=True, later=0.03, refuses=0.03, hangs_up=0.02, swallows=0.01, away_every=9.0, away_for=3.0
)
WORKERS = 2
HEADS = (
    "",
    "events",
    "arrived",
    "failed",
    "lost",
    "again: kill",
    "again: hang-up",
    "other id",
    "kills",
    "seconds",
)


@dataclass(frozen=True)
class Outcome:
    """What became of the events on one database."""

    database: str
    events: int
    arrived: int
    failed: int
    lost: int
    again_by_kill: int
    again_by_hang_up: int
    other_id: int
    kills: int
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        prog="python benchmarks/mail_faults.py",
    )
    parser.add_argument("--events", type=int, default=1000, help="how many readers are answered (1000)")
    parser.add_argument("--kills", type=int, default=20, help="how often a worker is killed (20)")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--lease", type=int, default=10, help="seconds until mail of the killed is free (10)")
    asked = parser.parse_args()
    names = ("sqlite", "postgresql") if asked.database == "both" else (asked.database,)
    print("".join(f"{head:>16}" for head in HEADS))
    are_good = [show(trial(name, asked.events, asked.kills, asked.lease)) for name in names]
    sys.exit(0 if all(are_good) else 1)


def show(outcome: Outcome) -> bool:
    """Print a line of the table; whether every promise was kept."""
    cells = (*vars(outcome).values(),)[:-1]
    print("".join(f"{cell:>16}" for cell in cells) + f"{outcome.seconds:>16.0f}", flush=True)
    return outcome.lost == outcome.other_id == 0 and outcome.again_by_kill <= outcome.kills


def trial(database: str, events: int, kills: int, lease: int) -> Outcome:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder}/board.sqlite3"
        if database == "postgresql":
            url = stack.enter_context(running_postgres()).new_database()
        port = stack.enter_context(quick_smtp(folder / "taken.log", UNKIND))
        app = make_application(make_settings(folder, url, BOARD_NOTICE_DELAY_SECONDS="0"))
        with app.app_context():
            upgrade()
            replies = prepare(events)
            begun = time.monotonic()
            with workers(environment(folder, url, port, lease)) as crew:
                publish_all(replies, crew, kills)
                finish(app)
            seconds = time.monotonic() - begun
            outcome = count(database, events, kills, taken(folder / "taken.log"), seconds)
            db.session.remove()
            db.engine.dispose()
    return outcome


def environment(folder: Path, url: str, port: int, lease: int) -> dict[str, str]:
    return {
        **os.environ,
        "BOARD_DATA": str(folder),
        "BOARD_DATABASE_URL": url,
        "BOARD_SECRET": SECRET,
        "BOARD_MAIL_FROM": "board@board.test",
        "BOARD_SMTP_HOST": "127.0.0.1",
        "BOARD_SMTP_PORT": str(port),
        "BOARD_SMTP_SECURITY": "none",
        "BOARD_NOTICE_DELAY_SECONDS": "0",
        "BOARD_MAIL_LEASE_SECONDS": str(lease),
        "BOARD_MAIL_PACE": "0",
    }


def prepare(events: int) -> list[int]:
    """So many comments of readers who want to hear, each with an answer that waits; the answers' ids."""
    makers = Makers(db.session())
    thread = makers.thread(site := makers.site())
    replies = []
    for number in range(events):
        reader = makers.reader(site, f"reader{number}@host{number % 20}.example", confirmed_at=ago(days=1))
        comment = makers.comment(thread, reader_id=reader.id)
        makers.subscription(reader, comment, confirmed_at=ago(days=1))
        replies.append(makers.comment(thread, comment, status=Status.PENDING, author_name="Ben").id)
    return replies


class Crew:
    """Workers that can be killed, and are replaced at once."""

    def __init__(self, environ: dict[str, str]) -> None:
        self._environ = environ
        self._hands = [self._begin() for _ in range(WORKERS)]

    def kill_one(self) -> None:
        place = random.randrange(WORKERS)  # noqa: S311  # bad luck needs no secrecy
        self._hands[place].send_signal(signal.SIGKILL)
        self._hands[place].wait()
        self._hands[place] = self._begin()

    def stop(self) -> None:
        for hand in self._hands:
            hand.terminate()
        for hand in self._hands:
            hand.wait(30)

    def _begin(self) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        command = [sys.executable, "-m", "board", "worker"]
        return subprocess.Popen(command, env=self._environ, stdout=quiet, stderr=quiet)  # noqa: S603  # our own


@contextmanager
def workers(environ: dict[str, str]) -> Iterator[Crew]:
    crew = Crew(environ)
    try:
        yield crew
    finally:
        crew.stop()


def publish_all(replies: list[int], crew: Crew, kills: int) -> None:
    """One transaction for each answer; in between the workers are killed, while they work as well."""
    time.sleep(3)  # they take a moment to begin
    moments = sorted(random.choices(range(len(replies)), k=kills))  # noqa: S311  # bad luck needs no secrecy
    for number, reply in enumerate(replies):
        change_status(db.session.get_one(Comment, reply), Status.PUBLISHED, now=clock.now())
        db.session.commit()
        while moments and moments[0] <= number:
            moments.pop(0)
            time.sleep(random.uniform(0.5, 3.0))  # noqa: S311  # bad luck needs no secrecy
            crew.kill_one()


def finish(app: Flask) -> None:
    """Wait until nothing waits, as an operator would who does not want to: delays are cut short."""
    while left() > 0:
        time.sleep(2)
        retried = run_command(app, "mail", "retry", "--waiting")
        if retried.exit_code:
            raise SystemExit(retried.output)


def left() -> int:
    """How much is not done: news to spread, notices to mail, mail to send."""
    waiting = (OutboxState.QUEUED.value, OutboxState.SENDING.value)
    counts = (
        select(func.count(News.id)).where(News.spread_at.is_(None)),
        select(func.count(Notice.id)).where(Notice.state == NoticeState.WAITING.value),
        select(func.count(OutboxMessage.id)).where(OutboxMessage.state.in_(waiting)),
    )
    number = sum(db.session.scalars(query).one() for query in counts)
    db.session.rollback()
    return number


def count(database: str, events: int, kills: int, mails: list[Taken], seconds: float) -> Outcome:
    deliveries = Counter(mail.recipient for mail in mails)
    swallowed = Counter(mail.recipient for mail in mails if mail.is_swallowed)
    names = {(mail.recipient, mail.message_id) for mail in mails}
    failed_query = select(OutboxMessage.recipient).where(OutboxMessage.state == OutboxState.FAILED.value)
    failed = set(db.session.scalars(failed_query)) - set(deliveries)
    by_hang_up = {one: min(swallowed[one], deliveries[one] - 1) for one in deliveries}
    return Outcome(
        database,
        events,
        arrived=len(deliveries),
        failed=len(failed),
        lost=events - len(deliveries) - len(failed),
        again_by_kill=sum(deliveries[one] - 1 - by_hang_up[one] for one in deliveries),
        again_by_hang_up=sum(by_hang_up.values()),
        other_id=len(names) - len(deliveries),
        kills=kills,
        seconds=seconds,
    )


if __name__ == "__main__":
    main()
