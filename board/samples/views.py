"""The desk's page that shows every message with sample data: its subject, its text, its HTML."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_babel

from board.foundation import headers
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, guarded
from board.foundation.templating import is_language
from board.mail import rendering, wording
from board.samples import letters

bp = Blueprint("samples", __name__, url_prefix="/desk/mail/samples")
FIRST = "reply"


@bp.get("")
@guarded(Action.SEE_MAIL)
def index() -> ResponseReturnValue:
    headers.shows_own_frames()
    return render_template(
        "samples/index.html",
        kind=_kind(),
        words=_sample(),
        kinds=letters.names(),
        wording=wording,
        language=_language(),
        languages=_languages(),
    )


@bp.get("/html")
@guarded(Action.SEE_MAIL)
def html() -> ResponseReturnValue:
    """The HTML part as it is mailed, for a frame of ours: it can do nothing but be looked at."""
    headers.shown_in_own_frame()
    return Response(_sample().html, mimetype="text/html")


def _kind() -> str:
    return request.args.get("kind") or FIRST


def _sample() -> rendering.Words:
    """The message that was asked for. Raises NotFound."""
    words = letters.sample(_kind(), _language())
    if words is None:
        raise NotFound
    return words


def _language() -> str:
    wanted = request.args.get("language", "")
    return wanted if wanted and is_language(wanted) else str(current_app.config["BOARD"].language)


def _languages() -> list[tuple[str, str]]:
    """The languages that the board speaks, each by its own name."""
    spoken = get_babel().instance.list_translations()
    return sorted((str(locale), locale.display_name or str(locale)) for locale in spoken)
