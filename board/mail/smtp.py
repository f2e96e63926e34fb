"""Sending by SMTP: verified TLS, one connection for many mails, and answers told apart."""

from __future__ import annotations

import ipaddress
import re
import smtplib
import ssl

from board.config import Settings
from board.mail.composing import Parcel
from board.mail.delivery import Deferred, NoSuchMailbox, Refused, TooFast, Unreachable
from board.mail.statuses import CODE, NO_SUCH_MAILBOX

TIMEOUT_SECONDS = 20
ABOUT_US = (530, 535, 550, 553, 554)  # after MAIL FROM: not let in, or not as that sender (RFC 5321, 4.2.2)
INTERNATIONAL = ("SMTPUTF8", "BODY=8BITMIME")
SLOWER = re.compile(r"4\d\d 4\.7\.(?!1\b)")  # a matter of policy (RFC 3463); 4.7.1 is what greylisting says


class PasswordUnprotected(Exception):
    """The settings would send a password over a connection that anybody on the way can read."""


class SmtpTransport:
    """One mail server. Connects when the first mail is due and once more when the line has dropped."""

    def __init__(self, settings: Settings) -> None:
        """Raises PasswordUnprotected."""
        if settings.smtp_security == "none" and (settings.smtp_user or settings.smtp_password):
            raise PasswordUnprotected
        self._settings = settings
        self._connection: smtplib.SMTP | None = None

    def deliver(self, parcel: Parcel) -> str:
        """Raises Deferred or Refused. A line that dropped since the last mail is tried anew, once."""
        was_open = self._connection is not None
        try:
            try:
                self._send(parcel)
            except smtplib.SMTPServerDisconnected:
                if not was_open:
                    raise
                self._send(parcel)
        except (smtplib.SMTPException, OSError) as refusal:
            raise _in_our_words(refusal) from refusal
        return f"accepted by {self._settings.smtp_host}"

    def connected(self) -> smtplib.SMTP:
        """The line to the server, opened if it is not yet. Raises Unreachable."""
        self._connection = self._connection or self._opened_and_protected()
        return self._connection

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.quit()
        except (smtplib.SMTPException, OSError):
            connection.close()

    def _send(self, parcel: Parcel) -> None:
        connection = self.connected()
        options = INTERNATIONAL if parcel.is_international else ()
        try:
            connection.sendmail(parcel.sender, [parcel.recipient], parcel.raw, mail_options=options)
        except (smtplib.SMTPException, OSError) as refusal:
            if connection.sock is None or not isinstance(refusal, smtplib.SMTPException):
                connection.close()
                self._connection = None
            raise

    def _opened_and_protected(self) -> smtplib.SMTP:
        """A connection that is protected and signed in as the settings say. Raises Unreachable."""
        connection: smtplib.SMTP | None = None
        try:
            connection = self._opened()
            if self._settings.smtp_security == "starttls":
                connection.starttls(context=ssl.create_default_context())
            if self._settings.smtp_user:
                connection.login(self._settings.smtp_user, self._settings.smtp_password)
        except (smtplib.SMTPException, OSError) as refusal:
            if connection is not None:
                connection.close()
            raise Unreachable(f"no connection to the mail server: {_said(refusal)}") from refusal
        return connection

    def _opened(self) -> smtplib.SMTP:
        host, port = self._settings.smtp_host, self._settings.smtp_port
        name = _greeting(self._settings.public_host)
        if self._settings.smtp_security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, name, timeout=TIMEOUT_SECONDS, context=context)
        return smtplib.SMTP(host, port, name, timeout=TIMEOUT_SECONDS)


def _in_our_words(refusal: Exception) -> Deferred | Refused:
    code, said = _code_of(refusal), _said(refusal)
    if isinstance(refusal, smtplib.SMTPNotSupportedError):
        return Refused(said)  # the server does not know addresses beyond ASCII
    if isinstance(refusal, smtplib.SMTPSenderRefused) and code in ABOUT_US:
        return Unreachable(f"the mail server takes nothing from us: {said}")
    if dead := _dead_code(refusal):
        return NoSuchMailbox(said, dead)
    if 500 <= code < 600:
        return Refused(said)
    return TooFast(said) if code == 421 or SLOWER.match(said) else Deferred(said)


def _code_of(refusal: Exception) -> int:
    """The server's three digits; 0 where it said nothing."""
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return max(code for code, _ in refusal.recipients.values())
    return int(refusal.smtp_code) if isinstance(refusal, smtplib.SMTPResponseException) else 0


def _dead_code(refusal: Exception) -> str:
    """The code by which the server says that there is no such mailbox; empty for whatever else it says."""
    if not isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return ""
    codes = [CODE.match(_text(words)) for code, words in refusal.recipients.values() if code >= 500]
    return next((found[1] for found in codes if found and found[1] in NO_SUCH_MAILBOX), "")


def _said(refusal: Exception) -> str:
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_text(words)}" for code, words in refusal.recipients.values())
    if isinstance(refusal, smtplib.SMTPResponseException):
        return f"{refusal.smtp_code} {_text(refusal.smtp_error)}"
    return f"{type(refusal).__name__}: {refusal}"


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _greeting(host: str) -> str:
    """How we name ourselves (RFC 5321, 4.1.3): a name as it is, an address as a literal."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return f"[IPv6:{address}]" if address.version == 6 else f"[{address}]"
