"""Akismet, spoken to as its documentation says, by the worker alone.

Four calls, each a form that is posted and answered by a word; what is odd stands in headers. Nothing is
followed anywhere, an answer has a size and a time, and TLS is checked as everywhere.
Source: akismet.com, "Detailed docs": key verification, comment check, submit ham, submit spam, error codes.
"""

from __future__ import annotations

import http.client
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum
from urllib.parse import urlencode, urlsplit

from flask import Flask, current_app

from board.config import Settings
from board.sources.connecting import Allowed, Deadline, connect, is_public
from board.sources.fetching import VERSION
from board.sources.refusals import FetchRefused

SECONDS = 5.0
MAX_ANSWER_BYTES = 4096  # a word or a short sentence
MAX_HELP_CHARS = 200
THANKS = "Thanks for making the web a better place."
RESERVED = (".test", ".example", ".invalid", ".localhost", "localhost")  # RFC 6761: nobody's real hosts
PORTS = {"http": 80, "https": 443}


class Opinion(StrEnum):
    """What Akismet says of a comment. discard: it is sure."""

    HAM = "ham"
    SPAM = "spam"
    DISCARD = "discard"


class Silent(Exception):
    """There was no answer that can be used. The message says in plain words why; asking again may help."""


class KeyRefused(Silent):
    """Akismet does not take the key."""


@dataclass(frozen=True)
class Alert:
    """What Akismet wants the owner of the key to know: a code of its error list, and its own words."""

    code: str
    words: str


@dataclass(frozen=True)
class Answer:
    """`word`: the body. `help`: why it is not a better one. `alert` stands beside good answers as well."""

    word: str
    is_sure: bool = False
    help: str = ""
    alert: Alert | None = None


@dataclass(frozen=True)
class Akismet:
    """How this board asks. origin: where. seconds: for one call as a whole. is_test: on trial; nothing is
    to be learnt from it."""

    origin: str
    agent: str
    allow: Allowed = is_public
    is_test: bool = False
    seconds: float = SECONDS

    def takes_key(self, key: str, blog: str) -> bool:
        """Whether the key is good for that blog. Raises Silent."""
        answer = self._call("verify-key", {"key": key, "api_key": key, "blog": blog})
        if answer.word not in {"valid", "invalid"}:
            raise _unusable(answer)
        return answer.word == "valid"

    def opinion(self, fields: Mapping[str, str]) -> tuple[Opinion, Alert | None]:
        """What it thinks of a comment. fields: as documented, `api_key` among them. Raises Silent."""
        answer = self._call("comment-check", fields)
        if answer.word == "false":
            return Opinion.HAM, answer.alert
        if answer.word == "true":
            return Opinion.DISCARD if answer.is_sure else Opinion.SPAM, answer.alert
        raise _unusable(answer)

    def tell(self, call: str, fields: Mapping[str, str]) -> None:
        """Say where it was wrong: `submit-ham` or `submit-spam`. Raises Silent."""
        answer = self._call(call, fields)
        if answer.word != THANKS:
            raise _unusable(answer)

    def _call(self, call: str, fields: Mapping[str, str]) -> Answer:
        sent = {**fields, "is_test": "1"} if self.is_test else fields
        deadline = Deadline(self.seconds)
        try:
            status, headers, body = self._post(f"/1.1/{call}", urlencode(sent).encode(), deadline)
            deadline.check()
        except FetchRefused as refusal:
            raise Silent(f"Akismet could not be reached: {refusal}") from None
        except (OSError, http.client.HTTPException) as mistake:
            raise Silent(f"Akismet could not be reached ({type(mistake).__name__})") from None
        finally:
            deadline.cancel()
        if status != http.HTTPStatus.OK:
            raise Silent(f"Akismet answered with the status {status}{_told(_alert(headers))}")
        return _answer(headers, body)

    def _post(self, path: str, body: bytes, deadline: Deadline) -> tuple[int, Message, bytes]:
        # Its own host is never used: it is given the socket of an address that was checked.
        connection = http.client.HTTPConnection("checked.invalid", timeout=deadline.seconds)
        parts = urlsplit(self.origin)
        headers = {
            "Host": parts.netloc,
            "User-Agent": self.agent,
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
            "Connection": "close",
        }
        try:
            port = parts.port or PORTS[parts.scheme]
            connection.sock = connect(
                parts.scheme, parts.hostname or "", port, allow=self.allow, deadline=deadline
            )
            connection.request("POST", path, body=body, headers=headers)
            with connection.getresponse() as response:
                return response.status, response.headers, response.read(MAX_ANSWER_BYTES)
        except OSError:
            deadline.check()
            raise
        finally:
            connection.close()


def install(app: Flask, akismet: Akismet) -> None:
    app.extensions["board_akismet"] = akismet


def present_akismet() -> Akismet:
    akismet: Akismet = current_app.extensions["board_akismet"]
    return akismet


def akismet_of(settings: Settings) -> Akismet:
    """How a board with these settings asks. One that nobody else can reach is on trial and teaches nothing.

    Where the owner names another address, it may be a machine of their own.
    """
    is_own = settings.sources.get("akismet_origin") == "environment"
    return Akismet(
        origin=settings.akismet_origin,
        agent=f"ReflectionBoard/{VERSION} | ReflectionBoard/{VERSION}",
        allow=(lambda _address: True) if is_own else is_public,
        is_test=is_on_trial(settings.public_host),
    )


def is_on_trial(host: str) -> bool:
    """Whether a host can only be reached from its own machine or house."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host.endswith(RESERVED)


def _answer(headers: Message, body: bytes) -> Answer:
    return Answer(
        word=body.decode("utf-8", "replace").strip(),
        is_sure=headers.get("X-akismet-pro-tip", "").strip().lower() == "discard",
        help=_line(headers.get("X-akismet-debug-help", "")),
        alert=_alert(headers),
    )


def _alert(headers: Message) -> Alert | None:
    code, words = (_line(headers.get(f"X-akismet-alert-{part}", "")) for part in ("code", "msg"))
    return Alert(code, words) if code or words else None


def _unusable(answer: Answer) -> Silent:
    """An error for an answer that is none: the key is not taken, or it is not in the contract."""
    if answer.word.lower().startswith("invalid"):
        why = answer.help or "the key or the address of the blog is not known"
        return KeyRefused(f"Akismet does not take the key: {why}{_told(answer.alert)}")
    said = _line(answer.word)[:40] or "nothing"
    return Silent(f"Akismet answered with what is no answer: {said}{_told(answer.alert)}")


def _told(alert: Alert | None) -> str:
    return f" ({' '.join(part for part in (alert.words, alert.code) if part)})" if alert else ""


def _line(raw: str) -> str:
    visible = "".join(c if c.isprintable() else " " for c in raw)
    return " ".join(visible.split())[:MAX_HELP_CHARS]
