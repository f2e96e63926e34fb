"""Named errors and the one place that turns them into pages.

An operation raises what went wrong; the error states its status and its words. The page
shows what was typed, so that nothing is lost.
"""

from __future__ import annotations

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from board.extensions import limiter
from board.foundation import clock


class BoardError(Exception):
    """Something a person did that cannot be done. Subclasses say which status and which words."""

    status = 400
    title = _l("That did not work")
    words = _l("The request could not be understood. Please go back and try again.")


class NotFound(BoardError):
    """There is no such thing, or this person may not see it: the two must look alike."""

    status = 404
    title = _l("Nothing here")
    words = _l("This page does not exist, or it is not shown any more.")


class Gone(BoardError):
    """A link that was good once."""

    status = 410
    title = _l("This link has been used or is too old")
    words = _l("Links of this kind work once and for a limited time.")


class ForeignRequest(BoardError):
    """A change asked for by a page that is not ours."""

    status = 403
    title = _l("This form came from another page")
    words = _l(
        "For your safety the board only accepts what is sent from its own pages. "
        "Please open the discussion and send your words from there."
    )


HTTP_WORDS = {
    400: (BoardError.title, BoardError.words),
    404: (NotFound.title, NotFound.words),
    405: (_l("Not this way"), _l("This address cannot be used like that.")),
    413: (
        _l("That is too much at once"),
        _l("What you sent is larger than the board accepts. Please shorten it."),
    ),
    415: (BoardError.title, BoardError.words),
    429: (
        _l("A moment, please"),
        _l(
            "There were too many tries from your network in a short time. "
            "Your words are kept below; please wait a little and send them again."
        ),
    ),
    500: (
        _l("Something broke on our side"),
        _l(
            "The board made a mistake; it has been written down. "
            "What you typed is kept below if it reached us."
        ),
    ),
}
FORM_EXPIRED = (
    _l("This form had been open for too long"),
    _l("Please go back, reload the page and try again."),
)


def init_app(app: Flask) -> None:
    app.register_error_handler(BoardError, _board_error)
    app.register_error_handler(HTTPException, _http_error)


def _board_error(error: BoardError) -> ResponseReturnValue:
    return _page(error.status, error.title, error.words)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, CSRFError):
        return _page(400, *FORM_EXPIRED)
    status = error.code or 500
    if status in {301, 302, 303, 307, 308}:
        return error.get_response()
    title, words = HTTP_WORDS.get(status, HTTP_WORDS[400 if status < 500 else 500])
    body, code = _page(status, title, words)
    headers = {name: value for name, value in error.get_headers() if name == "Allow"}
    if status == 429:
        headers["Retry-After"] = str(_seconds_to_wait())
    return body, code, headers


def _seconds_to_wait() -> int:
    """Until the limit that was just exceeded counts anew; a minute where nothing is known of it."""
    limit = limiter.current_limit
    return max(1, int(limit.reset_at - clock.now().timestamp())) if limit else 60


def _page(status: int, title: object, words: object) -> tuple[str, int]:
    return render_template(
        "errors/error.html", status=status, title=title, words=words, kept=_what_was_typed(status)
    ), status


def _what_was_typed(status: int) -> str:
    """The reader's own text, given back on the page; nothing when it cannot be read (a body too large)."""
    if status == 413 or request.method != "POST":
        return ""
    try:
        names = ("source", "words", "email")
        return next((typed for name in names if (typed := request.form.get(name, ""))), "")
    except HTTPException:
        return ""
