"""Reaching somebody on a phone: write, it waits, open, answer; and the public asks a network without an account."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.looks import looks_right

pytestmark = pytest.mark.browser
NETWORK = "/en/networks/sample-network-tirana/"


@pytest.fixture
def other(chromium: Browser) -> Iterator[Page]:
    """The phone of somebody else."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    yield context.new_page()
    context.close()


def test_a_member_writes_and_a_colleague_opens_and_answers(page: Page, other: Page, site: str):
    sign_in(page, site, "member.a@example.org")
    page.goto(f"{site}/en/people/?network=sample-network-tirana&profession=social-worker&q=Besnik")
    page.get_by_role("link", name=re.compile("Write to this person.*Sample Person 001")).first.click()
    looks_right(page)
    page.get_by_label("Message").fill("Who minds the drop-in on Friday? Ring 069 123 4567.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("mark")).to_have_text("069 123 4567")
    looks_right(page)
    page.get_by_label("Message").fill("Who minds the drop-in on Friday?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("not opened yet").first).to_be_visible()
    looks_right(page)

    sign_in(other, site, "coordinator.a@example.org")
    other.goto(f"{site}/account/")
    expect(other.get_by_text(re.compile(r"Messages.*\(1\)")).first).to_be_visible()
    other.get_by_role("link", name="Messages", exact=True).click()
    looks_right(other)
    other.locator(".waits a").first.click()
    expect(other.get_by_text("Who minds the drop-in")).to_have_count(0)
    other.get_by_role("button", name="Open").first.click()
    expect(other.get_by_text("Who minds the drop-in on Friday?")).to_be_visible()
    looks_right(other)
    other.get_by_label("Message").fill("I do, with the new colleague.")
    other.get_by_role("button", name="Send").click()
    expect(other.get_by_text("I do, with the new colleague.")).to_be_visible()

    page.goto(f"{site}/account/messages/")
    page.get_by_role("link", name=re.compile("Sample Person 001")).first.click()
    expect(page.get_by_text(re.compile("You wrote.* opened$")).first).to_be_visible()
    page.get_by_role("button", name="Open").last.click()  # the newest, below one of the sample messages
    expect(page.get_by_text("I do, with the new colleague.")).to_be_visible()


def test_the_public_asks_a_network_and_reads_the_answer_by_a_code(page: Page, other: Page, site: str):
    page.goto(f"{site}{NETWORK}")
    page.get_by_role("link", name="Write to the coordinators").click()
    looks_right(page)
    page.get_by_label("Your question").fill("Where is the nearest drop-in for children?")
    page.wait_for_timeout(3500)
    page.get_by_role("button", name="Send").click()
    code = page.locator(".code-shown").inner_text().split("\n")[-1]
    assert re.fullmatch(r"(\d{4} ){3}\d{4}", code)
    looks_right(page)

    sign_in(other, site, "coordinator.a@example.org")
    other.goto(f"{site}/account/desk/enquiries/")
    other.get_by_role("link", name=re.compile("Question of")).last.click()
    other.get_by_role("button", name="Open").click()
    expect(other.get_by_text("Where is the nearest drop-in")).to_be_visible()
    looks_right(other)
    other.get_by_label("Message").fill("Beside the market, every afternoon.")
    other.get_by_role("button", name="Send the answer").click()
    expect(other.get_by_text("The answer waits")).to_be_visible()

    page.goto(f"{site}/en/answer/")
    page.get_by_label("Your code").fill(code.replace(" ", ""))
    page.get_by_role("button", name="Read").click()
    expect(page.get_by_text("Beside the market, every afternoon.")).to_be_visible()
    assert code.replace(" ", "") not in page.url
    looks_right(page)


def test_a_member_looks_at_a_number_and_says_why(page: Page, site: str):
    sign_in(page, site, "member.a@example.org")
    page.goto(f"{site}/en/people/?network=sample-network-tirana&q=Drita")
    page.get_by_role("link", name=re.compile("^Sample Person 009")).click()
    page.get_by_role("link", name="Look at: phone").click()
    looks_right(page)
    page.get_by_label("What do you need it for?").fill("To agree on a time for a joint training.")
    page.get_by_role("button", name="Show it").click()
    expect(page.locator(".code-shown")).to_have_text("sample number, not in use")
    looks_right(page)
