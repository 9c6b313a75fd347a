"""One way of looking at text."""

import pytest

from search.normalise import clean, fold, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Žalec, Țară și Ştefan", "zalec tara si stefan"),
        ("Łódź Đurđević Ærø", "lodz durdevic aero"),
        ("Ώρα Αθηνών", "ωρα αθηνων"),
        ("οδός", "οδοσ"),
        ("Ёлка ежовая", "елка ежовая"),
        ("Straße İstanbul ısı", "strasse istanbul isi"),
        ("ﬁnance ①", "finance 1"),
        ("l’elemosina saint-denis", "l elemosina saint denis"),
    ],
)
def test_spellings_of_one_word_fold_to_one_form(written: str, folded: str):
    assert fold(written) == folded


def test_a_short_i_stays_apart_from_an_i():
    assert fold("май") != fold("маи")


def test_a_letter_with_its_accent_apart_folds_like_the_composed_one():
    assert fold("e\u0301te\u0301") == fold("été") == "ete"
    assert fold("и\u0306") == "й"


def test_control_and_bidirectional_characters_are_removed():
    assert clean("a\u202eb\u200b\x00c\u2066d\nf") == "ab cd f"


def test_arabic_vowel_signs_and_variants_fold():
    assert fold("أَطْفَال") == fold("اطفال")


def test_words_keep_their_order_and_lose_their_punctuation():
    assert words("Who? — “me”, 16.2!") == ["who", "me", "16", "2"]
