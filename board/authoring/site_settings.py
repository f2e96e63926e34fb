"""Settings of the sites that somebody owns."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.accounts.deeds import note_deed
from board.authoring import queries, site_wording
from board.authoring.site_forms import SiteForm
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Action, Actor, current_actor, guarded
from board.moderation.akismet_keys import key_state, masked, set_key
from board.sites.models import Site
from board.sites.queries import site_for, sites_for
from board.sites.registration import change_site, set_origins
from board.sources.following import feed_of, follow, read_soon, unfollow
from board.sources.models import Feed

bp = Blueprint("site_settings", __name__, url_prefix="/desk/sites")


@bp.get("")
@guarded(Action.MANAGE_SITE)
def sites() -> ResponseReturnValue:
    actor = current_actor()
    sites = sites_for(Action.MANAGE_SITE, actor)
    return render_template(
        "authoring/sites.html",
        sites=sites,
        may_add=actor.may(Action.MANAGE_SITE),
        feeds=queries.feeds_of([site.id for site in sites]),
        wording=site_wording,
        now=clock.now(),
    )


@bp.get("/<slug>")
@guarded(Action.MANAGE_SITE)
def site(slug: str) -> ResponseReturnValue:
    site = site_for(Action.MANAGE_SITE, current_actor(), slug)
    feed = feed_of(site.id)
    return _page(site, feed, SiteForm(site, feed, formdata=None))


@bp.post("/<slug>")
@guarded(Action.MANAGE_SITE)
def save(slug: str) -> ResponseReturnValue:
    site = site_for(Action.MANAGE_SITE, current_actor(), slug)
    feed = feed_of(site.id)
    form = SiteForm(site, feed)
    if not form.validate_on_submit():
        return _page(site, feed, form), 422
    _change(site, feed, form, current_actor(), clock.now())
    db.session.commit()
    flash(_("Saved."), "said")
    return redirect(url_for("site_settings.site", slug=slug), code=303)


def _change(site: Site, feed: Feed | None, form: SiteForm, actor: Actor, now: datetime) -> None:
    origins = [*form.other_origins(), site.base_url]  # a blog that moved may be shown in both places
    change_site(site, form.changes(site))
    if form.wanted_key(site) != site.akismet_key:
        set_key(site, form.wanted_key(site), actor, now)
    note_deed(actor, "site_changed", site.name, site_id=site.id, now=now)
    set_origins(site, origins)
    wanted = form.feed.data or ""
    if wanted and wanted != (feed.address if feed else ""):
        follow(site, wanted, now)
    elif wanted and form.read_now.data:
        read_soon(site, now)
    elif not wanted:
        unfollow(site)


def _page(site: Site, feed: Feed | None, form: SiteForm) -> str:
    return render_template(
        "authoring/site.html",
        site=site,
        feed=feed,
        form=form,
        key=masked(site.akismet_key) if site.akismet_key else "",
        key_words=site_wording.key_in_words(key_state(site)),
        wording=site_wording,
        now=clock.now(),
    )
