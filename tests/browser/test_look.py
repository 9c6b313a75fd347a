"""Every page type at 360 and 1280 px, light and dark: axe finds nothing, nothing overflows, nothing needs a script."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from network.loading import DEMO_SIGN_INS
from tests.browser.conftest import sign_in
from tests.browser.looks import problems_in_every_look

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/en/",
    "library": "/en/practices/",
    "guide": "/en/practices/street-work-with-children/",
    "guide-ru": "/ru/practices/street-work-with-children/",
    "search": "/en/search/?q=kid+begging+at+traffic+lights",
    "search-one-kind": "/en/search/?q=children&kind=practice&method=street-work",
    "search-nothing": "/en/search/?q=zzqqxx",
    "people": "/en/people/",
    "people-by-area": "/en/people/areas/",
    "people-found": "/en/people/?profession=social-worker",
    "organisations": "/en/organisations/",
    "organisation": "/en/organisations/la-strada-international/",
    "networks": "/en/networks/",
    "ask-a-network": "/en/networks/sample-network-tirana/write/",
    "answer": "/en/answer/",
    "compensation": "/en/compensation/",
    "compensation-country": "/en/compensation/netherlands/",
    "events": "/en/events/",
    "event": "/en/events/hdim-special-day-2006/",
    "standard": "/en/staying-safe/",
    "sign-in": "/account/login/",
    "new-password": "/account/password/reset/",
    "let-in-again": "/account/recovery/",
    "not-found": "/en/nowhere/",
}
# Where somebody wants to look at what the tests saw: WAYMARK_SCREENSHOTS=folder make test
SCREENSHOTS = os.environ.get("WAYMARK_SCREENSHOTS", "")


def test_axe_finds_nothing_and_nothing_overflows(chromium: Browser, site: str):
    page, wrong = chromium.new_context().new_page(), {}
    for name, address in PAGES.items():

        def kept(look: str, name: str = name) -> None:
            if SCREENSHOTS:
                page.screenshot(path=Path(SCREENSHOTS) / f"{name}-{look}.png", full_page=True)

        page.goto(site + address)
        if seen := list(problems_in_every_look(page, kept)):
            wrong[name] = seen
    page.context.close()

    assert wrong == {}


def test_without_a_script_searching_filtering_and_leaving_work(chromium: Browser, site: str):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{site}/en/")
    page.fill("input[name=q]", "children")
    page.press("input[name=q]", "Enter")
    expect(page.locator("main h1, main h2").first).to_be_visible()
    expect(page.get_by_role("link", name="Leave this site")).to_have_attribute("href", "about:blank")
    context.close()


def test_shift_three_times_leaves_at_once_and_back_does_not_return(page: Page, site: str):
    page.goto(f"{site}/en/")
    page.goto(f"{site}/en/practices/street-work-with-children/")

    for _ in range(3):
        page.keyboard.press("Shift")

    page.wait_for_url("about:blank")
    page.go_back()
    assert "street-work" not in page.url


def test_skip_link_comes_first_and_the_exit_second(page: Page, site: str):
    page.goto(f"{site}/en/practices/")

    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Tab")
    second = page.evaluate("document.activeElement.id")

    assert (first, second) == ("#main", "exit")


def test_a_member_meets_the_people_of_a_guide_and_the_public_does_not(page: Page, site: str):
    address = f"{site}/en/practices/street-work-with-children/"
    page.goto(address)
    before = shown(page)

    sign_in(page, site, next(email for email, _ in DEMO_SIGN_INS if email.startswith("member")))
    page.goto(address)

    assert shown(page) > before


def shown(page: Page) -> int:
    """How many people the guide says show their entries to this reader."""
    said = page.get_by_text(re.compile(r"^\d+ of them show"))
    return int((said.first.text_content() or "0").split()[0]) if said.count() else 0


def test_the_card_fits_one_and_a_half_phone_screens(page: Page, site: str):
    page.goto(f"{site}/en/practices/street-work-with-children/")
    box = page.locator("section.now").bounding_box()

    assert box is not None
    assert box["height"] <= 740 * 1.5
