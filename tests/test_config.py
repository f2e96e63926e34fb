"""Settings: read once, all mistakes together."""

from __future__ import annotations

from pathlib import Path

import pytest

from board.config import Settings, SettingsInvalid

SECRET = {"BOARD_SECRET": "s" * 64}


def mistakes(**environ: str) -> list[str]:
    with pytest.raises(SettingsInvalid) as caught:
        Settings.from_environ({**SECRET, **environ})
    return caught.value.mistakes


def test_only_a_secret_is_needed(tmp_path: Path) -> None:
    settings = Settings.from_environ({**SECRET, "BOARD_DATA": str(tmp_path)})
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.database_url.database == str(tmp_path / "board.sqlite3")
    assert settings.sources["port"] == "default"
    assert settings.sources["secret"] == "environment"


@pytest.mark.parametrize(
    ("host", "expected"),
    [("::1", "http://[::1]:8000"), ("0.0.0.0", "http://127.0.0.1:8000"), ("::", "http://[::1]:8000")],
)
def test_the_public_address_can_be_opened_wherever_the_server_listens(host: str, expected: str) -> None:
    assert Settings.from_environ({**SECRET, "BOARD_HOST": host}).public_url == expected


def test_there_is_no_default_secret(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match="BOARD_SECRET"):
        Settings.from_environ({"BOARD_DATA": str(tmp_path)})


def test_the_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("f" * 64 + "\n", "utf-8")
    settings = Settings.from_environ({"BOARD_DATA": str(tmp_path)})
    assert settings.secret == "f" * 64
    assert settings.sources["secret"] == "file secret"


def test_every_mistake_is_named_at_once() -> None:
    found = mistakes(
        BOARD_PORT="http", BOARD_PROXIES="-1", BOARD_SMTP_SECURITY="maybe", BOARD_PUBLIC_URL="board"
    )
    assert len(found) == 4
    assert all(sentence.endswith(".") for sentence in found)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("BOARD_SECRET", "short"),
        ("BOARD_PORT", "0"),
        ("BOARD_PORT", "70000"),
        ("BOARD_DATABASE_URL", "mysql://localhost/board"),
        ("BOARD_DATABASE_URL", "nonsense"),
        ("BOARD_PUBLIC_URL", "https://board.test/path"),
        ("BOARD_MAIL_FROM", "board@blog.test\r\nBcc: x@y.test"),
        ("BOARD_ALLOW_BARE_CLIENTS", "perhaps"),
        ("BOARD_LANGUAGE", "klingon!"),
        ("BOARD_COMMENT_RATE", "as often as you like"),
        ("BOARD_RATE_STORAGE", "memcached://localhost"),
        ("BOARD_RATE_STORAGE", "localhost:6379"),
        ("BOARD_RATE_STORAGE", "redis://"),
        ("BOARD_MAIL_INBOX_ADDRESS", "board"),
        ("BOARD_MAIL_INBOX_ADDRESS", "board+in@mail.example"),
        ("BOARD_MAIL_INBOX_ADDRESS", "bö@mail.example"),
        ("BOARD_MAIL_INBOX_ADDRESS", "b" * 24 + "@mail.example"),
        ("BOARD_MAIL_INBOX", "imap://board@mail.example/INBOX"),
        ("BOARD_MAIL_INBOX", "imaps://mail.example/INBOX"),
        ("BOARD_MAIL_INBOX", "imaps://board:secret@mail.example/INBOX"),
        ("BOARD_MAIL_INBOX", "maildir:relative/path"),
        ("BOARD_MAIL_INBOX", "/var/mail/board"),
        ("BOARD_TYPO", "1"),
    ],
)
def test_a_mistaken_setting_is_named(variable: str, value: str) -> None:
    assert any(variable in sentence for sentence in mistakes(**{variable: value}))


def test_a_bare_postgresql_address_means_the_driver_we_ship() -> None:
    settings = Settings.from_environ({**SECRET, "BOARD_DATABASE_URL": "postgresql://u@h/board"})
    assert settings.database_url.drivername == "postgresql+psycopg"


def test_where_limits_are_counted_asks_for_the_package_that_speaks_to_it() -> None:
    assert Settings.from_environ({**SECRET, "BOARD_RATE_STORAGE": "valkey://h:6379"}).rate_storage
    [sentence] = mistakes(BOARD_RATE_STORAGE="redis://h:6379")  # the tests' own environment has none
    assert sentence == "BOARD_RATE_STORAGE needs the Python package redis, which is not installed."
