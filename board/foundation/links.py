"""Whole addresses of our pages, for those who read them somewhere else: in mail."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import current_app


def absolute(endpoint: str, **values: Any) -> str:
    """The public address of a page. Needs no request: the worker has none."""
    public = urlsplit(current_app.config["BOARD"].public_url)
    adapter = current_app.url_map.bind(public.netloc, url_scheme=public.scheme)
    return adapter.build(endpoint, values, force_external=True)
