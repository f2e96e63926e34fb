"""Static files under an address that names their content, so that they may be kept for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, g, send_from_directory, url_for

from board.foundation.headers import PagePolicy
from board.foundation.permissions import Action, guarded

bp = Blueprint("assets", __name__)
SHEETS = {"css/reader.css": ("css/tokens.css", "css/base.css", "css/thread.css")}  # one request for a reader
FOR_EVER = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"


def init_app(app: Flask, folder: Path) -> None:
    app.extensions["board_assets"] = (folder, digest_of(folder))
    app.register_blueprint(bp)
    app.jinja_env.globals["asset"] = asset


def asset(filename: str) -> str:
    """The address of a static file, which changes whenever any static file does."""
    return url_for("assets.file", digest=current_app.extensions["board_assets"][1], filename=filename)


def digest_of(folder: Path) -> str:
    """16 hexadecimal characters over the names and contents of all files, in a fixed order.

    One digest for all, because the script modules name each other by relative addresses.
    """
    sums = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        sums.update(file.relative_to(folder).as_posix().encode())
        sums.update(file.read_bytes())
    return sums.hexdigest()[:16]


@bp.get("/static/<digest>/<path:filename>")
@guarded(Action.READ)
def file(digest: str, filename: str) -> Response:
    """A page from before an upgrade still finds its file, but nobody keeps that answer for long."""
    folder, current = current_app.extensions["board_assets"]
    return send_asset(folder, filename, FOR_EVER if digest == current else FOR_AN_HOUR)


def send_asset(folder: Path, filename: str, cache: str) -> Response:
    """A file of `folder`, or several style sheets as one. Raises NotFound of Werkzeug."""
    g.page_policy = PagePolicy(
        cache=cache, referrer="strict-origin-when-cross-origin", robots="", framed_anywhere=True
    )
    if filename in SHEETS:
        parts = [(folder / part).read_text("utf-8") for part in SHEETS[filename]]
        response = Response("\n".join(parts), mimetype="text/css")
    else:
        response = send_from_directory(folder, filename)
    response.headers["Cache-Control"] = cache
    return response
