"""What becomes of a sent form, wherever it stood: looked at once, counted, written down, answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, ParamSpec

from flask import Response, current_app, g, make_response, redirect
from flask.typing import ResponseReturnValue

from board.comments.drafting import Draft
from board.comments.forms import CommentForm
from board.comments.ownership import link_token
from board.comments.places import Place, wants_fragment
from board.comments.submission import submit
from board.extensions import limiter
from board.foundation.networks import request_network
from board.threads.models import Thread

TRIES = "60 per 10 minutes"  # of anything that renders Markdown, whether it is stored or not
P = ParamSpec("P")
About = Callable[[], list[Any]]  # what the form's token says that the form is for, asked before any statement


def sent_comment(about: list[Any]) -> tuple[CommentForm, Draft | None]:
    """The form of the present request, and the draft in it unless something needs another look.

    Checked and rendered once, before the first statement: SQLite's one writer waits for nobody's Markdown.
    """
    if "sent_comment" not in g:
        form = CommentForm(context=about)
        g.sent_comment = form, form.draft() if form.validate_on_submit() else None
    sent: tuple[CommentForm, Draft | None] = g.sent_comment
    return sent


def counted(
    about: About,
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Let a view take comments, as many from one network as the settings say, in all places together.

    A mistake in the form is not a comment and uses none up.
    """

    def count(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        comments = limiter.shared_limit(
            _comment_rate, scope="comments", exempt_when=lambda: sent_comment(about())[1] is None
        )
        return limiter.shared_limit(TRIES, scope="tries")(comments(view))  # type: ignore[no-any-return, unused-ignore]

    return count


def write_down(thread: Thread, parent_id: int | None, draft: Draft, *, now: datetime) -> str:
    """Submit `draft`; the token of the link to what became of it. Raises as `submit` does."""
    settings = current_app.config["BOARD"]
    comment = submit(thread, parent_id, draft, network=request_network(), secret=settings.secret, now=now)
    return link_token(comment)


def to_own_comment(place: Place, token: str) -> Response:
    """Script follows the address itself, asking for the piece; a browser is sent there."""
    address = place.url("comments.own", token=token)
    if wants_fragment():
        return make_response("", 201, {"Location": address})
    return make_response(redirect(address, code=303))


def _comment_rate() -> str:
    return str(current_app.config["BOARD"].comment_rate)
