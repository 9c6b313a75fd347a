"""An owner narrows and widens a part and sees at once what others would see; nothing is saved until they save."""

import pytest
from playwright.sync_api import Browser, Page, expect

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


def test_another_network_is_asked_by_keyboard_and_without_a_script(chromium: Browser, site: str):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    sign_in(page, site, "member.b@example.org")
    page.goto(f"{site}/en/networks/sample-network-tirana/")
    page.get_by_role("link", name="Ask to join this network as well").press("Enter")

    expect(page.get_by_label("Network", exact=True)).to_have_value("sample-network-tirana")
    page.get_by_label("What you do there").focus()
    page.keyboard.type("I interpret at the border.")
    for _field in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Sample Network Tirana: asked")).to_be_visible()

    page.get_by_role("button", name="Withdraw the request").press("Enter")
    expect(page.get_by_text("Your request is withdrawn.")).to_be_visible()
    context.close()


def test_who_looked_is_reached_from_my_entry_and_says_when_nobody_has(page: Page, site: str):
    sign_in(page, site, "member.a@example.org")
    page.goto(f"{site}/account/entry/")

    page.get_by_role("link", name="Who looked at your contact").press("Enter")

    expect(page.get_by_role("heading", name="Who looked at your contact")).to_be_visible()
    expect(page.get_by_text("Nobody has been shown a part of your contact.")).to_be_visible()


def test_an_owner_confirms_pauses_and_comes_back_with_a_thumb(page: Page, site: str):
    """Each is a button of its own form; the browser sends what it was handed, and nothing else."""
    sign_in(page, site, "member.b@example.org")
    page.goto(f"{site}/account/entry/")

    page.get_by_role("button", name="All of it is still true").click()
    expect(page.get_by_text("Your entry is confirmed for a year.")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Nobody finds you at the moment")).to_be_visible()
    page.get_by_role("button", name="Come back from the pause").click()
    expect(page.get_by_text("Nobody finds you at the moment")).to_have_count(0)


def test_guides_are_chosen_on_a_phone_without_a_script(chromium: Browser, site: str):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    sign_in(page, site, "member.a@example.org")
    page.goto(f"{site}/account/entry/")
    page.get_by_role("link", name="Edit, and decide who sees what").click()

    page.locator("summary", has_text="Guides you can advise on").click()
    page.get_by_label("Open a drop-in centre that meets basic needs first").check()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Save").click()

    page.locator("summary", has_text="A member of your network").click()
    expect(page.get_by_role("link", name="Open a drop-in centre that meets basic needs first")).to_be_visible()
    context.close()
