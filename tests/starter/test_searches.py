"""Searches that practitioners make, with what they must find."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from network.loading import DEMO_SIGN_INS
from search.suggestions import suggest
from tests.attack.odd_queries import Report, ask, odd_queries

pytestmark = pytest.mark.django_db


def search(client: Client, query: str, language: str = "en", **more: str) -> str:
    answer = client.get(f"/{language}/search/", {"q": query, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def guides_found(html: str) -> list[str]:
    """Slugs of guides in the order shown."""
    return list(dict.fromkeys(re.findall(r'href="/\w\w/practices/([\w-]+)/"', html)))


@pytest.mark.parametrize(
    ("query", "guide"),
    [
        ("kid begging at traffic lights", "street-work-with-children"),
        ("UASC guardian", "guardianship-institution"),
        ("menor no acompañado", "guardianship-institution"),
        ("уличная работа", "street-work-with-children"),
        ("compensation unpaid wages", "compensation-advocacy"),
        ("peer educator school", "peer-education"),
        ("THB", "anti-trafficking-helpline"),
    ],
)
def test_a_search_finds_its_guide(reader: Client, query: str, guide: str):
    found = guides_found(search(reader, query, kind="practice"))

    assert guide in found[:10], found[:10]


@pytest.mark.parametrize(
    ("query", "guide"),
    [
        ("kid begging at traffic lights", "street-work-with-children"),
        ("уличная работа", "street-work-with-children"),
    ],
)
def test_the_guide_is_among_the_first_three_shown(reader: Client, query: str, guide: str):
    assert guide in guides_found(search(reader, query))[:3]


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("THB", "trafficking in human beings"),
        ("UASC guardian", "unaccompanied"),
        ("menor no acompañado", "unaccompanied"),
        ("who can I call in Tirana who speaks Albanian", "Tirana"),
        ("who can I call in Tirana who speaks Albanian", "Albanian"),
    ],
)
def test_what_was_understood_is_shown(reader: Client, query: str, understood: str):
    assert understood.lower() in search(reader, query).lower()


def test_who_can_i_call_in_tirana_finds_people_who_speak_albanian(reader: Client):
    html = search(reader, "who can I call in Tirana who speaks Albanian", kind="person")

    cards = re.findall(r'href="/en/people/([\w-]+)/"', html)
    assert cards
    assert "Tirana" in html


def test_a_russian_reader_finds_the_russian_guide_first(reader: Client):
    html = search(reader, "уличная работа", language="ru", kind="practice")

    assert guides_found(html)[0] == "street-work-with-children"
    assert 'href="/ru/practices/street-work-with-children/"' in html
    assert 'href="/en/practices/street-work-with-children/"' not in html


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 60_000,
        "q=%00%01%e2%80%ae%e2%80%8b",
        "q=kid&page=1000000000&kind=practice",
        "q=kid&kind=nonsense&method=nonsense&nonsense=1",
        "q=kid&near=%F0%9F%A6%84nowhere",
        "q=%22%22+-+%22",
        "q=kid&page=-1&within=abc",
        "&".join(f"method={n}" for n in range(500)),
        "q=kid&country=" + "X" * 5000,
    ],
)
@pytest.mark.parametrize("path", ["/en/search/", "/en/people/"])
def test_odd_input_gets_a_normal_page(reader: Client, path: str, query: str):
    assert reader.get(f"{path}?{query}").status_code == 200


def as_member() -> Client:
    client = Client()
    email = next(email for email, _ in DEMO_SIGN_INS if email.startswith("member"))
    client.force_login(get_user_model().objects.get(email=email), backend="accounts.backends.SignInBackend")
    return client


@pytest.mark.parametrize("member", [False, True])
@pytest.mark.parametrize("asked", ["q=children", "q=children&kind=practice", "q=street+work&kind=person"])
def test_the_count_beside_a_value_is_what_choosing_it_finds(asked: str, member: bool):
    client = as_member() if member else Client()
    page = client.get(f"/en/search/?{asked}").context["page"]
    facets = [*page["facets"], *page["more_facets"]]

    wrong = {}
    for facet in facets:
        for value in (*facet.first[:2], *facet.more[-1:], *facet.apart):
            if not value.chosen:
                narrowed = (
                    f"{asked.partition('&kind')[0] if facet.name == 'kind' else asked}&{facet.name}={value.value}"
                )
                found = client.get(f"/en/search/?{narrowed}").context["page"]["total"]
                if found != value.count:
                    wrong[facet.name, value.value] = (value.count, found)
    assert len(facets) >= 8
    assert wrong == {}


def test_every_facet_of_the_library_is_offered(reader: Client):
    html = reader.get("/en/search/?q=children").content.decode()

    for name in ("kind", "evidence", "safety", "contraindication", "firewall", "language", "country", "stage", "method",
                 "target_group", "setting", "profession"):  # fmt: skip
        assert f'type="checkbox" id="{name}-' in html, name


def test_an_abbreviation_of_two_worlds_offers_both(reader: Client):
    html = re.sub("<[^>]+>", "", reader.get("/en/search/?q=MENA").content.decode())

    assert "MENA: unaccompanied children (Spanish) / Middle East and North Africa region?" in html


def test_a_slip_is_read_and_can_be_insisted_on(reader: Client):
    html = reader.get("/en/search/?q=strret+wrok").content.decode()
    insisted = reader.get("/en/search/?q=strret+wrok&verbatim=1").content.decode()

    assert "street work</strong></a>" in html
    assert 'href="/en/search/?q=strret+wrok&amp;verbatim=1"' in html
    assert "Showing results for" not in insisted


def test_what_a_minus_leaves_out_can_be_taken_back(reader: Client):
    html = reader.get("/en/search/?q=children+-police").content.decode()

    assert "Without police" in html
    assert 'href="/en/search/?q=children"' in html


@pytest.mark.parametrize(
    ("typed", "kind", "label"),
    [
        ("guardi", "concept", "guardian"),
        ("street w", "concept", "street work"),
        ("menor no acomp", "concept", "unaccompanied children"),
        ("in tiran", "place", "Tirana"),
        ("meet children in str", "practice", "Meet children in street situations where they spend their day"),
        ("who speaks alban", "language", "Albanian"),
    ],
)
def test_real_words_are_suggested(typed: str, kind: str, label: str):
    found = suggest(typed, frozenset({"public"}), "en")

    assert (kind, label) in [(each.kind, each.label) for each in found]


def test_three_hundred_odd_queries_meet_the_real_content():
    report, public, member = Report(), Client(), as_member()
    for odd in odd_queries(300, 11):
        ask(odd, public, member, report)

    assert report.errors == []
