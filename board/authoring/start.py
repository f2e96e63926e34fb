"""The first steps of an owner: the blog's address, what its posts ask, and what to paste into it."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.authoring import start_queries, start_wording
from board.authoring.prompts_found import draft_words
from board.authoring.snippets import snippets
from board.authoring.start_acts import begin_with, look_again, look_at, open_chosen
from board.authoring.start_forms import ASK, BlogForm, OpeningForm, PageForm
from board.extensions import db
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, current_actor, guarded
from board.sites.models import OPENS_FROM, Site
from board.sites.queries import site_for

bp = Blueprint("start", __name__, url_prefix="/desk/start")


@bp.get("")
@guarded(Action.MANAGE_SITE)
def blog() -> ResponseReturnValue:
    """The first screen: where the blog is. Who looks after single sites cannot add another."""
    _require_owner_of_all()
    return _blog_page(BlogForm(formdata=None))


@bp.post("")
@guarded(Action.MANAGE_SITE)
def begin() -> ResponseReturnValue:
    _require_owner_of_all()
    form = BlogForm()
    if not form.validate_on_submit():
        return _blog_page(form), 422
    language = current_app.config["BOARD"].language
    slug = begin_with(form.address.data or "", language=language, now=clock.now()).slug
    db.session.commit()
    return _to_posts(slug)


@bp.get("/<slug>")
@guarded(Action.MANAGE_SITE)
def posts(slug: str) -> ResponseReturnValue:
    """The second screen: what is being read, then what was found."""
    site = _site(slug)
    opening = OpeningForm(formdata=None, name=site.name)
    if site.opens_from is None and start_queries.threads_of_site(site.id):
        opening.opening.data = ASK  # it was chosen before
    return _posts_page(site, opening=opening)


@bp.post("/<slug>")
@guarded(Action.MANAGE_SITE)
def open_discussions(slug: str) -> ResponseReturnValue:
    site, form = _site(slug), OpeningForm()
    if not form.validate_on_submit():
        return _posts_page(site, opening=form), 422
    open_chosen(site, form.chosen(), current_actor(), now=clock.now())
    db.session.commit()
    return redirect(url_for("start.snippet", slug=slug), code=303)


@bp.post("/<slug>/again")
@guarded(Action.MANAGE_SITE)
def again(slug: str) -> ResponseReturnValue:
    """Look at the blog once more, perhaps at another address."""
    site, form = _site(slug), BlogForm()
    if not form.validate_on_submit():
        return _posts_page(site, blog=form), 422
    look_again(site, form.address.data or "", now=clock.now())
    db.session.commit()
    return _to_posts(slug)


@bp.post("/<slug>/page")
@guarded(Action.MANAGE_SITE)
def page(slug: str) -> ResponseReturnValue:
    """Read a feed or a post that the owner names, as nothing was found."""
    site, form = _site(slug), PageForm()
    if not form.validate_on_submit():
        return _posts_page(site, page=form), 422
    look_at(site, form.place.data or "", now=clock.now())
    db.session.commit()
    return _to_posts(slug)


@bp.get("/<slug>/snippet")
@guarded(Action.MANAGE_SITE)
def snippet(slug: str) -> ResponseReturnValue:
    """The third screen: what to paste, and where one sees it."""
    site = _site(slug)
    words = str(_("Read and join the discussion"))
    return render_template(
        "authoring/start_snippet.html",
        site=site,
        snippets=snippets(current_app.config["BOARD"].public_url, slug, words),
        opened=start_queries.threads_of_site(site.id),
        youngest=start_queries.youngest_thread(site.id),
        waiting=start_queries.waiting_drafts(site.id),
    )


def _require_owner_of_all() -> None:
    if not current_actor().may(Action.MANAGE_SITE):
        raise NotFound


def _site(slug: str) -> Site:
    return site_for(Action.MANAGE_SITE, current_actor(), slug)


def _to_posts(slug: str) -> ResponseReturnValue:
    return redirect(url_for("start.posts", slug=slug), code=303)


def _blog_page(form: BlogForm) -> str:
    return render_template(
        "authoring/start_blog.html", form=form, unfinished=start_queries.unfinished_sites()
    )


def _posts_page(
    site: Site,
    *,
    opening: OpeningForm | None = None,
    blog: BlogForm | None = None,
    page: PageForm | None = None,
) -> str:
    """The second screen; a form that was sent comes with what was typed."""
    progress, now = start_queries.progress_of(site), clock.now()
    said = progress.front.said if progress.front else ""
    address = start_wording.suggested_address(said, site.base_url)
    return render_template(
        "authoring/start_posts.html",
        site=site,
        progress=progress,
        opening=opening or OpeningForm(formdata=None, name=site.name),
        is_sent=opening is not None and opening.is_submitted(),
        blog=blog or BlogForm(formdata=None, address=address),
        page=page or PageForm(formdata=None),
        sure_from=OPENS_FROM,
        trouble=start_wording,
        now=now,
        **draft_words(),
    )
