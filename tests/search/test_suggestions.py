"""Suggestions: concepts of every language under the reader's label, places, titles, people as a viewer may see."""

from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from search import outbox, registry
from search.registry import PlaceMatch
from search.suggestions import Suggestion, suggest
from tests.search.conftest import PLACES, World

pytestmark = pytest.mark.django_db
PUBLIC = frozenset({"public"})
MEMBER = frozenset({"public", "member"})


@pytest.fixture(autouse=True)
def filled(index: None, world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Three guides, and one person whose name members may see."""

    def beginning(forms: tuple[str, ...], most: int) -> list[PlaceMatch]:
        found = [place for place in PLACES if place.form.startswith(tuple(forms))]
        return sorted(found, key=lambda place: -place.population)[:most]

    monkeypatch.setattr(registry, "place_beginnings", [beginning])
    for name in ("Street lanterns at night", "The old lantern", "Harbour"):
        Group.objects.create(name=name)
    world.people.add("person:1", "a practitioner", view="public", not_for=("member",))
    world.people.add("person:1", "Mira Example", view="member", principals=("member",))
    outbox.add(["person:1"])
    outbox.drain()
    return world


def labels(typed: str, principals: frozenset[str] = PUBLIC, language: str = "en", **more: bool) -> list[str]:
    return [each.label for each in suggest(typed, principals, language, **more)]


def of_kind(kind: str, typed: str, principals: frozenset[str] = PUBLIC) -> list[Suggestion]:
    return [each for each in suggest(typed, principals, "en") if each.kind == kind]


def test_a_concept_is_found_in_any_language_and_shown_under_the_readers_label():
    assert labels("подро") == ["adolescents"]
    assert labels("подро", language="ru") == ["подросток"]
    assert suggest("подро", PUBLIC, "en")[0].detail == "подросток"
    assert suggest("adole", PUBLIC, "en")[0].detail == ""


def test_accents_and_case_do_not_matter():
    assert "unaccompanied children" in labels("MENOR NÓ")


def test_a_word_inside_a_wording_begins_it_too():
    assert "referral mechanism" in labels("mecha")


def test_a_hidden_wording_is_never_suggested():
    assert labels("illegal") == []
    assert not [each for each in suggest("illegal mig", PUBLIC, "en") if "illegal" in each.label + each.detail]


def test_one_letter_suggests_nothing_and_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert labels("g") == []
        assert labels("  ") == []


def test_what_is_typed_before_stays():
    assert [each.text for each in suggest("kid in the adol", PUBLIC, "en") if each.kind == "concept"] == [
        "kid in the adolescents"
    ]


@pytest.mark.parametrize("typed", ["kid -pol", 'kid "pol', "-pol"])
def test_after_a_minus_and_in_quotes_words_stand_as_they_are(typed: str):
    assert not of_kind("concept", typed)


def test_a_place_is_searched_for_near_and_loses_its_preposition():
    place = of_kind("place", "guardian in tir")[0]

    assert (place.label, place.text, place.near) == ("Tirana", "guardian", "g1")
    assert suggest("guardian in tir", PUBLIC, "en")[0] == place


def test_two_letters_are_no_place():
    assert not of_kind("place", "ti")
    assert of_kind("place", "tir")


def test_guides_are_suggested_by_their_titles_and_open_at_once():
    found = of_kind("practice", "old lan")

    assert [(each.label, each.url.startswith("/g/")) for each in found] == [("The old lantern", True)]


def test_a_name_is_suggested_to_who_may_see_it_and_to_nobody_else():
    assert "Mira Example" in labels("mir", MEMBER)
    assert "Mira Example" not in labels("mir", PUBLIC)
    assert "Mira Example" not in labels("mi", MEMBER)


def test_on_the_people_page_no_guide_is_suggested():
    assert labels("lantern", MEMBER, people_only=True) == []
    assert labels("mira", MEMBER, people_only=True) == ["Mira Example"]


def test_somebody_hidden_a_moment_ago_is_not_suggested(filled: World, settings):
    settings.SEARCH_INDEX_IN_WEB_PROCESS = False
    filled.people.views.pop("person:1")
    outbox.add(["person:1"])

    assert labels("mira", MEMBER) == []


def test_without_an_index_concepts_and_places_are_suggested_still(settings, tmp_path):
    settings.SEARCH_INDEX_FOLDER = tmp_path / "none"

    assert labels("tir") == ["Tirana"]
    assert "adolescents" in labels("adol")


def test_suggestions_cost_six_queries_at_most(django_assert_max_num_queries):
    suggest("lantern", MEMBER, "en")

    with django_assert_max_num_queries(6):
        suggest("street lan", MEMBER, "en")


class Options(HTMLParser):
    """The options of the list, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.lists = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.lists += values.get("role") == "listbox"
        if values.get("role") == "option":
            self.found.append(values)


def test_the_list_is_a_listbox_of_options_that_no_cache_keeps(client: Client):
    answer = client.get("/en/search/suggest/?q=adol")
    page = Options(answer.content.decode())

    assert page.lists == 1
    assert [(each["aria-selected"], each["data-text"]) for each in page.found] == [("false", "adolescents")]
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("query", ["", "?q=", "?q=%00%01", "?q=" + "a" * 7000, "?of=people&q=%ed%a0%80", "?q=%3C%2F"])
def test_odd_input_suggests_without_error(client: Client, query: str):
    assert client.get(f"/en/search/suggest/{query}").status_code == 200


def test_what_is_suggested_is_escaped(client: Client):
    Group.objects.create(name="<img src=x onerror=alert(1)> beacon")
    outbox.drain()

    html = client.get("/en/search/suggest/?q=beacon").content.decode()

    assert "<img" not in html
    assert "&lt;img" in html


def test_nothing_is_written(client: Client):
    assert client.post("/en/search/suggest/", {"q": "adol"}).status_code == 405
