"""Published counts: bands that change only when enough people have moved."""

import pytest

from network.models import Membership, Network, Practitioner
from network.policy import as_system
from network.snapshot import Band, band, bands, take
from tests.network.factories import NetworkFactory, PractitionerFactory, term

pytestmark = pytest.mark.django_db


def people(number: int, network: Network, **fields: object) -> list[Practitioner]:
    return PractitionerFactory.create_batch(number, networks=[network], **fields)


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "0"), (4, "0"), (5, "5"), (9, "5"), (10, "10"), (19, "10"), (20, "20"), (500, "20")],
)
def test_bands_have_these_edges(count: int, expected: str) -> None:
    assert Band.of(count).value == expected


def test_a_cell_that_was_never_published_is_under_five() -> None:
    take()

    assert band("network", "nowhere") == Band.UNDER_5


def test_two_who_join_do_not_move_the_band() -> None:
    network = NetworkFactory()
    people(4, network)
    take()
    people(2, network)

    take()

    assert band("network", network.slug) == Band.UNDER_5


def test_three_who_join_move_the_band() -> None:
    network = NetworkFactory()
    people(4, network)
    take()
    people(3, network)

    take()

    assert band("network", network.slug) == Band.FROM_5


def test_the_count_of_those_who_moved_runs_on_from_snapshot_to_snapshot() -> None:
    network = NetworkFactory()
    people(4, network)
    take()
    for _month in range(3):
        people(1, network)
        take()

    assert band("network", network.slug) == Band.FROM_5


def test_one_who_joins_and_leaves_again_and_again_counts_once() -> None:
    network = NetworkFactory()
    people(4, network)
    (restless,) = people(1, network)
    take()
    for _turn in range(4):
        Membership.objects.filter(practitioner=restless).update(ended="2026-01-01")
        take()
        Membership.objects.create(practitioner=restless, network=network)
        take()
        Membership.objects.filter(practitioner=restless, ended=None).update(ended="2026-01-02")

    take()

    assert band("network", network.slug) == Band.FROM_5


def test_leaving_counts_as_moving() -> None:
    network = NetworkFactory()
    gone = people(6, network)
    take()
    Membership.objects.filter(practitioner__in=[each.pk for each in gone[:3]]).update(ended="2026-01-01")

    take()

    assert band("network", network.slug) == Band.UNDER_5


@pytest.mark.parametrize("status", ["stale", "dormant", "paused", "applied", "suspended", "left"])
def test_only_verified_and_due_people_are_counted(status: str) -> None:
    network = NetworkFactory()
    people(8, network, status=status)

    take()

    assert band("network", network.slug) == Band.UNDER_5


def test_people_are_counted_whatever_their_audience() -> None:
    network = NetworkFactory()
    people(5, network, listing_for="network", profession=term("nurse"), profession_for="network")

    take()

    assert band("profession", "nurse") == Band.FROM_5


def test_an_erased_person_does_not_break_the_next_snapshot() -> None:
    network = NetworkFactory()
    people(5, network)
    take()
    as_system("snapshot").all().delete()

    take()

    assert band("network", network.slug) == Band.UNDER_5


def test_many_cells_cost_one_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert bands("profession × country", ["nurse:AL", "nurse:GR"]) == {
            "nurse:AL": Band.UNDER_5,
            "nurse:GR": Band.UNDER_5,
        }
