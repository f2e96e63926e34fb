"""A board to look at: the demo blog's posts, read as any post is read, and a conversation below them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from board import text
from board.comments.drafting import Draft
from board.comments.lifecycle import change_status
from board.comments.models import Comment, Status
from board.comments.submission import submit
from board.demo.conversations import Voice, voices_for
from board.demo.server import BLOG, fill
from board.extensions import db
from board.sites.models import Site, SiteOrigin
from board.sources.reading import read_post
from board.threads.addresses import canonical
from board.threads.models import Post, PostAddress
from board.threads.queries import thread_for
from board.threads.registration import register

SLUG = "demo"
NAME = "The Unhurried Desk"
WARM = 30  # the hue of its accent


@dataclass(frozen=True)
class Demo:
    """Where the demo runs: the board's and the blog's public addresses, the board's secret, the moment."""

    board: str
    blog: str
    secret: str
    now: datetime


def seed(demo: Demo) -> None:
    """Make the demo site, once. An existing one is left alone, but for the address of the blog, which
    follows the port it is served on."""
    site = db.session.scalars(select(Site).where(Site.slug == SLUG)).first()
    if site is None:
        site = Site(slug=SLUG, name=NAME, base_url=demo.blog, accent_hue=WARM, created_at=demo.now)
        db.session.add(site)
        db.session.flush()
        for file in sorted(BLOG.glob("*.html")):
            if file.name != "index.html":
                _open_threads(site, file, demo)
    _follow(site, demo.blog)
    _allow(site, demo.blog)


def _follow(site: Site, blog: str) -> None:
    """Let the posts stand where the blog is served today: another port is another address."""
    if site.base_url == blog:
        return
    for post in db.session.scalars(select(Post).where(Post.site_id == site.id)):
        post.address = post.address.replace(site.base_url, blog)
        for name in db.session.scalars(select(PostAddress).where(PostAddress.post_id == post.id)):
            name.address_key = canonical(post.address)
    site.base_url = blog


def _allow(site: Site, blog: str) -> None:
    for origin in (blog, blog.replace("127.0.0.1", "localhost")):
        query = select(SiteOrigin).where(SiteOrigin.site_id == site.id, SiteOrigin.origin == origin)
        if db.session.scalars(query).first() is None:
            db.session.add(SiteOrigin(site_id=site.id, origin=origin))


def _open_threads(site: Site, file: Path, demo: Demo) -> None:
    html = fill(file.read_text("utf-8"), demo.board, demo.blog)
    read = read_post(html, "html", address=f"{demo.blog}/{file.name}")
    registered = register(site, read, opens_from=0, now=demo.now - timedelta(days=3))
    if registered.opened:
        _talk(registered.opened[-1].id, voices_for(file.stem), demo)


def _talk(thread_id: int, voices: list[Voice], demo: Demo) -> None:
    """Let everybody speak through the ordinary door, one after the other."""
    thread = thread_for(thread_id)
    said: list[Comment] = []
    for step, voice in enumerate(voices):
        parent_id = said[voice.answers - 1].id if voice.answers else None
        at = demo.now - timedelta(hours=30) + timedelta(minutes=47 * step)
        draft = Draft(name=voice.name, source=voice.words, rendered=text.render(voice.words))
        comment = submit(thread, parent_id, draft, network=f"demo {step}", secret=demo.secret, now=at)
        if not voice.waiting:
            change_status(comment, Status.PUBLISHED, now=at + timedelta(minutes=20))
        said.append(comment)
