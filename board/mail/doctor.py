"""Why mail of this board might not arrive: its mail server, and what its domain says of it."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from board.config import Settings
from board.mail import domain_records, spf
from board.mail.composing import Parcel, compose
from board.mail.delivery import Deferred, Refused, Unreachable
from board.mail.findings import Finding, Grade
from board.mail.models import OutboxMessage
from board.mail.nameservers import Names, NoAnswer
from board.mail.smtp import SmtpTransport

SOON_DAYS = 14
NOT_PUBLIC = ("localhost", "test", "example", "invalid", "local", "internal")
TEST_WORDS = (
    "This is a test mail from your board.\n\n"
    'In your mail program, look at how it came (often "Show original" or "Source"): the line '
    "Authentication-Results should say spf=pass, dkim=pass and dmarc=pass.\n"
)


def examined_server(settings: Settings, transport: SmtpTransport, now: datetime) -> Iterator[Finding]:
    """The way to the mail server: whether it answers, proves who it is, and lets us in."""
    place = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        connection = transport.connected()
    except Unreachable as refusal:
        yield Finding(Grade.BAD, f"{refusal}. {_advice(refusal.__cause__, settings)}".strip())
        return
    yield _protection(place, connection, now)
    if settings.smtp_user:
        yield Finding(Grade.GOOD, f"It let us in as {settings.smtp_user}.")
    if not connection.has_extn("smtputf8"):
        words = "It cannot take mail for addresses beyond ASCII (SMTPUTF8); readers with such get none."
        yield Finding(Grade.DOUBTFUL, words)


def _protection(place: str, connection: smtplib.SMTP, now: datetime) -> Finding:
    line = connection.sock
    if not isinstance(line, ssl.SSLSocket):
        return Finding(Grade.DOUBTFUL, f"{place} answers, but the connection is not encrypted.")
    ends = ssl.cert_time_to_seconds(str((line.getpeercert() or {})["notAfter"]))
    days = (datetime.fromtimestamp(ends, UTC) - now).days
    words = f"{place} answers over {line.version()}, with a valid certificate for {days} more days."
    return Finding(Grade.GOOD if days >= SOON_DAYS else Grade.DOUBTFUL, words)


def _advice(cause: BaseException | None, settings: Settings) -> str:
    """What to do about it, for what commonly goes wrong."""
    host, port = settings.smtp_host, settings.smtp_port
    advice: dict[type[BaseException] | tuple[type[BaseException], ...], str] = {
        ssl.SSLCertVerificationError: f"The server cannot prove to be {host}. Is that the name that your "
        "provider tells, or has its certificate run out? Nothing is sent to it, and no password.",
        ssl.SSLError: "With port 587 it is usually BOARD_SMTP_SECURITY=starttls, with port 465 tls.",
        smtplib.SMTPAuthenticationError: "Check BOARD_SMTP_USER and BOARD_SMTP_PASSWORD. Many providers want "
        "a password made for programs, not the one of the account.",
        smtplib.SMTPNotSupportedError: "The server lacks what the settings ask for. Some encrypt from the "
        "start: port 465 and BOARD_SMTP_SECURITY=tls.",
        socket.gaierror: f"There is no host called {host}: check BOARD_SMTP_HOST.",
        ConnectionRefusedError: f"Nothing listens at port {port}: 587 and 465 are usual.",
        (TimeoutError, smtplib.SMTPServerDisconnected): f"Is port {port} blocked on the way? Many hosters "
        "block 25. Port 587 goes with BOARD_SMTP_SECURITY=starttls, 465 with tls; else there is silence.",
    }
    return next((words for kind, words in advice.items() if isinstance(cause, kind)), "")


def sent_test(settings: Settings, transport: SmtpTransport, to: str, now: datetime) -> Finding:
    """Send a mail to `to`."""
    try:
        said = transport.deliver(_test_mail(settings, to, now))
    except (Deferred, Refused) as refusal:
        return Finding(Grade.BAD, f"The test mail to {to} was not taken: {refusal}")
    return Finding(Grade.GOOD, f"The test mail to {to} was {said}. Look how it came.")


def _test_mail(settings: Settings, to: str, now: datetime) -> Parcel:
    domain = settings.mail_from.rpartition("@")[2]
    message = OutboxMessage(
        id=0,
        kind="doctor",
        recipient=to,
        sender_name="Your board",
        subject="A test mail from your board",
        text=TEST_WORDS,
        html=f"<p>{'</p><p>'.join(TEST_WORDS.strip().split(chr(10) * 2))}</p>",
        message_id=f"<doctor.{int(now.timestamp())}@{domain}>",
        headers={},
    )
    return compose(message, mail_from=settings.mail_from, now=now, sender=_envelope(settings))


def examined_names(settings: Settings, names: Names, selectors: Sequence[str]) -> Iterator[Finding]:
    """What the domain of our address says of mail in its name. selectors: [] tries DKIM's usual ones."""
    domain, bounces = _domain(settings.mail_from), _domain(_envelope(settings))
    if "." not in domain or domain.rpartition(".")[2] in NOT_PUBLIC:
        words = (
            f"{domain} is no domain of the internet, so no server believes mail from it: set BOARD_MAIL_FROM."
        )
        yield Finding(Grade.BAD, words)
        return
    looks: list[Callable[[], list[Finding]]] = [
        lambda: _mx(domain, names),
        lambda: _spf(bounces, settings.smtp_host, names),
        lambda: _dkim(domain, selectors, names),
        lambda: _dmarc(domain, bounces, names),
    ]
    for look in looks:
        try:
            yield from look()
        except NoAnswer as trouble:
            yield Finding(Grade.BAD, f"The name servers gave no answer about {trouble}. Try again later.")


def _mx(domain: str, names: Names) -> list[Finding]:
    return [domain_records.exchanges_judged(domain, names.exchanges(domain), names.addresses(domain))]


def _spf(domain: str, server: str, names: Names) -> list[Finding]:
    records = spf.records_among(names.texts(domain))
    one = spf.followed(domain, records[0], names) if len(records) == 1 else None
    return [spf.judged(domain, records, one, server, names.addresses(server))]


def _dkim(domain: str, selectors: Sequence[str], names: Names) -> list[Finding]:
    found = {
        selector: names.texts(f"{selector}._domainkey.{domain}")
        for selector in selectors or domain_records.SELECTORS
    }
    return domain_records.dkim_judged(domain, found, is_named=bool(selectors))


def _dmarc(domain: str, bounces: str, names: Names) -> list[Finding]:
    at, records = domain, list[str]()
    for at in domain_records.above(domain):
        texts = names.texts(f"_dmarc.{at}")
        if records := [text for text in texts if text.upper().startswith("V=DMARC1")]:
            break
    findings = [domain_records.dmarc_judged(domain, at, records)]
    if not domain_records.are_aligned(domain, bounces, at if records else domain):
        words = (
            f"Mail comes from {domain}, but what comes back goes to {bounces}: SPF says nothing for {domain} "
            "then, and DKIM has to. An address in one domain for both is safer."
        )
        findings.append(Finding(Grade.DOUBTFUL, words))
    return findings


def _envelope(settings: Settings) -> str:
    return settings.inbox_address or settings.mail_from


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower().encode("idna").decode("ascii")
