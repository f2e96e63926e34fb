"""The first comment below a post that was not read yet, or that asks nothing: it opens the discussion."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from board.comments.judging import CommentRefused
from board.comments.places import present
from board.comments.sending import TRIES, counted, sent_comment, to_own_comment, write_down
from board.embed.first_page import about_the_page, first_page
from board.embed.unopened import begin, page_at, unopened
from board.embed.views import bp
from board.extensions import db, limiter
from board.foundation import clock
from board.foundation.permissions import Action, guarded
from board.sites.queries import site_by_slug


@bp.post("/embed/<slug>/comments")
@guarded(Action.COMMENT)
@counted(about_the_page)
def create(slug: str) -> ResponseReturnValue:
    """The comment and, if it is the first, the thread to hold it, in one transaction."""
    form, draft = sent_comment(about_the_page())
    site, now, address = site_by_slug(slug), clock.now(), request.args.get("url", "")
    place = present(site, request.args, personal=True)
    if draft is None:
        return first_page(place, unopened(site, page_at(site, address)), form), 422
    try:
        token = write_down(begin(site, address, now=now), None, draft, now=now)
    except CommentRefused as refusal:
        db.session.rollback()  # and with it the discussion that was to begin
        form.refuse(refusal)
        site = site_by_slug(slug)
        return first_page(place, unopened(site, page_at(site, address)), form), 422
    db.session.commit()
    return to_own_comment(place, token)


@bp.post("/embed/<slug>/preview")
@guarded(Action.COMMENT)
@limiter.shared_limit(TRIES, scope="previews")  # type: ignore[untyped-decorator, unused-ignore]
def preview(slug: str) -> ResponseReturnValue:
    form, draft = sent_comment(about_the_page())
    site = site_by_slug(slug)
    place = present(site, request.args, personal=True)
    discussion = unopened(site, page_at(site, request.args.get("url", "")))
    page = first_page(place, discussion, form, preview=draft.rendered.html if draft else None)
    return page, 200 if draft else 422
