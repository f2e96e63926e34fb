"""The page of a discussion that nobody has begun: the site's own question, and a form for an answer."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import render_template, request

from board.comments.forms import CommentForm
from board.comments.places import Place, wants_fragment
from board.embed.unopened import Unopened
from board.threads.addresses import AddressRefused, canonical


def about_the_page() -> list[Any]:
    """What the present request's form is for: a page of a site. Asked without any statement.

    The page is named by the digest of its key, for an address may be longer than a token.
    """
    try:
        key = canonical(request.args.get("url", ""))
    except AddressRefused:
        key = ""
    return ["first comment", (request.view_args or {})["slug"], hashlib.sha256(key.encode()).hexdigest()]


def first_form() -> CommentForm:
    return CommentForm(context=about_the_page(), formdata=None)


def first_page(place: Place, discussion: Unopened, form: CommentForm, *, preview: str | None = None) -> str:
    """The page as HTML, or its form alone where script asks for that. preview: as in the form."""
    target = {"slug": discussion.site.slug, "url": discussion.post.address}
    template = "comments/_form.html" if wants_fragment() else "embed/first.html"
    return render_template(
        template,
        place=place,
        site=discussion.site,
        thread=discussion,
        parent=None,
        form=form,
        preview=preview,
        sends_to=place.url("embed.create", **target),
        previews_at=place.url("embed.preview", **target),
    )
