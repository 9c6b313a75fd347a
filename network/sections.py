"""What other apps show on this app's pages: a higher room brings its sections, this one knows no higher room."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, Protocol

from django import forms

# A preview shows its owner what others read of an entry; what they can do with it stands on the entry alone.
Place = Literal["entry", "preview", "organisation", "network"]
# (record, principals, language) → (template, its context), or None to show nothing. The record of an entry is its
# EntryCard: what this viewer may see, never the model.
Section = Callable[[Any, frozenset[str], str], tuple[str, Mapping[str, Any]] | None]

registered: dict[str, list[Section]] = {}


class FormPart(Protocol):
    """A field that another app adds to one group of the owner's form of an entry: the group's audience holds for it."""

    name: str
    group: str

    def field(self, entry: Any) -> forms.Field | None:
        """The field with what is held as its initial value; None where there is nothing to choose."""

    def write(self, entry: Any, value: Any) -> None:
        """Keeps what was chosen, in the transaction that saves the entry and after its row, which is locked by then."""


form_parts: list[FormPart] = []


def form_part(cls: type[FormPart]) -> type[FormPart]:
    """Class decorator: adds a part to the form of every entry, in the order of registration."""
    form_parts.append(cls())
    return cls


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
