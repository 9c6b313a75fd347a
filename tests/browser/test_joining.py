"""Joining on a telephone: apply, confirm by the link, prove, be seen by one coordinator and accepted by another."""

import io
import re
import time

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from network.loading import DEMO_APPLICANT
from tests.browser.conftest import Site, sign_in
from tests.browser.looks import problems_in_every_look

pytestmark = pytest.mark.browser
NAME, EMAIL, PASSWORD = "Sample Newcomer (Ana Shembull)", "newcomer@example.org", "a long sample passphrase"


def phone(chromium: Browser) -> Page:
    return chromium.new_context(viewport={"width": 360, "height": 740}, locale="en-GB").new_page()


def link_mailed(site: Site) -> str:
    """The newest link in the mail that the demo prints."""
    for _ in range(600):  # a minute: the machine may be busy
        found = re.findall(r"http://localhost:\d+/en/join/confirm/[\w-]+/", site.log.read_text(errors="replace"))
        if found:
            return str(found[-1])
        time.sleep(0.1)
    pytest.fail(f"no mail was printed, but {site.log.read_text(errors='replace')[-2000:]}")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def test_from_the_form_to_the_members_first_page(page: Page, chromium: Browser, site: Site) -> None:
    page.goto(f"{site}/en/join/")
    page.select_option("[name=network]", label="Sample Network Tirana")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=name]", NAME)
    page.select_option("[name=profession]", "nurse")
    page.fill("[name=areas]", "Tirana\nGreece")
    page.select_option("[name=language_1]", "sq")
    page.fill("[name=offers]", "First aid on the street.")
    page.check("[name=method][value=register]")
    page.fill("[name=claim]", "Invented register, 0000")
    press(page, "Send the application")
    expect(page.get_by_text("I have read this and agree: This field is required.")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value(NAME)
    page.check("[name=agreed]")
    press(page, "Send the application")
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()

    page.goto(link_mailed(site))
    expect(page.get_by_text(NAME)).to_have_count(0)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    press(page, "Confirm")
    page.fill("[name=login]", EMAIL)
    page.fill("main [name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page.get_by_role("heading", name="Your application")).to_be_visible()
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(picture, "PNG")
    page.set_input_files("[name=proof]", {"name": "card.exe", "mimeType": "text/plain", "buffer": picture.getvalue()})
    press(page, "Send")
    expect(page.get_by_text("1 file is here.")).to_be_visible()

    first = phone(chromium)
    sign_in(first, site, "coordinator.a@example.org")
    first.goto(f"{site}/account/desk/")
    first.get_by_role("link", name=NAME).click()
    with first.expect_download() as saved:
        first.get_by_role("link", name=re.compile("JPEG")).click()
    assert saved.value.suggested_filename.endswith(".jpg")
    first.fill("[name=note]", "Invented. The register lists her.")
    first.check("[name=seen]")
    press(first, "Record")
    first.get_by_role("link", name=NAME).click()
    expect(first.get_by_text("You have taken an earlier step here")).to_be_visible()
    expect(first.get_by_role("button", name="Decide", exact=True)).to_have_count(0)

    second = phone(chromium)
    sign_in(second, site, "coordinator.c@example.org")
    second.goto(f"{site}/account/desk/")
    second.get_by_role("link", name=NAME).click()
    expect(second.get_by_text(re.compile(r"seen by Sample Person 001"))).to_be_visible()
    second.check("[name=answer][value=accepted]")
    second.fill("[name=reason]", "Welcome.")
    press(second, "Decide")
    expect(second.get_by_role("link", name=NAME)).to_have_count(0)

    page.goto(f"{site}/account/application/")
    # A member sees people, so a second factor comes first.
    expect(page.get_by_role("heading", name="One more step: a second factor")).to_be_visible()
    for each in (first, second):
        each.context.close()


ROOMS = {
    None: ["/en/join/", "/en/join/applied/", "/en/join/confirm/x/"],
    DEMO_APPLICANT[0]: ["/account/application/", "/account/application/withdraw/"],
    "member.a@example.org": ["/account/vouching/", "/account/invitations/"],
    "coordinator.b@example.org": [
        f"/account/desk/{room}" for room in ("", "members/", "suspensions/", "reports/", "coordinators/", "log/")
    ],
}


def test_axe_finds_nothing_in_the_rooms_of_joining(chromium: Browser, site: Site) -> None:
    wrong = {}
    for email, addresses in ROOMS.items():
        page = phone(chromium)
        if email:
            sign_in(page, site, email)
        for address in addresses:
            page.goto(site + address)
            if seen := list(problems_in_every_look(page)):
                wrong[address] = seen
        page.context.close()

    assert wrong == {}
