"""Where incoming mail waits: a folder in Maildir form, or a mailbox behind IMAP. Nothing is ever deleted."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from board.config import Settings
from board.inbound.opening import MAX_BYTES

TIMEOUT_SECONDS = 20
IMAPS_PORT = 993
SEEN = "S"


class MailboxAway(Exception):
    """The mailbox cannot be opened, or is lost in the middle. What was read stays read."""


class Mailbox(Protocol):
    """Hands out mail that nobody read yet."""

    def waiting(self) -> Iterator[tuple[str, bytes]]:
        """Each mail under the key by which it is put by; of a large one the beginning. Raises MailboxAway."""

    def put_by(self, key: str) -> None:
        """Mark it as read. Twice is no mistake. Raises MailboxAway."""

    def close(self) -> None: ...


class Maildir:
    """`new` holds what arrived; a read mail stands in `cur` with the flag S, as mail programs have it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def waiting(self) -> Iterator[tuple[str, bytes]]:
        for name in self._unread():
            try:
                with (self._folder / name).open("rb") as file:
                    yield name, file.read(MAX_BYTES + 1)
            except FileNotFoundError:  # another worker was faster
                continue
            except OSError as refusal:
                raise MailboxAway(f"{name}: {refusal.strerror}") from refusal

    def put_by(self, key: str) -> None:
        name, _, flags = Path(key).name.partition(":2,")
        target = self._folder / "cur" / f"{name}:2,{''.join(sorted({*flags, SEEN}))}"
        try:
            (self._folder / key).rename(target)
        except FileNotFoundError:
            return
        except OSError as refusal:
            raise MailboxAway(f"{key}: {refusal.strerror}") from refusal

    def close(self) -> None:
        """Nothing is kept open."""

    def _unread(self) -> list[str]:
        try:
            new = [f"new/{path.name}" for path in (self._folder / "new").iterdir()]
            cur = [f"cur/{path.name}" for path in (self._folder / "cur").iterdir()]
        except OSError as refusal:
            raise MailboxAway(f"{self._folder}: {refusal.strerror}") from refusal
        unread = [*new, *(name for name in cur if SEEN not in name.partition(":2,")[2])]
        return sorted(name for name in unread if not Path(name).name.startswith("."))


class Imap:
    """A folder of an IMAP server, over TLS with a verified certificate. A read mail has the flag \\Seen."""

    def __init__(self, address: str, password: str) -> None:
        """address: imaps://user@host/FOLDER. Raises MailboxAway."""
        parts = urlsplit(address)
        folder = unquote(parts.path.strip("/")) or "INBOX"
        try:
            self._connection = imaplib.IMAP4_SSL(
                parts.hostname or "",
                parts.port or IMAPS_PORT,
                ssl_context=ssl.create_default_context(),
                timeout=TIMEOUT_SECONDS,
            )
        except (OSError, imaplib.IMAP4.error) as refusal:
            raise MailboxAway(f"{parts.hostname}: {refusal}") from refusal
        try:
            self._asked("login", unquote(parts.username or ""), password)
            self._asked("select", _quoted(folder))
        except MailboxAway:
            self.close()
            raise

    def waiting(self) -> Iterator[tuple[str, bytes]]:
        found = [line for line in self._asked("uid", "SEARCH", "UNSEEN") if isinstance(line, bytes)]
        for uid in b" ".join(found).split():
            key = uid.decode("ascii", "replace")
            answer = self._asked("uid", "FETCH", key, f"(BODY.PEEK[]<0.{MAX_BYTES + 1}>)")
            raw = next((piece[1] for piece in answer if isinstance(piece, tuple)), None)
            if raw is not None:  # else somebody took it away meanwhile
                yield key, raw

    def put_by(self, key: str) -> None:
        self._asked("uid", "STORE", key, "+FLAGS.SILENT", r"(\Seen)")

    def close(self) -> None:
        try:
            self._connection.logout()
        except (OSError, imaplib.IMAP4.error):
            self._connection.shutdown()

    def _asked(self, command: str, *arguments: str) -> list[bytes | tuple[bytes, bytes]]:
        try:
            status, answer = getattr(self._connection, command)(*arguments)
        except (OSError, imaplib.IMAP4.error) as refusal:
            raise MailboxAway(f"{command}: {refusal}") from refusal
        if status != "OK":
            raise MailboxAway(f"{command}: the server said {status}")
        return list(answer)


def mailbox_of(settings: Settings) -> Mailbox | None:
    """The mailbox that the settings name; None where there is none. Raises MailboxAway."""
    if not (settings.inbox and settings.inbox_address):
        return None
    if settings.inbox.startswith("maildir:"):
        return Maildir(Path(urlsplit(settings.inbox).path))
    return Imap(settings.inbox, settings.inbox_password)


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
