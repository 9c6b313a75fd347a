"""Slips of the fingers: what is corrected, and above all what is not."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group

from search import lexicon, library_words, outbox, registry, services, spelling
from search.query import Correction
from search.registry import Wording
from search.spelling import Speller, edits
from search.understanding import understand
from tests.search.conftest import WORDINGS, World

pytestmark = pytest.mark.django_db

MORE = (
    Wording("reintegration", "return", "en", main=True),
    Wording("compensation", "compensation", "en", main=True),
    Wording("беспризорные дети", "street-children", "ru", main=True),
    Wording("gardian", "prison-officer", "ro"),
    Wording("unterkunft", "shelter", "de"),
    Wording("flüchtling", "refugees", "de"),
    Wording("mädchen", "children", "de"),
    Wording("май", "may", "ru"),
    Wording("verschwunden", "missing", "de"),
)


@pytest.fixture(autouse=True)
def more_words(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "lexicons", [lambda: (*WORDINGS, *MORE)])
    monkeypatch.setattr(registry, "place_names", [lambda: ["tirana", "thessaloniki"]])
    lexicon.forget()
    spelling.forget()
    yield
    spelling.forget()


def concepts(text: str, language: str = "en") -> list[str]:
    return [concept.id for concept in understand(text, language).concepts]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("strret", "street"),
        ("stret", ""),  # short words may be right as they are
        ("steret", "street"),
        ("gaurdian", "guardian"),
        ("compenstaion", "compensation"),
        ("reintegratoin", "reintegration"),
        ("compansasion", "compensation"),
        ("wrok", "work"),
        ("unacompanied", "unaccompanied"),
    ],
)
def test_a_slip_is_read_as_the_word_that_was_meant(typed: str, meant: str):
    assert [each.taken for each in understand(f"children {typed}", "en").corrections] == ([meant] if meant else [])


def test_the_whole_query_is_read_again_with_the_words_that_were_meant():
    understood = understand("strret wrok", "en")

    assert [concept.id for concept in understood.concepts] == ["street-work"]
    assert understood.corrections == (Correction("strret", "street"), Correction("wrok", "work"))


def test_what_was_typed_is_searched_for_too():
    clause = understand("strret wrok", "en").clauses[0]

    assert clause.texts[:2] == (("", ("street", "work")), ("", ("strret", "wrok")))


@pytest.mark.parametrize(
    "text",
    [
        "guardien2",  # a number is no word
        "meeting with Gaurdian",  # a name
        "Mira Gaurdian",
        "NRX",  # an abbreviation
        "laws",  # a known word with another ending
        "guardians",
        "kdi",  # too short
        "xylophones",  # nothing is near
        "wulderness",
    ],
)
def test_names_abbreviations_and_short_words_are_left_alone(text: str):
    assert understand(text, "en").corrections == ()


def test_nothing_is_corrected_for_who_asks_for_the_words_as_they_stand():
    understood = understand("strret wrok", "en", verbatim=True)

    assert understood.corrections == ()
    assert understood.rest == ("strret", "wrok")
    assert understood.verbatim


def test_a_misspelt_place_is_found():
    assert [place.id for place in understand("guardian in tiranna", "en").places] == ["g1"]


def test_words_of_the_directory_correct_nothing(world: World):
    world.people.add("person:1", "Zorbanelli Quintessa")

    assert understand("zorbanelly", "en").corrections == ()


def test_words_of_the_librarys_texts_are_what_may_be_meant():
    Group.objects.create(name="Lighthouse keepers")
    lexicon.forget()

    assert [each.taken for each in understand("lighthuose", "en").corrections] == ["lighthouse"]


def test_hidden_guides_lend_no_words():
    Group.objects.create(name="hidden Lighthouse keepers")
    lexicon.forget()

    assert understand("lighthuose", "en").corrections == ()


def test_a_word_that_the_library_holds_is_never_corrected(index: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(library_words, "MOST_DOCUMENTS", 0)  # as in a library too large to be known whole
    Group.objects.create(name="The gaurdian, a newspaper")
    outbox.drain()

    assert [each.taken for each in understand("gaurdian", "en").corrections] == ["guardian"]
    assert services.understand("gaurdian", "en").corrections == ()
    assert services.understand("gaurdian", "en").rest == ("gaurdian",)


def test_a_word_that_bends_is_corrected_by_its_stem():
    assert concepts("безпризорных детей", "ru") == ["street-children"]


def test_a_word_of_another_language_than_the_rest_is_taken_for_a_slip():
    assert concepts("gardian for unaccompanied children in the street")[0] == "guardian"
    assert concepts("gardian", "ro") == ["prison-officer"]


LARGE_TOWNS = """
    ioannina thessaloniki tirana istanbul birmingham amsterdam marseille budapest belgrade munster revere munchen
    clemente sacramento pleasant penzing augustin constanta mardin paradise amiens patnos passau gallen frisco everett
    landern bootle angola panama geneva samsun detroit clifton platin colombes waldorf dobling carmel merlin
    favoriten columbia highland columbus торонто самара москва подольск
"""
ORDINARY = """
    lantern monster pending clement sacrament pheasant revert augustine bottle angora pajama genera reverse samsung
    doubling columbian highlands caramel welding thunder
    paradis surpris constants mardis favorite détruit cantons platine colombe torrents clément genève modeste constant
    frisch asiens aliens pathos passat galten heiliger berger hemden frische passant
    москит подвал ароматы камара моторный подушка самарий подольше
"""


@pytest.mark.parametrize("before", ["", "in ", "à ", "в "])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_word_that_merely_is_in_none_of_our_lists_is_no_misspelt_town(
    before: str, language: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(registry, "place_names", [LARGE_TOWNS.split])

    read = {word: understand(before + word, language).corrections for word in ORDINARY.split()}

    assert {word: corrections for word, corrections in read.items() if corrections} == {}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ioanina", "ioannina"),
        ("ioanina", "ioannina"),
        ("tiranna", "tirana"),
        ("thesaloniki", "thessaloniki"),
        ("thessalonki", "thessaloniki"),
        ("budapset", "budapest"),
        ("marseile", "marseille"),
        ("in amsterdem", "amsterdam"),
        ("in birmingam", "birmingham"),
        ("in thesalonikki", "thessaloniki"),
    ],
)
def test_a_misspelt_town_is_told_by_its_letters_or_by_what_stands_before(
    typed: str, meant: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(registry, "place_names", [LARGE_TOWNS.split])

    assert [each.taken for each in understand(typed, "en").corrections] == [meant]


def test_a_word_of_a_longer_name_is_put_right_beside_its_other_words(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registry, "place_names", [lambda: ["san francisco"]])

    assert [each.taken for each in understand("san franccisco", "en").corrections] == ["francisco"]
    assert understand("franccisco", "en").corrections == ()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("маи", ["may"]), ("Maedchen verschwunden", ["children", "missing"])],
)
def test_another_way_to_write_a_letter_is_no_slip(typed: str, found: list[str]):
    understood = understand(typed, "en")

    assert [concept.id for concept in understood.concepts] == found
    assert understood.corrections == ()


def test_compounds_are_taken_apart_and_found_as_they_stand():
    understood = understand("Flüchtlingsunterkunft verschwunden", "en")

    assert [concept.id for concept in understood.concepts] == ["refugees", "shelter", "missing"]
    assert ("", ("fluchtlingsunterkunft",)) in understood.clauses[0].texts
    assert understood.corrections == ()


def test_a_keyboard_left_on_another_language_is_told():
    understood = understand("ltnb", "ru")

    assert [concept.id for concept in understood.concepts] == ["children"]
    assert understood.corrections == (Correction("ltnb", "дети"),)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("street", "street", 0), ("strret", "street", 1), ("wrok", "work", 1), ("kid", "kids", 1), ("abcd", "efgh", 4)],
)
def test_edits_are_counted(one: str, other: str, distance: int):
    assert edits(one, other) == edits(other, one) == distance


def test_of_equally_near_words_the_one_that_weighs_more_is_meant():
    speller = Speller(["lanterns", "lanternz"])

    assert speller.nearest("lanternx", {"lanterns": 1.0, "lanternz": 2.0}.__getitem__) == "lanternz"
    assert speller.nearest("lanternx", lambda word: 0.0) == ""


def test_very_long_words_cost_nothing():
    assert Speller(["guardian"]).nearest("g" * 10_000, lambda word: 1.0) == ""
