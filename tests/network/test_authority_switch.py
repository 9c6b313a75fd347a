"""Who helps undocumented persons is not told to authorities, in whatever words it was said."""

import pytest

from network.policy import redact, views_of
from network.policy.authority import held_by_authority
from tests.network.factories import NetworkFactory, PractitionerFactory, as_read, term

pytestmark = pytest.mark.django_db

PUBLIC = frozenset({"public"})
MEMBER = PUBLIC | {"member", "network:999"}


def groups_named(entry, principals: frozenset[str]) -> set[str]:
    return {each.id for each in redact(as_read(entry), principals).target_groups}


def test_the_target_group_says_no_more_than_the_switch():
    entry = PractitionerFactory(
        networks=[NetworkFactory()],
        terms=[term("undocumented-migrants", "target_group"), term("women", "target_group")],
        undocumented_for="members",
    )

    assert groups_named(entry, MEMBER) == {"undocumented-migrants", "women"}
    assert groups_named(entry, held_by_authority(MEMBER)) == {"women"}


def test_an_authority_has_a_view_of_its_own_where_only_the_target_group_tells():
    entry = PractitionerFactory(
        networks=[NetworkFactory()],
        terms=[term("undocumented-migrants", "target_group")],
        undocumented_for="members",
    )

    assert any("authority" in view.name for view in views_of(as_read(entry)))


def test_signing_out_shows_an_officer_no_more():
    entry = PractitionerFactory(
        networks=[NetworkFactory()], listing_for="public", undocumented_for="public", works_with_undocumented=True
    )

    assert redact(as_read(entry), PUBLIC).works_with_undocumented is None
    assert redact(as_read(entry), MEMBER).works_with_undocumented is True


def test_whoever_opens_it_to_authorities_may_open_it_to_everybody():
    entry = PractitionerFactory(
        networks=[NetworkFactory()],
        listing_for="public",
        undocumented_for="public",
        works_with_undocumented=True,
        open_to_authority=True,
    )

    assert redact(as_read(entry), PUBLIC).works_with_undocumented is True
