"""Every page with real content: it answers, within its number of queries."""

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.loading import DEMO_SIGN_INS
from practices.models import PracticePage

pytestmark = pytest.mark.django_db

GUIDE = "/en/practices/street-work-with-children/"
LIMITS = {
    "/en/": 10,
    "/fr/": 10,
    "/ru/": 10,
    GUIDE: 16,
    GUIDE.replace("/en/", "/ru/"): 16,
    "/en/search/?q=kid+begging+at+traffic+lights": 8,
    "/en/search/?q=Tirana+albanian+doctor": 8,
    "/en/people/": 8,
    "/en/people/?profession=teacher": 8,
}
SIGNED_IN_MORE = 7


def queries(client: Client, address: str) -> list[str]:
    client.get(address)  # fills what a process remembers
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return [each["sql"] for each in caught.captured_queries if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]


def member() -> Client:
    client = Client()
    email = next(email for email, _ in DEMO_SIGN_INS if email.startswith("member"))
    client.force_login(get_user_model().objects.get(email=email))
    return client


@pytest.mark.parametrize(("address", "most"), LIMITS.items())
def test_a_page_keeps_its_query_budget(reader: Client, address: str, most: int):
    said = queries(reader, address)

    assert len(said) <= most, "\n".join(said)


@pytest.mark.parametrize(("address", "most"), LIMITS.items())
def test_a_member_costs_at_most_seven_queries_more(address: str, most: int):
    said = queries(member(), address)

    assert len(said) <= most + SIGNED_IN_MORE, "\n".join(said)


def test_a_network_page_keeps_its_query_budget(reader: Client):
    listed = reader.get("/en/networks/").content.decode()
    address = next(part.split('"')[0] for part in listed.split('href="')[1:] if part.startswith("/en/networks/") and
                   len(part.split('"')[0]) > len("/en/networks/"))  # fmt: skip

    assert len(queries(reader, address)) <= 12


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
@pytest.mark.parametrize(
    "path", ["", "practices/", "compensation/", "events/", "people/", "organisations/", "networks/", "search/",
             "privacy/", "accessibility/", "staying-safe/", "about/", "evidence/"],
)  # fmt: skip
def test_every_main_address_answers_in_each_language(reader: Client, language: str, path: str):
    assert reader.get(f"/{language}/{path}").status_code == 200


def test_all_42_guides_are_there_and_say_when_not_to_use_them():
    guides = PracticePage.objects.filter(locale__language_code="en")

    assert guides.count() == 42
    assert all(guide.live or guide.draft_reason for guide in guides)
    assert all(len(guide.when_not_to_use) for guide in guides)


def test_four_guides_are_in_french_and_four_in_russian_marked_unreviewed():
    for language in ("fr", "ru"):
        guides = PracticePage.objects.live().filter(locale__language_code=language)
        assert guides.count() == 4
        assert {guide.translation_state for guide in guides} == {"unreviewed"}


def test_the_tab_never_shows_the_query(reader: Client):
    html = reader.get("/en/search/?q=trafficking").content.decode()

    assert "trafficking" not in html.split("<title>")[1].split("</title>")[0].lower()


def test_the_cache_is_not_what_keeps_the_budget(reader: Client):
    queries(reader, GUIDE)
    cache.clear()

    with CaptureQueriesContext(connection) as caught:
        reader.get(GUIDE)

    assert len(caught) <= LIMITS[GUIDE] + 4
