"""What the words of a query are taken to mean."""

import pytest

from search.services import near
from search.understanding import understand
from tests.search.conftest import World

pytestmark = pytest.mark.django_db


def concepts(text: str, language: str = "en") -> list[str]:
    return [concept.id for concept in understand(text, language).concepts]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kid begging", ["children", "forced-begging"]),
        ("MENOR NO ACOMPANADO", ["unaccompanied-children"]),
        ("guardians", ["guardian"]),
        ("с подростками", ["adolescents"]),
        ("без опікуна", ["guardian"]),
        ("unaccompanied children in the street", ["unaccompanied-children", "street"]),
        ("street work", ["street-work"]),
    ],
)
def test_concepts_are_found_in_all_languages_and_inflections(world: World, text: str, found: list[str]):
    assert concepts(text) == found


def test_the_longest_wording_wins(world: World):
    assert concepts("street work") == ["street-work"]


def test_a_form_of_two_concepts_gives_both_as_alternatives(world: World):
    understood = understand("police", "en")

    assert {concept.id for concept in understood.concepts} == {"police-officer", "police-station"}
    assert len(understood.clauses) == 1
    assert set(understood.clauses[0].concepts) == {"police-officer", "police-station"}


def test_hidden_wordings_match_and_are_never_displayed(world: World):
    (concept,) = understand("illegal migrant", "en").concepts

    assert concept.label == "undocumented migrants"
    assert all("illegal" not in form for _, form in concept.words)


def test_labels_are_in_the_readers_language(world: World):
    assert understand("kid", "ru").concepts[0].label == "дети"


def test_a_small_word_is_an_abbreviation_only_in_capitals(world: World):
    assert concepts("as a child") == []
    assert concepts("AS", "fr") == ["social-worker"]


def test_who_speaks_albanian_in_tirana(world: World):
    understood = understand("who can I call in Tirana who speaks Albanian", "en")

    assert [place.id for place in understood.places] == ["g1"]
    assert [language.id for language in understood.languages] == ["language:sq"]
    assert understood.concepts == understood.rest == ()


@pytest.mark.parametrize("text", ["parle albanais", "говорит по-албански", "albanian", "speaks Albanian"])
def test_languages_spoken_are_understood(world: World, text: str):
    assert [each.id for each in understand(text, "en").languages] == ["language:sq"]


@pytest.mark.parametrize(
    "text", ["guardian in tirana", "tirana guardian", "опекун в Тиране", "à Tirana", "near Durrës"]
)
def test_places_are_recognised(world: World, text: str):
    assert understand(text, "en").places


def test_concepts_win_over_places(world: World):
    understood = understand("police in Athens", "en")

    assert [place.id for place in understood.places] == ["g3"]


@pytest.mark.parametrize("text", ["nice guide", "Nice", "kid", "in kid"])
def test_everyday_words_and_short_names_are_no_places(world: World, text: str):
    assert understand(text, "en").places == ()


@pytest.mark.parametrize("text", ["lawyer in nice", "lawyer Nice"])
def test_an_everyday_word_is_a_place_after_a_preposition_or_with_a_capital(world: World, text: str):
    assert [place.id for place in understand(text, "en").places] == ["g5"]


def test_several_places_of_one_name_are_offered(world: World):
    understood = understand("in Athens", "en")

    assert [place.id for place in understood.places] == ["g3"]
    assert [place.id for place in understood.other_places] == ["g4"]


def test_what_a_reader_took_out_is_not_asked_for(world: World):
    understood = understand("guardian in Tirana who speaks Albanian", "en", removed=["guardian", "g1", "language:sq"])

    assert understood.clauses == ()


def test_places_cost_one_look_up_however_many_words_there_are(world: World):
    understand("somebody somewhere in Tirana or in Athens or near Durrës or elsewhere", "en")

    assert len(world.looked_up) == 1


def test_a_query_costs_two_database_queries_at_most(world: World, django_assert_max_num_queries):
    understand("guardian", "en")  # the words are read once for many queries

    with django_assert_max_num_queries(1):  # places are this test's own: only the state is read
        understand("guardian in Tirana", "en")


def test_an_abbreviation_tells_its_other_senses(world: World):
    senses = understand("NRM", "en").ambiguous

    assert [(sense.concept, sense.gloss) for sense in senses] == [
        ("mechanism", ""),
        ("", "natural resource management"),
    ]


def test_at_most_twelve_things_are_required(world: World):
    understood = understand(" ".join(f"word{number}" for number in range(20)), "en")

    assert sum(clause.required for clause in understood.clauses) == 12
    assert len(understood.clauses) == 20


def test_quoted_words_stay_together(world: World):
    assert understand('"best interests" first', "en").phrases == ("best interests",)


def test_words_beyond_two_hundred_characters_are_not_read(world: World):
    assert "guardian" not in understand("x " * 150 + "guardian", "en").text


@pytest.mark.parametrize("text", ["", "   ", "\x00\u202e", "!?…", "\ud800", "a" * 60_000])
def test_nonsense_is_understood_as_nothing_known(world: World, text: str):
    assert understand(text, "en").concepts == ()


def test_near_takes_an_id_or_a_name_and_nothing_else(world: World):
    assert near("g4").country == "US"
    assert near("Athens").id == "g3"
    assert near("тирана").id == "g1"
    assert near("41.3,19.8") is None
    assert near("") is None
