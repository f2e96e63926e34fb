"""How quickly the worker empties the outbox, beside a bare loop that sends the same messages.

    python benchmarks/mail_throughput.py
    python benchmarks/mail_throughput.py --mails 2000 --database postgresql

So many readers follow a discussion in which somebody writes. How long it takes to make a notice for each, and
a mail of each notice, is told first. Then `board worker --once` sends the mails, a real process with the
ordinary settings, to a server on this machine: aiosmtpd, in a process of its own. Last, smtplib alone sends
the same bytes to the same server over one connection. What matters is the ratio of the two rates. The memory
of the worker is read while it works: after a tenth of the mails, after half of them, and at the end.

Example: `python benchmarks/mail_throughput.py --mails 1000` takes some seconds.
"""

from __future__ import annotations

import argparse
import os
import smtplib
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

# In place of this folder, or whoever imports Python's own `queue` would get the file of that name.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from flask_migrate import upgrade
from sqlalchemy import func, insert, select

from board.comments.lifecycle import change_status
from board.comments.models import Status
from board.database import Base
from board.extensions import db
from board.foundation import clock
from board.mail.composing import compose
from board.mail.models import OutboxMessage
from board.readers.models import Reader
from board.subscriptions.gathering import gather_mail
from board.subscriptions.models import Subscription
from board.subscriptions.spreading import spread_news
from tests.support.applications import SECRET, make_application, make_settings
from tests.support.makers import Makers, ago
from tests.support.postgres import running_postgres
from tests.support.quick_smtp import quick_smtp, taken, whole_smtp

SERVERS = {"aiosmtpd": whole_smtp, "bare": quick_smtp}
DOMAINS = 50
WORDS = "That is how my grandmother did it, too: **first the kettle**, then the answer. " * 4
MEGABYTE = 1024 * 1024


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        prog="python benchmarks/mail_throughput.py",
    )
    parser.add_argument("--mails", type=int, default=10_000, help="how many are queued (10000)")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument(
        "--server", choices=SERVERS, default="aiosmtpd", help="aiosmtpd, or one that does nothing else (bare)"
    )
    asked = parser.parse_args()
    names = ("sqlite", "postgresql") if asked.database == "both" else (asked.database,)
    for name in names:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            url = f"sqlite:///{folder}/board.sqlite3"
            if name == "postgresql":
                url = stack.enter_context(running_postgres()).new_database()
            print(name)
            measure(folder, url, asked.mails, asked.server)


def measure(folder: Path, url: str, mails: int, server: str) -> None:
    app = make_application(make_settings(folder, url))
    with app.app_context():
        upgrade()
        raws = queue(mails)
        with SERVERS[server](folder / "worker.log") as port:
            seconds, memory = drain(folder, url, port, mails)
        with SERVERS[server](folder / "loop.log") as port:
            bare = send_all(port, raws)
        report(mails, seconds, bare, memory, len(taken(folder / "worker.log")))
        db.session.remove()
        db.engine.dispose()


def queue(mails: int) -> list[tuple[str, bytes]]:
    """Let so many follow a discussion, and a comment be published in it; the bytes that go out, by reader."""
    makers, moment = Makers(db.session()), ago(days=1)
    thread = makers.thread(site := makers.site())
    known = {"site_id": site.id, "name": "", "created_at": moment, "confirmed_at": moment}
    emails = [f"reader{number}@host{number % DOMAINS}.example" for number in range(mails)]
    db.session.execute(insert(Reader), [{**known, "email": email} for email in emails])
    asked = {"topic": "thread", "thread_id": thread.id, "created_at": moment}
    asked |= {"asked_at": moment, "confirmed_at": moment}
    readers = db.session.scalars(select(Reader.id)).all()
    db.session.execute(insert(Subscription), [{**asked, "reader_id": number} for number in readers])
    comment = makers.comment(thread, status=Status.PENDING, author_name="Ben", source=WORDS)
    change_status(comment, Status.PUBLISHED, now=ago(hours=2))
    db.session.commit()
    begun, now = time.perf_counter(), clock.now()
    spread_news(now)
    between = time.perf_counter()
    while count(OutboxMessage) < mails:
        gather_mail(now)
    print(
        f"  {between - begun:.1f} s to make notices, {time.perf_counter() - between:.1f} s to write the mails"
    )
    rows = db.session.scalars(
        select(OutboxMessage).order_by(OutboxMessage.id).execution_options(yield_per=500)
    )
    raws = [(row.recipient, compose(row, mail_from="board@board.test", now=now).raw) for row in rows]
    db.session.rollback()
    return raws


def count(table: type[Base]) -> int:
    number = db.session.scalars(select(func.count()).select_from(table)).one()
    db.session.rollback()
    return number


def drain(folder: Path, url: str, port: int, mails: int) -> tuple[float, list[float]]:
    """Seconds from the first mail to the last; the worker's memory in MB at a tenth, half and the end."""
    environ = {
        **os.environ,
        "BOARD_DATA": str(folder),
        "BOARD_DATABASE_URL": url,
        "BOARD_SECRET": SECRET,
        "BOARD_MAIL_FROM": "board@board.test",
        "BOARD_SMTP_HOST": "127.0.0.1",
        "BOARD_SMTP_PORT": str(port),
        "BOARD_SMTP_SECURITY": "none",
        "BOARD_MAIL_PACE": "0",
    }
    command = [sys.executable, "-m", "board", "worker", "--once"]
    worker = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)  # noqa: S603  # our own
    memory: list[float] = []
    marks = [mails // 10, mails // 2, mails - mails // 50]
    first = 0.0
    while worker.poll() is None and (done := lines(folder / "worker.log")) < mails:
        first = first or (time.perf_counter() if done else 0.0)
        if marks and done >= marks[0]:
            memory.append(resident(worker.pid))
            marks.pop(0)
        time.sleep(0.1)
    seconds = time.perf_counter() - first
    worker.wait()
    return seconds, memory


def lines(log: Path) -> int:
    """How many mails arrived, without reading all of it each time: each line has about the same length."""
    return log.read_bytes().count(b"\n") if log.exists() else 0


def resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


def send_all(port: int, raws: list[tuple[str, bytes]]) -> float:
    """Seconds that smtplib alone takes."""
    begun = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for recipient, raw in raws:
            server.sendmail("board@board.test", [recipient], raw)
    return time.perf_counter() - begun


def report(mails: int, seconds: float, bare: float, memory: list[float], arrived: int) -> None:
    print(f"{arrived} of {mails} mails arrived.")
    print(f"{'worker':<12}{mails / seconds:>8.0f} mails/s")
    print(f"{'smtplib':<12}{mails / bare:>8.0f} mails/s")
    print(f"{'ratio':<12}{bare / seconds:>8.2f}")
    print("memory      " + ", ".join(f"{one:.0f} MB" for one in memory) + " (after a tenth, half, all)")


if __name__ == "__main__":
    main()
