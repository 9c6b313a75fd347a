"""Searching with a keyboard, with a phone, without a script, and with hostile texts, in a real browser."""

import gzip
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from network.loading import DEMO_SIGN_INS
from tests.attack.markup import PAYLOADS, WORD
from tests.browser.conftest import sign_in
from tests.browser.looks import looks_right

pytestmark = pytest.mark.browser
KILOBYTE = 1024


def field(page: Page, address: str) -> None:
    """Opens a page and stands in its search field."""
    page.goto(address)
    page.locator("#q").focus()


def typed(page: Page, letters: str) -> None:
    """Types, and waits for the list."""
    page.keyboard.insert_text(letters)
    expect(page.get_by_role("listbox")).to_be_visible()


def results(page: Page) -> int:
    return int((page.locator("#results").text_content() or "0").split()[0])


# Suggestions


def test_a_suggestion_is_chosen_with_the_keyboard_alone(page: Page, site: str):
    field(page, f"{site}/en/search/")
    typed(page, "guardi")
    page.keyboard.press("ArrowDown")

    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    assert page.locator("#q").get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=guardian*")
    assert results(page) > 0


def test_escape_closes_the_list_and_keeps_what_was_typed(page: Page, site: str):
    field(page, f"{site}/en/search/")
    typed(page, "child")

    page.keyboard.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("child")
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")


def test_the_number_of_suggestions_is_announced_and_axe_finds_nothing(page: Page, site: str):
    field(page, f"{site}/en/search/")
    typed(page, "child")

    expect(page.get_by_text(re.compile(r"^\d+ suggestions?$"))).to_be_attached()
    looks_right(page)


def test_arrows_go_round_through_the_field(page: Page, site: str):
    field(page, f"{site}/en/search/")
    typed(page, "child")
    options = page.locator("[role=option]").count()

    for _ in range(options + 1):
        page.keyboard.press("ArrowDown")

    assert page.locator("#q").get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    assert page.locator("#q").get_attribute("aria-activedescendant") == f"suggestion-{options}"


def test_a_place_is_chosen_by_touch_and_searched_near(page: Page, site: str):
    field(page, f"{site}/en/people/")
    typed(page, "teacher in tiran")

    page.get_by_role("option", name=re.compile("Tirana.*place")).first.click()

    page.wait_for_url("**near=*")
    expect(page.get_by_role("link", name=re.compile("of Tirana"))).to_be_visible()
    expect(page.locator("#q")).to_have_value("teacher")


def test_a_guide_is_suggested_by_its_title_and_opens_at_once(page: Page, site: str):
    field(page, f"{site}/en/")
    typed(page, "meet children in str")

    page.get_by_role("option", name=re.compile("guide")).first.click()

    page.wait_for_url("**/practices/street-work-with-children/")


def test_each_letter_does_not_ask(page: Page, site: str):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest/" in request.url else None)
    field(page, f"{site}/en/search/")

    page.keyboard.type("guardian", delay=10)
    expect(page.get_by_role("listbox")).to_be_visible()

    assert 1 <= len(asked) < len("guardian")


# Filters and orders


def facet(page: Page, legend: str) -> Locator:
    """A facet of the filter form."""
    return page.locator(f"fieldset:has(legend:text-is('{legend}'))")


@pytest.mark.parametrize(
    ("address", "legend"), [("/en/search/?q=children", "What to look for"), ("/en/people/?q=children", "Profession")]
)
def test_a_filter_changes_results_without_loading_the_page_and_keeps_focus(
    page: Page, site: str, address: str, legend: str
):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site + address)
    before = results(page)
    page.evaluate("window.same = true")

    box = facet(page, legend).locator("input").first
    name, value, identity = (box.get_attribute(each) for each in ("name", "value", "id"))
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url(f"**{name}={value}*")

    expect(page.locator("#results")).not_to_have_text(re.compile(rf"^{before} "))
    assert page.evaluate("window.same") is True
    assert page.evaluate("document.activeElement.id") == identity
    expect(page.locator("#say")).to_have_text(re.compile(r"^\d+ "))
    page.go_back()
    expect(page.locator("#results")).to_have_text(re.compile(rf"^{before} "))


def test_what_was_opened_stays_open_when_results_change(page: Page, site: str):
    page.goto(f"{site}/en/search/?q=children")
    page.get_by_text("Filters", exact=True).click()
    more = facet(page, "Country").locator("details")
    more.locator("summary").click()

    page.locator("#kind-practice").check()
    page.wait_for_url("**kind=practice*")

    expect(page.locator("details.filters")).to_have_attribute("open", "")
    expect(facet(page, "Country").locator("details")).to_have_attribute("open", "")


def test_an_order_is_kept_when_a_filter_is_ticked(page: Page, site: str):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/en/search/?q=children")
    page.select_option("#sort", "newest")
    page.wait_for_url("**sort=newest*")

    page.locator("#kind-practice").check()

    page.wait_for_url(re.compile("kind=practice"))
    assert "sort=newest" in page.url


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A phone without scripts."""
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="en-GB")
    yield context.new_page()
    context.close()


def test_without_a_script_filters_orders_and_chips_work(plain: Page, site: str):
    plain.goto(f"{site}/en/search/?q=children")
    everything = results(plain)
    plain.locator("details.filters > summary").click()
    plain.locator("#kind-practice").check()
    plain.get_by_role("button", name="Show results").click()
    guides = results(plain)

    plain.select_option("#sort", "evidence")
    plain.get_by_role("button", name="Sort").click()
    assert results(plain) == guides < everything
    assert "sort=evidence" in plain.url

    plain.get_by_role("link", name=re.compile("Remove: *Practice guides")).click()
    assert results(plain) == everything


def test_without_a_script_people_are_filtered_and_show_more_opens(plain: Page, site: str):
    plain.goto(f"{site}/en/people/")
    plain.locator("details.filters > summary").click()
    professions = facet(plain, "Profession")
    professions.locator("summary").click()
    professions.locator("details input").first.check()

    plain.get_by_role("button", name="Show results").click()

    assert "profession=" in plain.url
    assert results(plain) > 0
    expect(facet(plain, "Profession").locator("details")).to_have_attribute("open", "")


@pytest.mark.parametrize("address", ["/en/search/?q=children", "/en/people/?profession=teacher"])
def test_controls_are_large_enough_to_touch_and_text_to_read(page: Page, site: str, address: str):
    page.goto(site + address)
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")

    small = page.evaluate(
        """() => [...document.querySelectorAll(
            'main .opt, main .btn, main select, main input[type=text], main input[type=search], summary, .chips a')]
            .filter(each => each.offsetParent && each.getBoundingClientRect().height < 43.5)
            .map(each => each.outerHTML.slice(0, 80))"""
    )
    tiny = page.evaluate(
        """() => [...document.querySelectorAll('main *')]
            .filter(each => each.offsetParent && each.innerText && parseFloat(getComputedStyle(each).fontSize) < 16)
            .map(each => each.outerHTML.slice(0, 80))"""
    )

    assert small == []
    assert tiny == []


def test_scripts_of_the_search_page_fit_sixteen_kilobytes(page: Page, site: str):
    bodies: list[bytes] = []
    page.on("response", lambda answer: bodies.append(answer.body()) if answer.url.endswith(".js") else None)

    page.goto(f"{site}/en/search/?q=children")
    page.wait_for_load_state("networkidle")

    assert 0 < sum(len(gzip.compress(body, 9)) for body in bodies) <= 16 * KILOBYTE


# Saved searches


def test_a_member_saves_a_search_names_it_and_stops_its_mail(page: Page, site: str):
    sign_in(page, site, next(email for email, _ in DEMO_SIGN_INS if email.startswith("member")))
    page.goto(f"{site}/en/search/?q=street+work&kind=practice")

    page.get_by_role("button", name="Save this search").click()
    page.get_by_label("Name").fill("For Thursday")
    page.get_by_label("every week").check()
    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_role("link", name="For Thursday", exact=True).click()
    page.wait_for_url("**/en/search/?q=street+work&kind=practice")
    page.goto(f"{site}/account/searches/")
    page.get_by_role("link", name=re.compile("Change")).first.click()
    looks_right(page)
    page.get_by_role("button", name="Delete this search").click()
    expect(page.get_by_text("None yet.")).to_be_visible()


# Hostile texts


@pytest.fixture
def watched(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that keeps what the policy refused, and fails the test when a script of a text ran."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(
        "window.refused = [];"
        "document.addEventListener('securitypolicyviolation', each => window.refused.push(each.blockedURI))"
    )
    yield context
    context.close()


def test_hostile_texts_run_nothing_and_the_policy_has_nothing_to_refuse(
    watched: BrowserContext, site: str, site_folder: Path
):
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.hostile"],
        cwd=settings.ROOT,
        env={**os.environ, "WAYMARK_VAR": str(site_folder / "var"), "DJANGO_SETTINGS_MODULE": "config.settings.dev",
             "PYTHONPATH": f"{settings.ROOT}:{settings.ROOT / 'site'}"},
        capture_output=True, text=True,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    page, said = watched.new_page(), []
    page.on("console", lambda each: said.append(each.text) if each.type == "error" else None)
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("pageerror", lambda error: said.append(str(error)))

    for query in (WORD, *PAYLOADS[:6]):
        for path in ("/en/search/", "/en/people/"):
            page.goto(f"{site}{path}")
            page.fill("#q", query)
            page.keyboard.press("End")
            page.keyboard.type(" ")
            page.wait_for_timeout(300)
            page.keyboard.press("Enter")
            page.wait_for_load_state("networkidle")
            assert page.evaluate("[window.pwned, ...window.refused]") == [None]

    page.goto(f"{site}/en/search/?q={WORD}")
    expect(page.locator("#results")).not_to_have_text(re.compile(r"^0 "))
    assert "<script>" in (page.locator("main").text_content() or "")
    assert said == []
