"""Sparing a reader what they have already: entity tags and 304."""

from __future__ import annotations

from flask import make_response, request
from werkzeug import Response


def fresh(body: str, *, mimetype: str = "text/html") -> Response:
    """`body` as an answer, or an empty 304 when the reader has exactly this."""
    response = make_response(body)
    response.mimetype = mimetype
    response.add_etag()
    return response.make_conditional(request)
