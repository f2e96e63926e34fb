"""Rules that move all posts of a blog: seen before they are done, done in portions, undone as a whole."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from board.authoring.rules import BATCH
from board.foundation import clock
from board.foundation.permissions import Role
from board.sites.models import Site
from board.threads.models import Post, PostAddress
from tests.authoring.page import followed, notice, token, undo
from tests.authoring.remapping import address, keys
from tests.moderation.desk import signed_in
from tests.support.makers import Makers
from tests.support.pages import form_values, tree, words

OLD, NEW = "https://old.test/blog/", "https://new.test/"


def look(client: FlaskClient, **typed: str) -> TestResponse:
    return client.get("/desk/moves/rule", query_string=typed)


def test_a_rule_is_seen_before_it_is_done(
    desk: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    post = makers.post(site, title="The kettle", address=f"{OLD}kettle/")
    seen = look(desk, site=str(site.id), old=OLD, new=NEW)
    assert "1 post moves. Its old addresses go on leading to it." in words(seen)
    assert f"{NEW}kettle/" in words(seen)
    assert address(session, post) == f"{OLD}kettle/"
    action, values = form_values(seen, "/desk/moves/rule")
    assert "csrf_token" not in values
    [form] = [form for form in tree(seen).forms if form.method == "POST" and "rule" in form.action]
    answer = desk.post(form.action, data=dict(form.form_values()))
    assert "Done." in notice(desk, answer)
    assert address(session, post) == f"{NEW}kettle/"
    assert "1 post moved" in words(desk.get(answer.location))
    assert action.startswith("/desk/moves/rule")


def test_a_taken_address_is_shown_with_the_post_that_has_it_and_a_choice(
    desk: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    goes = makers.post(site, title="The kettle", address=f"{OLD}kettle")
    stays = makers.post(site, title="The same kettle", address=f"{NEW}kettle")
    seen = look(desk, site=str(site.id), old=OLD, new=NEW)
    assert "There is: The same kettle" in words(seen)
    [form] = [form for form in tree(seen).forms if form.method == "POST" and "rule" in form.action]
    left = desk.post(form.action, data=dict(form.form_values()))
    assert left.status_code == 409
    answer = desk.post(form.action, data={**dict(form.form_values()), "taken": "merged"})
    assert "1 merged into the post there" in words(followed(desk, answer))
    assert keys(session, stays) == {f"{OLD}kettle", f"{NEW}kettle"}
    assert keys(session, goes) == set()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", NEW, "Where did the posts stand?"),
        ("old.test", NEW, "no address such as"),
        (OLD, "https://new.test/?p=1", "leave out what follows"),
        (OLD, OLD, "Both addresses are the same."),
    ],
)
def test_what_makes_no_rule_is_said_beside_what_was_typed(
    desk: FlaskClient, makers: Makers, site: Site, old: str, new: str, said: str
) -> None:
    answer = look(desk, site=str(site.id), old=old, new=new)
    assert answer.status_code == 422
    assert said in words(answer)
    assert tree(answer).cssselect("#old")[0].get("value") == old
    assert (
        desk.post(
            "/desk/moves/rule", data={**token(desk), "site": site.id, "old": old, "new": new}
        ).status_code
        == 422
    )


def test_a_rule_for_nothing_says_so(desk: FlaskClient, makers: Makers, site: Site) -> None:
    assert "No post stands below that address" in words(look(desk, site=str(site.id), old=OLD, new=NEW))


def test_a_rule_is_for_sites_of_ones_own(app: Flask, session: Session, makers: Makers, site: Site) -> None:
    makers.post(site, address=f"{OLD}kettle")
    client = signed_in(app, makers.account(Role.OWNER, makers.site()))
    assert look(client, site=str(site.id), old=OLD, new=NEW).status_code == 422
    sent = {**token(client), "site": site.id, "old": OLD, "new": NEW, "taken": "left"}
    assert client.post("/desk/moves/rule", data=sent).status_code == 422
    assert session.scalars(select(Post.address)).one() == f"{OLD}kettle"


def test_many_posts_move_in_portions_and_come_back_as_a_whole(
    desk: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    """Five thousand are two answers more; the time of each is the same."""
    count, now = BATCH + 1, clock.now()
    session.add_all(
        Post(
            site_id=site.id,
            address=f"{OLD}{number}",
            title=f"Post {number}",
            created_at=now,
            addresses=[PostAddress(site_id=site.id, address_key=f"{OLD}{number}", created_at=now)],
        )
        for number in range(count)
    )
    session.commit()
    seen = look(desk, site=str(site.id), old=OLD, new=NEW)
    assert f"{count} posts move." in words(seen)
    assert f"and {count - 20} more" in words(seen)
    [form] = [form for form in tree(seen).forms if form.method == "POST" and "rule" in form.action]
    answer = desk.post(form.action, data=dict(form.form_values()))
    page = followed(desk, answer)
    assert "the others follow by themselves" in words(page)
    moved = select(func.count()).where(Post.address.startswith(NEW))
    assert session.scalars(moved).one() == BATCH
    on, values = form_values(page, "/on")
    assert f"{count} posts moved" in words(followed(desk, desk.post(on, data=values)))
    assert session.scalars(moved).one() == count
    assert "everything is back" in notice(desk, undo(desk, desk.get(answer.location)))
    assert session.scalars(moved).one() == 0
    assert session.scalars(select(func.count()).select_from(PostAddress)).one() == count
