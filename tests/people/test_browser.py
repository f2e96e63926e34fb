"""People in a browser: from the invitation to the first page of somebody new; with script, without, by keyboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts.models import Account, Invitation
from board.foundation.permissions import Role
from tests.accounts.test_browser import press, tab_to
from tests.browser.acts import sign_in
from tests.people.owning import EVA, deeds, mailed_link, roles
from tests.support.browser import Pages
from tests.support.makers import Makers


def test_a_colleague_is_invited_and_begins(
    pages: Pages, live_server: str, session: Session, makers: Makers
) -> None:
    """The mail is read in another browser, one without script."""
    site = makers.site(name="Quiet things")
    desk, theirs = pages.open(), pages.open(java_script_enabled=False)
    sign_in(desk, live_server, makers.account(name="Mia"))
    desk.get_by_role("link", name="People").click()
    desk.get_by_label("Email").fill(EVA)
    desk.locator("#invite ~ form [name=role]").select_option("moderator")
    desk.locator("#invite ~ form [name=site]").select_option("Quiet things")
    press(desk, "Invite")
    expect(desk.get_by_role("status")).to_contain_text(f"The invitation to {EVA} is on its way.")
    theirs.goto(live_server + mailed_link(session))
    expect(theirs.get_by_text("Mia invites you to be Moderator of Quiet things.")).to_be_visible()
    theirs.get_by_label("Your name").fill("Eva")
    theirs.get_by_label("Password").fill("plum kettle orbit")
    press(theirs, "Set up and sign in")
    theirs.wait_for_url(f"{live_server}/desk**")
    expect(theirs.get_by_role("link", name="People")).to_have_count(0)
    desk.reload()
    expect(desk.get_by_role("heading", name="Eva")).to_be_visible()
    expect(desk.get_by_role("heading", name="Invited")).to_have_count(0)
    eva = session.scalars(select(Account).where(Account.email == EVA)).one()
    assert roles(session, eva) == [("moderator", site.id)]


def test_who_has_an_account_signs_in_and_accepts(
    either_page: Page, pages: Pages, live_server: str, session: Session, makers: Makers
) -> None:
    makers.site(name="Quiet things")
    eva = makers.account(Role.AUTHOR, makers.site(name="Elsewhere"), email=EVA)
    desk = pages.open()
    sign_in(desk, live_server, makers.account(name="Mia"))
    desk.goto(f"{live_server}/desk/people")
    desk.get_by_label("Email").fill(EVA)
    desk.locator("#invite ~ form [name=site]").select_option("Quiet things")
    press(desk, "Invite")
    expect(desk.get_by_role("status")).to_be_visible()
    page = either_page
    page.goto(live_server + mailed_link(session))
    page.get_by_role("link", name="Sign in to accept").click()
    page.get_by_label("Email").fill(EVA)
    page.get_by_label("Password").fill("a quiet long password")
    press(page, "Sign in")
    press(page, "Accept")
    expect(page.get_by_role("status")).to_contain_text("You are now: Moderator of Quiet things.")
    assert {role for role, _ in roles(session, eva)} == {"author", "moderator"}


def test_roles_are_changed_taken_and_accounts_disabled(
    either_page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    site = makers.site(name="Quiet things")
    leo = makers.account(Role.MODERATOR, site, name="Leo")
    page, site_id = either_page, site.id
    sign_in(page, live_server, makers.account(name="Mia"))
    page.goto(f"{live_server}/desk/people")
    page.get_by_label("Role of Leo on Quiet things").select_option("author")
    press(page, "Change Leo")
    expect(page.get_by_role("status")).to_contain_text("Leo is now: Author of Quiet things.")
    page.locator("summary", has_text="Give another role Leo").click()
    page.get_by_label("Blog, for Leo").select_option("All blogs")
    press(page, "Give Leo")
    expect(page.get_by_role("status")).to_contain_text("Leo is now: Moderator of all blogs.")
    page.get_by_role("button", name="Take away Leo").first.click()
    expect(page.get_by_role("status")).to_contain_text("Leo is no more: Moderator of all blogs.")
    assert roles(session, leo) == [("author", site_id)]
    press(page, "Disable the account Leo")
    expect(page.get_by_text("Disabled", exact=True)).to_be_visible()
    press(page, "Let them sign in again Leo")
    expect(page.get_by_role("status")).to_contain_text("Leo can sign in again.")


def test_an_invitation_is_sent_and_withdrawn_by_keyboard_alone(
    page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    sign_in(page, live_server, makers.account(name="Mia"))
    page.goto(f"{live_server}/desk/people")
    tab_to(page, "email")
    page.keyboard.type(EVA)
    tab_to(page, "role")
    page.keyboard.press("o")
    page.keyboard.press("Enter")
    tab_to(page, "Invite")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(f"The invitation to {EVA} is on its way.")
    tab_to(page, f"Send again {EVA}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("is on its way again")
    tab_to(page, f"Withdraw {EVA}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The invitation is withdrawn.")
    assert session.scalars(select(Invitation)).all() == []
    assert [act for _, act, _, _ in deeds(session)] == ["person_invited", "invitation_withdrawn"]
