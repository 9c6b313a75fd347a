"""A member's whole way on a telephone: applies, is vetted, is found and written to, renews, and erases themselves."""

import os
import quopri
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.accounts.people import code
from tests.browser.conftest import Site, sign_in
from tests.browser.looks import looks_right
from tests.browser.test_joining import phone, press

pytestmark = pytest.mark.browser
NAME, EMAIL, PASSWORD = "Sample Wayfarer (Mira Shembull)", "wayfarer@example.org", "a long sample passphrase"
OFFER = "Lanternwalk rounds at the bus station."
QUESTION, ANSWER = "May a colleague come along on Friday?", "Yes, at the usual place."
FOUND = "/en/people/?q=lanternwalk"
# Eleven months on, the owners of entries that run out soon are asked whether all is still true.
ELEVEN_MONTHS_ON = """
from datetime import timedelta
from network import clock
from network.services.freshness import remind
with clock.standing_at(clock.now() + timedelta(days=336)):
    remind()
"""


@pytest.fixture
def others(chromium: Browser) -> Iterator[list[Page]]:
    """The telephones of two coordinators and of a member of other networks."""
    pages = [phone(chromium) for _ in range(3)]
    yield pages
    for each in pages:
        each.context.close()


def test_from_the_application_to_the_erasure(page: Page, others: list[Page], site: Site, site_folder: Path) -> None:
    first, second, finder = others

    apply(page, site)
    confirm_by_the_mail(page, site)
    record_evidence(first, site)
    decide(second, site)
    set_up_a_second_factor(page, site)
    open_the_entry_to_all_members(page, site)
    find_and_write(finder, site)
    read_and_answer(page, site)
    expect_the_answer(finder, site)
    renew_without_signing_in(first, site, site_folder)
    erase(page, site)
    expect_nothing_left(finder, page, site)


def apply(page: Page, site: Site) -> None:
    page.goto(f"{site}/en/join/")
    looks_right(page)
    page.select_option("[name=network]", label="Sample Network Tirana")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=name]", NAME)
    page.select_option("[name=profession]", "outreach-worker")
    page.fill("[name=areas]", "Tirana")
    page.select_option("[name=language_1]", "sq")
    page.fill("[name=offers]", "Evening rounds.")
    page.check("[name=method][value=register]")
    page.fill("[name=claim]", "Invented register, 0001")
    page.check("[name=agreed]")
    press(page, "Send the application")
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    looks_right(page)


def confirm_by_the_mail(page: Page, site: Site) -> None:
    page.goto(mailed(site, "/en/join/confirm/"))
    looks_right(page)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    press(page, "Confirm")
    page.fill("[name=login]", EMAIL)
    page.fill("main [name=password]", PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_role("heading", name="Your application")).to_be_visible()
    looks_right(page)


def record_evidence(coordinator: Page, site: Site) -> None:
    """One coordinator has seen it, and can do no more."""
    sign_in(coordinator, site, "coordinator.a@example.org")
    coordinator.goto(f"{site}/account/desk/")
    looks_right(coordinator)
    coordinator.get_by_role("link", name=NAME).click()
    looks_right(coordinator)
    coordinator.fill("[name=note]", "Invented. The register lists her.")
    coordinator.check("[name=seen]")
    press(coordinator, "Record")
    coordinator.get_by_role("link", name=NAME).click()
    expect(coordinator.get_by_role("button", name="Decide", exact=True)).to_have_count(0)


def decide(coordinator: Page, site: Site) -> None:
    """Another one, of another organisation."""
    sign_in(coordinator, site, "coordinator.c@example.org")
    coordinator.goto(f"{site}/account/desk/")
    coordinator.get_by_role("link", name=NAME).click()
    looks_right(coordinator)
    coordinator.check("[name=answer][value=accepted]")
    coordinator.fill("[name=reason]", "Welcome.")
    press(coordinator, "Decide")
    expect(coordinator.get_by_role("link", name=NAME)).to_have_count(0)
    coordinator.goto(f"{site}/account/desk/log/")
    expect(coordinator.get_by_role("row").filter(has_text=NAME).filter(has_text="entry verified")).to_have_count(1)
    looks_right(coordinator)


def set_up_a_second_factor(page: Page, site: Site) -> None:
    page.goto(f"{site}/account/entry/")
    expect(page.get_by_role("heading", name="One more step: a second factor")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Set up an app").click()
    looks_right(page)
    page.fill("[name=code]", code(page.locator(".key").inner_text(), lasts=10))
    press(page, "Set up the app")
    expect(page.locator(".codes code")).to_have_count(10)
    looks_right(page)
    page.get_by_role("link", name="I have written them down").click()


def open_the_entry_to_all_members(page: Page, site: Site) -> None:
    page.goto(f"{site}/account/entry/")
    looks_right(page)
    page.get_by_role("link", name="Edit, and decide who sees what").click()
    looks_right(page)
    page.select_option("#id_name_for", "members")
    page.fill("[name=offers]", OFFER)
    press(page, "Save")
    expect(page.get_by_text("Saved. Who may see less than before sees less from now on.")).to_be_visible()


def find_and_write(finder: Page, site: Site) -> None:
    """A member of two other networks finds them, and an impatient thumb sends one message."""
    sign_in(finder, site, "member.b@example.org")
    finder.goto(f"{site}{FOUND}")
    looks_right(finder)
    finder.get_by_role("link", name=NAME, exact=True).click()
    looks_right(finder)
    finder.get_by_role("link", name=re.compile("Write to this person")).click()
    looks_right(finder)
    finder.get_by_label("Message").fill(QUESTION)
    finder.get_by_role("button", name="Send").dblclick()
    expect(finder.get_by_text(QUESTION)).to_have_count(1)
    looks_right(finder)


def read_and_answer(page: Page, site: Site) -> None:
    page.goto(f"{site}/account/messages/")
    expect(page.get_by_text("1 message waits")).to_be_visible()
    looks_right(page)
    page.locator(".waits a").click()
    expect(page.get_by_text(QUESTION)).to_have_count(0)
    press(page, "Open")
    expect(page.get_by_text(QUESTION)).to_be_visible()
    page.get_by_label("Message").fill(ANSWER)
    press(page, "Send")
    expect(page.get_by_text(ANSWER)).to_be_visible()
    looks_right(page)


def expect_the_answer(finder: Page, site: Site) -> None:
    finder.goto(f"{site}/account/messages/")
    finder.get_by_role("link", name=NAME).click()
    press(finder, "Open")
    expect(finder.get_by_text(ANSWER)).to_be_visible()


def renew_without_signing_in(stranger: Page, site: Site, folder: Path) -> None:
    """Whoever holds the link may press, once; the page shows nothing of the entry, and opening it changes nothing."""
    eleven_months_on(site, folder)
    stranger.context.clear_cookies()
    link = mailed(site, "/account/renew/")
    for _ in range(2):  # a mail scanner came first
        stranger.goto(link)
    expect(stranger.get_by_text(NAME)).to_have_count(0)
    looks_right(stranger)
    press(stranger, "All of it is still true")
    expect(stranger.get_by_text("It is confirmed for a year.")).to_be_visible()
    looks_right(stranger)
    stranger.goto(link)
    expect(stranger.get_by_text("It was used already: nothing more is needed.")).to_be_visible()


def erase(page: Page, site: Site) -> None:
    page.goto(f"{site}/account/entry/")
    page.get_by_role("link", name="Erase everything …").click()
    looks_right(page)
    page.fill("[name=word]", "erase")
    press(page, "Erase everything")
    expect(page.get_by_role("heading", name="Your entry is erased")).to_be_visible()
    looks_right(page)


def expect_nothing_left(finder: Page, page: Page, site: Site) -> None:
    finder.goto(f"{site}{FOUND}")
    expect(finder.get_by_text(NAME)).to_have_count(0)
    looks_right(finder)
    finder.goto(f"{site}/account/messages/")
    expect(finder.get_by_text(NAME)).to_have_count(0)
    page.goto(f"{site}/account/entry/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def eleven_months_on(site: Site, folder: Path) -> None:
    """Sends the reminders of that day, from a process of its own as the operator's timer does; mail goes to the log."""
    variables = {"WAYMARK_VAR": str(folder / "var"), "WAYMARK_ADDRESS": str(site), "PYTHONPATH": ".:site"}
    with site.log.open("a") as log:
        subprocess.run(
            [sys.executable, "manage.py", "shell", "-c", ELEVEN_MONTHS_ON],
            cwd=settings.ROOT,
            env={**os.environ, **variables, "DJANGO_SETTINGS_MODULE": "config.settings.dev"},
            stdout=log,
            stderr=log,
            check=True,
        )


def mailed(site: Site, path: str) -> str:
    """The newest link of this kind in a mail to the wayfarer, as the demo prints it."""
    wanted = re.compile(rf"^To: {re.escape(EMAIL)}$.*?(http://localhost:\d+{path}[\w-]+/)", re.DOTALL | re.MULTILINE)
    for _ in range(600):  # a minute: the machine may be busy
        found = wanted.findall(quopri.decodestring(site.log.read_bytes()).decode(errors="replace"))
        if found:
            return str(found[-1])
        time.sleep(0.1)
    pytest.fail(f"no mail with {path} was printed, but {site.log.read_text(errors='replace')[-2000:]}")
