"""Facets as the filter form shows them: which ones, in what order their values, and which value stands apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from search import labels, lexicon
from search.results import FacetValue

SHOWN_AT_ONCE = 6
# Their values have an order of their own, from the vocabulary: from strong to weak, from first contact to return.
IN_ORDER = frozenset({"stage", "evidence", "safety", "firewall"})
# What could not be rated is not worse than what was rated low: it stands below the rated ones, on a line of its own.
APART = {"evidence": frozenset({"evidence-nr"})}


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet of the form: the first values, those behind “Show more” (`opened` when one of them is chosen),
    and those that stand apart with the sentence that says why."""

    name: str
    legend: str
    first: tuple[FacetValue, ...]
    more: tuple[FacetValue, ...] = ()
    opened: bool = False
    apart: tuple[FacetValue, ...] = ()
    apart_note: str = ""

    @property
    def chosen(self) -> int:
        return sum(value.chosen for value in (*self.first, *self.more, *self.apart))


def shown(
    counted: Mapping[str, Sequence[FacetValue]], legends: Mapping[str, Any], stamp: int, *, total: int | None
) -> Iterator[Facet]:
    """The facets of `legends` that narrow `total` results, in its order: a single value that all have does not.

    None where nothing is listed yet: any value is a way in.
    """
    for name, legend in legends.items():
        values = counted.get(name, ())
        if len(values) > 1 or any(value.chosen or total is None or value.count < total for value in values):
            yield _facet(name, str(legend), values, stamp)


def _facet(name: str, legend: str, values: Sequence[FacetValue], stamp: int) -> Facet:
    away = APART.get(name, frozenset())
    rated = [value for value in values if value.value not in away]
    if name in IN_ORDER:
        places = {value: place for place, value in enumerate(lexicon.facet_labels(stamp, name))}
        rated.sort(key=lambda each: places.get(each.value, len(places)))
    apart = tuple(value for value in values if value.value in away)
    first, more = tuple(rated[:SHOWN_AT_ONCE]), tuple(rated[SHOWN_AT_ONCE:])
    note = _("This says nothing against it: nothing was there to rate it by.") if apart else ""
    return Facet(name, legend, first, more, any(value.chosen for value in more), apart, note)


def names_for(kinds: Sequence[str], chosen: Sequence[str]) -> tuple[str, ...]:
    """The facets worth counting for these kinds (none: a look at everything), and whatever is chosen."""
    of_kinds = {name for kind in kinds for name in labels.FACETS_OF_KIND[kind]} if kinds else set(labels.FACETS_OF_ALL)
    return tuple(name for name in labels.FACETS if name == "kind" or name in of_kinds or name in chosen)
