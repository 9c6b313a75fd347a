"""What of a guide is searched."""

import pytest

from practices.querysets import attach_terms
from practices.search_index import guide_document
from tests.practices.factories import make_guide, make_term
from tests.site_tree import make_tree

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def tree(standing: None) -> None:
    make_tree()


def test_parts_left_empty_put_no_word_into_the_text():
    assert "None" not in guide_document(make_guide())["body"]


def test_the_words_of_building_blocks_and_findings_are_searched():
    body = guide_document(make_guide())["body"]

    assert "To be known." in body
    assert "Forty women met." in body


def test_broader_concepts_come_with_a_concept():
    make_term("method", "outreach")
    street_work = make_term("method", "street-work")
    street_work.broader_id = "outreach"
    street_work.save()
    guide = make_guide()
    attach_terms([guide])

    assert {"street-work", "outreach"} <= set(guide_document(guide)["concepts"])
