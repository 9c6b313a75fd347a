"""Searches that practitioners make, with what they must find."""

import re

import pytest
from django.test import Client

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
