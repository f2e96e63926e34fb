"""A board to look at: the demo blog's posts, read as any post is read, and a conversation below them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from board import text
from board.comments.lifecycle import change_status
from board.comments.models import Comment, Status
from board.comments.submission import Draft, submit
from board.demo.conversations import Voice, voices_for
from board.demo.server import BLOG, fill
from board.extensions import db
from board.sites.models import Site, SiteOrigin
from board.threads.models import Thread
from board.threads.queries import thread_for
from board.threads.reading import read_post
from board.threads.registration import register

SLUG = "demo"


def seed(*, board: str, blog: str, secret: str, now: datetime) -> None:
    """Make the demo site once. board, blog: their public addresses. Leaves an existing one alone,
    but for the blog's origin, which follows the port it is served on."""
    site = db.session.scalars(select(Site).where(Site.slug == SLUG)).first()
    if site is None:
        site = Site(
            slug=SLUG, name="The Unhurried Desk", base_url=blog, language="en", accent_hue=30, created_at=now
        )
        db.session.add(site)
        db.session.flush()
        for file in sorted(BLOG.glob("*.html")):
            if file.name != "index.html":
                _post(site, file, board, blog, secret, now)
    _allow(site, blog)


def _allow(site: Site, blog: str) -> None:
    for origin in (blog, blog.replace("127.0.0.1", "localhost")):
        query = select(SiteOrigin).where(SiteOrigin.site_id == site.id, SiteOrigin.origin == origin)
        if db.session.scalars(query).first() is None:
            db.session.add(SiteOrigin(site_id=site.id, origin=origin))


def _post(site: Site, file: Path, board: str, blog: str, secret: str, now: datetime) -> None:
    html = fill(file.read_text("utf-8"), board, blog)
    read = read_post(html, "html", address=f"{blog}/{file.name}")
    registered = register(site, read, now=now - timedelta(days=3))
    voices = voices_for(file.stem)
    if registered.new_threads and voices:
        _talk(registered.new_threads[-1], voices, secret, now)


def _talk(thread: Thread, voices: tuple[Voice, ...], secret: str, now: datetime) -> None:
    """Let everybody speak through the ordinary door, one after the other."""
    thread = thread_for(thread.id)
    said: dict[str, Comment] = {}
    for step, voice in enumerate(voices):
        parent = said[voice.answers].id if voice.answers else None
        at = now - timedelta(hours=30) + timedelta(minutes=47 * step)
        draft = Draft(name=voice.name.strip(), source=voice.words, rendered=text.render(voice.words))
        comment = submit(thread, parent, draft, network=f"demo {step}", secret=secret, now=at)
        if voice.approved:
            change_status(comment, Status.PUBLISHED, now=at + timedelta(minutes=20))
        said[voice.name] = comment
