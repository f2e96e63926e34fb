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
from board.foundation.errors import NotFound
from board.prompts import Prompt
from board.sites.models import Site, SiteOrigin
from board.threads.addresses import AddressRefused, canonical, is_front, is_page, standing
from board.threads.drafts import accept, digest_of
from board.threads.models import Draft, DraftState, Post, PostAddress, Thread, ThreadStatus
from board.threads.queries import merged_into, post_merged_into
from board.threads.renewals import pair

MAX_TITLE_CHARS = 300
Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class PostRead:
    """A post as it was read: where it says that it stands, what it is called, what it asks.

    `prompts` in the order of the post, the closing one last. `names`: the addresses under which it was found,
    where it was found in the end before those that led there; none for a file. `content_hash`: the same for
    the same words; empty when unknown. `key`: the blog's own name.
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


def register(
    site: Site, read: PostRead, *, opens_from: float | None, now: datetime, is_archive: bool = False
) -> Registered:
    """Store the post, and for every prompt that is new a thread or a draft.

    opens_from: the confidence from which a prompt gets its thread at once; None: all wait. New words for a
    prompt that had a thread always wait. is_archive: the post comes with many others, of any age. Raises
    AddressRefused for an address that names no page, or leads to
    the blog's front page.
    """
    _one_at_a_time(site)
    post = _post(site, read, now)
    if read.content_hash and post.content_hash == read.content_hash:
        return Registered(post, [], [])
    post.content_hash, post.read_at = read.content_hash, now
    fresh = _fresh_drafts(post, read.prompts, now)
    opened, waiting = [], []
    for draft in fresh:
        is_sure = opens_from is not None and draft.confidence >= opens_from
        if is_sure and (draft.thread is None or draft.thread.stands_in):
            opened.append(accept(draft, now=now, is_archive=is_archive))
        else:
            waiting.append(draft)
    db.session.flush()
    return Registered(post, opened, waiting)


def stand_in(site: Site, address: str, *, now: datetime) -> Thread:
    """The thread of the post at `address`; under the site's default prompt, made now, if it has none yet.

    For the first comment below a post that was not read yet, or that asks nothing. A prompt that waits for
    the author's yes would give its words to it. Raises AddressRefused, and NotFound where nobody wants one:
    its discussions were all hidden, or the site has no default prompt.
    """
    key = canonical(address)
    _one_at_a_time(site)
    known = _known(site, [key]).get(key)
    post = _a_post(site, address, now) if known is None else db.session.get_one(Post, known)
    if known is None:
        _name(post, [key], now)
    threads = db.session.scalars(select(Thread).where(Thread.post_id == post.id).order_by(Thread.position))
    led_to = [db.session.get_one(Thread, merged_into(thread.id)) for thread in threads.all()]
    shown = [thread for thread in led_to if thread.status != ThreadStatus.HIDDEN]
    if not shown and (led_to or not site.default_prompt):
        raise NotFound
    return shown[-1] if shown else _opened_to_drafts(_keep(_stand_in(site, post, now)))


def _one_at_a_time(site: Site) -> None:
    """Two that read the same post at once would both make it; on PostgreSQL the site's row keeps them apart,
    without holding up those who only refer to it."""
    db.session.execute(select(Site.id).where(Site.id == site.id).with_for_update(key_share=True))


def _post(site: Site, read: PostRead, now: datetime) -> Post:
    """The post under any of its names, with the names that are new added; where it stands may be new."""
    origins = db.session.scalars(select(SiteOrigin.origin).where(SiteOrigin.site_id == site.id)).all()
    own = [site.base_url, *origins]
    names = {canonical(one): one for one in read.names if is_page(one)}
    _require_post(list(names.values()), own)
    claim = standing(read.address, list(names.values()), own)
    known = _known(site, [canonical(claim), *names])
    named = _post_named(site, read.key)
    post = named or _post_at(read, known.get(canonical(claim)), [known[key] for key in names if key in known])
    free = [one for one in (claim, *names.values()) if known.get(canonical(one)) in {None, post and post.id}]
    where = free[0] if free else None  # an address of another post is not where this one stands
    if post is None:
        post = _a_post(site, where or claim, now)
    _name(post, [key for key in map(canonical, free) if key not in known], now)
    post.title = (read.title or _title_so_far(post) or where or post.address)[:MAX_TITLE_CHARS]
    post.address, post.key = where or post.address, post.key or (None if named else read.key)
    post.published_at = read.published_at or post.published_at
    db.session.flush()
    return post


def _require_post(names: Sequence[str], own: Sequence[str]) -> None:
    """Blogs lead readers of a post that they deleted to their front page, whose words are not the post's."""
    if names and is_front(names[0], own) and not all(is_front(one, own) for one in names):
        raise AddressRefused("it leads to the blog's front page, so the post is not there any more")


def _known(site: Site, keys: Sequence[str]) -> dict[str, int]:
    """The posts that are known under those keys, by key."""
    query = select(PostAddress.address_key, PostAddress.post_id)
    query = query.where(PostAddress.site_id == site.id, PostAddress.address_key.in_(keys))
    return {key: post_id for key, post_id in db.session.execute(query)}  # noqa: C416  # a row is no pair to mypy


def _post_named(site: Site, key: str | None) -> Post | None:
    if key is None:
        return None
    found = db.session.scalars(select(Post.id).where(Post.site_id == site.id, Post.key == key)).first()
    return None if found is None else db.session.get_one(Post, post_merged_into(found))


def _post_at(read: PostRead, claimed: int | None, found: Sequence[int]) -> Post | None:
    """The post that is known where it was found, which is a fact; else where it claims to stand, if it may be
    the same."""
    if found:
        return db.session.get_one(Post, found[0])
    post = db.session.get_one(Post, claimed) if claimed is not None else None
    return None if post is not None and read.names and _is_another(post, read) else post


def _is_another(post: Post, read: PostRead) -> bool:
    """Whether a page that claims to be `post` is none of it: other words under another title. Pages made from
    a copy of another one still carry its canonical link."""
    hashes, titles = (post.content_hash, read.content_hash), (_title_so_far(post), read.title)
    return (
        all(hashes)
        and all(titles)
        and hashes[0] != hashes[1]
        and digest_of(titles[0]) != digest_of(titles[1])
    )


def _title_so_far(post: Post) -> str:
    """What the post is called, unless its address had to serve."""
    return "" if post.title == post.address[:MAX_TITLE_CHARS] else post.title


def _a_post(site: Site, address: str, now: datetime) -> Post:
    return _keep(Post(site_id=site.id, address=address, title=address[:MAX_TITLE_CHARS], created_at=now))


def _name(post: Post, keys: Sequence[str], now: datetime) -> None:
    for key in dict.fromkeys(keys):
        db.session.add(PostAddress(site_id=post.site_id, post_id=post.id, address_key=key, created_at=now))


def _stand_in(site: Site, post: Post, now: datetime) -> Thread:
    return Thread(
        site_id=site.id,
        post_id=post.id,
        position=0,
        heading="",
        prompt=site.default_prompt,
        kind="reaction",
        stands_in=True,
        created_at=now,
    )


def _opened_to_drafts(thread: Thread) -> Thread:
    """The thread, known to those drafts of its post that would open one of their own."""
    drafts = db.session.scalars(select(Draft).where(Draft.post_id == thread.post_id)).all()
    waiting = [draft for draft in drafts if draft.state == DraftState.WAITING and draft.thread_id is None]
    pair(waiting, [thread], drafts, found={draft.digest for draft in waiting})
    db.session.flush()
    return thread


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
