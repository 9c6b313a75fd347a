"""The search page: one address, one result set, whatever is typed."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from search import outbox
from tests.search.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


def page(client: Client, query: str = "", **headers: str) -> str:
    answer = client.get(f"/en/search/?{query}", headers=headers or None)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def filled(world: World) -> World:
    """Seven guides and two people."""
    for number in range(7):
        Group.objects.create(name=f"Lantern {number}")
    world.people.add("person:1", "Mira Example", facets={"kind": ("person",), "language": ("sq", "en")})
    world.people.add("person:2", "Ana Example", facets={"kind": ("person",), "language": ("en",)})
    outbox.add(["person:1", "person:2"])
    outbox.drain()
    return world


def test_each_group_shows_five_and_a_way_to_all(client: Client, filled: World):
    html = page(client, "q=lantern")

    assert html.count('class="card k-page"') == 5
    assert "kind=practice" in html
    assert "7 results" in html


def test_all_of_one_kind_are_on_pages_of_their_own(client: Client, filled: World):
    html = page(client, "q=lantern&kind=practice")

    assert html.count('class="card k-page"') == 7


def test_people_are_not_listed_without_a_criterion(client: Client, filled: World):
    assert "Mira Example" not in page(client)
    assert "Mira Example" in page(client, "q=mira")


def test_a_chosen_value_stays_and_can_be_removed(client: Client, filled: World):
    html = page(client, "q=example&language=sq")

    assert "Mira Example" in html
    assert "Ana Example" not in html
    assert re.search(r'name="language" value="sq" checked', html)
    assert 'href="/en/search/?q=example"' in html


def test_what_was_understood_is_shown_and_can_be_removed(client: Client, filled: World):
    html = page(client, "q=who+speaks+albanian+in+tirana")

    assert "not=language%3Asq" in html
    assert "Near Tirana" in html
    assert "not=g1" in html


def test_several_places_of_one_name_are_offered(client: Client, filled: World):
    assert "near=g4" in page(client, "q=guardian+in+Athens")


def test_the_tab_does_not_hold_the_query(client: Client, filled: World):
    html = page(client, "q=lantern")

    assert "lantern" not in re.search(r"<title>(.*?)</title>", html, re.S).group(1).lower()


def test_nothing_found_says_why_and_which_filter_to_drop(client: Client, filled: World):
    html = page(client, "q=lantern&language=sq")

    assert "Nothing matches all of this together with the filters." in html
    assert "Search without “Albanian”" in html
    assert "(7 results)" in html
    assert "/en/networks/" in html


def test_an_unknown_place_is_said_and_left_out(client: Client, filled: World):
    html = page(client, "q=lantern&near=Atlantis")

    assert "No place called “Atlantis” is known" in html
    assert "Lantern 1" in re.sub("<[^>]+>", "", html)


def test_relaxed_results_say_so(client: Client, world: World):
    children, begging = (
        Permission.objects.create(codename=code, name=code, content_type_id=1)
        for code in ("children", "forced-begging")
    )
    for number, permissions in enumerate([[children], [begging], [children, begging]]):
        Group.objects.create(name=f"Guide {number}").permissions.set(permissions)
    outbox.drain()

    html = page(client, "q=kid+begging&kind=practice")

    assert "shown also: what is about some of it" in html
    assert html.index("Guide 2") < html.index("Guide 0")


def test_htmx_gets_the_part_that_changes(client: Client, filled: World):
    html = page(client, "q=lantern", HX_Request="true")

    assert "<html" not in html
    assert 'id="found"' in html
    assert "HX-Request" in client.get("/en/search/").headers["Vary"]


def test_the_page_stays_within_its_query_budget(client: Client, filled: World, django_assert_max_num_queries):
    page(client, "q=warm")

    with django_assert_max_num_queries(8):
        page(client, "q=lantern+example+in+Tirana&near=Athens")


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 60_000,
        "q=%00%01%e2%80%ae%e2%80%8b%ed%a0%80",
        "q=lantern&page=1000000000&kind=practice",
        "q=lantern&page=-1&within=abc&kind=practice",
        "q=lantern&kind=nonsense&nonsense=1",
        "q=lantern&near=%F0%9F%A6%84",
        "q=lantern&near=41.3,19.8",
        "q=%22%22+-+%22&not=&not=%00",
        "q=lantern&country=" + "X" * 5000,
        "&".join(f"method={number}" for number in range(500)),
        "q=<script>alert(1)</script>",
        "q[]=a&q=b&=c&&%",
        "q=lantern&page=%D9%A1",
    ],
)
def test_odd_input_gets_a_normal_page(client: Client, filled: World, query: str):
    html = page(client, query)

    assert "<script>alert" not in html


def test_markup_of_a_title_is_escaped(client: Client, world: World):
    Group.objects.create(name="<img src=x> lantern")
    outbox.drain()

    html = page(client, "q=lantern")

    assert "<img src=x>" not in html
    assert "<mark>lantern</mark>" in html


def test_a_missing_index_is_said(client: Client, world: World):
    assert "Results may be incomplete" in page(client, "q=lantern")
