"""What is found, and in which order."""

import pytest

from search import normalise
from search.engines.base import Engine, Match
from search.query import Concept, Understanding
from tests.contract.conftest import TIRANA, Fill, about, ask, guide, keys, person, words


@pytest.mark.parametrize(
    ("language", "text", "asked"),
    [
        ("en", "Appointing guardians", "guardian"),
        ("fr", "Nommer des tuteurs", "tuteur"),
        ("ru", "Назначение опекунов", "опекун"),
        ("sq", "Kujdestarë për fëmijët", "kujdestare"),
        ("el", "Επίτροποι για παιδιά", "επιτροποι"),
    ],
)
def test_words_are_found_folded_and_by_their_stems(engine: Engine, fill: Fill, language: str, text: str, asked: str):
    fill([guide(1, text, language=language), guide(2, "Something else")])

    assert keys(ask(engine, words(asked)), "practice") == ["practice:1"]


def test_a_title_outranks_a_body(engine: Engine, fill: Fill):
    fill([guide(1, "Something else", body="lantern and more"), guide(2, "The lantern")])

    assert keys(ask(engine, words("lantern")), "practice") == ["practice:2", "practice:1"]


def test_scores_fall_from_hit_to_hit_and_people_have_none(engine: Engine, fill: Fill):
    fill([guide(1, "Something else", body="lantern and more"), guide(2, "The lantern"), person(3, "lantern")])

    for kinds in ((), ("practice",)):
        found = ask(engine, words("lantern"), kinds=kinds).found
        first, second = (hit.score for hit in found["practice"].hits)
        assert first > second > 0
    assert [hit.score for hit in ask(engine, words("lantern")).found["person"].hits] == [0]


def test_a_concept_is_found_by_its_id_or_by_its_words(engine: Engine, fill: Fill):
    fill([guide(1, concepts=("guardian",)), guide(2, "The guardian"), guide(3, "Something else")])

    assert set(keys(ask(engine, about("guardian")), "practice")) == {"practice:1", "practice:2"}


def test_a_concept_is_found_in_the_words_of_another_language(engine: Engine, fill: Fill):
    fill([guide(1, "Les tuteurs", language="fr"), guide(2, "Something else")])
    asked = Understanding(concepts=(Concept("guardian", "guardian", "guardian", (("fr", "tuteur"),)),))

    assert keys(ask(engine, asked), "practice") == ["practice:1"]


def test_alternatives_of_one_form_are_any_of_them(engine: Engine, fill: Fill):
    fill([guide(1, concepts=("officer",)), guide(2, concepts=("station",)), guide(3)])
    asked = Understanding(concepts=(Concept("officer", "x", ""), Concept("station", "x", "")))

    assert set(keys(ask(engine, asked), "practice")) == {"practice:1", "practice:2"}


def test_everything_asked_for_must_be_there(engine: Engine, fill: Fill):
    fill([guide(1, concepts=("a", "b")), guide(2, concepts=("a",)), guide(3, concepts=("b",))])

    assert keys(ask(engine, about("a", "b")), "practice") == ["practice:1"]


def test_any_of_what_was_asked_ranks_by_how_much_matches(engine: Engine, fill: Fill):
    fill(
        [
            guide(1, "b b b b", concepts=("b",)),
            guide(2, concepts=("a", "b", "c")),
            guide(3, concepts=("a", "c")),
            guide(4),
        ]
    )

    assert keys(ask(engine, about("a", "b", "c"), match=Match.ANY), "practice") == [
        "practice:2",
        "practice:3",
        "practice:1",
    ]


def test_the_known_must_match_and_other_words_only_rank(engine: Engine, fill: Fill):
    fill([guide(1, concepts=("a",)), guide(2, "lantern", concepts=("a",)), guide(3, "lantern")])
    asked = Understanding(concepts=about("a").concepts, rest=("lantern",))

    assert keys(ask(engine, asked, match=Match.KNOWN), "practice") == ["practice:2", "practice:1"]


def test_quoted_words_must_stand_together(engine: Engine, fill: Fill):
    fill([guide(1, "best interests"), guide(2, "interests at their very own and truly best")])

    assert keys(ask(engine, Understanding(phrases=("best interests",))), "practice") == ["practice:1"]


@pytest.mark.parametrize("text", ["trafficking in children", "trafficking in small children", "children, trafficking"])
def test_words_of_one_form_may_stand_a_little_apart(engine: Engine, fill: Fill, text: str):
    fill([guide(1, text), guide(2, "trafficking of weapons and drugs, never of children")])

    assert keys(ask(engine, Understanding(phrases=("trafficking children",))), "practice") == ["practice:1"]


def test_each_word_of_a_form_may_stand_a_little_apart_from_the_next(engine: Engine, fill: Fill):
    fill([guide(1, "safe and warm place to stay")])

    assert keys(ask(engine, Understanding(phrases=("safe place stay",))), "practice") == []
    assert keys(ask(engine, Understanding(phrases=("safe warm to",))), "practice") == ["practice:1"]


def test_other_names_are_searched(engine: Engine, fill: Fill):
    fill([guide(1, other_names=("Barnahus",)), guide(2)])

    assert keys(ask(engine, words("barnahus")), "practice") == ["practice:1"]


def test_a_document_is_shown_only_to_readers_it_stands_for(engine: Engine, fill: Fill):
    fill([guide(1, shown_in=("en", "fr")), guide(2, "Гид", language="ru", shown_in=("ru",))])

    assert keys(ask(engine, language="ru"), "practice") == ["practice:2"]
    assert keys(ask(engine, language="fr"), "practice") == ["practice:1"]


def test_a_guide_in_the_readers_language_comes_first(engine: Engine, fill: Fill):
    fill([guide(1, "guardian guardian", concepts=("a",)), guide(2, "Опекун", language="ru", concepts=("a",))])

    assert keys(ask(engine, about("a"), language="ru"), "practice")[0] == "practice:2"


def test_a_guide_about_the_country_of_a_place_is_found_after_what_is_there(engine: Engine, fill: Fill):
    fill(
        [
            guide(1, areas=("AL",)),
            guide(2, kind="organisation", areas=("g1", "AL"), points=((41.327, 19.819),)),
            guide(3, kind="organisation", areas=("g9", "AL"), points=((40.0, 20.9),)),
            guide(4, areas=("GR",)),
        ]
    )

    answer = ask(engine, Understanding(places=(TIRANA,)))

    assert keys(answer, "practice") == ["practice:1"]
    assert keys(answer, "organisation") == ["organisation:2"]


def test_near_filters_by_distance_and_ranks_the_nearer_first(engine: Engine, fill: Fill):
    far, near, there = (40.0, 20.9), (41.323, 19.441), (41.327, 19.819)
    fill([person(1, points=(far,)), person(2, points=(near,)), person(3, areas=("g1",), points=(there,))])

    assert keys(ask(engine, near=TIRANA), "person") == ["person:3", "person:2"]
    assert keys(ask(engine, near=TIRANA, within_km=25), "person") == ["person:3"]
    assert keys(ask(engine, near=TIRANA, within_km=200), "person") == ["person:3", "person:2", "person:1"]


def test_a_language_spoken_is_asked_for(engine: Engine, fill: Fill):
    fill([person(1, facets={"language": ("sq", "en")}), person(2, "Albanian", facets={"language": ("en",)})])
    asked = Understanding(languages=(Concept("language:sq", "albanian", "Albanian"),))

    assert keys(ask(engine, asked), "person") == ["person:1"]


@pytest.mark.parametrize(
    ("typed", "found"), [("mira", True), ("mir", True), ("exam", True), ("mora", False), ("mirra", False)]
)
def test_people_are_found_folded_or_by_prefix_never_fuzzily(engine: Engine, fill: Fill, typed: str, found: bool):
    fill([person(1, "Mirá Example")])

    assert (keys(ask(engine, words(typed)), "person") == ["person:1"]) is found


def test_what_matched_is_marked_in_title_and_text(engine: Engine, fill: Fill):
    fill([guide(1, "The guardians", summary="A guardian stands beside the child.", body="Nothing more.")])

    (hit,) = ask(engine, words("guardian")).found["practice"].hits

    assert hit.title_parts == (("The ", False), ("guardians", True))
    assert ("guardian", True) in hit.snippet
    assert "".join(text for text, _ in hit.snippet) == "A guardian stands beside the child. Nothing more."


def test_markup_in_a_text_stays_text(engine: Engine, fill: Fill):
    fill([guide(1, "A <b>guardian</b>")])

    (hit,) = ask(engine, words("guardian")).found["practice"].hits

    assert hit.title_parts == (("A <b>", False), ("guardian", True), ("</b>", False))


def test_a_changed_document_replaces_the_old_one(engine: Engine, fill: Fill):
    fill([guide(1, "Lantern")])
    fill([guide(1, "Harbour")])

    assert keys(ask(engine, words("lantern")), "practice") == []
    assert keys(ask(engine, words("harbour")), "practice") == ["practice:1"]


def test_a_removed_document_is_gone_from_hits_counts_and_facets(engine: Engine, fill: Fill):
    fill([guide(1, "Lantern", facets={"country": ("AL",)})])

    engine.replace({"practice:1": ()})

    answer = ask(engine)
    assert answer.found == {}
    assert answer.facets == {}


def test_a_rebuild_takes_the_place_of_all(engine: Engine, fill: Fill):
    fill([guide(1, "Lantern")])

    with engine.rebuilding() as filling:
        filling.add([guide(2, "Lantern")])
        assert keys(ask(engine, words("lantern")), "practice") == ["practice:1"]

    assert keys(ask(engine, words("lantern")), "practice") == ["practice:2"]


@pytest.mark.parametrize(
    "typed", ["a.*", "x+-&|!(){}[]^~*?:\\/y", "AND OR NOT", "a" * 5000, "𝔘𝔫𝔦", "مرحبا", "title_en:x"]
)
def test_odd_words_are_only_words(engine: Engine, fill: Fill, typed: str):
    fill([guide(1), person(1)])

    assert ask(engine, words(*normalise.words(typed))).found == {}
