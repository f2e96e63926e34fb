"""The board's own pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from sqlalchemy.orm import Session

from board.comments.models import Status
from board.comments.queries import ROOTS_PER_PAGE
from board.foundation import clock
from board.threads.models import Thread, ThreadStatus
from tests.support.makers import Makers
from tests.support.pages import tree, words
from tests.support.statements import counted_statements


def shown(response) -> list[int]:
    return [int(item.get("id").removeprefix("comment-")) for item in tree(response).cssselect("li.comment")]


def test_the_front_page_shows_open_prompts_and_the_latest_discussions(
    client: FlaskClient, makers: Makers
) -> None:
    makers.thread(heading="", prompt="What keeps you repairing things?")
    makers.comment(makers.thread(heading="", prompt="What did silence tell you?"))
    page = words(client.get("/"))
    assert page.index("What did silence tell you?") < page.index("What keeps you repairing things?")


def test_an_empty_board_says_so_kindly(client: FlaskClient) -> None:
    assert "No question has been asked yet" in words(client.get("/"))


def test_a_thread_shows_its_prompt_first_then_comments_then_the_form(
    client: FlaskClient, makers: Makers
) -> None:
    comment = makers.comment()
    page = words(client.get(f"/t/{comment.thread_id}"))
    assert page.index("When did a silence") < page.index("I count to ten") < page.index("Your thoughts")


def test_a_hidden_thread_does_not_exist(client: FlaskClient, makers: Makers) -> None:
    comment = makers.comment(makers.thread(status=ThreadStatus.HIDDEN.value))
    for path in (
        f"/t/{comment.thread_id}",
        f"/c/{comment.id}",
        f"/embed/t/{comment.thread_id}",
        f"/t/{comment.thread_id}/feed.atom",
    ):
        assert client.get(path).status_code == 404


def test_pages_are_cut_by_roots_and_walked_both_ways(client: FlaskClient, makers: Makers) -> None:
    thread = makers.thread()
    start = clock.now() - timedelta(hours=5)
    roots = [
        makers.comment(thread, created_at=start + timedelta(seconds=n)) for n in range(ROOTS_PER_PAGE * 2 + 3)
    ]
    makers.comment(thread, roots[0])
    ids = [root.id for root in roots]
    first = client.get(f"/t/{thread.id}")
    assert [one for one in shown(first) if one in ids] == ids[:ROOTS_PER_PAGE]
    second = client.get(tree(first).cssselect(".pager a")[-1].get("href"))
    assert shown(second) == ids[ROOTS_PER_PAGE : ROOTS_PER_PAGE * 2]
    third = client.get(tree(second).cssselect(".pager a")[-1].get("href"))
    assert shown(third) == ids[ROOTS_PER_PAGE * 2 :]
    back = client.get(tree(third).cssselect(".pager a")[0].get("href"))
    assert shown(back) == shown(second)


def test_the_newest_can_come_first(client: FlaskClient, makers: Makers) -> None:
    thread = makers.thread()
    start = clock.now() - timedelta(hours=5)
    ids = [makers.comment(thread, created_at=start + timedelta(seconds=n)).id for n in range(3)]
    assert shown(client.get(f"/t/{thread.id}?order=newest")) == ids[::-1]


@pytest.mark.parametrize(
    "query", ["order=sideways", "from=abc", "from=-1", "from=99999999999999999999", "order="]
)
def test_nonsense_in_the_address_counts_as_nothing(client: FlaskClient, makers: Makers, query: str) -> None:
    comment = makers.comment()
    answer = client.get(f"/t/{comment.thread_id}?{query}")
    assert answer.status_code == 200
    assert shown(answer) == [comment.id]


def test_a_permalink_leads_to_the_page_where_the_comment_stands(client: FlaskClient, makers: Makers) -> None:
    thread = makers.thread()
    start = clock.now() - timedelta(hours=5)
    roots = [
        makers.comment(thread, created_at=start + timedelta(seconds=n)) for n in range(ROOTS_PER_PAGE + 5)
    ]
    late = makers.comment(thread, roots[-1])
    for comment in (roots[0], roots[-1], late):
        answer = client.get(f"/c/{comment.id}")
        assert answer.status_code == 302
        assert answer.location.endswith(f"#comment-{comment.id}")
        assert comment.id in shown(client.get(answer.location))


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.PUBLISHED])
def test_what_is_not_published_is_shown_nowhere(client: FlaskClient, makers: Makers, status: Status) -> None:
    thread = makers.thread()
    comment = makers.comment(thread, status=status, source="not for your eyes")
    assert client.get(f"/c/{comment.id}").status_code == 404
    for path in ("/", f"/t/{thread.id}", f"/t/{thread.id}/feed.atom"):
        assert "not for your eyes" not in client.get(path).get_data(as_text=True)


def test_a_removed_comment_keeps_its_place_for_its_replies(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    root = makers.comment(source="gone words")
    reply = makers.comment(root_thread(session, root), root, source="still here")
    root.status = Status.REMOVED.value
    session.commit()
    page = words(client.get(f"/t/{root.thread_id}"))
    assert "gone words" not in page
    assert "This comment is no longer shown" in page
    assert "still here" in page
    assert shown(client.get(f"/t/{root.thread_id}")) == [root.id, reply.id]


def root_thread(session: Session, comment) -> Thread:
    return session.get_one(Thread, comment.thread_id)


def test_a_post_with_several_prompts_has_a_page_for_them(client: FlaskClient, makers: Makers) -> None:
    post = makers.post()
    one = makers.thread(post=post, prompt="First question?", heading="")
    two = makers.thread(post=post, prompt="Second question?", heading="")
    page = words(client.get(f"/p/{post.id}"))
    assert page.index("First question?") < page.index("Second question?")
    assert "Second question?" in words(client.get(f"/t/{one.id}"))
    assert client.get(f"/p/{post.id}").status_code == 200
    assert two.id != one.id


def test_the_link_in_a_post_leads_to_its_discussion(
    client: FlaskClient, session: Session, makers: Makers
) -> None:
    post = makers.post(makers.site(slug="blog"), address="https://blog.test/on-silence/")
    thread = makers.thread(post=post)
    for url in (
        "https://blog.test/on-silence/",
        "http://blog.test/on-silence?utm_source=x",
        "https://blog.test/on-silence/index.html#c",
    ):
        answer = client.get("/d/blog", query_string={"url": url})
        assert (answer.status_code, answer.location) == (302, f"/t/{thread.id}")
    for url in ("https://other.test/other", "javascript:alert(1)", "", "http://[", "https://blog.test/\x00"):
        assert client.get("/d/blog", query_string={"url": url}).status_code == 404


def test_feeds_hold_published_comments_and_parse(client: FlaskClient, makers: Makers) -> None:
    site = makers.site(slug="blog", name="Blog & <Friends>")
    comment = makers.comment(makers.thread(site), source="So & <so>", author_name='A "quoted" name')
    for path in (f"/t/{comment.thread_id}/feed.atom", "/s/blog/feed.atom"):
        answer = client.get(path)
        assert answer.mimetype == "application/atom+xml"
        feed = etree.fromstring(answer.get_data())
        [entry] = feed.findall("{http://www.w3.org/2005/Atom}entry")
        assert entry.findtext("{http://www.w3.org/2005/Atom}id") == f"http://board.test/c/{comment.id}"
        assert "So &amp; &lt;so&gt;" in (entry.findtext("{http://www.w3.org/2005/Atom}content") or "")


def test_a_reader_who_has_the_page_is_told_so(client: FlaskClient, makers: Makers) -> None:
    comment = makers.comment()
    tag = client.get(f"/t/{comment.thread_id}").headers["ETag"]
    answer = client.get(f"/t/{comment.thread_id}", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.get_data()) == (304, b"")


def test_a_page_costs_the_same_statements_for_few_and_many_comments(
    app: Flask, client: FlaskClient, makers: Makers
) -> None:
    few, many = makers.thread(), makers.thread()
    for _ in range(3):
        makers.comment(few, makers.comment(few))
    for _ in range(40):
        root = makers.comment(many)
        makers.comment(many, makers.comment(many, root))
    with counted_statements(app) as for_few:
        client.get(f"/t/{few.id}")
    with counted_statements(app) as for_many:
        client.get(f"/t/{many.id}")
    assert len(for_few) == len(for_many) <= 6
