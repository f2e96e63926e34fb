"""Makers of rows: each states only what a test cares about and commits what it made."""

from __future__ import annotations

import itertools
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from board import text
from board.accounts.models import Account, Membership
from board.accounts.passwords import hash_password
from board.comments.lifecycle import count
from board.comments.models import Block, BlockKind, BlockVerdict, Comment, Status
from board.foundation import clock
from board.foundation.permissions import Role
from board.readers.models import Reader
from board.sites.models import Site, SiteOrigin
from board.subscriptions.models import Subscription
from board.threads.addresses import canonical
from board.threads.drafts import digest_of
from board.threads.models import Draft, Post, PostAddress, Thread

PASSWORD = "a quiet long password"
PASSWORD_HASH = hash_password(PASSWORD)  # once: hashing is slow on purpose


class Makers:
    """`session` is committed after every maker, so that other connections see the row."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._numbers = itertools.count(1)

    def site(self, *, origin: str = "https://blog.test", **fields: Any) -> Site:
        number = next(self._numbers)
        values = {
            "slug": f"site{number}",
            "name": f"Blog {number}",
            "base_url": "https://blog.test",
            "accent_hue": 240,
        }
        site = Site(**{**values, "created_at": clock.now(), **fields})
        site.origins = [SiteOrigin(origin=origin)]
        return self._keep(site)

    def let_embed(self, site: Site, origin: str) -> Site:
        """Register one more origin for `site`."""
        self._keep(SiteOrigin(site_id=site.id, origin=origin))
        return site

    def post(self, site: Site | None = None, **fields: Any) -> Post:
        site = site or self.site()
        address = fields.pop("address", f"https://blog.test/post-{next(self._numbers)}")
        values = {
            "address": address,
            "title": "On listening",
            "created_at": clock.now(),
        }
        post = self._keep(Post(site_id=site.id, **{**values, **fields}))
        self.name(post, address)
        return post

    def name(self, post: Post, address: str) -> PostAddress:
        """One more address under which `post` is known."""
        key = canonical(address)
        return self._keep(
            PostAddress(site_id=post.site_id, post_id=post.id, address_key=key, created_at=clock.now())
        )

    def draft(self, post: Post | None = None, **fields: Any) -> Draft:
        """A prompt that was found in `post` and waits for the author."""
        post = post or self.post()
        prompt = fields.pop("prompt", f"What would you keep? Question {next(self._numbers)}.")
        values = {
            "heading": "",
            "prompt": prompt,
            "digest": digest_of(prompt),
            "kind": "reaction",
            "closes": True,
            "confidence": 0.7,
            "signs": ["asks_reader", "at_the_end"],
            "block": 9,
            "blocks": 10,
            "before": "The drawer was emptied on a Sunday.",
            "after": "Photo by a friend.",
            "created_at": clock.now(),
        }
        return self._keep(Draft(site_id=post.site_id, post_id=post.id, **{**values, **fields}))

    def thread(self, site: Site | None = None, post: Post | None = None, **fields: Any) -> Thread:
        post = post or self.post(site)
        values = {
            "heading": "What is your reaction?",
            "prompt": "When did a silence last change what you were about to say?",
            "kind": "reaction",
            "position": next(self._numbers),
            "created_at": clock.now(),
        }
        return self._keep(Thread(site_id=post.site_id, post_id=post.id, **{**values, **fields}))

    def comment(self, thread: Thread | None = None, parent: Comment | None = None, **fields: Any) -> Comment:
        """A comment with its counters; published unless `status` says otherwise."""
        thread = thread or self.thread()
        source = fields.pop("source", "I count to ten, and then to ten again.")
        rendered = text.render(source)
        status = Status(fields.pop("status", Status.PUBLISHED))
        created_at = fields.pop("created_at", clock.now())
        values = {
            "author_name": "Ada",
            "source": source,
            "html": rendered.html,
            "renderer_version": rendered.version,
            "published_at": created_at if status is Status.PUBLISHED else None,
            "reasons": [],
            "network": secrets.token_hex(16),
            "fingerprint": secrets.token_hex(16),
            "text_digest": secrets.token_hex(16),
            "edit_salt": secrets.token_hex(16),
        }
        comment = Comment(
            thread_id=thread.id,
            parent_id=parent.id if parent else None,
            root_id=(parent.root_id or parent.id) if parent else None,
            depth=parent.depth + 1 if parent else 0,
            status=status.value,
            created_at=created_at,
            **{**values, **fields},
        )
        self.session.add(comment)
        self.session.flush()
        count(comment, shown=int(status is Status.PUBLISHED), waiting=int(status is Status.PENDING))
        return self._keep(comment)

    def reader(
        self, site: Site, email: str = "ada@example.test", *, confirmed: bool = True, **fields: Any
    ) -> Reader:
        now = clock.now()
        values = {"name": "Ada", "created_at": now, "confirmed_at": now if confirmed else None}
        return self._keep(Reader(site_id=site.id, email=email, **{**values, **fields}))

    def subscription(
        self, reader: Reader, about: Comment | Thread | None, *, confirmed: bool = True, **fields: Any
    ) -> Subscription:
        """To replies to a comment, to a thread, or (None) to the prompts of the reader's blog."""
        now = clock.now()
        values = {"created_at": now, "confirmed_at": now if confirmed else None}
        values["asked_at"] = fields.get("created_at", now)
        if isinstance(about, Comment):
            values |= {"topic": "replies", "comment_id": about.id}
        else:
            values |= {"topic": "thread", "thread_id": about.id} if about else {"topic": "prompts"}
        return self._keep(Subscription(reader_id=reader.id, **{**values, **fields}))

    def account(self, role: Role | None = Role.OWNER, site: Site | None = None, **fields: Any) -> Account:
        """Somebody with PASSWORD; with `role` on `site`, on all sites without one, or nowhere for None."""
        number = next(self._numbers)
        values = {
            "email": f"staff{number}@example.test",
            "name": f"Mod {number}",
            "password_hash": PASSWORD_HASH,
        }
        account = Account(**{**values, "created_at": clock.now(), **fields})
        if role is not None:
            account.memberships = [Membership(role=role.value, site_id=site.id if site else None)]
        return self._keep(account)

    def block(self, kind: BlockKind, value: str, site: Site | None = None, **fields: Any) -> Block:
        """A block on `site`, on all sites without one; it holds what it meets unless `verdict` says more."""
        values = {"verdict": BlockVerdict.HOLD.value, "actor_name": "Mod", "created_at": clock.now()}
        site_id = site.id if site else None
        return self._keep(Block(site_id=site_id, kind=kind.value, value=value, **{**values, **fields}))

    def _keep(self, row: Any) -> Any:
        self.session.add(row)
        self.session.commit()
        return row


def ago(**span: float) -> datetime:
    return clock.now() - timedelta(**span)
