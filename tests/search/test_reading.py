"""A query taken apart: phrases, what a minus leaves out, words."""

import pytest

from search.reading import take_apart


def words_of(text: str) -> list[str]:
    return [token.word for token in take_apart(text).tokens]


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("children -police", ("police",)),
        ("-police children", ("police",)),
        ('children -"best interests"', ("best interests",)),
        ("children –police −court", ("police", "court")),
        ("children -drop-in", ("drop-in",)),
    ],
)
def test_a_leading_minus_leaves_out_a_word_or_a_phrase(text: str, left_out: tuple[str, ...]):
    asked = take_apart(text)

    assert asked.excluded == left_out
    assert [token.word for token in asked.tokens] == ["children"]


@pytest.mark.parametrize(
    "text", ["drop-in centre", "girls 14-16", "5 - 7", "-5 degrees", "children - police", "children -", "e-mail", "--"]
)
def test_a_minus_inside_a_word_or_between_numbers_leaves_nothing_out(text: str):
    assert take_apart(text).excluded == ()


def test_quoted_words_are_a_phrase_and_no_words_of_the_rest():
    asked = take_apart('guardian "best interests" «première urgence»')

    assert asked.phrases == ("best interests", "premiere urgence")
    assert [token.word for token in asked.tokens] == ["guardian"]


@pytest.mark.parametrize("text", ['"', '""', 'he said "', "-", '-"', '-""', "“”"])
def test_quotes_and_minus_signs_without_words_are_nothing(text: str):
    asked = take_apart(text)

    assert asked.phrases == asked.excluded == ()


def test_a_query_all_in_capitals_says_nothing_by_them():
    assert not any(token.capital or token.abbreviation for token in take_apart("CHILD POLICE").tokens)
    assert [token.abbreviation for token in take_apart("the NRM").tokens] == [False, True]
    assert words_of("Țara Ёлка") == ["tara", "елка"]
