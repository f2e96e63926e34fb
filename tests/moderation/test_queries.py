"""What the desk finds, for whom, and what it costs."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from board.comments.models import Status
from board.comments.tree import Order
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, Actor, Role
from board.moderation.acts import Act, View
from board.moderation.log_queries import LogFilter, log_page
from board.moderation.queries import comment_for, sites_of, waiting_count
from board.moderation.selection import Selection
from board.moderation.surroundings import History, queue_page
from tests.moderation.desk import actor_of, decide_now, signed_in
from tests.support.makers import Makers, ago
from tests.support.statements import counted_statements

OWNER = Actor(None, "Ada", {None: Role.OWNER})


def found(app: Flask, actor: Actor, selection: Selection) -> list[int]:
    with app.app_context():
        return [item.comment.id for item in queue_page(actor, selection).items]


@pytest.mark.parametrize("order", Order)
def test_pages_follow_each_other_without_gap_or_repetition(app: Flask, makers: Makers, order: Order) -> None:
    thread = makers.thread()
    at = ago(hours=1)  # the same moment for several, so that only the id orders them
    ids = [makers.comment(thread, status=Status.PENDING, created_at=at).id for _ in range(7)]
    seen: list[int] = []
    selection: Selection | None = Selection(order=order)
    with app.app_context():
        while selection is not None:
            page = queue_page(OWNER, selection, limit=3)
            seen += [item.comment.id for item in page.items]
            selection = selection.but(from_id=page.next_from) if page.next_from else None
    assert seen == (ids if order is Order.OLDEST else ids[::-1])


def test_a_page_keeps_its_place_when_its_first_comment_was_decided(app: Flask, makers: Makers) -> None:
    account = makers.account()
    ids = [makers.comment(status=Status.PENDING, created_at=ago(hours=9 - n)).id for n in range(4)]
    decide_now(app, actor_of(account), Act.REJECT, [ids[1]])
    assert found(app, OWNER, Selection(from_id=ids[1])) == ids[2:]


def test_each_view_shows_its_statuses(app: Flask, makers: Makers) -> None:
    thread = makers.thread()
    ids = {status: makers.comment(thread, status=status).id for status in Status}
    assert found(app, OWNER, Selection()) == [ids[Status.PENDING]]
    assert found(app, OWNER, Selection(View.PUBLISHED)) == [ids[Status.PUBLISHED]]
    assert found(app, OWNER, Selection(View.SPAM)) == [ids[Status.SPAM]]
    assert found(app, OWNER, Selection(View.RETURNED)) == [ids[Status.RETURNED]]
    hidden = {ids[Status.REJECTED], ids[Status.REMOVED], ids[Status.WITHDRAWN]}
    assert set(found(app, OWNER, Selection(View.HIDDEN))) == hidden
    assert set(found(app, OWNER, Selection(View.ALL))) == set(ids.values())
    assert found(app, OWNER, Selection(View.REPORTED)) == []


def test_a_moderator_sees_their_own_sites_alone(app: Flask, makers: Makers) -> None:
    mine, other = makers.site(), makers.site()
    mine_id, other_id = mine.id, other.id
    own = makers.comment(makers.thread(mine), status=Status.PENDING).id
    foreign = [makers.comment(makers.thread(other), status=Status.PENDING).id for _ in range(2)]
    decide_now(app, actor_of(makers.account()), Act.PUBLISH, foreign[:1])
    moderator = Actor(None, "Bob", {mine_id: Role.MODERATOR, other_id: Role.AUTHOR})
    assert found(app, moderator, Selection()) == [own]
    assert found(app, moderator, Selection(site_id=other_id)) == []
    assert found(app, moderator, Selection(from_id=foreign[1])) == [own]
    with app.app_context():
        assert [site.id for site in sites_of(moderator)] == [mine_id]
        assert waiting_count(moderator) == 1
        assert log_page(moderator, LogFilter()).items == []
        assert comment_for(Action.DECIDE, moderator, own).id == own
        for unreachable in (*foreign, 0, 2**31, 10**18):
            with pytest.raises(NotFound):
                comment_for(Action.DECIDE, moderator, unreachable)


def test_the_queue_can_be_narrowed_to_a_site(app: Flask, makers: Makers) -> None:
    sites = [makers.site() for _ in range(2)]
    ids = [makers.comment(makers.thread(site), status=Status.PENDING).id for site in sites]
    assert found(app, OWNER, Selection()) == ids
    assert found(app, OWNER, Selection(site_id=sites[1].id)) == ids[1:]
    with app.app_context():
        assert (waiting_count(OWNER), waiting_count(OWNER, sites[1].id)) == (2, 1)


def test_a_known_readers_other_comments_are_counted(app: Flask, makers: Makers) -> None:
    site = makers.site()
    thread, reader = makers.thread(site), makers.reader(site)
    makers.comment(thread, status=Status.PENDING, reader_id=reader.id)
    for status in (Status.PUBLISHED, Status.PUBLISHED, Status.SPAM, Status.WITHDRAWN):
        makers.comment(thread, status=status, reader_id=reader.id)
    makers.comment(thread, author_name="Guest")
    with app.app_context():
        histories = [item.history for item in queue_page(OWNER, Selection()).items]
        published = [item.history for item in queue_page(OWNER, Selection(View.PUBLISHED)).items]
    assert histories == [History(2, 1)]
    assert published.count(History(1, 1)) == 2, "the comment itself is not among the others"


def test_of_a_guest_the_comments_under_the_same_name_on_the_same_site_are_counted(
    app: Flask, makers: Makers
) -> None:
    site = makers.site()
    thread, elsewhere, reader = makers.thread(site), makers.thread(makers.site()), makers.reader(site)
    makers.comment(thread, status=Status.PENDING, author_name="Guest")
    for status in (Status.PUBLISHED, Status.SPAM, Status.PENDING):
        makers.comment(thread, status=status, author_name="Guest" if status != "pending" else "Another")
    makers.comment(elsewhere, author_name="Guest")
    makers.comment(thread, author_name="Guest", reader_id=reader.id)
    with app.app_context():
        [guest, another] = [item.history for item in queue_page(OWNER, Selection()).items]
    assert (guest, another) == (History(1, 1), History())


def test_who_wrote_from_the_same_network_is_counted_on_the_same_site_alone(
    app: Flask, makers: Makers
) -> None:
    site = makers.site()
    makers.comment(makers.thread(site), status=Status.PENDING, network="a" * 32)
    for place in (site, site, makers.site()):
        makers.comment(makers.thread(place), author_name="Another", network="a" * 32)
    with app.app_context():
        [item] = queue_page(OWNER, Selection()).items
    assert item.history == History(nearby=2)


def test_of_staff_no_history_is_told(app: Flask, makers: Makers) -> None:
    makers.comment(status=Status.PENDING, account_id=makers.account().id)
    with app.app_context():
        assert [item.history for item in queue_page(OWNER, Selection()).items] == [None]


def test_the_desk_costs_the_same_for_5_and_30_comments(app: Flask, session: Session, makers: Makers) -> None:
    client = signed_in(app, makers.account())

    def fill(count: int) -> None:
        for _ in range(count):
            site = makers.site()
            thread = makers.thread(site)
            root = makers.comment(thread)
            makers.comment(thread, root, status=Status.PENDING, reader_id=makers.reader(site).id)

    def cost(address: str) -> int:
        with counted_statements(app) as statements:
            answer = client.get(address)
        assert answer.status_code == 200
        return len(statements)

    fill(5)
    few = cost("/desk")
    fill(25)
    assert cost("/desk") == few
    decide_now(app, actor_of(makers.account()), Act.PUBLISH, range(1, 20))
    few = cost("/desk/log")
    decide_now(app, actor_of(makers.account()), Act.PUBLISH, range(20, 10_000))
    assert cost("/desk/log") == few
