"""The table of members by area: countries and their regions, in the published bands and never in anything else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from network.country_map import countries_shown
from network.models import Network, Snapshot
from network.snapshot import Band, bands, region_of
from vocabulary.languages import country_name
from vocabulary.models import Place


@dataclass(frozen=True, slots=True)
class Area:
    """A row: the area, where people are looked for in it, and its band."""

    label: str
    url: str
    band: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country and the regions of it that are shown."""

    area: Area
    regions: tuple[Area, ...]


def areas_page() -> dict[str, Any]:
    """What the page shows; five queries. `taken_at` is None where nothing was published yet."""
    last = Snapshot.objects.order_by("-taken_at").first()
    if last is None:
        return {"countries": [], "taken_at": None}
    people = reverse("network:people")
    regions = _regions()
    countries = [
        Country(
            Area(country_name(code), f"{people}?country={code}", str(band.label)),
            tuple(
                Area(place.label(), f"{people}?near={place.pk}", str(each.label))
                for place, each in regions.get(code, ())
            ),
        )
        for code, band in countries_shown().items()
    ]
    return {"countries": sorted(countries, key=lambda each: each.area.label), "taken_at": last.taken_at}


def _regions() -> dict[str, list[tuple[Place, Band]]]:
    """Country → its regions with a network, and those with five people or more.

    That a cell was ever counted would tell that somebody is there: under five is shown by networks' areas alone.
    """
    published = {cell: band for cell, band in bands("region").items() if band != Band.UNDER_5}
    with_network = _known(Place.objects.filter(pk__in=Network.objects.values("areas")))
    shown = Place.objects.filter(pk__in={*published, *with_network})
    found: dict[str, list[tuple[Place, Band]]] = {}
    for place in sorted(shown, key=lambda place: (place.label().casefold(), place.pk)):
        found.setdefault(place.country, []).append((place, published.get(place.pk, Band.UNDER_5)))
    return found


def _known(places: Any) -> Iterable[str]:
    regions = (region_of(place) for place in places.select_related("parent__parent"))
    return {region.pk for region in regions if region is not None}
