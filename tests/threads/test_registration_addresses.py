"""Which of several addresses a post is known by, and whose claims are not believed."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.sites.models import Site
from board.threads.addresses import AddressRefused, canonical
from board.threads.models import Post
from tests.support.makers import Makers
from tests.threads.registering import (
    KETTLE,
    Take,
    Taken,
    keys,
    prompt,
    seen,
)


def test_a_post_that_moved_is_known_by_what_led_there(take: Take, session: Session) -> None:
    first = take(seen(prompt(), names=[KETTLE]))
    moved = "https://blog.test/2026/kettle/"
    again = take(seen(prompt(), title="On kettles, moved", address=moved, names=[moved, KETTLE]))
    assert again == Taken(first.post_id, [], [])
    [post] = session.scalars(select(Post))
    assert (post.address, post.title) == (moved, "On kettles, moved")
    assert keys(session, post.id) == {canonical(KETTLE), canonical(moved)}


def test_the_blogs_own_name_for_a_post_finds_it_wherever_it_is(
    take: Take, session: Session, makers: Makers, site: Site
) -> None:
    first = take(seen(prompt(), key="post-12"))
    moved = take(seen(prompt(), address="https://blog.test/elsewhere", key="post-12"))
    assert moved.post_id == first.post_id
    live = makers.post(site)
    session.get_one(Post, first.post_id).merged_into_id = live.id
    session.commit()
    assert take(seen(prompt(), address="https://blog.test/third", key="post-12")).post_id == live.id


@pytest.mark.parametrize(
    "claim",
    ["https://blog.test/", "http://localhost:1313/", "https://theme.example/demo", "https://blog.test/posts"],
)
def test_a_wrong_canonical_link_brings_no_posts_together(take: Take, session: Session, claim: str) -> None:
    """A theme printed the same canonical link on every page, and all posts became one."""
    ids = set()
    for number in (1, 2):
        found = f"https://blog.test/posts/lid-{number}"
        read = seen(prompt(f"What about lid {number}?"), address=claim, title=f"Lid {number}", names=[found])
        ids.add(take(read).post_id)
    assert len(ids) == 2
    assert {post.address for post in session.scalars(select(Post))} == {
        "https://blog.test/posts/lid-1",
        "https://blog.test/posts/lid-2",
    }


def test_a_page_made_from_a_copy_of_another_does_not_take_its_place(take: Take, session: Session) -> None:
    """Its author forgot to change the canonical link: other words under another title are another post."""
    first = take(seen(prompt(), names=[KETTLE]))
    copied = seen(prompt("Which cup?"), title="On cups", names=["https://blog.test/cups"])
    second = take(copied)
    assert second.post_id != first.post_id
    posts = {post.id: (post.title, post.address) for post in session.scalars(select(Post))}
    assert posts == {
        first.post_id: ("On kettles", KETTLE),
        second.post_id: ("On cups", "https://blog.test/cups"),
    }
    assert take(copied) == Taken(second.post_id, [], [])


def test_two_posts_that_claim_one_address_stay_two(
    take: Take, session: Session, makers: Makers, site: Site
) -> None:
    """Where a page was found is a fact, what it claims is not; an owner can merge them."""
    known = makers.post(site, address=KETTLE, title="On kettles")
    other = makers.post(site, address="https://blog.test/?p=12", title="On kettles")
    taken = take(seen(prompt(), address=KETTLE, names=["https://blog.test/?p=12"]))
    assert taken.post_id == other.id
    assert keys(session, known.id) == {KETTLE}
    assert session.get_one(Post, other.id).address == "https://blog.test/?p=12"


def test_a_post_whose_address_leads_to_the_front_page_keeps_its_words(take: Take, session: Session) -> None:
    """A blog that deleted a post sends its readers to the front page, and the post took on those words."""
    taken = take(seen(prompt(), names=[KETTLE]))
    home = "https://blog.test/"
    with pytest.raises(AddressRefused):
        take(seen(title="My blog", address=home, names=[home, KETTLE]))
    post = session.get_one(Post, taken.post_id)
    assert (post.title, post.address) == ("On kettles", KETTLE)
    assert (
        take(seen(prompt("Whom do you miss?"), title="My blog", address=home, names=[home])).post_id
        != post.id
    )


def test_what_names_no_page_is_refused(take: Take, session: Session) -> None:
    with pytest.raises(AddressRefused):
        take(seen(prompt(), address="mailto:somebody@blog.test"))
    found = take(seen(prompt(), address="//broken", names=["not an address", KETTLE]))
    assert session.get_one(Post, found.post_id).address == KETTLE


def test_a_post_without_a_title_is_called_by_its_address_until_it_has_one(
    take: Take, session: Session
) -> None:
    moved = "https://blog.test/moved"
    titles = []
    for title, address in (("", KETTLE), ("", moved), ("On kettles", moved), ("", moved)):
        post_id = take(seen(title=title, address=address, names=[address, KETTLE])).post_id
        titles.append(session.scalars(select(Post.title).where(Post.id == post_id)).one())
    assert titles == [KETTLE, moved, "On kettles", "On kettles"]
