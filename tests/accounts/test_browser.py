"""Second factors in a browser: set up, used at the door, taken away; with script, without, by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from board.accounts import totp
from board.accounts.models import Account, Authenticator, Passkey, RecoveryCode, StaffSession
from board.foundation import clock
from tests.accounts.doors import next_code, time_passes, with_app
from tests.browser.acts import sign_in
from tests.support.browser import Pages, Problems
from tests.support.makers import PASSWORD, Makers


def type_password(page: Page, board: str, account: Account) -> None:
    """Up to the second step."""
    page.goto(f"{board}/sign-in")
    page.get_by_label("Email").fill(account.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def secret_on(page: Page) -> str:
    return "".join((page.locator(".secret").text_content() or "").split())


def test_an_app_is_set_up_used_and_removed(
    either_page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    page, account = either_page, makers.account()
    sign_in(page, live_server, account)
    page.goto(f"{live_server}/account")
    page.get_by_role("link", name="Set up an app").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    secret = secret_on(page)
    page.get_by_label("Code from your app").fill(totp.code_of(secret, totp.step_at(clock.now())))
    press(page, "Switch it on")
    expect(page.get_by_role("status")).to_contain_text("The app is set up.")
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("You have 10 unused codes")).to_be_visible()
    press(page, "Sign out everywhere, here too")
    type_password(page, live_server, account)
    page.get_by_label("Code from your app").fill(next_code(session, account, secret))
    press(page, "Sign in")
    page.wait_for_url(f"{live_server}/desk**")
    page.goto(f"{live_server}/account")
    press(page, "Remove the app")
    expect(page.get_by_role("status")).to_contain_text("The app is removed.")
    assert session.scalars(select(Authenticator)).all() == []
    assert session.scalars(select(RecoveryCode)).all() == []


def test_a_recovery_code_opens_the_door_once(
    app: Flask,
    either_page: Page,
    live_server: str,
    makers: Makers,
    problems: Problems,
) -> None:
    problems.expect("status of 422")
    page, account = either_page, makers.account()
    _, codes = with_app(app, account)
    for said in ("/desk", "not one of your recovery codes"):
        type_password(page, live_server, account)
        page.get_by_text("I have neither phone nor passkey at hand").click()
        page.get_by_label("Recovery code").fill(codes[0].upper().replace("-", " "))
        press(page, "Sign in with a recovery code")
        if said == "/desk":
            page.wait_for_url(f"{live_server}/desk**")
            page.goto(f"{live_server}/account")
            expect(page.get_by_text("You have 9 unused codes")).to_be_visible()
            press(page, "Sign out everywhere, here too")
        else:
            expect(page.get_by_label("Recovery code")).to_be_visible()
            expect(page.locator(".field__error").first).to_be_visible()


def test_the_whole_way_by_keyboard_alone(
    page: Page, live_server: str, session: Session, makers: Makers
) -> None:
    """From the sign-in to an app that is set up and used, without a mouse."""
    account = makers.account()
    page.goto(f"{live_server}/sign-in")
    tab_to(page, "email")
    page.keyboard.type(account.email)
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server}/desk**")
    page.goto(f"{live_server}/account")
    tab_to(page, "Set up an app")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/authenticator")
    secret = secret_on(page)
    tab_to(page, "code")
    page.keyboard.type(totp.code_of(secret, totp.step_at(clock.now())))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The app is set up.")
    tab_to(page, "I have kept them")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account#second-factor")
    tab_to(page, "Sign out everywhere, here too")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in")
    tab_to(page, "email")
    page.keyboard.type(account.email)
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/second**")
    tab_to(page, "code")
    page.keyboard.type(next_code(session, account, secret))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server}/desk**")


def tab_to(page: Page, name: str) -> None:
    """Press the tab key until what has the focus has that name, or that words."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")
        if focused == name:
            return
    raise AssertionError(f"the tab key does not lead to {name!r}")


def test_signing_out_everywhere_ends_every_browser(
    pages: Pages, live_server: str, session: Session, makers: Makers
) -> None:
    account = makers.account()
    here, there = pages.open(), pages.open(java_script_enabled=False)
    for page in (here, there):
        sign_in(page, live_server, account)
    here.goto(f"{live_server}/account")
    assert here.get_by_role("button", name="Sign out", exact=False).count() >= 2
    press(here, "Sign out everywhere, here too")
    expect(here.get_by_role("heading", name="Sign in")).to_be_visible()
    there.goto(f"{live_server}/desk")
    expect(there.get_by_role("heading", name="Sign in")).to_be_visible()
    assert session.scalar(select(func.count()).select_from(StaffSession)) == 0


def test_asked_again_who_one_is_one_goes_on_where_one_was(
    either_page: Page, live_server: str, session: Session, makers: Makers, problems: Problems
) -> None:
    problems.expect("status of 4")
    page = either_page
    sign_in(page, live_server, makers.account())
    page.goto(f"{live_server}/desk/people")
    time_passes(session, minutes=11)
    page.get_by_label("Email").fill("eva@example.test")
    press(page, "Invite")
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    page.get_by_label("Password").fill("not my password")
    press(page, "Go on")
    expect(page.get_by_text("This is not right")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Go on")
    expect(page.get_by_role("status")).to_contain_text("The invitation to eva@example.test is on its way.")


def give_device(page: Page, *, knows_its_person: bool = True) -> None:
    """Let the browser have a device that makes passkeys.

    Source: Chrome DevTools Protocol, the domain WebAuthn.
    """
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": knows_its_person,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def device(page: Page) -> Page:
    """The page, in a browser that has such a device."""
    give_device(page)
    return page


def test_a_passkey_is_added_opens_the_door_alone_and_is_removed(
    device: Page, serve: Callable[..., str], session: Session, makers: Makers, problems: Problems
) -> None:
    problems.expect("status of 403")  # the page that asks again
    page, account, board = device, makers.account(), serve("localhost")
    sign_in(page, board, account)
    page.goto(f"{board}/account")
    page.get_by_label("What you call this passkey").fill("My phone")
    press(page, "Add a passkey")
    expect(page.get_by_role("status")).to_contain_text("The passkey is added.")
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()
    press(page, "Sign out everywhere, here too")
    press(page, "Sign in with a passkey")
    page.wait_for_url(f"{board}/desk**")
    time_passes(session, minutes=11)
    page.goto(f"{board}/account/authenticator")
    press(page, "Use a passkey")
    expect(page.get_by_role("heading", name="Set up an app")).to_be_visible()
    page.goto(f"{board}/account")
    page.get_by_role("button", name="Remove My phone").click()
    expect(page.get_by_role("status")).to_contain_text("The passkey is removed.")
    assert session.scalars(select(Passkey)).all() == []


def test_a_passkey_is_a_second_step_as_well(device: Page, serve: Callable[..., str], makers: Makers) -> None:
    page, account, board = device, makers.account(), serve("localhost")
    sign_in(page, board, account)
    page.goto(f"{board}/account")
    press(page, "Add a passkey")
    page.get_by_role("link", name="I have kept them").click()
    press(page, "Sign out everywhere, here too")
    type_password(page, board, account)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    press(page, "Sign in with a passkey")
    page.wait_for_url(f"{board}/desk**")


def test_a_device_that_refuses_leaves_the_other_ways_open(
    page: Page, serve: Callable[..., str], makers: Makers
) -> None:
    board = serve("localhost")
    give_device(page, knows_its_person=False)
    sign_in(page, board, makers.account())
    page.goto(f"{board}/account")
    press(page, "Add a passkey")
    expect(page.get_by_text("That did not work, or was cancelled.")).to_be_visible()
    expect(page.get_by_role("button", name="Add a passkey")).to_be_enabled()


def test_without_script_no_passkey_is_offered_and_the_account_says_why(
    scriptless_page: Page, serve: Callable[..., str], makers: Makers
) -> None:
    page, board = scriptless_page, serve("localhost")
    page.goto(f"{board}/sign-in")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    sign_in(page, board, makers.account())
    page.goto(f"{board}/account")
    expect(page.get_by_text("Adding one needs JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Add a passkey")).to_be_hidden()
