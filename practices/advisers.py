"""Who has done it: the join of the library and the directory, always through the network's policy."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from network import policy, snapshot
from network.models import Practitioner
from practices.models.links import GuideAdviser
from vocabulary.languages import country_name, names_of_country

if TYPE_CHECKING:
    from practices.models import PracticePage

GROUP = "advice"  # the field group that holds the guides somebody can advise on
PARTITION = "guide"
MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Advisers:
    """What this reader learns: a band and countries for everybody, cards of those policy lets them see."""

    band: str
    countries: tuple[tuple[str, str], ...]
    cards: tuple[Any, ...]
    total: int


def advisers_of(page: "PracticePage", request: HttpRequest) -> Advisers:
    """The public reads the published bands; a member also meets the people whose entries they may see."""
    principals = policy.principals_of_request(request)
    key = str(page.translation_key)
    bands = snapshot.bands(PARTITION, [key, *(f"{key}:{code}" for code in names_of_country())])
    entries = Practitioner.objects.in_directory(principals).filter(guide_advice__guide_key=page.translation_key)
    cards = policy.redact_all(entries, principals, showing=GROUP) if policy.meets_people(principals) else []
    return Advisers(
        band=str(bands[key].label),
        countries=tuple(
            sorted(
                (country_name(cell.partition(":")[2]), str(band.label))
                for cell, band in bands.items()
                if cell != key and band != snapshot.Band.UNDER_5
            )
        ),
        cards=tuple(cards[:MOST_SHOWN]),
        total=len(cards),
    )


@snapshot.partition(PARTITION)
def advisers_by_guide_and_country() -> Iterable[tuple[str, int]]:
    """Cells are `<guide>` for all who say they have done this, and `<guide>:<country>` for where they work."""
    countries: dict[int, set[str]] = defaultdict(set)
    for country, person in snapshot.by_country():
        countries[person].add(country)
    for guide, person in GuideAdviser.objects.values_list("guide_key", "practitioner"):
        yield str(guide), person
        for country in countries[person]:
            yield f"{guide}:{country}", person
