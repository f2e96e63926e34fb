"""Settings of a site, through their front door."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from werkzeug.test import TestResponse

from board.accounts.deeds import Deed
from board.authoring.site_wording import LANGUAGES, POLICIES, REFUSALS
from board.foundation import clock
from board.foundation.permissions import Role
from board.sites.models import Policy, Site
from board.sites.rules import Part, normal_language
from board.sources.following import NEVER, feed_of, follow
from board.sources.models import Feed
from tests.authoring.blog import START
from tests.authoring.page import notice_of, token
from tests.moderation.desk import signed_in
from tests.support.makers import Makers, ago
from tests.support.pages import form_values, tree, words
from tests.support.statements import counted_statements

FEED = "https://blog.test/feed"


@pytest.fixture
def blog(makers: Makers) -> Site:
    return makers.site(slug="blog", name="The Quiet Blog")


def save(client: FlaskClient, **typed: str) -> TestResponse:
    """Open the settings, change what is typed, save."""
    action, values = form_values(client.get("/desk/sites/blog"), "/desk/sites/blog")
    kept = {name: value for name, value in values.items() if name != "read_now"}
    return client.post(action, data={**kept, **typed})


def present(session: Session) -> Site:
    return session.scalars(select(Site).where(Site.slug == "blog").options(selectinload(Site.origins))).one()


def feed(session: Session) -> Feed | None:
    return session.scalars(select(Feed)).first()


def test_the_sites_one_owns_are_listed(app: Flask, makers: Makers, blog: Site) -> None:
    makers.site(name="Another")
    page = words(signed_in(app, makers.account(Role.OWNER, blog)).get("/desk/sites"))
    assert "The Quiet Blog" in page
    assert "No feed is read." in page
    assert "Another" not in page


def test_who_owns_all_sites_may_add_one_from_here(app: Flask, makers: Makers, blog: Site) -> None:
    link = f'"{START}"'
    assert link in signed_in(app, makers.account()).get("/desk/sites").get_data(as_text=True)
    owner = signed_in(app, makers.account(Role.OWNER, blog))
    page = owner.get("/desk/sites").get_data(as_text=True)
    assert link not in page
    assert f'"{START}/blog/snippet"' in page


def test_saving_what_is_there_changes_nothing(desk: FlaskClient, session: Session, makers: Makers) -> None:
    site = makers.site(
        slug="blog", accent_hue=251, opens_from=0.85, language="zz", default_prompt="", policy="hold_first"
    )
    makers.let_embed(site, "https://www.blog.test")
    before = {column.name: getattr(present(session), column.name) for column in Site.__table__.columns}
    assert save(desk).status_code == 422  # a language that nobody speaks
    assert save(desk, language="en").status_code == 303
    site = present(session)
    assert {column: getattr(site, column) for column in before} == {**before, "language": "en"}
    assert [one.origin for one in site.origins] == ["https://blog.test", "https://www.blog.test"]
    assert feed(session) is None


def test_everything_is_changed_at_once(desk: FlaskClient, session: Session, blog: Site) -> None:
    answer = save(
        desk,
        name=" A  quieter blog ",
        address="https://Quiet.example/notes/",
        origins="https://www.quiet.example/x\r\nhttp://localhost:4000",
        language="de",
        accent_hue="30",
        feed=FEED,
        opens_from="never",
        default_prompt=" Was denkst\r\ndu? ",
        policy="publish",
    )
    assert notice_of(desk, answer) == "Saved."
    site = present(session)
    assert (site.name, site.base_url, site.language) == (
        "A quieter blog",
        "https://quiet.example/notes",
        "de",
    )
    assert (site.accent_hue, site.opens_from, site.policy) == (30, None, "publish")
    assert site.default_prompt == "Was denkst\ndu?"
    assert sorted(one.origin for one in site.origins) == [
        "http://localhost:4000",
        "https://blog.test",  # where it lived
        "https://quiet.example",
        "https://www.quiet.example",
    ]
    assert [site.slug] == list(session.scalars(select(Site.slug)))


def test_how_comments_are_treated_is_changed_and_logged(
    desk: FlaskClient, session: Session, blog: Site
) -> None:
    save(desk, policy="hold_first", approvals_needed="3", report_threshold="0", closes_after_days="90")
    site = present(session)
    assert (site.policy, site.approvals_needed, site.report_threshold) == ("hold_first", 3, 0)
    assert site.closes_after_days == 90
    save(desk, closes_after_days="")
    assert present(session).closes_after_days is None
    assert [one.act for one in session.scalars(select(Deed))] == ["site_changed", "site_changed"]


def test_a_key_to_akismet_is_given_kept_and_taken_away(
    desk: FlaskClient, session: Session, blog: Site
) -> None:
    assert "Key in use" not in words(desk.get("/desk/sites/blog"))
    save(desk, akismet_key=" 0123456789ab ")
    assert present(session).akismet_key == "0123456789ab"
    page = words(desk.get("/desk/sites/blog"))
    assert "Key in use: …9ab It will be tried in a moment." in page
    assert "0123456789ab" not in desk.get("/desk/sites/blog").get_data(as_text=True)
    save(desk)
    assert present(session).akismet_key == "0123456789ab"
    save(desk, no_akismet="y")
    assert present(session).akismet_key == ""


def test_an_origin_is_removed_by_its_line(
    desk: FlaskClient, session: Session, makers: Makers, blog: Site
) -> None:
    makers.let_embed(blog, "https://www.blog.test")
    save(desk, origins="")
    assert [one.origin for one in present(session).origins] == ["https://blog.test"]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"name": " "}, "A name, please, of at most 120 characters."),
        ({"name": "x" * 121}, "A name, please, of at most 120 characters."),
        ({"address": "blog.test"}, "Write the address of the blog as in https://blog.example, without ? and #."),
        ({"address": "https://blog.test/?x"}, "Write the address of the blog as in https://blog.example, without ? and #."),
        ({"origins": "https://a.test\n'self'"}, "Write each address as in https://www.blog.example, one per line."),
        ({"approvals_needed": "0"}, "A number from 1 to 10, please."),
        ({"approvals_needed": "many"}, "Not a valid integer value."),
        ({"report_threshold": "-1"}, "A number from 0 to 100, please."),
        ({"report_threshold": ""}, "A number, please; 0 for never."),
        ({"closes_after_days": "99999"}, "A number from 1 to 3650, please, or nothing."),
        ({"akismet_key": "no key!"}, "A key is made of letters and digits."),
        ({"feed": "feed"}, "Write the address of the feed as in https://blog.example/feed."),
        ({"feed": "https://blog.test/" + "x" * 1000}, "Write the address of the feed as in https://blog.example/feed."),
        ({"default_prompt": "x" * 1001}, "At most 1,000 characters, please."),
        ({"language": "klingon"}, "Not a valid choice."),
        ({"opens_from": "2"}, "Not a valid choice."),
        ({"policy": "burn"}, "Not a valid choice."),
        ({"accent_hue": "31"}, "Not a valid choice."),
    ],
)  # fmt: skip
def test_mistakes_are_told_and_nothing_typed_is_lost(
    desk: FlaskClient, session: Session, blog: Site, typed: dict[str, str], error: str
) -> None:
    sent = {"name": "Another name", "default_prompt": "And you?", **typed}
    answer = save(desk, **sent)
    assert answer.status_code == 422
    assert error in words(answer)
    _, kept = form_values(answer, "/desk/sites/blog")
    assert kept["name"].strip() == sent["name"].strip()
    assert kept["default_prompt"].strip() == sent["default_prompt"]
    assert present(session).name == "The Quiet Blog"
    assert feed(session) is None


def test_a_feed_is_read_as_soon_as_it_is_named(desk: FlaskClient, session: Session, blog: Site) -> None:
    before = clock.now()
    save(desk, feed=FEED)
    followed = feed(session)
    assert followed is not None
    assert (followed.site_id, followed.address) == (blog.id, FEED)
    assert before <= followed.due_at <= clock.now()
    assert "It will be read in a moment." in words(desk.get("/desk/sites/blog"))
    save(desk, feed="")
    assert feed(session) is None


def reading(session: Session, blog: Site, **fields: Any) -> None:
    """The site's feed as reading it left it."""
    follow(blog, FEED, ago(days=1))
    followed = feed_of(blog.id)
    assert followed is not None
    for name, value in fields.items():
        setattr(followed, name, value)
    session.commit()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"read_at": ago(hours=1), "due_at": ago(hours=-1)}, "It is read every quarter of an hour. Last read:"),
        ({"failures": 1, "said": "it answered 500"}, "It could not be read the last time. What was odd: it answered 500"),
        ({"failures": 3, "due_at": ago(hours=-1)}, "It could not be read the last 3 times."),
        ({"failures": 1, "due_at": NEVER}, "It is gone for good and is not read any more."),
    ],
)  # fmt: skip
def test_how_reading_the_feed_goes_is_told(
    desk: FlaskClient, session: Session, blog: Site, fields: dict[str, Any], told: str
) -> None:
    reading(session, blog, **fields)
    page = words(desk.get("/desk/sites/blog"))
    assert told in " ".join(page.split())
    assert told.partition(".")[0] in words(desk.get("/desk/sites"))


def test_an_unchanged_feed_goes_on_as_it_was_unless_it_is_wanted_now(
    desk: FlaskClient, session: Session, blog: Site
) -> None:
    reading(session, blog, etag='"x"', read_at=ago(hours=1), due_at=NEVER, failures=2)
    save(desk, name="Another name")
    followed = feed(session)
    assert followed is not None
    assert (followed.due_at, followed.etag) == (NEVER, '"x"')
    save(desk, read_now="1", name="A third name")
    followed = feed(session)
    assert followed is not None
    assert followed.due_at <= clock.now()
    assert followed.etag == '"x"'
    assert present(session).name == "A third name"


def test_only_an_owner_of_the_site_sees_and_changes_its_settings(
    app: Flask, session: Session, makers: Makers, blog: Site
) -> None:
    other = makers.site(slug="other")
    for account in (
        makers.account(Role.OWNER, other),
        makers.account(Role.AUTHOR),
        makers.account(Role.MODERATOR),
    ):
        client = signed_in(app, account)
        assert client.get("/desk/sites/blog").status_code == 404
        sent = {**token(client), "name": "Taken over"}
        assert client.post("/desk/sites/blog", data=sent).status_code == 404
    assert present(session).name == "The Quiet Blog"
    for role in (Role.AUTHOR, Role.MODERATOR):
        client = signed_in(app, makers.account(role))
        assert client.get("/desk/sites").status_code == 404
        assert "/desk/sites" not in client.get("/account").get_data(as_text=True)


def test_a_missing_site_is_not_found(desk: FlaskClient) -> None:
    for slug in ("missing", "x" * 300, "%00"):
        assert desk.get(f"/desk/sites/{slug}").status_code == 404


def test_every_choice_has_words() -> None:
    assert set(POLICIES) == set(Policy)
    assert set(REFUSALS) == set(Part) - {Part.SLUG, Part.OWN_ORIGIN}
    assert all(normal_language(code) == code for code in LANGUAGES)


def test_the_form_offers_what_the_site_has(desk: FlaskClient, makers: Makers) -> None:
    makers.site(slug="blog", opens_from=0.85, accent_hue=255)
    page = tree(desk.get("/desk/sites/blog"))
    chosen = {box.get("name"): box.get("value") for box in page.cssselect("input[type=radio][checked]")}
    assert chosen == {"accent_hue": "240", "opens_from": "0.85", "policy": "hold"}
    offered = [box.get("value") for box in page.cssselect("input[name=opens_from]")]
    assert offered == ["0.9", "0.85", "0.8", "0.7", "0", "never"]


def test_the_pages_cost_the_same_for_few_and_many(
    app: Flask, desk: FlaskClient, makers: Makers, blog: Site
) -> None:
    def costs() -> list[int]:
        found = []
        for path in ("/desk/sites", "/desk/sites/blog"):
            with counted_statements(app) as statements:
                assert desk.get(path).status_code == 200
            found.append(len(statements))
        return found

    few = costs()
    for _ in range(5):
        site = makers.site()
        makers.let_embed(site, "https://www.blog.test")
        makers.let_embed(blog, f"https://{site.slug}.test")
    assert costs() == few
    assert max(few) <= 6
