"""From one prefix of addresses to another, for all posts of a blog at once."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.authoring.models import Remapping
from board.authoring.prefixes import RuleRefused, prefixes
from board.authoring.recording import NothingToMove
from board.authoring.rules import MERGES, Preview, go_on_with_rules, preview
from board.extensions import db
from board.foundation import clock
from board.sites.models import Site
from board.threads.models import Post
from tests.authoring.remapping import Owner, address, keys, thread_of
from tests.support.makers import Makers

OLD, NEW = "https://old.test/blog/", "https://new.test/"


@pytest.fixture
def owner(app: Flask) -> Owner:
    return Owner(app)


@pytest.fixture
def site(makers: Makers) -> Site:
    return makers.site(slug="blog", base_url="https://old.test/blog")


@pytest.mark.parametrize(
    ("old", "new", "address", "moved"),
    [
        (OLD, NEW, "https://old.test/blog/a", "https://new.test/a"),
        (OLD, NEW, "https://old.test/blog/2024/A%20b/?p=1&q=2", "https://new.test/2024/A%20b/?p=1&q=2"),
        (OLD, NEW, "http://www.OLD.test:80/blog/a/index.html", "https://new.test/a/index.html"),
        (OLD, NEW, "https://old.test//blog/./a", "https://new.test/a"),
        (OLD, NEW, "https://old.test/blog", "https://new.test/"),
        (OLD, NEW, "https://old.test/blog/#top", "https://new.test/"),
        (OLD, NEW, "https://old.test/blogging/a", None),
        (OLD, NEW, "https://old.test/", None),
        (OLD, NEW, "https://other.test/blog/a", None),
        (OLD, NEW, "mailto:a@old.test", None),
        ("https://old.test", "https://new.test/j", "https://old.test/?p=12", "https://new.test/j/?p=12"),
        ("http://old.test/x", "https://old.test", "https://old.test/x?p=12", "https://old.test/?p=12"),
        ("https://old.test/b%6Cog", NEW, "https://old.test/blog/a", "https://new.test/a"),
        ("http://old.test", "https://old.test", "http://old.test/a", "https://old.test/a"),
        ("https://old.test/ä", NEW, "https://old.test/%C3%A4/b", "https://new.test/b"),
    ],
)
def test_where_an_address_stands_from_now_on(old: str, new: str, address: str, moved: str | None) -> None:
    assert prefixes(old, new).moved(address) == moved


@pytest.mark.parametrize(
    ("old", "new", "field", "code"),
    [
        ("old.test", NEW, "old", "address"),
        (OLD, "ftp://new.test/", "new", "address"),
        (OLD, "https://user:word@new.test/", "new", "address"),
        (OLD, "https://new.test/?p=", "new", "query"),
        ("https://old.test/#", NEW, "old", "query"),
        (OLD, "https://new.test/" + "x" * 600, "new", "long"),
        (OLD, "https://old.test/blog", "new", "same"),
        (OLD, "https://new.test/" + "x" * 2000, "new", "address"),
    ],
)
def test_what_makes_no_rule(old: str, new: str, field: str, code: str) -> None:
    with pytest.raises(RuleRefused) as refused:
        prefixes(old, new)
    assert (refused.value.field, refused.value.code) == (field, code)


def seen(app: Flask, site: Site, old: str = OLD, new: str = NEW) -> Preview:
    number = site.id
    db.session.commit()
    with app.app_context():
        return preview(number, prefixes(old, new))


def test_a_preview_says_exactly_what_the_rule_then_does(
    app: Flask, owner: Owner, session: Session, makers: Makers, site: Site
) -> None:
    posts = [makers.post(site, address=f"{OLD}post-{number}/") for number in range(3)]
    makers.post(site, address="https://old.test/elsewhere")
    makers.post(site, address=f"{OLD}taken", title="The old one")
    there = makers.post(site, address=f"{NEW}taken", title="The new one")
    makers.post(makers.site(), address=f"{OLD}of-another-site")
    shown = seen(app, site)
    assert (shown.moving, shown.taken, shown.impossible) == (3, 1, 0)
    assert [(step.post_id, step.old, step.new) for step in shown.first] == [
        (post.id, f"{OLD}post-{number}/", f"{NEW}post-{number}/") for number, post in enumerate(posts)
    ]
    assert [step.taken_by for step in shown.conflicts] == [there.id]
    assert shown.others == {there.id: "The new one"}
    before = {post.id: post.address for post in session.scalars(select(Post))}
    move = owner.remap(site.id, OLD, NEW)
    after = {post.id: post.address for post in session.scalars(select(Post))}
    changed = {number: new for number, new in after.items() if new != before[number]}
    assert changed == {step.post_id: step.new for step in shown.first}
    details = session.scalars(select(Remapping.details).where(Remapping.id == move)).one()
    assert (details["moved"], details["merged"], details["left"]) == (3, 0, 1)
    assert seen(app, site).moving == 0


def test_every_old_address_goes_on_leading_to_its_post(
    owner: Owner, client: FlaskClient, makers: Makers, site: Site
) -> None:
    post = makers.post(site, address=f"{OLD}a")
    makers.name(post, "https://old.test/blog/?p=12")
    thread = makers.thread(post=post)
    owner.remap(site.id, OLD, NEW)
    for name in (f"{OLD}a", "https://old.test/blog?p=12", f"{NEW}a"):
        assert client.get(f"/d/blog?url={name}").location == f"/t/{thread.id}"


def test_a_rule_is_undone_as_a_whole(owner: Owner, session: Session, makers: Makers, site: Site) -> None:
    posts = [makers.post(site, address=f"{OLD}{number}") for number in range(5)]
    move = owner.remap(site.id, OLD, NEW)
    undone = owner.undo(move)
    assert (undone.returned, undone.kept) == (10, [])
    for number, post in enumerate(posts):
        assert (address(session, post), keys(session, post)) == (f"{OLD}{number}", {f"{OLD}{number}"})
    assert owner.undo(move).returned == 0
    owner.remap(site.id, OLD, NEW)
    assert address(session, posts[0]) == f"{NEW}0"


def test_a_post_that_moved_on_since_stays_and_the_others_come_back(
    owner: Owner, session: Session, makers: Makers, site: Site
) -> None:
    stays, comes = makers.post(site, address=f"{OLD}a", title="Stays"), makers.post(site, address=f"{OLD}b")
    move = owner.remap(site.id, OLD, NEW)
    later = owner.give(stays, "https://third.test/a", stands=True)
    [kept] = owner.undo(move).kept
    assert (kept.count, kept.by, kept.names) == (1, later, ["Stays"])
    assert address(session, comes) == f"{OLD}b"
    assert keys(session, stays) == {f"{OLD}a", f"{NEW}a", "https://third.test/a"}


def test_a_taken_address_is_left_or_the_posts_become_one(
    owner: Owner, session: Session, makers: Makers, site: Site
) -> None:
    old, new = makers.post(site, address=f"{OLD}a"), makers.post(site, address=f"{NEW}a")
    thread, there = makers.thread(post=old), makers.thread(post=new)
    comment = makers.comment(thread)
    with pytest.raises(NothingToMove):
        owner.remap(site.id, OLD, NEW)
    move = owner.remap(site.id, OLD, NEW, merge=True)
    assert thread_of(session, comment) == there.id
    assert keys(session, new) == {f"{OLD}a", f"{NEW}a"}
    owner.undo(move)
    assert thread_of(session, comment) == thread.id
    assert keys(session, old) == {f"{OLD}a"}


def test_a_blog_that_moves_into_a_folder_of_its_own_moves_once(
    owner: Owner, session: Session, makers: Makers, site: Site
) -> None:
    """The new addresses begin with the old prefix, too."""
    posts = [makers.post(site, address=f"https://old.test/{number}") for number in range(5)]
    owner.remap(site.id, "https://old.test/", "https://old.test/blog/")
    assert [address(session, post) for post in posts] == [f"https://old.test/blog/{n}" for n in range(5)]


def test_a_new_address_that_would_be_too_long_is_none(
    app: Flask, owner: Owner, session: Session, makers: Makers, site: Site
) -> None:
    makers.post(site, address=OLD + "x" * 900)
    makers.post(site, address=f"{OLD}short")
    new = "https://new.test/" + "y" * 200
    assert (seen(app, site, new=new).moving, seen(app, site, new=new).impossible) == (1, 1)
    move = owner.remap(site.id, OLD, new)
    assert session.scalars(select(Remapping).where(Remapping.id == move)).one().details["left"] == 1


def test_what_one_batch_left_the_worker_goes_on_with(
    app: Flask, owner: Owner, session: Session, makers: Makers, site: Site
) -> None:
    posts = [makers.post(site, address=f"{OLD}{number}") for number in range(7)]
    move = owner.remap(site.id, OLD, NEW, batches=1)
    assert [address(session, post).startswith(NEW) for post in posts] == [True] * 2 + [False] * 5
    db.session.commit()
    with app.app_context():
        for _ in range(2):
            go_on_with_rules(clock.now())
            db.session.commit()
    assert all(address(session, post).startswith(NEW) for post in posts)
    assert session.scalars(select(Remapping.goes_on_after).where(Remapping.id == move)).one() is None


def test_a_rule_that_was_undone_half_way_does_not_go_on(
    app: Flask, owner: Owner, session: Session, makers: Makers, site: Site
) -> None:
    posts = [makers.post(site, address=f"{OLD}{number}") for number in range(5)]
    owner.undo(owner.remap(site.id, OLD, NEW, batches=1))
    db.session.commit()
    with app.app_context():
        go_on_with_rules(clock.now())
        db.session.commit()
    assert all(address(session, post).startswith(OLD) for post in posts)


def test_no_batch_merges_more_than_readers_can_wait_for(
    app: Flask, owner: Owner, session: Session, makers: Makers, site: Site
) -> None:
    for number in range(MERGES + 3):
        makers.post(site, address=f"{OLD}{number}")
        makers.post(site, address=f"{NEW}{number}")
    move = owner.remap(site.id, OLD, NEW, merge=True, batches=0)
    merged = []
    db.session.commit()
    with app.app_context():
        for _ in range(3):
            go_on_with_rules(clock.now())
            merged.append(db.session.get_one(Remapping, move).details["merged"])
            db.session.commit()
    assert merged == [MERGES, MERGES + 3, MERGES + 3]
