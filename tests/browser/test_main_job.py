"""The main job in a real browser: find, read, see who has done it, edit, find the change, unpublish, gone."""

import pytest
from playwright.sync_api import Page, expect

from home.loading import EDITOR
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser
WORD = "quincunxwalk"


def test_a_practitioner_finds_the_guide_and_an_editor_changes_it(page: Page, site: str):
    page.goto(f"{site}/en/")
    page.fill("input[name=q]", "kid begging at traffic lights")
    page.press("input[name=q]", "Enter")
    guide = page.locator("main a[href$='/practices/street-work-with-children/']").first
    expect(guide).to_be_visible()

    guide.click()
    expect(page.get_by_role("heading", name="If you are with the person")).to_be_visible()
    expect(page.get_by_role("heading", name="People who have done it")).to_be_visible()
    expect(page.locator("#people ~ p").first).not_to_be_empty()

    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(page, site, EDITOR)
    page.goto(f"{site}/cms/pages/{guide_number(page, site)}/edit/")
    page.evaluate("word => { document.querySelector('[name=other_names]').value += '\\n' + word }", WORD)
    publish(page)

    page.goto(f"{site}/en/search/?q={WORD}")
    expect(page.locator("main a[href$='/practices/street-work-with-children/']").first).to_be_visible()

    page.goto(f"{site}/cms/pages/{guide_number(page, site)}/unpublish/")
    page.locator("main form button[type=submit], main form input[type=submit]").first.click()
    page.wait_for_load_state()

    page.goto(f"{site}/en/search/?q={WORD}")
    expect(page.locator("main a[href$='/practices/street-work-with-children/']")).to_have_count(0)

    page.goto(f"{site}/cms/pages/{guide_number(page, site)}/edit/")
    publish(page)
    page.goto(f"{site}/en/search/?q={WORD}")
    expect(page.locator("main a[href$='/practices/street-work-with-children/']").first).to_be_visible()


def guide_number(page: Page, site: str) -> str:
    """The guide's number in the CMS, read from its explorer listing."""
    page.goto(f"{site}/cms/pages/search/?q=street+situations")
    address = page.locator("a[href*='/cms/pages/'][href$='/edit/']").first.get_attribute("href") or ""
    return address.rstrip("/").split("/")[-2]


def publish(page: Page) -> None:
    page.evaluate("() => { const b = document.querySelector('button[name=action-publish]'); b.click(); }")
    page.wait_for_load_state()
    page.wait_for_selector(".messages .success, .w-message--success, [class*=success]")


def test_publishing_an_incomplete_guide_is_refused_at_the_field_and_nothing_is_lost(page: Page, site: str):
    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(page, site, EDITOR)
    page.goto(f"{site}/cms/pages/search/?q=advisory+council")
    address = page.locator("a[href*='/cms/pages/'][href$='/edit/']").first.get_attribute("href")
    page.goto(f"{site}{address}")

    page.evaluate("document.querySelector('[name=safety_line]').value = 'not known: nobody said'")
    page.evaluate("document.querySelector('button[name=action-publish]').click()")
    page.wait_for_load_state()

    expect(page.get_by_text("A stated gap cannot stand here").first).to_be_attached()
    assert page.locator("[name=safety_line]").input_value() == "not known: nobody said"
