"""Decoys are met by working through facets, never by asking for somebody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from network import clock, snapshot
from network.models import AuditRow, Network, Practitioner, SnapshotCell
from network.policy import as_system
from network.services import decoys, freshness
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory, term
from tests.vocabulary.factories import PlaceFactory

pytestmark = pytest.mark.django_db
MEMBER = frozenset({"public", "member"})


@pytest.fixture
def network() -> Network:
    made = NetworkFactory()
    area = PlaceFactory(id="g1", name="Tirana")
    area.names.create(key="tirana", main=True)
    fields: dict[str, Any] = {"networks": [made], "areas": [area], "speaks": ["sq"], "name_for": "members"}
    PractitionerFactory(profession=term("nurse"), terms=[term("street-work", "method")], **fields)
    decoys.make(network=made, names=["Canary Decoy"])
    return made


def as_member(signed_in: Callable[[Practitioner], Client]) -> Client:
    return signed_in(PractitionerFactory(user=UserFactory(), networks=[NetworkFactory()]))


@pytest.mark.parametrize("page", ["/en/people/", "/en/search/"])
def test_facets_alone_meet_a_decoy_and_count_it(network: Network, indexed: Callable, signed_in: Any, page: str) -> None:
    indexed()

    shown = as_member(signed_in).get(f"{page}?profession=nurse&kind=person")

    assert "Canary Decoy" in shown.content.decode()


@pytest.mark.parametrize("asked", ["q=Canary", "q=nurse", "q=nurse&profession=nurse", "near=Tirana", "q=street+work"])
@pytest.mark.parametrize("page", ["/en/people/", "/en/search/"])
def test_words_and_places_never_do(network: Network, indexed: Callable, signed_in: Any, page: str, asked: str) -> None:
    indexed()

    assert "Canary Decoy" not in as_member(signed_in).get(f"{page}?{asked}").content.decode()


def test_counts_of_facets_and_of_the_list_agree(network: Network, indexed: Callable, signed_in: Any) -> None:
    indexed()

    page = as_member(signed_in).get("/en/people/?profession=nurse").context["page"]

    counted = {value.value: value.count for facet in page["facets"] for value in facet.first}
    assert (page["total"], counted["nurse"]) == (2, 2)


def test_the_address_of_a_decoy_opens_like_any_other(network: Network, signed_in: Any) -> None:
    decoy = as_system("index").get(decoy=True)

    assert "Canary Decoy" in as_member(signed_in).get(decoy.get_absolute_url()).content.decode()


def test_a_decoy_obeys_its_audiences(network: Network, indexed: Callable, client: Client) -> None:
    indexed()

    assert "Canary Decoy" not in client.get("/en/people/?profession=nurse").content.decode()


def test_lists_and_published_counts_leave_decoys_out(network: Network, indexed: Callable, signed_in: Any) -> None:
    decoy = as_system("index").get(decoy=True)
    body = OrganisationFactory()
    as_system("index").update(organisation=body)
    snapshot.take()

    client = signed_in(PractitionerFactory(user=UserFactory(), networks=[network]))

    assert "Canary Decoy" not in client.get(network.get_absolute_url()).content.decode()
    assert "Canary Decoy" not in client.get(body.get_absolute_url()).content.decode()
    assert all(decoy.pk not in cell.people for cell in SnapshotCell.objects.all())
    assert not Practitioner.objects.in_directory(MEMBER).filter(decoy=True).exists()


def test_a_decoy_stays_fresh_and_is_never_reminded_or_erased(network: Network) -> None:
    with clock.standing_at(timezone.now() + timedelta(days=800)):
        decoys.keep_fresh()
        freshness.pass_the_day()
        freshness.erase_the_forgotten()
        freshness.remind()

        decoy = as_system("index").get(decoy=True)
        assert decoy.status == "verified"
        assert decoy.confirmed_at > clock.today() - timedelta(days=decoys.FRESH_FOR_DAYS + 1)


def test_making_one_is_in_the_log_and_needs_members_to_resemble() -> None:
    empty = NetworkFactory()

    with pytest.raises(CommandError, match="no verified member"):
        call_command("make_decoys", empty.slug, "Somebody Usual")
    with pytest.raises(CommandError, match="No network"):
        call_command("make_decoys", "nowhere", "Somebody Usual")
    PractitionerFactory(networks=[empty], profession=term("nurse"))
    call_command("make_decoys", empty.slug, "Somebody Usual", verbosity=0)

    assert AuditRow.objects.get().action == "decoy made"
