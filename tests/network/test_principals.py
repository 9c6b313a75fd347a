"""What an account counts as, and how soon it stops."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from network.policy import principals_of
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory, term

pytestmark = pytest.mark.django_db
PUBLIC = frozenset({"public"})


def test_nobody_signed_in_is_the_public_and_costs_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert principals_of(AnonymousUser(), second_factor=True) == PUBLIC


def test_a_member_holds_their_networks_and_the_partners_of_those(django_assert_num_queries: Any) -> None:
    ours, theirs, stranger = NetworkFactory.create_batch(3)
    ours.partners.add(theirs)
    entry = PractitionerFactory(user=UserFactory(), networks=[ours])

    with django_assert_num_queries(2):
        held = principals_of(entry.user, second_factor=True)

    assert held == {"public", "member", f"network:{ours.pk}", f"partner:{theirs.pk}", f"owner:{entry.pk}"}
    assert f"partner:{stranger.pk}" not in held


def test_a_coordinator_also_holds_coordination() -> None:
    network = NetworkFactory()
    entry = PractitionerFactory(user=UserFactory(), coordinates=[network])

    held = principals_of(entry.user, second_factor=True)

    assert {f"network:{network.pk}", f"coordinator:{network.pk}", "member"} <= held


def test_a_member_without_the_second_factor_reads_as_the_public() -> None:
    entry = PractitionerFactory(user=UserFactory(), networks=[NetworkFactory()])

    assert principals_of(entry.user, second_factor=False) == PUBLIC


def test_only_sample_entries_are_spared_the_second_factor_and_only_in_the_demo(settings: Any) -> None:
    entry = PractitionerFactory(user=UserFactory(), networks=[NetworkFactory()], sample=True)

    assert "member" in principals_of(entry.user, second_factor=False)
    settings.DEMO_SECOND_FACTOR = False
    assert principals_of(entry.user, second_factor=False) == PUBLIC


@pytest.mark.parametrize("status", ["applied", "dormant", "paused", "left", "suspended", "withdrawn", "refused"])
def test_membership_ends_with_the_status_and_leaves_one_their_own_entry(status: str) -> None:
    entry = PractitionerFactory(user=UserFactory(), networks=[NetworkFactory()], status=status)

    assert principals_of(entry.user, second_factor=True) == {"public", f"owner:{entry.pk}"}


@pytest.mark.parametrize("status", ["verified", "due", "stale"])
def test_due_and_stale_members_are_members_still(status: str) -> None:
    entry = PractitionerFactory(user=UserFactory(), networks=[NetworkFactory()], status=status)

    assert "member" in principals_of(entry.user, second_factor=True)


def test_who_has_left_their_last_network_is_no_member() -> None:
    entry = PractitionerFactory(user=UserFactory(), networks=[NetworkFactory()])
    entry.memberships.update(ended="2026-01-01")

    assert "member" not in principals_of(entry.user, second_factor=True)


@pytest.mark.parametrize("flag", ["is_staff", "is_superuser"])
def test_cms_rights_add_nothing(flag: str) -> None:
    assert principals_of(UserFactory(**{flag: True}), second_factor=True) == PUBLIC


def test_a_closed_account_is_the_public() -> None:
    entry = PractitionerFactory(user=UserFactory(is_active=False), networks=[NetworkFactory()])

    assert principals_of(entry.user, second_factor=True) == PUBLIC


def test_a_police_mailbox_sees_with_the_eyes_of_an_authority_and_is_nobodys_own() -> None:
    network, officer = NetworkFactory(), UserFactory()
    mailbox = PractitionerFactory(networks=[network], role_mailbox=True, profession=term("police-officer"))
    mailbox.answered_by.add(officer)

    held = principals_of(officer, second_factor=True)

    assert {"authority", "member", "member+authority", f"network:{network.pk}+authority", "public+authority"} <= held


@pytest.mark.parametrize(
    "sign",
    [
        {"profession": "consular-officer"},
        {"terms": "asylum-officer"},
        {"organisation": "law-enforcement-agency"},
        {"authority": True},
    ],
)
def test_one_sign_of_an_authority_is_enough(sign: dict[str, Any]) -> None:
    fields: dict[str, Any] = dict(sign)
    if "profession" in sign:
        fields["profession"] = term(sign["profession"])
    if "terms" in sign:
        fields["terms"] = [term(sign["terms"])]
    if "organisation" in sign:
        fields["organisation"] = OrganisationFactory(type=term(sign["organisation"], "organisation_type"))
    entry = PractitionerFactory(user=UserFactory(), networks=[NetworkFactory()], **fields)

    assert "authority" in principals_of(entry.user, second_factor=True)


def test_an_authority_stays_one_without_second_factor_and_membership() -> None:
    entry = PractitionerFactory(
        user=UserFactory(), networks=[NetworkFactory()], status="left", profession=term("asylum-officer")
    )

    assert principals_of(entry.user, second_factor=False) == {"public", "public+authority", "authority"}
