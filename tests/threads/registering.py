"""Registering posts as a reader of blogs does, for tests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from board.extensions import db
from board.foundation import clock
from board.prompts import Prompt
from board.sites.models import Site
from board.threads.models import PostAddress
from board.threads.registration import PostRead, stand_in

WORKERS = 6
MENDED = "What have you mended more than once, and why did you not throw it away?"
MENDED_ANEW = "What have you mended more than twice, and why did you not throw it away?"
KETTLE = "https://blog.test/kettle"


class Taken(NamedTuple):
    post_id: int
    opened: list[int]
    waiting: list[int]


Take = Callable[..., Taken]


def prompt(text: str = MENDED, **fields: Any) -> Prompt:
    values = {"heading": "", "kind": "reaction", "confidence": 0.9, "closes": True}
    return Prompt(text=text, **{**values, **fields})


def seen(*prompts: Prompt, address: str = KETTLE, title: str = "On kettles", **fields: Any) -> PostRead:
    words = hashlib.sha256(repr((title, prompts)).encode()).hexdigest()
    return PostRead(address, title, prompts, **{"content_hash": words, **fields})


def stood_in(app: Flask, site: Site, address: str) -> int:
    site_id = site.id
    with app.app_context():
        thread = stand_in(db.session.get_one(Site, site_id), address, now=clock.now())
        number = thread.id
        db.session.commit()
        return number


def count(session: Session, table: type) -> int:
    return session.scalars(select(func.count()).select_from(table)).one()


def keys(session: Session, post_id: int) -> set[str]:
    return set(session.scalars(select(PostAddress.address_key).where(PostAddress.post_id == post_id)))
