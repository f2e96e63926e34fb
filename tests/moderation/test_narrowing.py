"""Narrowing the queue: by site, discussion, status, reason, writer, network and words."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from board.comments.models import Comment, Status
from board.comments.tree import Order
from board.foundation.permissions import Actor, Role
from board.moderation.acts import View
from board.moderation.forms import selection_from
from board.moderation.matching import count
from board.moderation.selection import Selection
from board.moderation.surroundings import queue_page
from tests.moderation.desk import signed_in
from tests.support.makers import Makers, ago
from tests.support.pages import tree, words

OWNER = Actor(None, "Ada", {None: Role.OWNER})


@pytest.fixture
def desk(app: Flask, makers: Makers) -> FlaskClient:
    return signed_in(app, makers.account(name="Ada"))


def shown(client: FlaskClient, query: str) -> list[int]:
    """The ids of the comments on a page of the desk, in order."""
    answer = client.get(f"/desk?{query}")
    assert answer.status_code == 200
    return [int(item.get("data-item")) for item in tree(answer).cssselect("[data-item]")]


def chips(client: FlaskClient, query: str) -> list[str]:
    """What the page says it is narrowed to."""
    found = tree(client.get(f"/desk?{query}")).cssselect(".queue__chips li")
    return [" ".join(chip.text_content().split()).partition(" ×")[0] for chip in found]


def ids(comments: Iterable[Comment]) -> list[int]:
    return [comment.id for comment in comments]


def test_one_discussion_is_shown_alone(desk: FlaskClient, makers: Makers) -> None:
    threads = [makers.thread(heading="Why wait?"), makers.thread()]
    mine, _ = ids(makers.comment(thread, status=Status.PENDING) for thread in threads)
    query = f"thread={threads[0].id}"
    assert shown(desk, query) == [mine]
    assert chips(desk, query) == ["Discussion: Why wait?"]


def test_a_view_of_several_statuses_is_narrowed_to_one(desk: FlaskClient, makers: Makers) -> None:
    thread = makers.thread()
    hidden = {
        status: makers.comment(thread, status=status).id
        for status in (Status.REJECTED, Status.REMOVED, Status.WITHDRAWN)
    }
    for status, comment in hidden.items():
        assert shown(desk, f"view=hidden&status={status}") == [comment]
    assert len(shown(desk, "view=hidden&status=pending")) == 3, "a status the view does not show"


@pytest.mark.parametrize("view", ["pending", "all"])
def test_comments_held_for_one_reason_are_found(desk: FlaskClient, makers: Makers, view: str) -> None:
    thread = makers.thread()
    held = [
        makers.comment(thread, status=Status.PENDING, reasons=reasons).id
        for reasons in (
            [{"code": "links", "count": 3}],
            [{"code": "policy_holds"}, {"code": "links", "count": 9}],
            [{"code": "only_links"}],
            [],
        )
    ]
    assert sorted(shown(desk, f"view={view}&reason=links")) == held[:2]
    assert shown(desk, f"view={view}&reason=only_links") == [held[2]]
    assert chips(desk, f"view={view}&reason=only_links") == ["Reason: hardly more than a link"]


def test_a_reason_is_not_a_pattern(desk: FlaskClient, makers: Makers) -> None:
    makers.comment(status=Status.PENDING, reasons=[{"code": "onlyXlinks"}])
    assert shown(desk, "reason=only_links") == []


def test_all_comments_of_a_reader_are_found_from_any_of_them(desk: FlaskClient, makers: Makers) -> None:
    site = makers.site()
    thread, reader = makers.thread(site), makers.reader(site, name="Chiara")
    theirs = [
        makers.comment(thread, status=status, reader_id=reader.id, created_at=ago(hours=hours)).id
        for hours, status in ((3, Status.PUBLISHED), (2, Status.SPAM), (1, Status.PENDING))
    ]
    makers.comment(thread, status=Status.PENDING, author_name="Chiara")
    [link] = tree(desk.get(f"/desk?reader={reader.id}")).cssselect(".queue__reasons a")
    query = link.get("href").partition("?")[2]
    assert shown(desk, query) == theirs[::-1]
    assert chips(desk, query)[-1] == "Written by: Chiara"


def test_all_comments_under_a_name_are_found(desk: FlaskClient, makers: Makers) -> None:
    thread = makers.thread()
    mine = [
        makers.comment(thread, status=status, author_name="Böb & co").id for status in ("spam", "pending")
    ]
    makers.comment(thread, author_name="Böb")
    assert sorted(shown(desk, "view=all&name=B%C3%B6b+%26+co")) == mine


def test_comments_from_the_same_network_are_found(desk: FlaskClient, makers: Makers) -> None:
    thread = makers.thread()
    near = [makers.comment(thread, status=status, network="n" * 32).id for status in ("spam", "pending")]
    makers.comment(thread, status=Status.PENDING)
    [link] = tree(desk.get("/desk")).cssselect(".queue__reasons a[href*=near]")
    assert sorted(shown(desk, link.get("href").partition("?")[2])) == near


def test_filters_add_up_and_are_taken_away_one_by_one(desk: FlaskClient, makers: Makers) -> None:
    sites = [makers.site(name="Here"), makers.site(name="There")]
    held = [{"code": "links", "count": 3}]
    both, *_ = ids(
        makers.comment(makers.thread(site), status=Status.PENDING, reasons=reasons)
        for site, reasons in ((sites[0], held), (sites[0], []), (sites[1], held))
    )
    query = f"site={sites[0].id}&reason=links"
    assert shown(desk, query) == [both]
    away = {
        link.getparent().text_content().split(":")[0].strip(): link.get("href").partition("?")[2]
        for link in tree(desk.get(f"/desk?{query}")).cssselect(".queue__chips a")
    }
    assert away == {"Site": "reason=links", "Reason": f"site={sites[0].id}"}


@pytest.mark.parametrize("what", ["site", "thread", "reader", "near"])
def test_what_is_not_ones_own_does_not_exist(app: Flask, makers: Makers, what: str) -> None:
    mine, other = makers.site(), makers.site()
    for path in ("/desk", "/desk/all"):
        answers = []
        for site in (mine, other):
            thread = makers.thread(site)
            reader = makers.reader(site, email=f"{what}{path.count('/')}{site.id}@example.test")
            number = {
                "site": site.id,
                "thread": thread.id,
                "reader": reader.id,
                "near": makers.comment(thread).id,
            }[what]
            client = signed_in(app, makers.account(Role.MODERATOR, mine))
            answers.append(client.get(f"{path}?view=all&{what}={number}").status_code)
        assert answers == [200, 404]


@pytest.mark.parametrize(
    ("looked_for", "expected"),
    [
        ("silence", [0, 1]),
        ("SILENCE kettle", [1]),
        ('"the kettle"', [1]),
        ('"kettle the"', []),
        ("sil", [0, 1]),
        ("chiara", [1]),
        ("الصمت", [2]),
        ("沈黙", [3]),
        ("100%", []),
        ('"', []),
        ("' OR 1=1 --", []),
    ],
)
def test_comments_are_found_by_their_words_and_names(
    desk: FlaskClient, makers: Makers, *, looked_for: str, expected: list[int]
) -> None:
    thread = makers.thread()
    said = [
        ("Ada", "A silence."),
        ("Chiara", "Silence, and **the** kettle."),
        ("عمر", "كان الصمت أطول من المعتاد"),
        ("Aki", "会議の沈黙。"),
    ]
    made = [
        makers.comment(thread, status=Status.PENDING, author_name=name, source=source).id
        for name, source in said
    ]
    makers.comment(thread, status=Status.SPAM, source="Silence for sale.")
    answer = desk.get("/desk", query_string={"q": looked_for})
    found = [int(item.get("data-item")) for item in tree(answer).cssselect("[data-item]")]
    assert found == [made[number] for number in expected]
    [field] = tree(answer).cssselect("[data-search]")
    assert field.get("value") == looked_for


def test_a_search_reaches_into_every_status_in_the_view_of_all(desk: FlaskClient, makers: Makers) -> None:
    thread = makers.thread()
    made = [makers.comment(thread, status=status, source="A kettle.").id for status in Status]
    assert sorted(shown(desk, "view=all&q=kettle")) == made


def test_a_filter_that_nothing_passes_says_so_and_leads_back(desk: FlaskClient, makers: Makers) -> None:
    makers.comment(status=Status.PENDING)
    page = desk.get("/desk?q=xylophone")
    assert "Nothing matches." in words(page)
    [link] = tree(page).cssselect(".queue__empty a")
    assert link.get("href") == "/desk"


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("narrowed", [{}, {"words": "count"}, {"name": "Ada"}])
def test_narrowed_pages_follow_each_other_forth_and_back(
    app: Flask, makers: Makers, order: Order, narrowed: dict[str, str]
) -> None:
    thread = makers.thread()
    at = ago(hours=1)  # the same moment for several, so that only the id orders them
    made = [makers.comment(thread, status=Status.PENDING, created_at=at).id for _ in range(7)]
    makers.comment(
        thread, status=Status.PENDING, author_name="Eve", source="Not this.", created_at=ago(hours=2)
    )
    wanted = made if order is Order.OLDEST else made[::-1]
    first = Selection(order=order, **narrowed)  # type: ignore[arg-type]  # which of its fields, nobody knows
    with app.app_context():
        everything = [item.comment.id for item in queue_page(OWNER, first, limit=99).items]
        assert [number for number in everything if number in made] == wanted
        starts: list[int | None] = [None]
        seen: list[int] = []
        while True:
            page = queue_page(OWNER, first.but(from_id=starts[-1]), limit=3)
            seen += [item.comment.id for item in page.items]
            if page.previous_from is not None:
                assert page.previous_from in {starts[-2], seen[0]}
            if page.next_from is None:
                break
            starts.append(page.next_from)
        assert seen == everything
        assert count(OWNER, first) == len(everything)


def test_an_address_says_what_is_selected_and_nothing_else() -> None:
    chosen = Selection(
        View.ALL,
        Order.OLDEST,
        site_id=1,
        thread_id=2,
        status=Status.SPAM,
        reason="links",
        reader_id=3,
        name="Ada & Eve",
        near_id=4,
        words='"a kettle"',
        from_id=5,
    )
    assert selection_from({name: str(value) for name, value in chosen.query.items()}) == chosen
    assert Selection().query == {}
