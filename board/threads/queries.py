"""Finding posts and threads. Loading by id also authorises: what is hidden does not exist.

What was merged into another leads there: whoever asks for a thread by its old number, or for a post under
any address or key it ever had, gets the one that has its comments now.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from board.extensions import db
from board.foundation.errors import NotFound
from board.sites.models import Site
from board.threads.models import Post, PostAddress, Thread, ThreadStatus

PROMPTS_PER_PAGE = 20
MAX_ID = 2**31 - 1  # what an integer key can hold on PostgreSQL; a larger one in an address names nothing


def thread_for(thread_id: int) -> Thread:
    """The thread, or what it was merged into, with its post, its site and the origins that may embed it.

    Raises NotFound.
    """
    thread = _thread(_real(thread_id)) or _thread(merged_into(thread_id))
    if thread is None:
        raise NotFound
    return thread


def post_for(post_id: int) -> Post:
    """A post, or what it was merged into, with its site and its visible threads in their order.

    Where all its threads were merged into others, those. Raises NotFound when there are none.
    """
    return _post(Post.id == _real(post_id))


def post_at(site_slug: str, address_key: str) -> Post:
    """The post of that site at that canonical address, with its visible threads. Raises NotFound."""
    return _post(Post.addresses.any(PostAddress.address_key == address_key), Site.slug == site_slug)


def post_with_key(site_slug: str, key: str) -> Post:
    """The post of that site that the blog itself calls `key`. Raises NotFound."""
    return _post(Post.key == key, Site.slug == site_slug)


def threads_of(post_id: int) -> Sequence[Thread]:
    """The visible threads of one post, in their order."""
    query = select(Thread).where(Thread.post_id == post_id, _visible()).order_by(Thread.position)
    return db.session.scalars(query).all()


def merged_into(thread_id: int) -> int:
    """The id of the thread that has that thread's comments now: its own, unless it was merged. Any status."""
    step: int | None = thread_id
    while step is not None:
        thread_id = step
        step = db.session.scalar(select(Thread.merged_into_id).where(Thread.id == thread_id))
    return thread_id


def post_merged_into(post_id: int) -> int:
    """The id of the post that has that post's addresses now: its own, unless it was merged."""
    step: int | None = post_id
    while step is not None:
        post_id = step
        step = db.session.scalar(select(Post.merged_into_id).where(Post.id == post_id))
    return post_id


def newest_prompts(
    site_id: int | None, *, before_id: int | None = None, limit: int = PROMPTS_PER_PAGE
) -> Sequence[Thread]:
    """Threads that can be answered or read, the youngest prompt first; of one site or of all.

    One that stands in is among them once something in it was published: until then nobody has looked at the
    address it was opened for.
    """
    is_asked = or_(~Thread.stands_in, Thread.published_count > 0)
    query = _threads().where(is_asked).order_by(Thread.id.desc()).limit(limit)
    if site_id is not None:
        query = query.where(Thread.site_id == site_id)
    if before_id is not None:
        query = query.where(Thread.id < _real(before_id))
    return db.session.scalars(query).unique().all()


def latest_discussions(site_id: int | None, *, limit: int = 5) -> Sequence[Thread]:
    """Threads with published comments, the one that was answered last first."""
    query = (
        _threads()
        .where(Thread.last_comment_at.is_not(None))
        .order_by(Thread.last_comment_at.desc(), Thread.id.desc())
    )
    if site_id is not None:
        query = query.where(Thread.site_id == site_id)
    return db.session.scalars(query.limit(limit)).unique().all()


def _threads() -> Select[Thread]:
    return (
        select(Thread)
        .where(_visible())
        .options(joinedload(Thread.post), joinedload(Thread.site).selectinload(Site.origins))
    )


def _thread(thread_id: int) -> Thread | None:
    return db.session.scalars(_threads().where(Thread.id == thread_id)).unique().first()


def _post(*conditions: ColumnElement[bool]) -> Post:
    post = _post_with_threads(*conditions)
    if post is None:
        asked = db.session.scalar(select(Post.id).join(Post.site).where(*conditions))
        post = _post_led_to(asked) if asked is not None else None
    if post is None:
        raise NotFound
    return post


def _post_with_threads(*conditions: ColumnElement[bool]) -> Post | None:
    query = (
        select(Post)
        .join(Post.threads)
        .join(Post.site)
        .where(_visible(), *conditions)
        .options(contains_eager(Post.threads), contains_eager(Post.site).selectinload(Site.origins))
        .order_by(Thread.position)
    )
    return db.session.scalars(query).unique().first()


def _post_led_to(post_id: int) -> Post | None:
    """Where a post without visible threads leads: to the post it became, or to where its threads went."""
    live_id = post_merged_into(post_id)
    emptied = (
        select(Thread.id)
        .where(Thread.post_id == live_id, Thread.merged_into_id.is_not(None))
        .order_by(Thread.position)
    )
    targets = dict.fromkeys(merged_into(thread_id) for thread_id in db.session.scalars(emptied).all())
    return _post_with_threads(Post.id == live_id) or _post_with_threads(Thread.id.in_(targets))


def _visible() -> ColumnElement[bool]:
    return Thread.status != ThreadStatus.HIDDEN.value


def _real(number: int) -> int:
    if not 0 < number <= MAX_ID:
        raise NotFound
    return number
