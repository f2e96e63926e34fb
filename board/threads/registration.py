"""Taking a post into the board as it was read: what it asks gets a thread, or waits for the author's yes.

Reading a post twice changes nothing. A prompt is known by its words as the post has them, so one that was
edited on the desk, or dismissed there, does not come back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select

from board.database import Base
from board.extensions import db
from board.prompts import Prompt
from board.sites.models import Site
from board.threads.addresses import AddressRefused, canonical
from board.threads.drafts import accept, digest_of
from board.threads.models import Draft, DraftState, Post, PostAddress, Thread, ThreadStatus
from board.threads.renewals import pair

MAX_TITLE_CHARS = 300
Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class PostRead:
    """A post as it was read: where it stands, what it is called, what it asks.

    `prompts` in the order of the post, the closing one last. `names`: further addresses under which it was
    asked for. `content_hash`: the same for the same words; empty when unknown. `key`: the blog's own name.
    """

    address: str
    title: str
    prompts: Sequence[Prompt]
    key: str | None = None
    names: Sequence[str] = ()
    content_hash: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True)
class Registered:
    """`opened`: threads that were opened or got their words now. `waiting`: drafts that are new for the
    author. Both are empty when the post and all its prompts were known."""

    post: Post
    opened: Sequence[Thread]
    waiting: Sequence[Draft]


def register(site: Site, read: PostRead, *, opens_from: float | None, now: datetime) -> Registered:
    """Store the post, and for every prompt that is new a thread or a draft.

    opens_from: the confidence from which a prompt gets its thread at once; None: all wait. New words for a
    prompt that had a thread always wait. Raises AddressRefused for an address that names no page.
    """
    keys = _keys(read)
    _one_at_a_time(site)
    post = _post(site, read, keys, now)
    if read.content_hash and post.content_hash == read.content_hash:
        return Registered(post, [], [])
    post.content_hash, post.read_at = read.content_hash, now
    fresh = _fresh_drafts(post, read.prompts, now)
    opened, waiting = [], []
    for draft in fresh:
        is_sure = opens_from is not None and draft.confidence >= opens_from
        if is_sure and (draft.thread is None or draft.thread.stands_in):
            opened.append(accept(draft, now=now))
        else:
            waiting.append(draft)
    db.session.flush()
    return Registered(post, opened, waiting)


def stand_in(site: Site, address: str, *, now: datetime) -> Thread:
    """The thread of the post at `address` under the site's default prompt, made if the post has no thread.

    For the first comment below a post that was not read yet, or that asks nothing. Raises AddressRefused.
    """
    read = PostRead(address, "", ())
    _one_at_a_time(site)
    post = _post(site, read, _keys(read), now)
    query = select(Thread).where(Thread.post_id == post.id, Thread.status != ThreadStatus.HIDDEN.value)
    known = db.session.scalars(query.order_by(Thread.position.desc())).first()
    if known is not None:
        return known
    return _keep(
        Thread(
            site_id=site.id,
            post_id=post.id,
            position=0,
            heading="",
            prompt=site.default_prompt,
            kind="reaction",
            stands_in=True,
            created_at=now,
        )
    )


def _one_at_a_time(site: Site) -> None:
    """Two that read the same post at once would both make it; on PostgreSQL the site's row keeps them apart,
    without holding up those who only refer to it."""
    db.session.execute(select(Site.id).where(Site.id == site.id).with_for_update(key_share=True))


def _keys(read: PostRead) -> list[str]:
    """The keys of all its addresses, its own first. A further one that names no page does not count."""
    keys = [canonical(read.address)]
    for name in read.names:
        try:
            keys.append(canonical(name))
        except AddressRefused:
            continue
    return list(dict.fromkeys(keys))


def _post(site: Site, read: PostRead, keys: Sequence[str], now: datetime) -> Post:
    """The post under any of its names, with the names that are new added; where it stands may be new."""
    query = select(PostAddress).where(PostAddress.site_id == site.id, PostAddress.address_key.in_(keys))
    known = {one.address_key: one.post_id for one in db.session.scalars(query)}
    post = _known_post(site, read, [known[key] for key in keys if key in known])
    if post is None:
        post = _keep(Post(site_id=site.id, address=read.address, key=read.key, title="", created_at=now))
    for key in keys:
        if key not in known:
            db.session.add(PostAddress(site_id=site.id, post_id=post.id, address_key=key, created_at=now))
    post.address = read.address
    post.title = (read.title or post.title or read.address)[:MAX_TITLE_CHARS]
    post.published_at = read.published_at or post.published_at
    db.session.flush()
    return post


def _known_post(site: Site, read: PostRead, ids: Sequence[int]) -> Post | None:
    if read.key is not None:
        query = select(Post).where(Post.site_id == site.id, Post.key == read.key)
        if named := db.session.scalars(query).first():
            return named
    return db.session.get_one(Post, ids[0]) if ids else None


def _fresh_drafts(post: Post, prompts: Sequence[Prompt], now: datetime) -> list[Draft]:
    """A waiting draft for each prompt that is new, with the thread whose words it would renew, if any."""
    threads = db.session.scalars(select(Thread).where(Thread.post_id == post.id)).all()
    drafts = db.session.scalars(select(Draft).where(Draft.post_id == post.id)).all()
    found = {digest_of(prompt.text): prompt for prompt in prompts}
    known = {draft.digest: draft for draft in drafts}
    for draft in drafts:
        _still_there(draft, draft.digest in found)
    said = {digest_of(thread.prompt) for thread in threads}
    fresh = [
        _keep(_draft(post, digest, prompt, now))
        for digest, prompt in found.items()
        if digest not in known and digest not in said
    ]
    pair(fresh, threads, drafts, found=set(found))
    return fresh


def _still_there(draft: Draft, is_found: bool) -> None:
    if draft.state == DraftState.WAITING and not is_found:
        draft.state = DraftState.GONE.value
    elif draft.state == DraftState.GONE and is_found:
        draft.state = DraftState.WAITING.value


def _draft(post: Post, digest: str, prompt: Prompt, now: datetime) -> Draft:
    return Draft(
        site_id=post.site_id,
        post_id=post.id,
        state=DraftState.WAITING.value,
        digest=digest,
        heading=prompt.heading[:MAX_TITLE_CHARS],
        prompt=prompt.text,
        kind=prompt.kind,
        closes=prompt.closes,
        confidence=prompt.confidence,
        signs=list(prompt.signs),
        block=prompt.block,
        blocks=prompt.blocks,
        before=prompt.before,
        after=prompt.after,
        created_at=now,
        thread=None,
    )


def _keep(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row
