"""The private page: what belongs to an address, and nothing of anybody else's."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.comments.models import Status
from board.foundation import clock
from board.sites.models import Site
from board.subscriptions.models import News, Notice, Preference, Subscription
from tests.comments.handling import own_link, send_back
from tests.private.owners import erase_all, private_path
from tests.subscriptions.journeys import everything
from tests.support.makers import Makers, ago
from tests.support.pages import fill_and_send, form_values, tree, words
from tests.support.statements import counted_statements

ADA = "ada@example.com"


@pytest.fixture
def site(makers: Makers) -> Site:
    return makers.site(slug="desk", name="The Quiet Desk")


def test_it_shows_what_one_wrote_with_what_became_of_it(
    app: Flask, client: FlaskClient, makers: Makers, site: Site
) -> None:
    reader = makers.reader(site, ADA)
    thread = makers.thread(post=makers.post(site, title="On kettles"))
    own = {"reader_id": reader.id}
    for status in Status:
        makers.comment(thread, source=f"This one is {status.value}.", status=status, **own)
    makers.comment(thread, source="Somebody else's.")
    returned = makers.comment(thread, source="Look again.", status=Status.PENDING, **own)
    link = own_link(app, returned)
    send_back(app, returned, "Which kettle do you mean?")
    page = client.get(private_path(app, reader))
    text = words(page)
    for status in Status:
        assert f"This one is {status.value}." in text
    for label in ("Waiting for a moderator", "Published", "Not published", "Removed by a moderator"):
        assert label in text
    assert "spam" not in text.replace("This one is spam.", ""), (
        "nobody is told that they are taken for a robot"
    )
    assert "Which kettle do you mean?" in text
    assert "On kettles" in text
    assert "Somebody else's." not in text
    [revise] = [a for a in tree(page).iterlinks() if a[2] == link]
    assert revise[0].text == "Revise it"
    assert "a…@example.com" in text
    assert ADA not in page.get_data(as_text=True)


def test_it_is_kept_by_nobody_and_found_by_no_search_engine(
    app: Flask, client: FlaskClient, makers: Makers, site: Site
) -> None:
    path = private_path(app, makers.reader(site, ADA))
    for part in ("", "/download", "/erase"):
        headers = client.get(path + part).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "Set-Cookie" not in headers


def test_it_covers_every_blog_on_which_the_address_is_confirmed(
    app: Flask, client: FlaskClient, makers: Makers, site: Site
) -> None:
    here, there = makers.reader(site, ADA), makers.reader(makers.site(name="Elsewhere"), ADA)
    unproven = makers.reader(makers.site(name="Third"), ADA, confirmed=False)
    for reader, said in ((here, "Here."), (there, "There."), (unproven, "Typed by anybody.")):
        makers.comment(source=said, reader_id=reader.id)
    for anchor in (here, there):
        text = words(client.get(private_path(app, anchor)))
        assert "Here." in text
        assert "There." in text
        assert "Typed by anybody." not in text
        assert "Third" not in text


def test_what_one_follows_is_ended_and_begun_again(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    reader = makers.reader(site, ADA)
    thread = makers.thread(site, heading="What keeps you calm?")
    subscription = makers.subscription(reader, thread)
    number, path = subscription.id, private_path(app, reader)
    assert "What keeps you calm?" in words(client.get(path))
    answer = fill_and_send(client, path, f"/follows/{number}/end")
    assert "You get no more mail about this." in words(client.get(answer.location))
    session.rollback()
    ended_at = session.get_one(Subscription, number).ended_at
    assert ended_at is not None
    client.post(f"{path}/follows/{number}/end")
    session.rollback()
    assert session.get_one(Subscription, number).ended_at == ended_at, "twice is the same as once"
    fill_and_send(client, path, f"/follows/{number}/resume")
    session.rollback()
    assert session.get_one(Subscription, number).is_active


def test_what_waits_for_a_confirmation_is_begun_here_too(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    reader = makers.reader(site, ADA)
    number = makers.subscription(reader, None, confirmed=False).id
    path = private_path(app, reader)
    assert "not confirmed yet" in words(client.get(path))
    fill_and_send(client, path, f"/follows/{number}/resume")
    session.rollback()
    assert session.get_one(Subscription, number).is_active


def test_how_often_is_chosen_and_holds_for_what_waits(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    reader = makers.reader(site, ADA)
    comment = makers.comment(makers.thread(site))
    makers.subscription(reader, comment.thread_id and session.get_one(type(comment), comment.id))
    for topic in ("replies", "thread"):
        wait(session, comment.thread_id, comment.id, reader.id, topic)
    path, number = private_path(app, reader), reader.id
    sent = {"replies": "weekly", "thread": "never", "prompts": "daily", "own": "hourly"}
    answer = fill_and_send(client, path, f"/rates/{number}", **sent)
    assert answer.status_code == 303
    session.rollback()
    assert {one.topic: one.rate for one in session.scalars(select(Preference))} == sent
    notices = {one.topic: (one.state, one.rate, one.reason) for one in session.scalars(select(Notice))}
    assert notices["replies"] == ("waiting", "weekly", "")
    assert (notices["thread"][0], notices["thread"][2]) == ("dropped", "never")
    session.rollback()
    assert form_values(client.get(path), f"/rates/{number}")[1] == sent
    client.post(f"{path}/rates/{number}", data={"replies": "hourly", "thread": "nonsense", "own": ""})
    session.rollback()
    chosen = {one.topic: one.rate for one in session.scalars(select(Preference))}
    assert chosen == {**sent, "replies": "hourly"}, "what is no rate changes nothing"


def wait(session: Session, thread_id: int, comment_id: int, reader_id: int, topic: str) -> None:
    now = clock.now()
    news = News(
        event=f"test:{topic}",
        occasion="comment",
        thread_id=thread_id,
        comment_id=comment_id,
        happened_at=now,
        due_at=now,
    )
    session.add(news)
    session.flush()
    values = {"created_at": now, "due_at": now + timedelta(hours=1), "topic": topic, "rate": "at_once"}
    session.add(Notice(news_id=news.id, reader_id=reader_id, thread_id=thread_id, **values))
    session.commit()


def test_other_peoples_things_are_not_reached_by_their_numbers(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    mine, other = makers.reader(site, ADA), makers.reader(site, "ben@example.com")
    unproven = makers.reader(makers.site(), ADA, confirmed=False)
    theirs = [makers.subscription(one, makers.thread(site)).id for one in (other, unproven)]
    path, numbers = private_path(app, mine), [other.id, unproven.id, 2**30]
    before = everything(session)
    for number in [*theirs, 2**30]:
        for act in ("end", "resume"):
            assert client.post(f"{path}/follows/{number}/{act}").status_code == 404
    for number in numbers:
        assert client.post(f"{path}/rates/{number}", data={"replies": "never"}).status_code == 404
    assert everything(session) == before


def test_everything_is_taken_along_as_json(
    app: Flask, client: FlaskClient, makers: Makers, site: Site
) -> None:
    reader = makers.reader(site, ADA)
    thread = makers.thread(post=makers.post(site, title="On kettles"), prompt="Which kettle?")
    comment = makers.comment(thread, source="The *blue* one.", reader_id=reader.id)
    makers.comment(thread, source="Spam?", status=Status.SPAM, reader_id=reader.id)
    makers.comment(thread, source="Somebody else's.")
    makers.subscription(reader, thread, created_at=ago(days=3))
    makers.subscription(reader, None, ended_at=ago(days=1))
    own = own_link(app, comment)
    fill_and_send(client, own, "/edit", source="The *red* one.")
    answer = client.get(f"{private_path(app, reader)}/download")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    taken = json.loads(answer.get_data())
    assert taken["address"] == ADA
    first, second = taken["comments"]
    assert (first["text"], first["post"], first["prompt"]) == (
        "The *red* one.",
        "On kettles",
        "Which kettle?",
    )
    assert first["post_address"].startswith("https://blog.test/")
    assert [one["text"] for one in first["former_versions"]] == ["The *blue* one."]
    assert second["state"] == "pending"
    assert [one["what"] for one in taken["follows"]] == ["thread", "prompts"]
    assert taken["follows"][0]["confirmed_at"]
    assert taken["blogs"][0]["how_often"]["replies"] == "at_once"
    assert "Somebody else's." not in answer.get_data(as_text=True)


def test_the_page_costs_the_same_for_little_and_much_and_is_cut(
    app: Flask, client: FlaskClient, makers: Makers, site: Site
) -> None:
    few, many = makers.reader(site, ADA), makers.reader(site, "ben@example.com")
    for reader, number in ((few, 2), (many, 60)):
        thread = makers.thread(site)
        for step in range(number):
            makers.comment(thread, source=f"Number {step}.", reader_id=reader.id)
        makers.subscription(reader, thread)
    paths = [private_path(app, reader) for reader in (few, many)]
    counts = []
    for path in paths:
        with counted_statements(app) as statements:
            page = client.get(path)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 9
    assert "Number 59." in words(page)
    assert "Number 9." not in words(page)
    [older] = [link for _, _, link, _ in tree(page).iterlinks() if "from=" in link]
    assert "Number 9." in words(client.get(older.partition("#")[0]))


def test_erasing_says_what_will_happen_and_does_that(
    app: Flask, client: FlaskClient, session: Session, makers: Makers, site: Site
) -> None:
    reader = makers.reader(site, ADA)
    elsewhere = makers.reader(makers.site(), ADA, confirmed=False)
    thread = makers.thread(site)
    for _ in range(3):
        makers.comment(thread, reader_id=reader.id)
    makers.comment(reader_id=elsewhere.id)
    makers.comment(thread, makers.comment(thread, reader_id=reader.id), source="An answer.")
    makers.subscription(reader, thread)
    makers.subscription(reader, None, ended_at=ago(days=1))
    path = private_path(app, reader)
    page = words(client.get(f"{path}/erase"))
    assert "4 comments disappear." in page
    assert "1 comment loses its words and your name and stays as “[deleted]”" in page
    assert "1 thing you follow ends." in page
    answer = erase_all(client, path)
    assert "Everything is erased" in words(client.get(answer.location))
    assert client.get(path).status_code == 410, "the link is forgotten with the address"
    once = everything(session)
    assert client.post(f"{path}/erase").location == answer.location, (
        "a second press is answered like the first"
    )
    assert everything(session) == once
    assert "[deleted]" in words(client.get(f"/t/{thread.id}"))


def test_a_place_speaks_the_language_of_its_page(
    app: Flask, client: FlaskClient, makers: Makers, site: Site
) -> None:
    thread = makers.thread(makers.site(language="ar"))
    reader = makers.reader(makers.site(), ADA)
    makers.comment(thread, makers.comment(thread, reader_id=reader.id))
    erase_all(client, private_path(app, reader))
    assert "[deleted]" in words(client.get(f"/t/{thread.id}"))
