"""Settings: read once from `BOARD_*` variables, typed, every mistake reported together."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.engine import URL

from board.foundation.parsing import (
    OWN_COUNTERS,
    as_count,
    as_database_address,
    as_days_kept,
    as_flag,
    as_folder,
    as_hour,
    as_inbox,
    as_inbox_address,
    as_language,
    as_mail_address,
    as_origins,
    as_port,
    as_rate,
    as_rate_storage,
    as_second_factor,
    as_secret,
    as_secrets,
    as_smtp_security,
    as_text,
    as_web_address,
)


class SettingsInvalid(Exception):
    """Raised with every mistake found, one plain sentence each, in `mistakes`."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


def setting(
    variable: str, meaning: str, parse: Callable[[str], Any], default: str, *, hidden: bool = False
) -> Any:
    """A field of `Settings`: the variable it comes from, what it means, how it is read.

    A default that holds `{name}` is filled from the fields read before it.
    """
    return field(
        metadata={
            "variable": variable,
            "meaning": meaning,
            "parse": parse,
            "default": default,
            "hidden": hidden,
        }
    )


@dataclass(frozen=True)
class Settings:
    """How this installation runs. Made by `Settings.from_environ`; never changed afterwards."""

    data: Path = setting("BOARD_DATA", "Folder of everything the board writes.", as_folder, "data")
    secret: str = setting(
        "BOARD_SECRET",
        "Key that signs links and forms. Without it the file `secret` in the data folder is read, "
        "which `board setup` makes.",
        as_secret,
        "",
        hidden=True,
    )
    secret_fallbacks: tuple[str, ...] = setting(
        "BOARD_SECRET_FALLBACKS",
        "Former secrets, separated by spaces: links signed with them keep working.",
        as_secrets,
        "",
        hidden=True,
    )
    host: str = setting("BOARD_HOST", "Address the web server listens on.", as_text, "127.0.0.1")
    port: int = setting("BOARD_PORT", "Port the web server listens on.", as_port, "8000")
    public_url: str = setting(
        "BOARD_PUBLIC_URL",
        "Where readers reach the board; links in mail and the check of a form's origin depend on it.",
        as_web_address,
        "http://{reachable_host}:{port}",
    )
    database_url: URL = setting(
        "BOARD_DATABASE_URL",
        "Where comments are kept: sqlite (default) or postgresql.",
        as_database_address,
        "sqlite:///{data}/board.sqlite3",
        hidden=True,
    )
    proxies: int = setting(
        "BOARD_PROXIES",
        "How many reverse proxies stand in front and may tell a reader's address.",
        as_count,
        "0",
    )
    language: str = setting(
        "BOARD_LANGUAGE", "Language of staff pages and of sites that name none.", as_language, "en"
    )
    private_blogs: tuple[str, ...] = setting(
        "BOARD_PRIVATE_BLOGS",
        "Origins of blogs on this machine or in your own network that may be read, separated by spaces.",
        as_origins,
        "",
    )
    second_factor: str = setting(
        "BOARD_SECOND_FACTOR",
        "Who must have a second factor to work at the desk: optional (nobody must), owners or everyone.",
        as_second_factor,
        "optional",
    )
    mail_from: str = setting(
        "BOARD_MAIL_FROM", "The address all mail comes from.", as_mail_address, "board@{public_host}"
    )
    smtp_host: str = setting(
        "BOARD_SMTP_HOST",
        "Mail server. Empty: mail is written to the folder `mail` in the data folder.",
        as_text,
        "",
    )
    smtp_port: int = setting("BOARD_SMTP_PORT", "Port of the mail server.", as_port, "587")
    smtp_security: str = setting(
        "BOARD_SMTP_SECURITY",
        "How the connection is protected: starttls, tls or none.",
        as_smtp_security,
        "starttls",
    )
    smtp_user: str = setting("BOARD_SMTP_USER", "User name at the mail server, if it wants one.", as_text, "")
    smtp_password: str = setting("BOARD_SMTP_PASSWORD", "Password at the mail server.", str, "", hidden=True)
    inbox_address: str = setting(
        "BOARD_MAIL_INBOX_ADDRESS",
        "A mailbox that the board reads, such as board@mail.example, and board+anything@mail.example with it."
        " Empty: neither bounces nor answers by mail are read.",
        as_inbox_address,
        "",
    )
    inbox: str = setting(
        "BOARD_MAIL_INBOX",
        "Where it is read: maildir:/path or imaps://user@host/INBOX. Empty: by `board mail receive` alone.",
        as_inbox,
        "",
    )
    inbox_password: str = setting("BOARD_MAIL_INBOX_PASSWORD", "Its password.", str, "", hidden=True)
    mail_pace: int = setting(
        "BOARD_MAIL_PACE",
        "How many mails a minute one receiving domain gets from a worker; 0: as many as there are.",
        as_count,
        "120",
    )
    mail_lease_seconds: int = setting(
        "BOARD_MAIL_LEASE_SECONDS",
        "After which a mail that a worker took and said nothing more of is another worker's. Longer than "
        "a mail server may take: 120 at least, but for trials.",
        as_count,
        "300",
    )
    mail_kept_days: int = setting(
        "BOARD_MAIL_KEPT_DAYS",
        "How long sent mail and mail that was not needed are kept, with their words and addresses; mail that "
        "failed is kept 90 days. 8 at least.",
        as_days_kept,
        "30",
    )
    mail_hourly_cap: int = setting(
        "BOARD_MAIL_HOURLY_CAP",
        "How many mails the whole board sends within an hour at most, if your provider counts; what is more "
        "waits. 0: as many as there are.",
        as_count,
        "0",
    )
    edit_window_seconds: int = setting(
        "BOARD_EDIT_WINDOW_SECONDS", "How long a reader may edit a comment after writing it.", as_count, "900"
    )
    notice_delay_seconds: int = setting(
        "BOARD_NOTICE_DELAY_SECONDS",
        "How long a reply notice waits, so that an approval taken back sends nothing.",
        as_count,
        "30",
    )
    quiet_seconds: int = setting(
        "BOARD_QUIET_SECONDS",
        "How long a discussion must be quiet before its followers hear of what was new: a lively evening is "
        "one mail. Nobody waits longer than an hour for it.",
        as_count,
        "900",
    )
    digest_hour: int = setting(
        "BOARD_DIGEST_HOUR",
        "The hour (UTC) at which daily mail leaves; weekly mail leaves then on Mondays.",
        as_hour,
        "6",
    )
    comment_rate: str = setting(
        "BOARD_COMMENT_RATE",
        "How many comments one network address may send.",
        as_rate,
        "5 per 10 minutes; 30 per day",
    )
    rate_storage: str = setting(
        "BOARD_RATE_STORAGE",
        "Where rate limits are counted: board:// (the database) or a redis:// or valkey:// address.",
        as_rate_storage,
        OWN_COUNTERS,
        hidden=True,
    )
    akismet_origin: str = setting(
        "BOARD_AKISMET_ORIGIN",
        "Where Akismet is asked by sites that use it; another service may speak its language.",
        as_web_address,
        "https://rest.akismet.com",
    )
    allow_bare_clients: bool = setting(
        "BOARD_ALLOW_BARE_CLIENTS",
        "Accept forms from programs that send neither Sec-Fetch-Site nor Origin nor Referer.",
        as_flag,
        "no",
    )
    sources: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Read every setting from `environ`. Raises SettingsInvalid with all mistakes at once."""
        values: dict[str, Any] = {}
        sources: dict[str, str] = {}
        mistakes: list[str] = []
        for one in setting_fields():
            raw, sources[one.name] = _raw(one, environ, values)
            if one.name == "secret" and not raw and not mistakes:
                raw, sources[one.name] = _secret_from_file(values["data"])
            try:
                values[one.name] = one.metadata["parse"](raw)
            except ValueError as mistake:
                mistakes.append(f"{one.metadata['variable']} {mistake}.")
        known = {one.metadata["variable"] for one in setting_fields()}
        mistakes += [
            f"{name} is not a setting of the board."
            for name in sorted(environ)
            if name.startswith("BOARD_")
            and not name.startswith("BOARD_TEST_")
            and name not in known | FOREIGN
        ]
        if mistakes:
            raise SettingsInvalid(mistakes)
        return cls(**values, sources=sources)

    @property
    def public_host(self) -> str:
        return str(urlsplit(self.public_url).hostname)

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def signing_keys(self) -> tuple[str, ...]:
        """Oldest first, the current key last: the order itsdangerous wants."""
        return (*self.secret_fallbacks, self.secret)


EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  # where a server that listens everywhere is found
FOREIGN = {
    "BOARD_CHROMIUM",
    "BOARD_HOSTILE_ROWS",
    "BOARD_DEMO_PORT",
}  # read by the tests and the demo, not by the board


def setting_fields() -> list[dataclasses.Field[Any]]:
    return [one for one in dataclasses.fields(Settings) if one.metadata]


def _raw(
    one: dataclasses.Field[Any], environ: Mapping[str, str], values: Mapping[str, Any]
) -> tuple[str, str]:
    if (given := environ.get(one.metadata["variable"], "")) != "":
        return given, "environment"
    host = values.get("host", "")
    known = {
        **values,
        "reachable_host": EVERYWHERE.get(host, f"[{host}]" if ":" in host else host),
        "public_host": urlsplit(values.get("public_url", "")).hostname or "localhost",
    }
    try:
        return str(one.metadata["default"]).format(**known), "default"
    except KeyError:  # what it is made of was itself mistaken and is reported already
        return "http://invalid.example", "default"


def _secret_from_file(data: Path) -> tuple[str, str]:
    file = data / "secret"
    return (file.read_text("utf-8"), f"file {file.name}") if file.is_file() else ("", "default")
