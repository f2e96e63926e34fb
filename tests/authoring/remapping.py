"""What tests of moves and merges do again and again, as an owner does it: in transactions of their own."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from board.authoring import merging, moving, rules
from board.authoring.models import Remapping
from board.authoring.prefixes import prefixes
from board.authoring.undoing import Undone, undo
from board.comments.models import Comment
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Actor
from board.threads.addresses import canonical
from board.threads.models import Post, PostAddress, Thread
from tests.support.applications import commit_so_far

OWNER = Actor(None, "Mia")


class Owner:
    """Does what the desk does, and says which move it was."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def merge_threads(self, source: Thread, target: Thread) -> int:
        ids = source.id, target.id
        return self._do(
            lambda: merging.merge_threads(*(_thread(number) for number in ids), OWNER, now=clock.now())
        )

    def merge_posts(self, source: Post, target: Post, *, join: bool = True) -> int:
        ids = source.id, target.id
        return self._do(
            lambda: merging.merge_posts(
                *(db.session.get_one(Post, number) for number in ids), OWNER, join=join, now=clock.now()
            )
        )

    def move_thread(self, thread: Thread, post: Post) -> int:
        thread_id, post_id = thread.id, post.id
        return self._do(
            lambda: moving.move_thread(
                _thread(thread_id), db.session.get_one(Post, post_id), OWNER, now=clock.now()
            )
        )

    def give(self, post: Post, address: str, *, stands: bool = False) -> int:
        number = post.id
        return self._do(
            lambda: moving.give_address(
                db.session.get_one(Post, number), address, OWNER, stands=stands, now=clock.now()
            )
        )

    def take(self, post: Post, address: str) -> int:
        number, key = post.id, canonical(address)
        return self._do(lambda: _take(number, key))

    def remap(self, site_id: int, old: str, new: str, *, merge: bool = False, batches: int = 99) -> int:
        return self._do(lambda: _remap(site_id, old, new, merge=merge, batches=batches))

    def undo(self, move: int) -> Undone:
        commit_so_far()
        with self.app.app_context():
            undone = undo(db.session.get_one(Remapping, move), OWNER, now=clock.now())
            db.session.commit()
            return undone

    def _do(self, act: Callable[[], Remapping]) -> int:
        commit_so_far()
        with self.app.app_context():
            number = act().id
            db.session.commit()
            return number


def _thread(number: int) -> Thread:
    query = select(Thread).where(Thread.id == number).options(joinedload(Thread.post))
    return db.session.scalars(query).one()


def _take(post_id: int, key: str) -> Remapping:
    address = db.session.scalars(select(PostAddress.id).where(PostAddress.address_key == key)).one()
    return moving.remove_address(db.session.get_one(Post, post_id), address, OWNER, now=clock.now())


def _remap(site_id: int, old: str, new: str, *, merge: bool, batches: int) -> Remapping:
    remapping = rules.begin_rule(site_id, prefixes(old, new), OWNER, merge=merge, now=clock.now())
    for _ in range(batches):
        rules.go_on(remapping, now=clock.now(), limit=2)
    return remapping


def thread_of(session: Session, comment: Comment) -> int:
    return session.scalars(select(Comment.thread_id).where(Comment.id == comment.id)).one()


def keys(session: Session, post: Post) -> set[str]:
    query = select(PostAddress.address_key).where(PostAddress.post_id == post.id)
    return set(session.scalars(query))


def address(session: Session, post: Post) -> str:
    return session.scalars(select(Post.address).where(Post.id == post.id)).one()


def fresh(session: Session, thread: Thread) -> Thread:
    return session.scalars(select(Thread).where(Thread.id == thread.id)).one()
