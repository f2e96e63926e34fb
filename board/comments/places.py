"""Where a page is shown: on the board itself or in a frame inside the blog's post.

The same templates serve both; a place knows the layout, the addresses and the headers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, after_this_request, redirect, request, url_for
from werkzeug import Response as AnyResponse

from board.comments.models import Comment
from board.foundation import headers, templating
from board.sites.models import Site
from board.threads.models import Thread

THEMES = frozenset({"light", "dark"})


@dataclass(frozen=True)
class Place:
    """`theme`: light, dark or empty for the reader's own. `parent`: the origin around the frame, or empty."""

    framed: bool = False
    theme: str = ""
    parent: str = ""

    @property
    def layout(self) -> str:
        return "layout/frame.html" if self.framed else "layout/board.html"

    @property
    def query(self) -> dict[str, str]:
        """What addresses within this place carry along."""
        if not self.framed:
            return {}
        known = {"in": headers.FRAME, "theme": self.theme, "parent": self.parent}
        return {name: value for name, value in known.items() if value}

    def url(self, endpoint: str, **values: Any) -> str:
        return url_for(endpoint, **{**values, **self.query})

    def thread_url(self, thread: Thread, **values: Any) -> str:
        return self.url(
            "embed.thread" if self.framed else "conversation.thread", thread_id=thread.id, **values
        )

    def permalink(self, comment: Comment, thread: Thread) -> str:
        """The address to share: inside the blog's post, or on the board."""
        if self.framed:
            return f"{thread.post.address}#comment-{comment.id}"
        return url_for("conversation.comment", comment_id=comment.id)


def present(site: Site, args: Mapping[str, str], *, framed: bool = False, personal: bool = False) -> Place:
    """Choose language, headers and place for a page of `site`. site: with its origins loaded.

    `args` are the request's own words and count only as far as the site allows them.
    """
    templating.speak(site.language)
    origins = [one.origin for one in site.origins]
    if not (framed or args.get("in") == headers.FRAME):
        if not personal:
            headers.public_page()
        return Place()
    headers.embeddable_page(origins, personal=personal)
    parent = args.get("parent", "")
    theme = args.get("theme", "")
    return Place(True, theme if theme in THEMES else "", parent if parent in origins else "")


def led_on(thread: Thread) -> AnyResponse:
    """To the present page, but of `thread`, into which the one that was asked for was merged.

    Not for ever: a merge can be undone.
    """
    address = url_for(request.endpoint or "", **{**(request.view_args or {}), "thread_id": thread.id})
    query = request.query_string.decode("latin-1")
    return redirect(f"{address}?{query}" if query else address, code=302)


def wants_fragment() -> bool:
    """A script asks for the piece it will put into the page it has, not for a whole one.

    The answer says that it depends on this, so that nobody on the way gives one for the other.
    """
    after_this_request(_depends_on_fragment)
    return "X-Fragment" in request.headers


def _depends_on_fragment(response: Response) -> Response:
    response.vary.add("X-Fragment")
    return response
