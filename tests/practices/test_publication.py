"""What a guide needs before readers may see it."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from practices.gaps import is_gap
from practices.publication import missing_for_publication, stated_gaps
from tests.practices.factories import make_guide, points
from tests.site_tree import make_tree

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def tree(standing: None) -> None:
    make_tree()


def test_a_complete_guide_is_published():
    guide = make_guide()

    assert guide.live
    assert missing_for_publication(guide) == {}


def test_a_stated_gap_stands_in_for_participation_and_is_counted():
    guide = make_guide(participation="not known: nobody wrote it down.")

    assert "participation" in stated_gaps(guide)


def test_a_gap_cannot_stand_where_a_fact_is_needed():
    guide = make_guide(publish=False, safety_line="not known: nobody said.")

    assert "safety_line" in missing_for_publication(guide)


def test_a_draft_is_saved_whatever_it_lacks():
    guide = make_guide(publish=False, what="", risks=[])

    assert not guide.live
    assert {"what", "risks"} <= missing_for_publication(guide).keys()


def test_publishing_an_incomplete_draft_is_refused_with_the_field():
    guide = make_guide(publish=False, what="")

    with pytest.raises(ValidationError) as refused:
        guide.get_latest_revision().publish()

    assert "what" in refused.value.message_dict
    guide.refresh_from_db()
    assert not guide.live


def test_a_scheduled_incomplete_draft_does_not_go_live():
    guide = make_guide(publish=False, what="")
    guide.go_live_at = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    revision = guide.save_revision(clean=False, approved_go_live_at=guide.go_live_at)

    with pytest.raises(ValidationError):
        revision.publish()


def test_a_card_of_more_than_150_words_is_refused():
    guide = make_guide(publish=False, what="word " * 151)

    assert "what" in missing_for_publication(guide)


def test_a_card_has_exactly_three_first_steps():
    guide = make_guide(publish=False, first_steps=points("One.", "Two."))

    assert "first_steps" in missing_for_publication(guide)


def test_a_guide_about_children_says_its_best_interests_steps():
    guide = make_guide({"target_group": "children"}, publish=False)

    assert "best_interests_steps" in missing_for_publication(guide)


def test_awareness_material_says_how_it_informs():
    guide = make_guide({"method": "awareness-campaign"}, publish=False)

    assert "informs_not_deters" in missing_for_publication(guide)


@pytest.mark.parametrize("text", ["not known: x", "Not known : x", "non connu : x", "неизвестно: x"])
def test_a_gap_is_recognised_in_each_language(text: str):
    assert is_gap(text)


@pytest.mark.parametrize("text", ["", None, "It is not known: maybe", "known: x"])
def test_other_text_is_no_gap(text: str | None):
    assert not is_gap(text)
