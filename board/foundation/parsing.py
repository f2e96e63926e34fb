"""From the text of a setting to its value. Each says in plain words what it wanted, as a ValueError.

The words follow the name of the setting: "BOARD_PORT must be a port, 1 to 65535".
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from limits import parse_many
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from board.foundation.origins import OriginRefused, normal_origin

OWN_COUNTERS = "board://"
COUNTING_SERVERS = {  # schemes, with the package that speaks to such a server
    "redis": "redis",
    "rediss": "redis",
    "valkey": "valkey",
    "valkeys": "valkey",
}
MAX_INBOX_LOCAL_CHARS = 23  # RFC 5321 grants 64; board/mail/envelopes.py adds up to 40
MIN_SECRET_CHARS = 32  # 128 bits in hexadecimal: OWASP ASVS 5.0, 11.5.1


def as_text(raw: str) -> str:
    return raw.strip()


def as_flag(raw: str) -> bool:
    answers = {
        "yes": True,
        "true": True,
        "1": True,
        "on": True,
        "no": False,
        "false": False,
        "0": False,
        "off": False,
    }
    if raw.strip().lower() not in answers:
        raise ValueError("must be yes or no")
    return answers[raw.strip().lower()]


def as_count(raw: str) -> int:
    if not raw.strip().isdecimal():
        raise ValueError("must be a whole number, 0 or more")
    return int(raw)


def as_days_kept(raw: str) -> int:
    """Days that mail is kept: longer than the week for which it is known by its key."""
    if (number := as_count(raw)) < 8:
        raise ValueError("must be a whole number, 8 or more")
    return number


def as_hour(raw: str) -> int:
    number = as_count(raw)
    if number > 23:
        raise ValueError("must be an hour, 0 to 23")
    return number


def as_port(raw: str) -> int:
    number = as_count(raw)
    if not 1 <= number <= 65535:
        raise ValueError("must be a port, 1 to 65535")
    return number


def as_folder(raw: str) -> Path:
    return Path(raw).expanduser().resolve()


def as_secret(raw: str) -> str:
    if len(raw.strip()) < MIN_SECRET_CHARS:
        raise ValueError(f"must have at least {MIN_SECRET_CHARS} characters; `board setup` makes one")
    return raw.strip()


def as_secrets(raw: str) -> tuple[str, ...]:
    return tuple(as_secret(one) for one in raw.split())


def as_web_address(raw: str) -> str:
    parts = urlsplit(raw.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an http or https address such as https://board.example")
    if parts.path.strip("/"):
        raise ValueError("must not have a path: the board lives at the root of its host")
    return f"{parts.scheme}://{parts.netloc}".lower()


def as_origins(raw: str) -> tuple[str, ...]:
    try:
        return tuple(normal_origin(one) for one in raw.split())
    except OriginRefused:
        raise ValueError("must be origins such as http://wordpress:8080, separated by spaces") from None


def as_language(raw: str) -> str:
    try:
        return str(Locale.parse(raw.strip().replace("-", "_")))
    except (ValueError, UnknownLocaleError):
        raise ValueError("must be the code of a language, such as en, de or pt-BR") from None


def as_rate(raw: str) -> str:
    try:
        parse_many(raw)
    except ValueError:
        raise ValueError("must be a rate such as: 5 per 10 minutes; 30 per day") from None
    return raw.strip()


def as_rate_storage(raw: str) -> str:
    """Where rate limits are counted: OWN_COUNTERS, or a server whose client is installed."""
    address = raw.strip()
    scheme, _, rest = address.partition("://")
    if address == OWN_COUNTERS:
        return address
    package = COUNTING_SERVERS.get(scheme.partition("+")[0])
    if package is None or not rest:
        raise ValueError("must be board:// or the address of a server, such as redis://localhost:6379")
    if find_spec(package) is None:
        raise ValueError(f"needs the Python package {package}, which is not installed")
    return address


def as_database_address(raw: str) -> URL:
    try:
        url = make_url(raw.strip())
    except ArgumentError:
        raise ValueError(
            "must be an address such as sqlite:////srv/board.sqlite3 or postgresql://user@host/board"
        ) from None
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ValueError("must be an sqlite or postgresql address")
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return url


def as_smtp_security(raw: str) -> str:
    if raw.strip() not in {"starttls", "tls", "none"}:
        raise ValueError("must be starttls, tls or none")
    return raw.strip()


def as_second_factor(raw: str) -> str:
    if raw.strip() not in {"optional", "owners", "everyone"}:
        raise ValueError("must be optional, owners or everyone")
    return raw.strip()


def as_mail_address(raw: str) -> str:
    local, at, domain = raw.strip().rpartition("@")
    if not (local and at and domain) or any(c in raw for c in "\r\n<>"):
        raise ValueError("must be a bare address such as board@blog.example")
    return raw.strip()


def as_inbox_address(raw: str) -> str:
    """An address to which the board adds signs of its own after a "+"; empty for none."""
    if not raw.strip():
        return ""
    address = as_mail_address(raw)
    local, _, domain = address.rpartition("@")
    if not (address.isascii() and address.isprintable()) or " " in address or "+" in local:
        raise ValueError("must be a bare address without +, such as board@mail.example")
    if len(local) > MAX_INBOX_LOCAL_CHARS:
        raise ValueError(f"must have at most {MAX_INBOX_LOCAL_CHARS} characters before the @")
    return f"{local}@{domain.lower()}"


def as_inbox(raw: str) -> str:
    """maildir:/path, imaps://user@host/FOLDER, or empty for none."""
    parts = urlsplit(raw.strip())
    if not raw.strip():
        return ""
    is_maildir = parts.scheme == "maildir" and parts.path.startswith("/") and not parts.netloc
    is_imap = parts.scheme == "imaps" and bool(parts.username and parts.hostname) and not parts.password
    if not (is_maildir or is_imap):
        raise ValueError("must be maildir:/path/to/it or imaps://user@host/INBOX, without a password")
    return raw.strip()
