"""The log: decisions and other deeds in one row, filtered, paged, and taken along as a table."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from flask import Flask

from board.accounts.deeds import Deed
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Role
from board.moderation.acts import Act
from board.moderation.log_queries import LogFilter, Place, What, log_page
from board.moderation.models import Decision
from tests.moderation.desk import actor_of, decide_now, signed_in
from tests.support.makers import Makers, ago
from tests.support.statements import counted_statements


def deed(makers: Makers, **fields: object) -> Deed:
    values = {
        "actor_name": "Ada",
        "act": "site_changed",
        "subject": "The Desk",
        "created_at": clock.now(),
        "site_id": None,
    }
    return makers._keep(Deed(**{**values, **fields}))


def test_deeds_and_decisions_stand_in_the_order_in_which_they_happened(app: Flask, makers: Makers) -> None:
    owner = actor_of(makers.account())
    first = deed(makers, created_at=ago(hours=2))
    comment = makers.comment(status="pending")
    decide_now(app, owner, Act.PUBLISH, [comment.id])
    last = deed(makers, act="block_added", subject="buy now", created_at=clock.now() + timedelta(seconds=5))
    wanted = [(Deed, last.id), (Decision, 1), (Deed, first.id)]
    with app.app_context():
        found = [(type(one), one.id) for one in log_page(owner, LogFilter()).items]
    assert [kind for kind, _ in found] == [kind for kind, _ in wanted]
    assert (found[0], found[-1]) == (wanted[0], wanted[-1])


def test_every_entry_is_on_exactly_one_page(app: Flask, makers: Makers) -> None:
    owner = actor_of(makers.account())
    for step in range(7):
        deed(makers, created_at=ago(minutes=30 - step))
        decide_now(app, owner, Act.PUBLISH, [makers.comment(status="pending").id])
    seen: list[tuple[type, int]] = []
    place: Place | None = Place()
    with app.app_context():
        while place is not None:
            page = log_page(owner, LogFilter(), Place.read(str(place)), limit=3)
            seen += [(type(one), one.id) for one in page.items]
            place = page.next_place
    assert len(seen) == len(set(seen)) == 14


def test_filters_combine(app: Flask, makers: Makers) -> None:
    site, other = makers.site(), makers.site()
    ada, ben = makers.account(name="Ada"), makers.account(name="Ben")
    mine = makers.comment(makers.thread(site), status="pending")
    theirs = makers.comment(makers.thread(other), status="pending")
    decide_now(app, actor_of(ada), Act.PUBLISH, [mine.id])
    decide_now(app, actor_of(ben), Act.SPAM, [theirs.id])
    deed(makers, site_id=site.id, account_id=ben.id)

    owner, site_id, ben_id = actor_of(ada), site.id, ben.id

    def found(**wanted: object) -> int:
        with app.app_context():
            return len(log_page(owner, LogFilter(**wanted)).items)  # type: ignore[arg-type]

    assert found() == 3
    assert found(site_id=site_id) == 2
    assert found(who=ben_id) == 2
    assert found(site_id=site_id, who=ben_id) == 1
    assert found(what=What.COMMENTS) == 2
    assert found(what=What.OTHER) == 1
    assert found(since=clock.now() + timedelta(minutes=1)) == 0
    assert found(until=clock.now() + timedelta(minutes=1)) == 3


def test_the_log_of_another_site_is_nobodys_business(app: Flask, makers: Makers) -> None:
    own, other = makers.site(), makers.site()
    deed(makers, site_id=own.id, subject="Own site")
    deed(makers, site_id=other.id, subject="Other site")
    deed(makers, subject="The whole board")
    client = signed_in(app, makers.account(Role.MODERATOR, own))
    for path in ("/desk/log", "/desk/log.csv"):
        text = client.get(path).text
        assert "Own site" in text
        assert "Other site" not in text
        assert "The whole board" not in text
        assert client.get(f"{path}?site={other.id}").status_code == 404


def test_the_table_holds_what_the_page_shows_and_no_formulas(app: Flask, makers: Makers) -> None:
    owner = makers.account(name="Ada")
    comment = makers.comment(status="pending", author_name="Ben")
    decide_now(app, actor_of(owner), Act.PUBLISH, [comment.id])
    deed(makers, act="something_new", subject="=1+1", actor_name="=cmd()")
    answer = signed_in(app, owner).get("/desk/log.csv")
    assert answer.mimetype == "text/csv"
    [columns, *lines] = list(csv.reader(io.StringIO(answer.text)))
    assert len(columns) == len(lines[0]) == 10
    assert {line[1] for line in lines} == {"Ada", "'=cmd()"}
    assert any(line[2] == "Ada published the comment by Ben." for line in lines)
    assert any("something new, =1+1" in line[2] for line in lines)


def test_nonsense_in_the_address_counts_as_nothing(app: Flask, makers: Makers) -> None:
    deed(makers)
    client = signed_in(app, makers.account())
    for query in (
        "from=9-",
        "from=99999999999-1",
        "what=x",
        "who=x",
        "since=yesterday",
        "until=9999-12-31",
        "site=x",
    ):
        assert "changed the settings of The Desk" in client.get(f"/desk/log?{query}").text


def test_the_number_of_statements_does_not_grow(app: Flask, makers: Makers) -> None:
    owner = actor_of(makers.account())

    def cost() -> int:
        with counted_statements(app) as statements, app.app_context():
            log_page(owner, LogFilter())
            db.session.rollback()
        return len(statements)

    deed(makers, site_id=makers.site().id)
    decide_now(app, owner, Act.PUBLISH, [makers.comment(status="pending").id])
    few = cost()
    for _ in range(5):
        deed(makers, site_id=makers.site().id)
        decide_now(app, owner, Act.PUBLISH, [makers.comment(status="pending").id])
    assert cost() == few == 3
