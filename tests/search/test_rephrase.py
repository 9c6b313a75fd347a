"""The same query with other words: what stands behind the page's links."""

import pytest

from search.rephrase import replaced, without_left_out


@pytest.mark.parametrize(
    ("text", "form", "by", "wanted"),
    [
        ("MENA camps", "mena", "unaccompanied children", "unaccompanied children camps"),
        ("help for Žena, now", "zena", "women", "help for women, now"),
        ("strret wrok", "strret wrok", "street work", "street work"),
        ("street-work today", "street work", "outreach", "outreach today"),
        ("nothing of it", "mena", "x", "nothing of it"),
        ("", "mena", "x", ""),
        ("mena mena", "mena", "x", "x mena"),
        ("as it is", "", "x", "as it is"),
    ],
)
def test_the_first_words_of_a_form_are_written_otherwise(text: str, form: str, by: str, wanted: str):
    assert replaced(text, form, by) == wanted


@pytest.mark.parametrize(
    ("text", "form", "wanted"),
    [
        ("child -police", "police", "child"),
        ("-police child", "police", "child"),
        ('child -"police officer" Tirana', "police officer", "child Tirana"),
        ("child –Police -court", "police", "child -court"),
        ("police -police", "police", "police"),
        ("well-police child", "police", "well-police child"),
        ("child", "police", "child"),
    ],
)
def test_only_what_a_leading_minus_leaves_out_is_taken_back(text: str, form: str, wanted: str):
    assert without_left_out(text, form) == wanted
