"""Names that are not what they look like, and areas as people write them."""

import pytest

from network.areas import UnknownArea, areas_named
from network.names import script_of, warnings_of
from tests.vocabulary.factories import PlaceFactory
from vocabulary.models.place import PlaceName


@pytest.mark.parametrize(
    "name",
    [
        "Ana Example", "Анна Петрова", "Ελένη Παπαδοπούλου", "محمد علي", "山田たろう", "김민수",
        "José O’Neill-Đorđević",
        "Anna (Анна) Petrova", "أحمد Ahmed", "Ngozi Adéọlá", "Dr. 2nd desk", "",
    ],
)  # fmt: skip
def test_names_of_all_scripts_pass_also_beside_each_other(name: str) -> None:
    assert warnings_of(name) == []


@pytest.mark.parametrize(
    ("name", "kind", "point"),
    [
        ("Аna", "mixed", "U+0410 CYRILLIC CAPITAL LETTER A"),
        ("Οlga", "mixed", "U+039F GREEK CAPITAL LETTER OMICRON"),
        ("Maria Раpa", "mixed", "U+0420 CYRILLIC CAPITAL LETTER ER"),
        ("Ana \u202egro.elpmaxe", "hidden", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("A\u200bna", "hidden", "U+200B ZERO WIDTH SPACE"),
        ("Ana\u2066", "hidden", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("Ana\x00", "hidden", "U+0000 unnamed"),
    ],
)
def test_odd_names_are_told_with_the_letters_that_stand_there(name: str, kind: str, point: str) -> None:
    found = warnings_of(name)

    assert [each["kind"] for each in found] == [kind]
    assert point in found[0]["points"]  # type: ignore[operator]


def test_a_very_long_name_is_told_in_few_letters() -> None:
    assert len(warnings_of("a" + "а" * 5000)[0]["points"]) == 24  # type: ignore[arg-type]


def test_marks_and_figures_belong_to_no_script() -> None:
    assert [script_of(letter) for letter in "1'-\u0301ʼ"] == [""] * 5


def place(name: str, key: str, **fields: object) -> object:
    made = PlaceFactory(name=name, **fields)
    PlaceName.objects.create(place=made, key=key, main=True)
    return made


@pytest.mark.django_db
def test_lines_are_places_each_once() -> None:
    tirana, greece = place("Tirana", "tirana"), place("Greece", "greece", kind="country", country="GR")

    assert areas_named("tirana\n\n Greece \nTIRANA, Albania") == [tirana, greece]


@pytest.mark.django_db
def test_a_country_goes_before_a_town_of_its_name() -> None:
    place("Georgia", "georgia", country="AL")
    country = place("Georgia", "georgia", kind="country", country="GE")

    assert areas_named("Georgia") == [country]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nowhereville", "not in the gazetteer"),
        ("Tirana, Nowhere", "not in the gazetteer"),
        (",", "not in the gazetteer"),
        ("x" * 100_000, "not in the gazetteer"),
        ("\n".join(["Tirana"] * 9), "At most 8 areas"),
    ],
)
def test_what_names_no_place_is_said(text: str, said: str) -> None:
    place("Tirana", "tirana")

    with pytest.raises(UnknownArea, match=said):
        areas_named(text)
