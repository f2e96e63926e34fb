"""The private page: everything that belongs to an address, over all blogs of the board where it is confirmed.

Whoever has the link may act; opening anything changes nothing.
"""

from __future__ import annotations

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from board.comments.ownership import link_token
from board.extensions import db
from board.foundation import clock, templating
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, guarded
from board.private import queries
from board.private.asking import bp
from board.private.links import Owner, ends_at, owner_of
from board.private.taking_along import everything_of
from board.private.wording import RATE_LABELS, SAID, STATE_LABELS, TOPIC_LABELS, state_of
from board.subscriptions import queries as subscriptions
from board.subscriptions.models import Rate, Topic
from board.subscriptions.preferences import choose, rates_of
from board.subscriptions.spreading import rhythm
from board.subscriptions.views import masked


@bp.get("/me/<token>")
@guarded(Action.READ)
def page(token: str) -> ResponseReturnValue:
    owner = opened(token)
    return render_template(
        "private/page.html",
        token=token,
        owner=owner,
        address=masked(owner.reader.email),
        ends_at=ends_at(token),
        page=queries.comments_page(owner.ids, _number(request.args.get("from"))),
        followed=queries.followed_by(owner.ids),
        sites=queries.sites_with({reader.site_id for reader in owner.known}),
        rates=rates_of(owner.ids),
        said=request.args.get("said", ""),
        said_words=SAID,
        state_of=state_of,
        is_shown=queries.is_shown,
        state_labels=STATE_LABELS,
        topic_labels=TOPIC_LABELS,
        rate_labels=RATE_LABELS,
        own_token=link_token,
    )


@bp.post("/me/<token>/follows/<int:subscription_id>/end")
@guarded(Action.MANAGE_OWN_THINGS)
def end(token: str, subscription_id: int) -> ResponseReturnValue:
    """Saying it twice keeps the first moment."""
    owner = opened(token)
    subscription = queries.own_subscription(owner.ids, subscription_id)
    subscription.ended_at = subscription.ended_at or clock.now()
    db.session.commit()
    return _back(token, "ended", "follows")


@bp.post("/me/<token>/follows/<int:subscription_id>/resume")
@guarded(Action.MANAGE_OWN_THINGS)
def resume(token: str, subscription_id: int) -> ResponseReturnValue:
    """The link came by mail, so whoever has it has shown that the address is theirs."""
    owner, now = opened(token), clock.now()
    subscription = queries.own_subscription(owner.ids, subscription_id)
    if not subscription.is_active:
        subscription.ended_at, subscription.confirmed_at = None, now
    db.session.commit()
    return _back(token, "resumed", "follows")


@bp.post("/me/<token>/rates/<int:reader_id>")
@guarded(Action.MANAGE_OWN_THINGS)
def rates(token: str, reader_id: int) -> ResponseReturnValue:
    """How often, for each topic; what the form does not name, or not well, stays. Raises NotFound."""
    owner, now = opened(token), clock.now()
    reader = next((one for one in owner.known if one.id == reader_id), None)
    if reader is None:
        raise NotFound
    for topic in Topic:
        wished = request.form.get(topic.value, "")
        if wished in set(Rate):
            choose(reader, topic, Rate(wished), rhythm=rhythm(), now=now)
    db.session.commit()
    return _back(token, "rates", "often")


@bp.get("/me/<token>/download")
@guarded(Action.READ)
def download(token: str) -> Response:
    """Everything as JSON, to keep or to take elsewhere."""
    answer = jsonify(everything_of(opened(token), clock.now()))
    answer.headers.set("Content-Disposition", "attachment", filename="what-i-wrote.json")
    return answer


def opened(token: str) -> Owner:
    """Whose link it is; the page speaks the language of their blog. Raises NotFound, LinkOver."""
    owner = owner_of(token, clock.now())
    templating.speak(subscriptions.site(owner.reader.site_id).language)
    return owner


def _back(token: str, said: str, part: str) -> ResponseReturnValue:
    return redirect(url_for("private.page", token=token, said=said, _anchor=part), code=303)


def _number(raw: str | None) -> int | None:
    is_one = raw is not None and raw.isascii() and raw.isdecimal() and len(raw) < 10
    return int(raw or 0) if is_one else None
