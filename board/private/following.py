"""Following a discussion or a blog by email: without an account, a cookie or script.

Every answer is the same whether the address is known or not, or follows already.
"""

from __future__ import annotations

from flask import Blueprint, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from board.comments.places import Place, present, wants_fragment
from board.comments.sending import TRIES
from board.extensions import csrf, db, limiter
from board.foundation import clock
from board.foundation.permissions import Action, guarded
from board.private.forms import AddressForm
from board.sites.models import Site
from board.sites.queries import site_by_slug
from board.subscriptions.consent import follow
from board.threads.models import Thread
from board.threads.queries import thread_for

bp = Blueprint("following", __name__)
csrf.exempt(bp)  # the form carries a token of our own: readers have no session
FOLLOWS = "10 per hour"  # from one network: more than anybody reads, fewer than it takes to annoy people


def thread_form(thread_id: int) -> AddressForm:
    return AddressForm(context=["follow", thread_id])


def site_form(slug: str) -> AddressForm:
    return AddressForm(context=["follow site", slug])


def sent_form() -> tuple[AddressForm, bool]:
    """The form of the present request, and whether it is in order. Looked at once, before any statement."""
    if "sent_follow" not in g:
        about = request.view_args or {}
        form = thread_form(about["thread_id"]) if "thread_id" in about else site_form(about["slug"])
        g.sent_follow = form, form.validate_on_submit()
    sent: tuple[AddressForm, bool] = g.sent_follow
    return sent


def needs_another_look() -> bool:
    """A mistake in the form begins nothing and uses nothing up."""
    return not sent_form()[1]


@bp.post("/t/<int:thread_id>/follow")
@guarded(Action.FOLLOW)
@limiter.shared_limit(TRIES, scope="follow tries")  # type: ignore[untyped-decorator, unused-ignore]
@limiter.shared_limit(FOLLOWS, scope="follows", exempt_when=needs_another_look)  # type: ignore[untyped-decorator, unused-ignore]
def follow_thread(thread_id: int) -> ResponseReturnValue:
    thread = thread_for(thread_id)
    place = present(thread.site, request.args, personal=True)
    done = place.url("following.thread_asked", thread_id=thread.id)
    return _answer(place, thread.site, thread, done)


@bp.post("/s/<slug>/follow")
@guarded(Action.FOLLOW)
@limiter.shared_limit(TRIES, scope="follow tries")  # type: ignore[untyped-decorator, unused-ignore]
@limiter.shared_limit(FOLLOWS, scope="follows", exempt_when=needs_another_look)  # type: ignore[untyped-decorator, unused-ignore]
def follow_site(slug: str) -> ResponseReturnValue:
    site = site_by_slug(slug)
    place = present(site, request.args, personal=True)
    return _answer(place, site, None, place.url("following.site_asked", slug=slug))


@bp.get("/t/<int:thread_id>/follow")
@guarded(Action.READ)
def thread_asked(thread_id: int) -> ResponseReturnValue:
    """What happens now: the same page for everybody."""
    thread = thread_for(thread_id)
    return _asked_page(present(thread.site, request.args, personal=True), thread.site, thread)


@bp.get("/s/<slug>/follow")
@guarded(Action.READ)
def site_asked(slug: str) -> ResponseReturnValue:
    site = site_by_slug(slug)
    return _asked_page(present(site, request.args, personal=True), site, None)


def _answer(place: Place, site: Site, thread: Thread | None, done: str) -> ResponseReturnValue:
    form, is_valid = sent_form()
    if not is_valid:
        template = "private/_follow.html" if wants_fragment() else "private/follow.html"
        return render_template(template, place=place, site=site, thread=thread, follow_form=form), 422
    if not form.is_from_a_robot:
        follow(site, form.address, thread=thread, now=clock.now())
    db.session.commit()
    return make_response("", 201, {"Location": done}) if wants_fragment() else redirect(done, code=303)


def _asked_page(place: Place, site: Site, thread: Thread | None) -> ResponseReturnValue:
    template = "private/_follow_asked.html" if wants_fragment() else "private/follow_asked.html"
    return render_template(template, place=place, site=site, thread=thread)
