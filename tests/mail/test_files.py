"""Without a mail server, every mail is a file that mail programs open."""

from __future__ import annotations

import email
import email.policy
import shutil
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask

from board.mail.composing import Parcel
from board.mail.delivery import Deferred
from board.mail.files import FileTransport, mail_folder
from board.mail.outbox import Result
from tests.mail.letters import letter, work, write_down

PARCEL = Parcel(7, "test", "board@board.test", "ada@example.test", b"Subject: x\r\n\r\nx\r\n")


def test_mail_is_written_as_whole_files(app: Flask) -> None:
    folder = mail_folder(app.config["BOARD"])
    shutil.rmtree(folder, ignore_errors=True)
    write_down(app, letter(1), letter(2))
    assert work(app) == {Result.SENT: 2}
    files = sorted(folder.iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    mail = email.message_from_bytes(files[0].read_bytes(), _class=EmailMessage, policy=email.policy.SMTP)
    assert mail["To"] == "reader1@example.test"
    assert files[0].stat().st_mode & 0o077 == 0


def test_the_same_mail_again_replaces_its_file(tmp_path: Path) -> None:
    transport = FileTransport(tmp_path / "mail")
    for _ in range(2):
        assert transport.deliver(PARCEL) == "written to 000007-test.eml"
    assert [file.name for file in (tmp_path / "mail").iterdir()] == ["000007-test.eml"]


def test_a_disk_that_refuses_costs_no_mail(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file where the folder should be")
    with pytest.raises(Deferred):
        FileTransport(tmp_path / "mail").deliver(PARCEL)
