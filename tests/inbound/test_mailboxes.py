"""A Maildir and an IMAP server are read once each, and nothing in them is ever deleted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.foundation import clock
from board.inbound.mailboxes import Imap, MailboxAway, Maildir
from board.inbound.opening import MAX_BYTES
from board.inbound.reading import read_mailbox
from board.mail.models import IncomingMail
from tests.inbound.imap import CERTIFICATES, ImapServer
from tests.inbound.post import INBOX, answer
from tests.support.applications import commit_so_far

MAILS = [answer("board@mail.example", f"Number {number}.") for number in range(3)]


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for name in ("tmp", "new", "cur"):
        (tmp_path / "Maildir" / name).mkdir(parents=True)
    return tmp_path / "Maildir"


@pytest.fixture
def imap() -> Iterator[ImapServer]:
    server = ImapServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's certificate is one that this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "localhost.pem"))


def read(app: Flask) -> int:
    commit_so_far()
    with app.app_context():
        return read_mailbox(clock.now())


def noted(session: Session) -> int:
    session.commit()
    return len(session.scalars(select(IncomingMail)).all())


def files(maildir: Path) -> list[str]:
    return sorted(str(path.relative_to(maildir)) for path in maildir.rglob("*") if path.is_file())


def test_what_arrived_in_a_maildir_is_read_and_put_by(
    make_app: Callable[..., Flask], session: Session, maildir: Path
) -> None:
    (maildir / "new" / "1.a.host").write_bytes(MAILS[0])
    (maildir / "cur" / "2.b.host:2,").write_bytes(MAILS[1])  # a mail program has seen that it is there
    (maildir / "cur" / "3.c.host:2,RS").write_bytes(MAILS[2])  # somebody has read it
    (maildir / "tmp" / "4.d.host").write_bytes(b"half of a m")
    (maildir / "new" / ".hidden").write_bytes(b"")
    app = make_app(**INBOX, BOARD_MAIL_INBOX=f"maildir:{maildir}")
    assert (read(app), read(app), noted(session)) == (2, 0, 2)
    assert files(maildir) == [
        "cur/1.a.host:2,S",
        "cur/2.b.host:2,S",
        "cur/3.c.host:2,RS",
        "new/.hidden",
        "tmp/4.d.host",
    ]
    assert (maildir / "cur" / "1.a.host:2,S").read_bytes() == MAILS[0]


@pytest.mark.databases("sqlite")
def test_somebody_who_died_before_putting_a_mail_by_does_nothing_twice(
    make_app: Callable[..., Flask], session: Session, maildir: Path
) -> None:
    app = make_app(**INBOX, BOARD_MAIL_INBOX=f"maildir:{maildir}")
    for _ in range(2):
        (maildir / "new" / "1.a.host").write_bytes(MAILS[0])
        assert read(app) == 1
    assert noted(session) == 1


def test_of_two_workers_at_one_mail_the_slower_does_nothing(maildir: Path) -> None:
    (maildir / "new" / "1.a.host").write_bytes(MAILS[0])
    one, other = Maildir(maildir), Maildir(maildir)
    [(key, _)] = one.waiting()
    waiting = other.waiting()
    one.put_by(key)
    assert list(waiting) == []
    other.put_by(key)
    assert files(maildir) == ["cur/1.a.host:2,S"]


def test_of_a_huge_mail_only_the_beginning_is_taken_into_memory(maildir: Path) -> None:
    with (maildir / "new" / "1.a.host").open("wb") as file:
        file.truncate(2**31)  # a sparse file of two gigabytes
    [(_, raw)] = Maildir(maildir).waiting()
    assert len(raw) == MAX_BYTES + 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_maildir_that_may_not_be_read_says_so(maildir: Path) -> None:
    (maildir / "new").chmod(0)
    with pytest.raises(MailboxAway, match="Permission"):
        list(Maildir(maildir).waiting())


def test_a_maildir_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(MailboxAway, match="No such file"):
        list(Maildir(tmp_path / "nothing").waiting())


@pytest.mark.databases("sqlite")
def test_a_mailbox_that_is_away_is_asked_again_and_harms_nobody(
    make_app: Callable[..., Flask], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert read(make_app(**INBOX, BOARD_MAIL_INBOX=f"maildir:{tmp_path}/nothing")) == 0
    assert "the mailbox cannot be read" in caplog.text


@pytest.mark.databases("sqlite")
def test_without_a_mailbox_nothing_is_read(app: Flask, make_app: Callable[..., Flask], maildir: Path) -> None:
    (maildir / "new" / "1.a.host").write_bytes(MAILS[0])
    assert read(app) == 0
    assert read(make_app(BOARD_MAIL_INBOX=f"maildir:{maildir}")) == 0


def test_what_arrived_behind_imap_is_read_and_flagged(
    make_app: Callable[..., Flask], session: Session, imap: ImapServer, trusted: None
) -> None:
    imap.put(*MAILS)
    imap.mails[2].flags.add(r"\Seen")
    app = make_app(**INBOX, **imap.environ)
    assert (read(app), read(app), noted(session)) == (2, 0, 2)
    assert imap.seen() == [True, True, True]
    assert imap.said[-1] == "LOGOUT"


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("command", ["LOGIN", "SELECT", "UID SEARCH", "UID FETCH", "UID STORE", "LOGOUT"])
def test_a_line_that_breaks_anywhere_loses_and_doubles_nothing(
    make_app: Callable[..., Flask], session: Session, imap: ImapServer, trusted: None, command: str
) -> None:
    imap.put(*MAILS)
    imap.hang_up_before = command
    app = make_app(**INBOX, **imap.environ)
    read(app)
    read(app)
    assert noted(session) == 3
    assert imap.seen() == [True, True, True]


def test_a_server_that_cannot_prove_who_it_is_gets_no_password(imap: ImapServer) -> None:
    with pytest.raises(MailboxAway, match="CERTIFICATE_VERIFY_FAILED"):
        Imap(imap.environ["BOARD_MAIL_INBOX"], "secret")
    assert imap.said == []


def test_a_wrong_password_says_so(imap: ImapServer, trusted: None) -> None:
    with pytest.raises(MailboxAway, match="AUTHENTICATIONFAILED"):
        Imap(imap.environ["BOARD_MAIL_INBOX"], "wrong")
    assert imap.said[-1] == "LOGOUT"


def test_another_folder_may_be_named(imap: ImapServer, trusted: None) -> None:
    address = imap.environ["BOARD_MAIL_INBOX"].replace("/INBOX", "/Other%20folder")
    with pytest.raises(MailboxAway, match="select: the server said NO"):
        Imap(address, imap.environ["BOARD_MAIL_INBOX_PASSWORD"])


def test_of_a_huge_mail_behind_imap_only_the_beginning_is_asked_for(imap: ImapServer, trusted: None) -> None:
    imap.put(b"a" * (MAX_BYTES * 2))
    mailbox = Imap(imap.environ["BOARD_MAIL_INBOX"], imap.environ["BOARD_MAIL_INBOX_PASSWORD"])
    [(_, raw)] = mailbox.waiting()
    mailbox.close()
    assert len(raw) == MAX_BYTES + 1
