"""The table of members by area: bands as published, and nothing that is counted live."""

from typing import Any

import pytest
from django.test import Client

from network.snapshot import Band, bands, take
from tests.network.factories import NetworkFactory, PractitionerFactory
from tests.vocabulary.factories import PlaceFactory
from vocabulary.models import Place

pytestmark = pytest.mark.django_db
ADDRESS = "/en/people/areas/"


def region(name: str = "Vjosa", population: int = 90_000, country: str = "AL") -> Place:
    whole = Place.objects.filter(kind="country", country=country).first() or PlaceFactory(
        kind="country", country=country, population=3_000_000
    )
    return PlaceFactory(name=name, kind="region", country=country, population=population, parent=whole)


def town(within: Place, population: int = 8_000) -> Place:
    return PlaceFactory(
        name="Small town", kind="municipality", country=within.country, population=population, parent=within
    )


def people(count: int, *areas: Place, **fields: Any) -> None:
    PractitionerFactory.create_batch(count, areas=areas, networks=[NetworkFactory()], **fields)


def test_who_serves_a_town_counts_in_its_region_once() -> None:
    vjosa = region()
    people(5, town(vjosa), vjosa)
    take()

    assert dict(bands("region")) == {vjosa.pk: Band.FROM_5}


def test_who_serves_a_whole_country_is_in_no_region() -> None:
    vjosa = region()
    people(6, vjosa.parent)
    take()

    assert dict(bands("region")) == {}


def test_a_region_too_small_to_be_named_is_not_counted() -> None:
    people(9, region(population=20_000))
    take()

    assert dict(bands("region")) == {}


def test_regions_stand_under_their_country_with_bands(client: Client) -> None:
    people(6, region("Vjosa"))
    people(11, region("Drin"))
    take()

    page = client.get(ADDRESS).content.decode()

    assert page.index("Albania") < page.index("Drin") < page.index("Vjosa")
    assert "10–19" in page
    assert "5–9" in page


def test_a_region_with_few_people_and_no_network_is_as_one_with_nobody(client: Client) -> None:
    people(6, region("Vjosa"))
    people(2, region("Drin"))
    take()

    page = client.get(ADDRESS).content.decode()

    assert "Vjosa" in page
    assert "Drin" not in page


def test_a_region_with_a_network_is_shown_though_nobody_may_be_there(client: Client) -> None:
    drin = region("Drin")
    NetworkFactory().areas.set([town(drin)])
    take()

    page = client.get(ADDRESS).content.decode()

    assert "Drin" in page
    assert "under 5" in page
    assert "Small town" not in page


def test_no_data_is_said(client: Client) -> None:
    vjosa = region()
    before = client.get(ADDRESS).content.decode()
    take()
    empty = client.get(ADDRESS).content.decode()
    people(7, vjosa.parent)
    take()
    whole = client.get(ADDRESS).content.decode()

    assert "nothing is published yet" in before
    assert "no country has a network" in empty
    assert "No data by region" in whole


def test_live_numbers_never_show_before_the_next_snapshot(client: Client) -> None:
    vjosa = region()
    people(6, vjosa)
    take()
    before = client.get(ADDRESS).content
    people(30, vjosa)

    assert client.get(ADDRESS).content == before


def test_it_is_reached_from_the_people_page_and_from_the_map(client: Client, indexed: Any) -> None:
    indexed()

    assert client.get("/en/people/").content.decode().count(ADDRESS) == 2
    assert ADDRESS in client.get("/en/gaps/").content.decode()


def test_it_costs_the_same_however_many_regions(client: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        people(5, region(f"Region {number}"))
    take()
    client.get(ADDRESS)

    with django_assert_max_num_queries(12):
        client.get(ADDRESS)
