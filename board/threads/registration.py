"""Taking a post into the board: its prompts become threads. Doing it twice changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from board.extensions import db
from board.prompts import Prompt
from board.sites.models import Site
from board.threads.addresses import canonical
from board.threads.models import Post, Thread

MAX_TITLE_CHARS = 300


@dataclass(frozen=True)
class PostRead:
    """A post as it was read: where it stands, what it is called, what it asks.

    `prompts` in the order of the post, the closing one last.
    """

    address: str
    title: str
    prompts: Sequence[Prompt]
    key: str | None = None


@dataclass(frozen=True)
class Registered:
    """`new_threads`: opened now; empty when the post and all its prompts were known."""

    post: Post
    new_threads: Sequence[Thread]


def register(site: Site, read: PostRead, *, now: datetime) -> Registered:
    """Store the post and open a thread for every prompt that has none yet.

    A prompt is known by its words: one that the board has for this post is left as it is, with
    everything that was said about it. Raises AddressRefused for an address that names no page.
    """
    post = _post(site, read, now)
    known = db.session.scalars(
        select(Thread).where(Thread.post_id == post.id).order_by(Thread.position)
    ).all()
    texts = {thread.prompt for thread in known}
    position = max((thread.position for thread in known), default=-1) + 1
    fresh = [prompt for prompt in read.prompts if prompt.text not in texts]
    threads = [_thread(post, prompt, position + step, now) for step, prompt in enumerate(fresh)]
    db.session.add_all(threads)
    db.session.flush()
    return Registered(post, threads)


def _post(site: Site, read: PostRead, now: datetime) -> Post:
    address_key = canonical(read.address)
    query = select(Post).where(Post.site_id == site.id, Post.address_key == address_key)
    post = db.session.scalars(query).first()
    if post is None:
        post = Post(
            site_id=site.id,
            address_key=address_key,
            address=read.address,
            key=read.key,
            title="",
            created_at=now,
        )
        db.session.add(post)
    post.title = (read.title or read.address)[:MAX_TITLE_CHARS]
    db.session.flush()
    return post


def _thread(post: Post, prompt: Prompt, position: int, now: datetime) -> Thread:
    return Thread(
        site_id=post.site_id,
        post_id=post.id,
        position=position,
        heading=prompt.heading[:MAX_TITLE_CHARS],
        prompt=prompt.text,
        kind=prompt.kind,
        confidence=prompt.confidence,
        created_at=now,
    )
