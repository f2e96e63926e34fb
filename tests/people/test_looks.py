"""People, accounts and what stands at the door: for everyone, light and dark, wide and narrow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from board.accounts import totp
from board.accounts.invitations import open_anew
from board.accounts.models import Account, Invitation, Passkey
from board.foundation import clock
from board.foundation.permissions import Role
from tests.accounts.doors import time_passes, with_app
from tests.browser.acts import sign_in
from tests.browser.test_accessibility import LONG_WORD, VIEWPORTS, faults, sideways, violations
from tests.support.browser import Pages, Problems
from tests.support.makers import PASSWORD, Makers

LONG_ADDRESS = f"{LONG_WORD[:40].lower()}@example.test"


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=list(VIEWPORTS))
def page(pages: Pages, scheme: str, request: pytest.FixtureRequest) -> Page:
    return pages.open(color_scheme=scheme, viewport=VIEWPORTS[request.param], reduced_motion="reduce")


def judged(page: Page) -> tuple[list[str], int]:
    return violations(page), sideways(page)


def people(session: Session, makers: Makers) -> None:
    """Of every kind, with long names, and invitations that wait, ended and came from the command line."""
    site = makers.site(name=f"A blog named {LONG_WORD}")
    makers.account(Role.MODERATOR, site, name=LONG_WORD[:80], email=LONG_ADDRESS)
    makers.account(Role.AUTHOR, site, name="Leo", disabled_at=clock.now())
    makers.account(None, name="Former")
    now = clock.now()
    for number, email in enumerate((f"x{LONG_ADDRESS}", "late@example.test", None)):
        session.add(
            Invitation(
                token_digest=f"{number:064}",
                role="author",
                site_id=site.id,
                email=email,
                created_at=now,
                expires_at=now + timedelta(days=number - 1),
            )
        )
    session.commit()


def test_the_page_of_people(
    page: Page, live_server: str, session: Session, makers: Makers, problems: Problems
) -> None:
    problems.expect("status of 4")
    people(session, makers)
    sign_in(page, live_server, makers.account(name="Mia"))
    assert faults(page, live_server, ["/desk/people"]) == {}
    for summary in page.locator("summary").all():
        summary.click()
    assert judged(page) == ([], 0)
    page.get_by_label("Email").fill("eva@")
    page.locator("#invite ~ form").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.locator(".field__error")).to_be_visible()
    assert judged(page) == ([], 0)
    time_passes(session, minutes=11)
    page.get_by_label("Email").fill("eva@example.test")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    assert judged(page) == ([], 0)


def test_an_account_with_second_factors_and_the_step_that_asks_for_them(
    app: Flask, page: Page, live_server: str, session: Session, makers: Makers, problems: Problems
) -> None:
    problems.expect("status of 4")
    account = makers.account(name=LONG_WORD[:80], email=LONG_ADDRESS)
    secret, _ = with_app(app, account)
    keep_passkey(session, account)
    page.goto(f"{live_server}/sign-in")
    page.get_by_label("Email").fill(account.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.locator("summary").click()
    assert judged(page) == ([], 0)
    page.get_by_label("Code from your app").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".field__error").first).to_be_visible()
    assert judged(page) == ([], 0)
    page.get_by_label("Code from your app").fill(totp.code_of(secret, totp.step_at(clock.now())))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk**")
    assert faults(page, live_server, ["/account"]) == {}
    page.get_by_role("button", name="Make new codes").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert judged(page) == ([], 0)


def keep_passkey(session: Session, account: Account) -> None:
    now = clock.now()
    values = {"credential_id": "x", "public_key": "x", "sign_count": 0, "created_at": now, "asked_at": now}
    session.add(Passkey(account_id=account.id, name=LONG_WORD[:80], used_at=now, **values))
    session.commit()


@pytest.mark.parametrize("has_account", [False, True])
def test_an_invitation(
    page: Page, live_server: str, session: Session, makers: Makers, has_account: bool
) -> None:
    """For somebody new, for somebody who signs in first, and for who is signed in."""
    site = makers.site(name=f"A blog named {LONG_WORD}")
    other = makers.account(Role.AUTHOR, makers.site(), email="leo@example.test", name=LONG_WORD[:80])
    if has_account:
        makers.account(Role.AUTHOR, makers.site(), email=LONG_ADDRESS)
    promised = {"role": "moderator", "site_id": site.id, "email": LONG_ADDRESS}
    token = open_anew(Invitation(inviter_name=LONG_WORD[:80], **promised), now=clock.now())
    session.commit()
    link = f"/invitation/{token}"
    assert faults(page, live_server, [link]) == {}
    sign_in_as_author(page, live_server, other)
    assert faults(page, live_server, [link]) == {}


def sign_in_as_author(page: Page, board: str, account: Account) -> None:
    page.goto(f"{board}/sign-in")
    page.get_by_label("Email").fill(account.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/prompts")
