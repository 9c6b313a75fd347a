"""The rows that hang on an entry, as `for_cards()` read them, named in the reader's language."""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from network.policy.card import Area, InNetwork, Labelled, Spoken
from vocabulary.languages import country_name, language_name
from vocabulary.models import Place, Term

if TYPE_CHECKING:
    from network.models import Practitioner


def terms(entry: "Practitioner") -> dict[str, tuple[Labelled, ...]]:
    """Terms by scheme, labelled."""
    found: dict[str, tuple[Labelled, ...]] = {}
    for row in entry.term_rows:
        found[row["scheme"]] = (*found.get(row["scheme"], ()), named_term(row))
    return found


def areas(entry: "Practitioner") -> tuple[Area, ...]:
    """Areas as they may be shown: each once, none smaller than the gazetteer's smallest."""
    shown = {place.pk: place for place in (_place(row).shown for row in entry.area_rows)}
    return tuple(
        Area(place.pk, place.label(), place.country, _around(place), place.latitude, place.longitude)
        for place in shown.values()
    )


def languages(entry: "Practitioner") -> tuple[Spoken, ...]:
    """Languages with level; the level's word is in the reader's language."""
    spoken: Any = entry._meta.get_field("languages").related_model
    levels = dict(spoken.Level.choices)
    return tuple(
        Spoken(row["language"], language_name(row["language"]), str(levels[row["level"]]), bool(row["mediates"]))
        for row in entry.language_rows
    )


def networks(entry: "Practitioner") -> tuple[InNetwork, ...]:
    """Networks the entry belongs to now."""
    return tuple(
        InNetwork(row["id"], row["slug"], row["name"], row["role"] == "coordinator") for row in entry.network_rows
    )


def countries(codes: Iterable[str]) -> tuple[Labelled, ...]:
    """Countries by ISO code, labelled."""
    return tuple(Labelled(code, country_name(code)) for code in codes)


def named_term(row: Mapping[str, Any]) -> Labelled:
    """A term's row, labelled."""
    return Labelled(row["id"], Term(id=row["id"], labels=_mapping(row["labels"])).label())


def named_place(row: Mapping[str, Any]) -> Labelled:
    """A place's row, labelled."""
    return Labelled(row["id"], Place(id=row["id"], name=row["name"], labels=_mapping(row["labels"])).label())


def _mapping(labels: Any) -> dict[str, str]:
    """SQLite gives a JSON column inside a JSON row as text."""
    return json.loads(labels) if isinstance(labels, str) else (labels or {})


def _place(row: dict[str, Any]) -> Place:
    around = row.get("parent")
    fields = {name: value for name, value in row.items() if name not in ("parent", "labels")}
    place = Place(**fields, labels=_mapping(row["labels"]))
    place.parent = _place(around) if around and around["id"] else None
    return place


def _around(place: Place) -> tuple[str, ...]:
    chain: list[str] = []
    area: Place | None = place
    while area is not None:
        chain.append(area.pk)
        area = area.parent
    return tuple(chain)
