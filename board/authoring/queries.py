"""What the page of prompts shows: a fixed number of statements, whatever the number of drafts.

Everything is limited to the sites on which the asking person may see or decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload

from board.authoring.acts import SHOWN_IN, View
from board.authoring.selection import Selection
from board.extensions import db
from board.foundation.errors import NotFound
from board.foundation.paging import Page
from board.foundation.permissions import Action, Actor
from board.sources.models import Feed
from board.threads.models import Draft, DraftState, Post, Thread
from board.threads.queries import MAX_ID

POSTS_PER_PAGE = 15
STEPS = (0.9, 0.8, 0.7, 0.6, 0.0)  # confidences from which all can be accepted at once; the last: whatever


@dataclass(frozen=True)
class Found:
    """A post with drafts of one kind, in the order in which they stand in it."""

    post: Post
    drafts: Sequence[Draft]


@dataclass(frozen=True)
class Step:
    """How many drafts wait that were found with at least this confidence."""

    confidence: float
    count: int


@dataclass(frozen=True)
class Steps:
    """`newest`: the last draft that was counted, so that none is accepted that was not on the page."""

    steps: Sequence[Step]
    newest: int


def found_page(actor: Actor, selection: Selection, *, limit: int = POSTS_PER_PAGE) -> Page[Found]:
    """Posts with their drafts in the selected view, the one with the youngest draft first.

    Two statements. A post stands where its youngest draft stands, with all its drafts of that view.
    """
    leading = db.session.execute(_leading(actor, selection, limit + 1)).all()
    post_ids = [post_id for _, post_id in leading[:limit]]
    drafts = db.session.scalars(
        _in_post_order(_whole())
        .where(Draft.post_id.in_(post_ids), Draft.state == SHOWN_IN[selection.view].value)
        .options(joinedload(Draft.post, innerjoin=True).joinedload(Post.site, innerjoin=True))
    )
    by_post: defaultdict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_post[draft.post_id].append(draft)
    found = [Found(by_post[post_id][0].post, by_post[post_id]) for post_id in post_ids if by_post[post_id]]
    return Page(found, leading[limit].id if len(leading) > limit else None)


def counts(actor: Actor, site_id: int | None = None) -> dict[View, int]:
    """How many drafts each view holds."""
    query = select(Draft.state, func.count()).where(scope(actor, Draft.site_id, Action.SEE_PROMPTS))
    if site_id is not None:
        query = query.where(Draft.site_id == site_id)
    by_state: dict[str, int] = dict(db.session.execute(query.group_by(Draft.state)).all())
    return {view: by_state.get(state.value, 0) for view, state in SHOWN_IN.items()}


def steps_for(actor: Actor, site_id: int | None = None) -> Steps:
    """From which confidences all can be accepted at once, the surest first; each adds some to the last."""
    numbers = [func.count().filter(Draft.confidence >= step) for step in STEPS]
    query = select(func.coalesce(func.max(Draft.id), 0), *numbers)
    query = query.where(opens_something(), scope(actor, Draft.site_id, Action.DECIDE_PROMPTS))
    if site_id is not None:
        query = query.where(Draft.site_id == site_id)
    newest, *found = db.session.execute(query).one()
    steps: dict[int, Step] = {}  # by count: two that accept the same would be one choice twice
    for confidence, count in zip(STEPS, found, strict=True):
        steps.setdefault(count, Step(confidence, count))
    steps[found[-1]] = Step(STEPS[-1], found[-1])  # which says "all"
    return Steps([step for count, step in steps.items() if count], newest)


def opens_something() -> ColumnElement[bool]:
    """It waits, and would not change the words of a discussion that its readers know."""
    is_new = or_(Draft.thread_id.is_(None), Draft.thread.has(Thread.stands_in))
    return and_(Draft.state == DraftState.WAITING.value, is_new)


def draft_for(action: Action, actor: Actor, draft_id: int) -> Draft:
    """The draft with its thread, post and site, if `actor` may do `action` there. Raises NotFound."""
    query = _whole().options(joinedload(Draft.post, innerjoin=True).joinedload(Post.site, innerjoin=True))
    found = db.session.scalars(query.where(_among([draft_id]), scope(actor, Draft.site_id, action))).first()
    if found is None:
        raise NotFound
    return found


def ids_for(action: Action, actor: Actor, draft_ids: Collection[int]) -> list[int]:
    """Those of the drafts that exist and on whose sites `actor` may do `action`."""
    query = select(Draft.id).where(_among(draft_ids), scope(actor, Draft.site_id, action))
    return list(db.session.scalars(query))


def post_for(action: Action, actor: Actor, post_id: int) -> Post:
    """The post with its site and all its threads, hidden ones too, if `actor` may do `action` there.

    Raises NotFound.
    """
    query = select(Post).where(Post.id == post_id, scope(actor, Post.site_id, action))
    query = query.options(joinedload(Post.site, innerjoin=True), selectinload(Post.threads))
    post = db.session.scalars(query).first() if post_id <= MAX_ID else None
    if post is None:
        raise NotFound
    return post


def drafts_of(post: Post) -> Sequence[Draft]:
    """All drafts of a post with their threads, in the order in which they stand in it."""
    return db.session.scalars(_in_post_order(_whole()).where(Draft.post_id == post.id)).all()


def feeds_of(site_ids: Collection[int]) -> dict[int, Feed]:
    """The feeds of those sites that have one, by the site."""
    feeds = db.session.scalars(select(Feed).where(Feed.site_id.in_(site_ids)))
    return {feed.site_id: feed for feed in feeds}


def scope(actor: Actor, site_id: InstrumentedAttribute[int], action: Action) -> ColumnElement[bool]:
    allowed = actor.sites_for(action)
    return true() if allowed is None else site_id.in_(allowed)


def _leading(actor: Actor, selection: Selection, limit: int) -> Select[int, int]:
    """The youngest draft of each post, as (id, post id), the youngest of all first."""
    state, younger = SHOWN_IN[selection.view].value, aliased(Draft)
    is_led = (
        select(younger.id)
        .where(younger.post_id == Draft.post_id, younger.state == state, younger.id > Draft.id)
        .exists()
    )
    query = select(Draft.id, Draft.post_id).where(Draft.state == state, ~is_led)
    query = query.where(scope(actor, Draft.site_id, Action.SEE_PROMPTS))
    if selection.site_id is not None:
        query = query.where(Draft.site_id == selection.site_id)
    if selection.from_id is not None:
        query = query.where(Draft.id <= selection.from_id)
    return query.order_by(Draft.id.desc()).limit(limit)


def _whole() -> Select[Draft]:
    return select(Draft).options(joinedload(Draft.thread))


def _in_post_order(query: Select[Draft]) -> Select[Draft]:
    return query.order_by(Draft.block, Draft.id)


def _among(draft_ids: Collection[int]) -> ColumnElement[bool]:
    return Draft.id.in_([number for number in draft_ids if 0 < number <= MAX_ID])
