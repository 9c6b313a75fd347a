"""An owner narrows and widens a part and sees at once what others would see; nothing is saved until they save."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser


def test_the_preview_follows_the_form_before_anything_is_saved(page: Page, site: str):
    sign_in(page, site, "member.b@example.org")
    page.goto(f"{site}/account/entry/")
    page.get_by_role("link", name="Edit, and decide who sees what").click()
    before = page.locator("#id_listing_for").input_value()
    stranger = page.locator("#previews details").first

    page.select_option("#id_listing_for", "network")
    expect(stranger).to_contain_text("sees nothing of you")
    page.select_option("#id_listing_for", "public")
    expect(stranger).not_to_contain_text("sees nothing of you")

    page.goto(f"{site}/account/entry/")
    page.get_by_role("link", name="Edit, and decide who sees what").click()
    expect(page.locator("#id_listing_for")).to_have_value(before)
