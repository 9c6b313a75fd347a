"""The gap table: exact for coordinators of the network, bands for everybody else."""

from collections.abc import Callable

import pytest
from django.test import Client

from network import snapshot
from network.gaps import State, gaps_page
from network.models import Network, Practitioner
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory, term
from tests.vocabulary.factories import PlaceFactory
from vocabulary.models import Place

pytestmark = pytest.mark.django_db


def network(*wanted: str) -> Network:
    made = NetworkFactory()
    made.areas.set([Place.objects.filter(pk="AL").first() or PlaceFactory(id="AL", kind="country", name="Albania")])
    made.professions_wanted.set([term(each) for each in wanted])
    return made


def seen_by_coordinator(of: Network) -> dict[str, tuple[str, int]]:
    """Profession → state and count in the network's only area."""
    table = gaps_page(frozenset({"public", "member", f"network:{of.pk}", f"coordinator:{of.pk}"}))["own"][0]
    return {row.label: (row.cells[0].state, row.cells[0].count) for row in table.rows}


def somebody(of: Network, profession: str, **fields: object) -> Practitioner:
    return PractitionerFactory(profession=term(profession), networks=[of], areas=["AL"], **fields)


def test_each_state_is_told_apart() -> None:
    ours = network("doctor", "lawyer", "teacher", "guardian")
    somebody(ours, "doctor")
    somebody(ours, "lawyer", availability="full")
    somebody(ours, "teacher", status="stale")
    somebody(ours, "nurse")

    found = seen_by_coordinator(ours)

    assert {label: state for label, (state, _count) in found.items()} == {
        term("doctor").label(): State.LISTED,
        term("lawyer").label(): State.FULL,
        term("teacher").label(): State.STALE,
        term("guardian").label(): State.NOBODY,
        term("nurse").label(): State.LISTED,
    }


def test_one_who_is_free_outweighs_those_who_are_full_or_stale() -> None:
    ours = network("doctor")
    somebody(ours, "doctor", availability="full")
    somebody(ours, "doctor", status="stale")
    somebody(ours, "doctor")

    assert seen_by_coordinator(ours)[term("doctor").label()] == (State.LISTED, 1)


def test_a_profession_that_nobody_wants_and_somebody_has_elsewhere_is_not_asked() -> None:
    ours = network("doctor")
    ours.areas.add(PlaceFactory(id="GR", kind="country", country="GR", name="Greece"))
    somebody(ours, "nurse")

    table = gaps_page(frozenset({"public", "member", f"network:{ours.pk}", f"coordinator:{ours.pk}"}))["own"][0]
    states = {row.label: [cell.state for cell in row.cells] for row in table.rows}

    assert states[term("nurse").label()] == [State.LISTED, State.NOT_ASKED]


@pytest.mark.parametrize("status", ["paused", "suspended", "dormant", "applied", "left"])
def test_who_is_not_in_the_directory_is_not_counted(status: str) -> None:
    ours = network("doctor")
    somebody(ours, "doctor", status=status)

    assert seen_by_coordinator(ours)[term("doctor").label()] == (State.NOBODY, 0)


def test_whoever_serves_a_larger_area_serves_the_smaller() -> None:
    ours = network("doctor")
    region = PlaceFactory(id="AL.1", kind="region", country="AL", parent_id="AL")
    ours.areas.set([region])
    somebody(ours, "doctor")

    assert seen_by_coordinator(ours)[term("doctor").label()] == (State.LISTED, 1)


@pytest.mark.parametrize("others", [frozenset({"public"}), frozenset({"public", "member"})])
def test_others_see_bands_only(others: frozenset[str]) -> None:
    ours = network("doctor")
    for _ in range(6):
        somebody(ours, "doctor")
    snapshot.take()

    page = gaps_page(others)

    assert page["own"] == []
    assert [(row.label, row.cells) for row in page["rows"]] == [(term("doctor").label(), ("5–9",))]


def test_a_member_who_coordinates_nothing_sees_no_exact_table_of_their_network() -> None:
    ours = network("doctor")

    assert gaps_page(frozenset({"public", "member", f"network:{ours.pk}"}))["own"] == []


def test_coordinators_see_their_own_networks_only(client: Client, signed_in: Callable[[Practitioner], Client]) -> None:
    ours, theirs = network("doctor"), network("lawyer")
    coordinator = PractitionerFactory(user=UserFactory(), coordinates=[ours])

    page = signed_in(coordinator).get("/en/gaps/").content.decode()

    assert ours.name in page
    assert theirs.name not in page
    assert "Nobody listed" in page


def test_the_page_stands_without_people_or_networks(client: Client) -> None:
    assert client.get("/en/gaps/").status_code == 200
