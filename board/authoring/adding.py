"""A prompt that the author writes on the desk. Nothing here commits."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from board.authoring.holding import hold_site
from board.extensions import db
from board.foundation.errors import BoardError
from board.foundation.permissions import Actor
from board.sites.models import Site
from board.sources.blogs import Blog
from board.sources.models import Why
from board.sources.waiting import ask_for
from board.threads.addresses import canonical
from board.threads.drafts import Words, accept, digest_of
from board.threads.models import Draft, DraftState, Post, PostAddress, Thread
from board.threads.registration import PostRead, register

BY_HAND = "by_hand"  # stands among the signs of a draft that nobody found


class AddressForeign(BoardError):
    """The address is on none of the site's origins, so it cannot be one of its posts."""

    status = 422
    words = _l("This address is not on the blog. Is it complete, and does it belong to this site?")


class AddressOfAll(BoardError):
    """The address is that of the blog itself."""

    status = 422
    words = _l("This is the blog's front page. Which of its posts asks this?")


class AskedAlready(BoardError):
    """The post has a discussion with just these words."""

    status = 422
    words = _l("There is a discussion with just these words below this post already.")


def add_prompt(site: Site, address: str, words: Words, actor: Actor, *, now: datetime) -> Draft:
    """An accepted draft with its thread, at the end of the post at `address`, which is made if it is new.

    A draft that was found with just these words is accepted instead. site: with its origins.
    Raises AddressRefused, AddressForeign, AddressOfAll, AskedAlready.
    """
    key = canonical(address)
    hold_site(site.id)
    post = _post_at(site, key) or _new_post(site, address.strip(), now)
    draft = _draft(post, words, now)
    accept(draft, words, now=now, account_id=actor.account_id)
    return draft


def _post_at(site: Site, key: str) -> Post | None:
    query = select(Post).where(Post.site_id == site.id, Post.addresses.any(PostAddress.address_key == key))
    return db.session.scalars(query).first()


def _new_post(site: Site, address: str, now: datetime) -> Post:
    """Its address has to do for a title until the worker has read it."""
    blog = Blog.of(site)
    if not blog.owns(address):
        raise AddressForeign
    if blog.is_front(address):
        raise AddressOfAll
    ask_for(site, address, Why.AGAIN, now)
    return register(site, PostRead(address, "", ()), opens_from=None, now=now).post


def _draft(post: Post, words: Words, now: datetime) -> Draft:
    digest = digest_of(words.text)
    query = select(Draft).where(Draft.post_id == post.id, Draft.digest == digest)
    known = db.session.scalars(query.options(joinedload(Draft.thread))).first()
    threads = db.session.scalars(select(Thread.prompt).where(Thread.post_id == post.id))
    if digest in {digest_of(prompt) for prompt in threads}:
        raise AskedAlready
    if known is not None and known.state == DraftState.ACCEPTED and known.thread is not None:
        raise AskedAlready
    return known or _written(post, words, digest, now)


def _written(post: Post, words: Words, digest: str, now: datetime) -> Draft:
    draft = Draft(
        site_id=post.site_id,
        post_id=post.id,
        state=DraftState.WAITING.value,
        digest=digest,
        heading=words.heading,
        prompt=words.text,
        kind=words.kind,
        confidence=1.0,
        signs=[BY_HAND],
        created_at=now,
        thread=None,
    )
    db.session.add(draft)
    db.session.flush()
    return draft
