"""What other apps show on this app's pages: a higher room brings its sections, this one knows no higher room."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

Place = Literal["entry", "organisation", "network", "entry form"]
# (record, principals, language) → (template, its context), or None to show nothing. The record of an entry is its
# EntryCard: what this viewer may see, never the model.
Section = Callable[[Any, frozenset[str], str], tuple[str, Mapping[str, Any]] | None]

registered: dict[str, list[Section]] = {}


class Shown(NamedTuple):
    """A section to include: `{% include each.template with section=each.context only %}`."""

    template: str
    context: Mapping[str, Any]


def section(place: Place) -> Callable[[Section], Section]:
    """Function decorator: adds a section to every page of this kind, in the order of registration."""

    def register(function: Section) -> Section:
        registered.setdefault(place, []).append(function)
        return function

    return register


def sections_for(place: Place, record: Any, principals: frozenset[str], language: str) -> list[Shown]:
    """The sections of one page."""
    found = (function(record, principals, language) for function in registered.get(place, ()))
    return [Shown(*each) for each in found if each is not None]
