"""The desk's page of blocks and trusted readers. What is done here is undone here."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation.forms import number_from
from board.moderation.queries import sites_of
from board.screening import blocks, queries, wording
from board.screening.forms import BlockForm
from board.sites.models import Site

bp = Blueprint("screening", __name__, url_prefix="/desk")


@bp.get("/blocks")
@guarded(Action.SEE_QUEUE)
def index() -> ResponseReturnValue:
    return _page(_form(formdata=None))


@bp.post("/blocks")
@guarded(Action.DECIDE)
def add() -> ResponseReturnValue:
    actor, form, now = current_actor(), _form(), clock.now()
    if not form.validate_on_submit():
        return _page(form), 422
    block = blocks.add_block(form.wish(now), actor, now=now)
    db.session.flush()
    words, back = _("Blocked from now on: %(what)s.", what=block.value), url_for(".lift", block_id=block.id)
    db.session.commit()
    return told(words, back)


@bp.post("/blocks/<int:block_id>/lift")
@guarded(Action.DECIDE)
def lift(block_id: int) -> ResponseReturnValue:
    actor = current_actor()
    block = queries.block_for(Action.DECIDE, actor, block_id)
    blocks.lift(block, actor, now=clock.now())
    words = _("Blocked no more: %(what)s.", what=wording.block_in_words(block))
    db.session.commit()
    return told(words, url_for(".restore", block_id=block_id))


@bp.post("/blocks/<int:block_id>/restore")
@guarded(Action.DECIDE)
def restore(block_id: int) -> ResponseReturnValue:
    actor = current_actor()
    block = queries.block_for(Action.DECIDE, actor, block_id)
    blocks.restore(block, actor, now=clock.now())
    words = _("Blocked again: %(what)s.", what=wording.block_in_words(block))
    db.session.commit()
    return told(words, url_for(".lift", block_id=block_id))


@bp.post("/readers/<int:reader_id>/trust")
@guarded(Action.DECIDE)
def trust(reader_id: int) -> ResponseReturnValue:
    actor = current_actor()
    reader = queries.reader_for(Action.DECIDE, actor, reader_id)
    blocks.trust(reader, actor, now=clock.now())
    words = _("Trusted from now on: %(name)s.", name=reader.name or reader.email)
    db.session.commit()
    return told(words, url_for(".distrust", reader_id=reader_id))


@bp.post("/readers/<int:reader_id>/distrust")
@guarded(Action.DECIDE)
def distrust(reader_id: int) -> ResponseReturnValue:
    actor = current_actor()
    reader = queries.reader_for(Action.DECIDE, actor, reader_id)
    blocks.distrust(reader, actor, now=clock.now())
    words = _("Trusted no more: %(name)s.", name=reader.name or reader.email)
    db.session.commit()
    return told(words, url_for(".trust", reader_id=reader_id))


def told(words: str, back: str) -> ResponseReturnValue:
    """To the page of blocks, which says what happened. back: where a button undoes it."""
    flash(words, "said")
    flash(back, "back")
    return redirect(url_for("screening.index"), code=303)


def _form(**kwargs: None) -> BlockForm:
    actor = current_actor()
    return BlockForm(sites=sites_of(actor), may_everywhere=actor.may(Action.DECIDE), **kwargs)


def _page(form: BlockForm) -> str:
    actor, now = current_actor(), clock.now()
    sites: dict[int | None, Site] = {site.id: site for site in sites_of(actor)}
    site_id = number_from(request.args.get("site"))
    site_id = site_id if site_id in sites else None
    return render_template(
        "screening/blocks.html",
        form=form,
        page=queries.blocks_page(actor, now, site_id=site_id, from_id=number_from(request.args.get("from"))),
        trusted=queries.trusted_readers(actor, site_id=site_id),
        sites=sites,
        site_id=site_id,
        wording=wording,
    )
