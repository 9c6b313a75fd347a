"""Words typed while another keyboard was switched on."""

import pytest

from search.keyboards import rescued

KNOWN = {"торговля", "людьми", "дети", "опіка", "street", "work", "the", "деца", "παιδι"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("njhujdkz k.lmvb", "торговля людьми"),
        ("ltnb", "дети"),
        ("jgsrf", "опіка"),
        ("ыекууе цщкл", "street work"),
        ("paidi", "παιδι"),
    ],
)
def test_letters_of_another_layout_are_read_as_the_words_they_make(typed: str, meant: str):
    assert rescued(typed, KNOWN.__contains__) == meant


@pytest.mark.parametrize("typed", ["street xyzzy", "qwzx plmk", "", "12 34", "nj", "торговля людьми"])
def test_ordinary_queries_and_nonsense_stay_as_they_are(typed: str):
    assert rescued(typed, KNOWN.__contains__) == ""
