"""Everyday wordings: each names a term that there is, and none is a query that search is measured by."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from search.judgements import read_queries
from search.normalise import fold
from search.registry import Wording
from vocabulary.search_index import combinations, everyday_wordings
from vocabulary.starter import BrokenStarterFile, read_yaml

VOCABULARY = Path(settings.CONTENT) / "vocabulary"
SAMPLES = Path(settings.ROOT) / "tests" / "search"


@pytest.fixture(scope="module")
def everyday() -> list[Wording]:
    return list(everyday_wordings(VOCABULARY / "everyday"))


@pytest.fixture(scope="module")
def terms() -> set[str]:
    schemes = read_yaml(VOCABULARY / "terms.yaml")["schemes"]
    return {term["id"] for scheme in schemes.values() for term in scheme["terms"]}


def test_every_wording_is_of_a_term_that_there_is(everyday: list[Wording], terms: set[str]):
    assert {each.concept for each in everyday} <= terms


def test_every_combination_is_of_terms_that_there_are(terms: set[str]):
    for each in combinations():
        assert {each.concept}.union(*each.parts) <= terms


def test_every_wording_holds_a_word(everyday: list[Wording]):
    assert [each for each in everyday if not fold(each.form)] == []


def test_no_wording_stands_twice_for_a_term_in_a_language(everyday: list[Wording]):
    seen = [(each.concept, each.language, each.form) for each in everyday]

    assert len(seen) == len(set(seen))


def test_every_term_has_everyday_wordings_in_english(everyday: list[Wording], terms: set[str]):
    assert terms - {each.concept for each in everyday if each.language == "en"} == set()


@pytest.mark.parametrize("sample", ["queries_held_out.yaml", "queries_second_sample.yaml", "queries_third_sample.yaml"])
def test_no_query_of_a_sample_is_a_wording(everyday: list[Wording], sample: str):
    wordings = {fold(each.form) for each in everyday}

    assert [each.query for each in read_queries(SAMPLES / sample) if fold(each.query) in wordings] == []


def test_a_broken_file_is_told(tmp_path: Path):
    (tmp_path / "en.yaml").write_text("children: [kid]", encoding="utf-8")

    with pytest.raises(BrokenStarterFile, match="one text, parted by commas"):
        list(everyday_wordings(tmp_path))


def test_an_edited_file_is_read_again(tmp_path: Path):
    file = tmp_path / "en.yaml"
    file.write_text("children: kid", encoding="utf-8")
    assert [each.form for each in everyday_wordings(tmp_path)] == ["kid"]
    written = file.stat().st_mtime_ns

    file.write_text("children: kid, youngster", encoding="utf-8")
    os.utime(file, ns=(written, written + 1_000_000))

    assert [each.form for each in everyday_wordings(tmp_path)] == ["kid", "youngster"]
