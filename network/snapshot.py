"""The published counts of people: bands over fixed partitions, never exact, never filtered.

Whatever counts people whom a viewer may not see reads here: the map, “10–19 people have done this”, the gap table.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import Membership, Practitioner, Snapshot, SnapshotCell
from network.policy import as_system
from vocabulary.models import Place
from vocabulary.models.place import SMALLEST_SHOWN_AREA


class Band(models.TextChoices):
    """How many people, as roughly as it is published; none counts as under five."""

    UNDER_5 = "0", _("under 5")
    FROM_5 = "5", _("5–9")
    FROM_10 = "10", _("10–19")
    FROM_20 = "20", _("20 and more")

    @classmethod
    def of(cls, count: int) -> "Band":
        return next(band for band in reversed(cls) if count >= int(band.value))


# A band is published anew only after at least so many different people joined or left the cell since it changed.
FEWEST_MOVED = 3
# Stale entries have lost their place in the counts.
COUNTED = ("verified", "due")

Cells = Callable[[], Iterable[tuple[str, int]]]
partitions: dict[str, Cells] = {}


def partition(name: str) -> Callable[[Cells], Cells]:
    """Function decorator: registers a fixed partition; the function yields (cell, practitioner's row number)."""

    def register(function: Cells) -> Cells:
        partitions[name] = function
        return function

    return register


@transaction.atomic
def take(when: datetime | None = None) -> Snapshot:
    """Counts every partition now and publishes what the rule allows."""
    snapshot = Snapshot.objects.create(taken_at=when or timezone.now())
    entries = as_system("snapshot").filter(status__in=COUNTED, decoy=False)
    counted = frozenset(entries.values_list("pk", flat=True))
    for name, cells in partitions.items():
        people: dict[str, set[int]] = defaultdict(set)
        for cell, person in cells():
            if person in counted:
                people[cell].add(person)
        _publish(snapshot, name, people)
    return snapshot


def _publish(snapshot: Snapshot, name: str, people: Mapping[str, set[int]]) -> None:
    published = {each.cell: each for each in SnapshotCell.objects.filter(partition=name)}
    first = not published
    for cell in {*people, *published}:
        now, before = people.get(cell, set()), published.get(cell)
        band = Band.of(len(now))
        was = Band(before.band) if before else Band.UNDER_5
        # Counted against the people of the last change, so that somebody who joins and leaves again counts once.
        moved = now ^ set(before.people if before else ())
        if first or (band != was and len(moved) >= FEWEST_MOVED):
            SnapshotCell.objects.update_or_create(
                partition=name,
                cell=cell,
                defaults={"band": band, "people": sorted(now), "changed_in": snapshot},
            )


def bands(name: str, cells: Collection[str] | None = None) -> Mapping[str, Band]:
    """The published bands of a partition, of all cells or of these; one query. A cell not named is under five."""
    rows = SnapshotCell.objects.filter(partition=name)
    if cells is not None:
        rows = rows.filter(cell__in=cells)
    found = {cell: Band(band) for cell, band in rows.values_list("cell", "band")}
    return found if cells is None else {cell: found.get(cell, Band.UNDER_5) for cell in cells}


def band(name: str, cell: str) -> Band:
    """The published band of one cell."""
    return bands(name, [cell])[cell]


@partition("country")
def by_country() -> Iterable[tuple[str, int]]:
    """Countries in which people serve an area."""
    through: Any = Practitioner.areas.through
    return through.objects.values_list("place__country", "practitioner").distinct()


@partition("region")
def by_region() -> Iterable[tuple[str, int]]:
    """Regions in which people serve an area, by the gazetteer's id; who serves a whole country is in none of them."""
    through: Any = Practitioner.areas.through
    rows = list(through.objects.values_list("place", "practitioner"))
    places = Place.objects.select_related("parent__parent").in_bulk({place for place, _person in rows})
    regions = {pk: region_of(place) for pk, place in places.items()}
    return {(region.pk, person) for place, person in rows if (region := regions[place]) is not None}


def region_of(place: Place) -> Place | None:
    """The region that a place is in, or is; None for a country, and where the region is too small to be named."""
    area: Place | None = place
    while area is not None and area.kind != Place.Kind.REGION:
        area = area.parent
    return area if area is not None and area.population >= SMALLEST_SHOWN_AREA else None


@partition("profession")
def by_profession() -> Iterable[tuple[str, int]]:
    """Main and other professions."""
    yield from Practitioner.terms.through.objects.filter(term__scheme="profession").values_list("term", "practitioner")
    main = as_system("snapshot").exclude(profession=None)
    yield from main.values_list("profession", "pk")


@partition("network")
def by_network() -> Iterable[tuple[str, int]]:
    """Networks by slug."""
    return Membership.objects.filter(ended=None).values_list("network__slug", "practitioner")


@partition("profession × country")
def by_profession_and_country() -> Iterable[tuple[str, int]]:
    """Cells are `<profession>:<country>`."""
    countries: dict[int, set[str]] = defaultdict(set)
    for country, person in by_country():
        countries[person].add(country)
    for profession, person in by_profession():
        for country in countries[person]:
            yield f"{profession}:{country}", person
