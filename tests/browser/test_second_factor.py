"""Passkeys in a real browser, with an authenticator that the browser itself pretends to have."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Page, expect

from home.loading import EDITOR
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser
PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def device(page: Page) -> Iterator[CDPSession]:
    """The page's device has a passkey store that says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
    yield session
    session.detach()


def test_a_passkey_is_set_up_signs_in_alone_and_goes_again(page: Page, site: str, device: CDPSession):
    sign_in(page, site, EDITOR)
    page.goto(f"{site}/account/2fa/webauthn/add/")
    page.get_by_role("button", name="Set up a passkey or key").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    expect(page.locator(".codes code")).to_have_count(10)
    page.get_by_role("link", name="I have written them down").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()

    page.locator("main").get_by_role("button", name="Sign out").click()
    page.goto(f"{site}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()

    page.goto(f"{site}/account/2fa/webauthn/")
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("None is set up.")).to_be_visible()


def test_a_device_without_a_passkey_is_told_so_in_words(page: Page, site: str, device: CDPSession):
    page.goto(f"{site}/account/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("found no passkey")


def test_without_a_script_the_password_still_signs_in_and_passkeys_are_not_offered(page: Page, site: str):
    context = page.context.browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{site}/account/login/")

    expect(plain.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    sign_in(plain, site, EDITOR)
    expect(plain.get_by_role("heading", name="Your account")).to_be_visible()
    context.close()
