"""Where somebody is missing: professions by area, exactly for a coordinator's own networks, in bands for all others.

Coordinators count what their members show them, by the same cards as everywhere; bands come from the snapshot alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.country_map import country_map
from network.models import Network, Practitioner
from network.policy import EntryCard, redact_all
from network.policy.audiences import ids
from network.snapshot import bands
from vocabulary.languages import country_name
from vocabulary.models import Place, Term


class State(models.TextChoices):
    """How one profession stands in one area of a network."""

    LISTED = "listed", _("listed")
    FULL = "full", _("listed but full")
    STALE = "stale", _("listed but stale")
    NOBODY = "nobody", _("nobody listed")
    NOT_ASKED = "not-asked", _("not asked")


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` are the people behind the state: who could be asked, else who is full or stale."""

    state: State
    count: int = 0

    @property
    def label(self) -> str:
        return str(self.state.label)


@dataclass(frozen=True, slots=True)
class Row:
    """One profession over the columns of its table."""

    label: str
    cells: tuple[Any, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class NetworkTable:
    """The exact table of one network: its areas are the columns."""

    network: Network
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    gaps: int


def gaps_page(principals: frozenset[str]) -> dict[str, Any]:
    """The tables of one's own networks, the published bands, and the map of them."""
    professions = list(Term.objects.filter(scheme="profession").order_by("position", "pk"))
    return {"own": _own_tables(principals, professions), "map": country_map(), **_published(professions)}


def _published(professions: Sequence[Term]) -> dict[str, Any]:
    """Bands by country where there is a network; a profession under five everywhere is a row all the same if wanted."""
    networks = Network.objects.prefetch_related("areas", "professions_wanted")
    countries: set[str] = set()
    wanted: set[str] = set()
    for network in networks:
        countries |= {area.country for area in network.areas.all()}
        wanted |= {term.pk for term in network.professions_wanted.all()}
    named = sorted((country_name(code), code) for code in countries)
    found = bands("profession × country")
    rows = [
        Row(term.label(), tuple(str(found[cell].label) if cell in found else "" for cell in _cells(term, named)))
        for term in professions
        if term.pk in wanted or any(found.get(cell) not in (None, "0") for cell in _cells(term, named))
    ]
    return {"countries": [name for name, _code in named], "rows": rows}


def _cells(term: Term, countries: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{term.pk}:{code}" for _name, code in countries]


def _own_tables(principals: frozenset[str], professions: Sequence[Term]) -> list[NetworkTable]:
    """One table for each network that this viewer coordinates; four queries for each."""
    own = Network.objects.filter(pk__in=ids(principals, "coordinator")).order_by("name")
    return [_table(network, principals, professions) for network in own]


def _table(network: Network, principals: frozenset[str], professions: Sequence[Term]) -> NetworkTable:
    entries = Practitioner.objects.in_directory(principals).filter(
        memberships__network=network, memberships__ended=None
    )
    cards = redact_all(entries, principals, showing="profession")
    wanted = set(network.professions_wanted.values_list("pk", flat=True))
    present = {profession.id for card in cards for profession in card.professions}
    areas = list(network.areas.select_related("parent").order_by("name"))
    rows = tuple(
        Row(term.label(), tuple(cell_of(cards, term.pk, area, asked=term.pk in wanted) for area in areas))
        for term in professions
        if term.pk in wanted | present
    )
    gaps = sum(cell.state in (State.NOBODY, State.STALE, State.FULL) for row in rows for cell in row.cells)
    return NetworkTable(network, tuple(area.label() for area in areas), rows, gaps)


def cell_of(cards: Iterable[EntryCard], profession: str, area: Place, *, asked: bool) -> Cell:
    """The state of a profession in an area. Whoever serves what contains the area serves it, and part of it too."""
    here = [card for card in cards if _has(card, profession) and _serves(card, area)]
    fresh = [card for card in here if card.verified]
    free = [card for card in fresh if card.availability is None or card.availability.id == "now"]
    if free:
        return Cell(State.LISTED, len(free))
    if fresh:
        return Cell(State.FULL, len(fresh))
    if here:
        return Cell(State.STALE, len(here))
    return Cell(State.NOBODY if asked else State.NOT_ASKED)


def _has(card: EntryCard, profession: str) -> bool:
    return any(each.id == profession for each in card.professions)


def _serves(card: EntryCard, area: Place) -> bool:
    containing = _around(area)
    return any(served.id in containing or area.pk in served.around for served in card.areas)


def _around(area: Place) -> set[str]:
    chain: set[str] = set()
    each: Place | None = area
    while each is not None:
        chain.add(each.pk)
        each = each.parent
    return chain
