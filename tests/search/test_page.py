"""The search page: one address, one result set, whatever is typed."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from search import outbox
from search.engines.embedded.engine import EmbeddedEngine
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


def test_of_several_values_in_the_way_all_are_offered_to_be_dropped(client: Client, filled: World):
    html = page(client, "q=lantern&language=sq&language=es&sort=newest")

    assert "Search without “Albanian, Spanish”" in html
    assert address_of(html, "Search without") == "/en/search/?q=lantern&sort=newest"


def test_many_values_in_the_way_cost_no_more_than_one(client: Client, filled: World, monkeypatch: pytest.MonkeyPatch):
    asked = []
    count = EmbeddedEngine.count
    monkeypatch.setattr(EmbeddedEngine, "count", lambda *given: asked.append(given) or count(*given))

    page(client, "q=lantern&" + "&".join(f"method={number}" for number in range(30)))

    assert len(asked) <= 4


def test_an_unknown_place_is_said_and_left_out(client: Client, filled: World):
    html = page(client, "q=lantern&near=Atlantis")

    assert "No place called “Atlantis” is known" in html
    assert html.count('class="card k-page"') == 5  # which five of seven equals is no engine's promise


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


def address_of(html: str, text: str) -> str:
    """Where the link with this text leads."""
    found = re.search(r'href="([^"]+)"[^>]*>(?:<[^>]+>)*\s*' + re.escape(text), html)
    assert found, text
    return unescape(found.group(1))


def titles(html: str) -> list[str]:
    found = re.findall(r"<h3><a[^>]*>(.*?)</a></h3>", html)
    return [re.sub("<[^>]+>", "", each) for each in found]


def dated(world: World, **newest: int) -> None:
    """Guides of these names with a day and an evidence each, the newest the worst evidenced."""
    original = world.guides.to_documents

    def documents(keys):
        made = original(keys)
        for key, (document,) in made.items():
            day = newest[document.title.split()[-1]]
            made[key] = [replace(document, newest=day, evidence=4 - day)]
        return made

    world.guides.to_documents = documents
    for name in newest:
        Group.objects.create(name=f"lantern {name}")
    outbox.drain()


def test_results_are_sorted_as_asked_and_everything_else_stays(client: Client, world: World):
    dated(world, one=1, three=3, two=2)

    newest = page(client, "q=lantern&kind=practice&sort=newest")
    evidence = page(client, "q=lantern&kind=practice&sort=evidence")

    assert titles(newest) == ["lantern three", "lantern two", "lantern one"]
    assert titles(evidence) == ["lantern one", "lantern two", "lantern three"]
    form = newest.partition('<form class="sort"')[2].partition("</form>")[0]
    assert re.search(r'<option value="newest" selected', form)
    assert re.findall(r'name="(\w+)" value="(\w+)"', form) == [("q", "lantern"), ("kind", "practice")]
    assert 'type="hidden" name="sort" value="newest"' in newest.partition('id="filters"')[2].partition("</form>")[0]


def test_people_are_not_offered_to_be_sorted(client: Client, filled: World):
    assert 'id="sort"' not in page(client, "q=example&kind=person")
    assert 'id="sort"' in page(client, "q=lantern")


def test_values_of_one_facet_widen_and_of_two_narrow(client: Client, filled: World):
    assert "2 results" in page(client, "q=example&language=sq&language=en")
    assert "1 result<" in page(client, "q=example&language=sq")
    assert "0 results" in page(client, "q=example&language=sq&kind=practice")


def test_counts_are_those_of_this_viewer(client: Client, world: World, settings):
    world.people.add("person:1", "Mira Example", facets={"language": ("sq",)}, principals=("member",))
    world.people.add("person:2", "Ana Example", facets={"language": ("en",)})
    outbox.add(["person:1", "person:2"])
    outbox.drain()

    assert "Albanian" not in page(client, "q=example")
    settings.SEARCH_PRINCIPALS = "tests.search.world.as_member"
    assert "Albanian" in page(client, "q=example")


def test_a_choice_without_a_hit_stays_to_be_taken_back(client: Client, filled: World):
    html = page(client, "q=lantern&language=sq&kind=practice")

    assert re.search(r'name="language" value="sq" checked', html)
    assert 'href="/en/search/?q=lantern&amp;kind=practice"' in html.partition('class="chips"')[2].partition("</ul>")[0]


def test_a_word_of_two_concepts_asks_which_is_meant(client: Client, filled: World):
    html = page(client, "q=police&country=AL&sort=newest")

    assert address_of(html.partition('class="meanings"')[2], "police").startswith("/en/search/?q=police")
    assert "not=police-officer" in html
    assert "not=police-station" in html


def test_an_abbreviation_names_what_was_taken_and_links_the_rest(client: Client, filled: World):
    html = page(client, "q=NRM").partition('class="meanings"')[2].partition("</ul>")[0]

    assert "<strong>referral mechanism</strong>" in html
    assert address_of(html, "natural resource management (Spanish)") == "/en/search/?q=%22NRM%22"


def test_words_can_be_asked_for_as_they_stand(client: Client, filled: World):
    html = page(client, "q=lantern&verbatim=1")

    assert 'type="hidden" name="verbatim" value="1"' in html
    assert 'name="verbatim"' not in page(client, "q=lantern&verbatim=yes")


def test_a_missing_index_is_said(client: Client, world: World):
    assert "results may be incomplete" in page(client, "q=lantern")
