"""What the page says of a query: understood, left out, corrected, or with several meanings."""

import pytest

from search import explained
from search.query import Clause, Correction, Understanding
from search.state import State
from search.understanding import understand
from tests.search.conftest import PLACES, World

pytestmark = pytest.mark.django_db
NOW = State(stamp=1)


def clause(form: str, **fields: object) -> Clause:
    return Clause(texts=(("", tuple(form.split())),), **fields)  # type: ignore[arg-type]


def test_what_is_left_out_is_named_and_can_be_taken_back(world: World):
    what = Understanding(
        text="kid -police -Tirana -albanian -harbour",
        excluded=(
            clause("police", concepts=("police-officer", "police-station")),
            clause("tirana", place=PLACES[0]),
            clause("albanian", language="sq"),
            clause("harbour"),
        ),
        state=NOW,
    )

    found = list(explained.left_out(what, "en"))

    assert [each.label for each in found] == ["without police", "without Tirana", "without Albanian", "without harbour"]
    assert found[0].text == "kid -Tirana -albanian -harbour"
    assert found[3].text == "kid -police -Tirana -albanian"


def test_a_correction_is_shown_with_what_was_typed():
    what = Understanding(
        text="strret wrok Tirana",
        corrections=(Correction("strret", "street"), Correction("wrok", "work")),
        state=NOW,
    )

    assert explained.corrected(what) == explained.Corrected("street work Tirana", "strret wrok Tirana")
    assert explained.corrected(Understanding(text="street work")) is None


def test_an_abbreviation_offers_all_senses_with_their_language(world: World):
    (found,) = explained.ambiguous(understand("NRM now", "en"), "en")

    assert found.form == "NRM"
    assert [each.label for each in found.senses] == ["referral mechanism", "natural resource management (Spanish)"]
    assert [each.taken for each in found.senses] == [True, False]
    assert found.senses[1].text == '"NRM" now'


def test_a_sense_that_was_taken_out_is_offered_again(world: World):
    (found,) = explained.ambiguous(understand("NRM now", "en", removed=("mechanism",)), "en")

    assert not found.senses[0].taken
    assert found.senses[0].text == "referral mechanism now"
    assert found.senses[0].restored == ("mechanism",)


def test_a_word_of_two_concepts_offers_each_alone(world: World):
    (found,) = explained.ambiguous(understand("police", "en"), "en")

    assert [each.without for each in found.senses] == [("police-station",), ("police-officer",)]


def test_towns_of_one_name_are_told_apart_by_their_country(world: World):
    (found,) = explained.ambiguous(understand("guardian in Athens", "en"), "en")

    assert [(each.label, each.taken, each.near) for each in found.senses] == [
        ("Athens (GR)", True, ""),
        ("Athens (US)", False, "g4"),
    ]
