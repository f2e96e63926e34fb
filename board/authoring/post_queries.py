"""What the pages of posts and of moves show: a fixed number of statements, whatever the number of posts.

Everything is limited to the sites on which the asking person may see or move posts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from board.authoring.models import Change, Remapping
from board.authoring.moving import key_or_none
from board.authoring.queries import scope
from board.extensions import db
from board.foundation.errors import NotFound
from board.foundation.paging import Page
from board.foundation.permissions import Action, Actor
from board.sites.models import Site
from board.threads.models import Draft, DraftState, Post, PostAddress, Thread
from board.threads.queries import MAX_ID

POSTS_PER_PAGE = 30
MOVES_PER_PAGE = 30
MOST_OFFERED = 10  # posts to choose from: who does not find theirs looks for it by its words
MAX_WANTED_CHARS = 300
IN_ADDRESSES = "/:?&=%.-_~"  # what an address may hold as it is, so that other letters are found escaped


@dataclass(frozen=True)
class Numbers:
    """What hangs on a post: its discussions, their comments, and those of them that wait."""

    threads: int = 0
    published: int = 0
    pending: int = 0


@dataclass(frozen=True)
class Listed:
    """A post in the list."""

    post: Post
    numbers: Numbers


@dataclass(frozen=True)
class Progress:
    """How much a remapping changed, and how much of that is undone."""

    changes: int = 0
    undone: int = 0


def posts_page(
    actor: Actor, site_id: int | None, wanted: str, from_id: int | None, *, limit: int = POSTS_PER_PAGE
) -> Page[Listed]:
    """Posts with their sites, the youngest first; of one site or all, with those words in title or address.

    Three statements.
    """
    query = select(Post).where(Post.merged_into_id.is_(None), scope(actor, Post.site_id, Action.SEE_POSTS))
    query = query.options(joinedload(Post.site, innerjoin=True)).order_by(Post.id.desc()).limit(limit + 1)
    if site_id is not None:
        query = query.where(Post.site_id == site_id)
    if from_id is not None:
        query = query.where(Post.id <= from_id)
    if wanted.strip():
        query = query.where(_matches(wanted))
    posts = db.session.scalars(query).all()
    numbers = numbers_of([post.id for post in posts[:limit]])
    items = [Listed(post, numbers.get(post.id, Numbers())) for post in posts[:limit]]
    return Page(items, posts[limit].id if len(posts) > limit else None)


def numbers_of(post_ids: Collection[int]) -> dict[int, Numbers]:
    """By post, without threads that were merged into others. One statement."""
    query = (
        select(Thread.post_id, func.count(), func.sum(Thread.published_count), func.sum(Thread.pending_count))
        .where(Thread.post_id.in_(post_ids), Thread.merged_into_id.is_(None))
        .group_by(Thread.post_id)
    )
    return {
        post_id: Numbers(threads, int(published), int(pending))
        for post_id, threads, published, pending in db.session.execute(query)
    }


def post_for(action: Action, actor: Actor, post_id: int) -> Post:
    """A post with its site and origins, its addresses and all its threads, if `actor` may do `action` there.

    Raises NotFound.
    """
    query = _whole().where(Post.id == post_id, scope(actor, Post.site_id, action))
    post = db.session.scalars(query).unique().first() if 0 < post_id <= MAX_ID else None
    if post is None:
        raise NotFound
    return post


def thread_for(action: Action, actor: Actor, thread_id: int) -> Thread:
    """A thread of any status with its post and site, if `actor` may do `action` there. Raises NotFound."""
    query = select(Thread).where(Thread.id == thread_id, scope(actor, Thread.site_id, action))
    query = query.options(joinedload(Thread.post, innerjoin=True), joinedload(Thread.site, innerjoin=True))
    thread = db.session.scalars(query).first() if 0 < thread_id <= MAX_ID else None
    if thread is None:
        raise NotFound
    return thread


def waiting_drafts(post_id: int) -> int:
    """How many prompts found in the post wait for a yes."""
    query = select(func.count()).where(Draft.post_id == post_id, Draft.state == DraftState.WAITING.value)
    return db.session.scalars(query).one()


def others(post: Post, wanted: str, *, limit: int = MOST_OFFERED) -> Sequence[Post]:
    """Posts of the same site with all their threads, to choose one from: those with `wanted` in title or
    address; without it those of the same title before the youngest."""
    alike = func.lower(Post.title) == post.title.lower()
    query = select(Post).where(
        Post.site_id == post.site_id, Post.id != post.id, Post.merged_into_id.is_(None)
    )
    query = query.options(selectinload(Post.threads)).order_by(alike.desc(), Post.id.desc()).limit(limit)
    if wanted.strip():
        query = query.where(_matches(wanted))
    return db.session.scalars(query).all()


def posts_named(text: str, site_id: int | None) -> Sequence[Post]:
    """The posts that `text` names to whoever types it: by number, or by address on any or that one site."""
    if text.isascii() and text.isdigit():
        query = _whole().where(Post.id == int(text)) if int(text) <= MAX_ID else None
    else:
        query = _whole().where(Post.addresses.any(PostAddress.address_key == key_or_none(text)))
    if query is None:
        return []
    if site_id is not None:
        query = query.where(Post.site_id == site_id)
    return db.session.scalars(query).unique().all()


def moves_page(actor: Actor, from_id: int | None, *, limit: int = MOVES_PER_PAGE) -> Page[Remapping]:
    """Remappings with their sites, the latest first. One statement."""
    query = _moves().where(scope(actor, Remapping.site_id, Action.REMAP))
    if from_id is not None:
        query = query.where(Remapping.id <= from_id)
    moves = db.session.scalars(query.order_by(Remapping.id.desc()).limit(limit + 1)).all()
    return Page(moves[:limit], moves[limit].id if len(moves) > limit else None)


def move_for(actor: Actor, remapping_id: int) -> Remapping:
    """A remapping with its site, if `actor` may remap there. Raises NotFound."""
    query = _moves().where(Remapping.id == remapping_id, scope(actor, Remapping.site_id, Action.REMAP))
    move = db.session.scalars(query).first() if 0 < remapping_id <= MAX_ID else None
    if move is None:
        raise NotFound
    return move


def progress_of(remapping_ids: Collection[int]) -> dict[int, Progress]:
    """By remapping. One statement."""
    query = select(Change.remapping_id, func.count(), func.count().filter(Change.undone))
    query = query.where(Change.remapping_id.in_(remapping_ids)).group_by(Change.remapping_id)
    return {number: Progress(changes, undone) for number, changes, undone in db.session.execute(query)}


def _whole() -> Select[Post]:
    return select(Post).options(
        joinedload(Post.site, innerjoin=True).selectinload(Site.origins),
        selectinload(Post.addresses),
        selectinload(Post.threads),
    )


def _moves() -> Select[Remapping]:
    return select(Remapping).options(joinedload(Remapping.site, innerjoin=True))


def _matches(wanted: str) -> ColumnElement[bool]:
    """What somebody typed stands in the title, or in one of the addresses, written in any way."""
    words = wanted.strip()[:MAX_WANTED_CHARS]
    piece = (key_or_none(words) or quote(words, safe=IN_ADDRESSES)).rstrip("/")
    return or_(
        Post.title.contains(words, autoescape=True),
        func.lower(Post.title).contains(words.lower(), autoescape=True),
        Post.addresses.any(PostAddress.address_key.contains(piece, autoescape=True)),
    )
