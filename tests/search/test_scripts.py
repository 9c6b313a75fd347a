"""One word in two alphabets."""

import pytest

from search.normalise import fold_word
from search.scripts import romanised, script, skeleton


@pytest.mark.parametrize(
    ("typed", "written", "language"),
    [
        ("torgovlya", "торговля", "ru"),
        ("torgovlja", "торговля", "ru"),
        ("torgovlia", "торговля", "ru"),
        ("lyudmi", "людьми", "ru"),
        ("psikholog", "психолог", "ru"),
        ("psihologh", "психолог", "ru"),
        ("ulichnyy", "уличный", "ru"),
        ("ulichniy", "уличный", "ru"),
        ("torhivlya", "торгівля", "uk"),
        ("goreshta", "гореща", "bg"),
        ("žrtve", "жртве", "sr"),
        ("školi", "школи", "sr"),
        ("paidia", "παιδιά", "el"),
        ("dromou", "δρόμου", "el"),
        ("emporia", "εμπορία", "el"),
    ],
)
def test_a_word_typed_in_latin_letters_shares_its_skeleton(typed: str, written: str, language: str):
    assert skeleton(fold_word(typed)) == skeleton(fold_word(written), language)


@pytest.mark.parametrize(("one", "other"), [("торговля", "торговец"), ("дети", "деньги"), ("суд", "сад")])
def test_other_words_have_other_skeletons(one: str, other: str):
    assert skeleton(one, "ru") != skeleton(other, "ru")


def test_scripts_are_told_apart():
    assert [script(word) for word in ("kid", "дети", "παιδι", "طفل")] == ["Latn", "Cyrl", "Grek", "Arab"]


def test_what_is_no_letter_of_another_alphabet_stays():
    assert romanised("kid7", "ru") == "kid7"
