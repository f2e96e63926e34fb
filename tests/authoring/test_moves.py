"""Moving and merging through the front door: found, seen, done, undone."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.authoring.models import Remapping
from board.foundation.permissions import Role
from board.sites.models import Site
from board.threads.models import Thread, ThreadStatus
from tests.authoring.page import followed, link, notice, token, undo
from tests.authoring.remapping import Owner, address, keys, thread_of
from tests.moderation.desk import signed_in
from tests.support.makers import Makers
from tests.support.pages import fill_and_send, form_values, tree, words

OLD, NEW = "https://old.test/blog/", "https://new.test/"


def test_two_posts_become_one_from_the_search_to_the_undo(
    desk: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    goes = makers.post(site, title="On kettles", address="https://blog.test/old")
    stays = makers.post(site, title="On kettles, again", address="https://blog.test/new")
    comment = makers.comment(makers.thread(post=goes, prompt="What do you mend?"))
    home = comment.thread_id
    there = makers.thread(post=stays, prompt="What do you mend?")
    choose = desk.get(link(desk.get(f"/desk/posts/{goes.id}"), "Merge it into another post"))
    found = desk.get(f"/desk/moves/post/{goes.id}?q=again")
    assert link(choose, "See what would change") == link(found, "See what would change")
    seen = desk.get(link(found, "See what would change"))
    for told in ("1 address leads to the post that stays: https://blog.test/old", "1 comment"):
        assert told in words(seen)
    action, values = form_values(seen, f"/desk/moves/post/{goes.id}")
    answer = desk.post(action, data=values)
    assert answer.location == f"/desk/posts/{stays.id}"
    assert thread_of(session, comment) == there.id
    page = followed(desk, answer)
    assert "The two posts are one now." in words(page)
    assert "everything is back" in notice(desk, undo(desk, page))
    assert thread_of(session, comment) == home
    assert keys(session, goes) == {"https://blog.test/old"}


def test_discussions_that_ask_the_same_stay_two_where_the_box_is_not_ticked(
    desk: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    goes, stays = makers.post(site), makers.post(site)
    thread = makers.thread(post=goes)
    makers.thread(post=stays)
    action, values = form_values(desk.get(f"/desk/moves/post/{goes.id}?into={stays.id}"), "/desk/moves/post")
    desk.post(action, data={name: value for name, value in values.items() if name != "join"})
    row = session.scalars(select(Thread).where(Thread.id == thread.id)).one()
    assert (row.post_id, row.merged_into_id) == (stays.id, None)


def test_two_discussions_become_one_from_the_search_to_the_undo(
    desk: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    goes, stays = (
        makers.thread(site, heading="", prompt="Which kettle?"),
        makers.thread(site, prompt="Which pot?"),
    )
    comment = makers.comment(goes)
    choose = desk.get(f"/desk/moves/thread/{goes.id}?q=listening")
    seen = desk.get(link(choose, "Merge into this discussion"))
    assert "1 published comment goes there" in words(seen)
    answer = fill_and_send(desk, f"/desk/moves/thread/{goes.id}?into={stays.id}", "/into")
    assert answer.location == f"/desk/posts/{stays.post_id}"
    assert thread_of(session, comment) == stays.id
    notice(desk, undo(desk, followed(desk, answer)))
    assert thread_of(session, comment) == goes.id


def test_a_discussion_goes_to_another_post(
    desk: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    thread, post = makers.thread(site), makers.post(site, title="The right post")
    choose = desk.get(f"/desk/moves/thread/{thread.id}?q=right")
    assert "It belongs to this post." not in words(choose)
    answer = fill_and_send(desk, link(choose, "Move it to this post"), "/to")
    assert answer.location == f"/desk/posts/{post.id}"
    assert session.scalars(select(Thread.post_id)).one() == post.id


def test_what_is_not_seen_cannot_be_merged_into(
    desk: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    """The list offers no hidden discussion; an old page may still name one."""
    thread, hidden = (
        makers.thread(site),
        makers.thread(site, status=ThreadStatus.HIDDEN, heading="Out of sight"),
    )
    assert "Out of sight" not in words(desk.get(f"/desk/moves/thread/{thread.id}"))
    answer = fill_and_send(desk, f"/desk/moves/thread/{thread.id}?into={hidden.id}", "/into")
    assert answer.status_code == 409
    assert "That discussion is hidden" in words(answer)


def test_a_page_that_was_open_while_somebody_merged_says_so(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    one, other, third = makers.thread(site), makers.thread(site), makers.thread(site)
    action, values = form_values(desk.get(f"/desk/moves/thread/{one.id}?into={third.id}"), "/into")
    Owner(app).merge_threads(one, other)
    answer = desk.post(action, data=values)
    assert answer.status_code == 409
    assert "merged in the meantime" in words(answer)


def test_nonsense_in_a_form_or_address_is_no_wish(desk: FlaskClient, makers: Makers, site: Site) -> None:
    thread = makers.thread(site)
    for into in ("", "x", "0", "9" * 30, "-1"):
        for path in (f"thread/{thread.id}/into", f"thread/{thread.id}/to", f"post/{thread.post_id}"):
            assert desk.post(f"/desk/moves/{path}", data={**token(desk), "into": into}).status_code == 400
    assert desk.get(f"/desk/moves/thread/{thread.id}?into=99999").status_code == 404
    assert desk.get(f"/desk/moves/thread/{thread.id}?into={'9' * 30}").status_code == 200


# The log


def test_the_log_tells_every_move_the_latest_first(
    app: Flask, desk: FlaskClient, makers: Makers, site: Site
) -> None:
    owner, post = Owner(app), makers.post(site, title="The kettle", address=f"{OLD}kettle")
    other = makers.post(site, title="The pot", address="https://old.test/pot")
    thread, there = (
        makers.thread(post=one, heading=name) for one, name in ((post, "Which?"), (other, "What?"))
    )
    makers.comment(thread)
    owner.give(post, "https://old.test/lid")
    owner.take(post, "https://old.test/lid")
    owner.give(post, f"{OLD}lid", stands=True)
    owner.remap(site.id, OLD, NEW)
    owner.move_thread(there, post)
    owner.merge_threads(thread, there)
    owner.merge_posts(other, post)
    entries = [
        " ".join(entry.text_content().split())
        for entry in tree(desk.get("/desk/moves")).cssselect(".log__what")
    ]
    assert entries == [
        "Mia merged the post “The pot” into “The kettle”.",
        "Mia merged the discussion “Which?” into “What?”.",
        "Mia moved the discussion “What?” from “The pot” to “The kettle”.",
        "Mia moved all posts below https://old.test/blog to https://new.test",
        "Mia moved the post “The kettle” to https://old.test/blog/lid",
        "Mia took an address from the post “The kettle”: https://old.test/lid",
        "Mia gave the post “The kettle” another address: https://old.test/lid",
    ]
    page = words(desk.get("/desk/moves"))
    for told in ("1 comment", "1 post moved", "1 address"):
        assert told in page


def test_what_cannot_all_be_undone_is_said_before_anything_is(
    app: Flask, desk: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    owner = Owner(app)
    stays, comes = makers.post(site, title="Stays", address=f"{OLD}a"), makers.post(site, address=f"{OLD}b")
    move = owner.remap(site.id, OLD, NEW)
    later = owner.give(stays, "https://third.test/a", stands=True)
    answer = undo(desk, desk.get(f"/desk/moves/{move}"))
    assert answer.status_code == 409
    assert "“Stays”" in words(answer)
    assert f"Move {later} took it on; undo that one first." in words(answer)
    assert address(session, comes) == f"{NEW}b"
    rest = undo(desk, answer)
    assert "as far as it was still where it had been put" in words(followed(desk, rest))
    assert address(session, comes) == f"{OLD}b"
    shown = desk.get(f"/desk/moves/{move}")
    assert "partly undone" in words(shown)
    owner.undo(later)
    assert "everything is back" in words(followed(desk, undo(desk, shown)))
    assert address(session, stays) == f"{OLD}a"


def test_where_nothing_can_come_back_there_is_no_button_for_it(
    app: Flask, desk: FlaskClient, makers: Makers, site: Site
) -> None:
    owner = Owner(app)
    one, other, third = (makers.comment(makers.thread(site)).thread_id for _ in range(3))
    threads = [makers.session.get_one(Thread, number) for number in (one, other, third)]
    move = owner.merge_threads(threads[0], threads[1])
    owner.merge_threads(threads[1], threads[2])
    answer = undo(desk, desk.get(f"/desk/moves/{move}"))
    assert "nothing was undone" in words(answer)
    assert "1 comment, with its replies, was moved on since" in words(answer)
    with pytest.raises(AssertionError, match="no form"):
        form_values(answer, "/undo")


def test_undoing_twice_says_so(app: Flask, desk: FlaskClient, makers: Makers, site: Site) -> None:
    move = Owner(app).give(makers.post(site), "https://blog.test/new")
    page = desk.get("/desk/moves")
    undo(desk, page)
    assert "undone before" in notice(desk, undo(desk, page))
    assert f"Move {move} undone" in words(desk.get(f"/desk/moves/{move}"))


def test_moves_of_other_sites_do_not_exist(app: Flask, session: Session, makers: Makers, site: Site) -> None:
    move = Owner(app).give(makers.post(site, title="Secret"), "https://blog.test/new")
    client = signed_in(app, makers.account(Role.OWNER, makers.site()))
    assert "Secret" not in words(client.get("/desk/moves"))
    assert client.get(f"/desk/moves/{move}").status_code == 404
    for path in ("undo", "on"):
        assert client.post(f"/desk/moves/{move}/{path}", data=token(client)).status_code == 404
    assert session.scalars(select(Remapping.undone_at)).one() is None


def test_nothing_of_another_site_is_merged_into(app: Flask, makers: Makers, site: Site) -> None:
    own = makers.site()
    client = signed_in(app, makers.account(Role.OWNER, own))
    mine, foreign = makers.thread(own), makers.thread(site)
    for path in (f"thread/{mine.id}/into", f"thread/{mine.id}/to", f"post/{mine.post_id}"):
        into = foreign.id if path.endswith("into") else foreign.post_id
        assert client.post(f"/desk/moves/{path}", data={**token(client), "into": into}).status_code == 404


# Rules
