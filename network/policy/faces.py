"""The rows that hang on an entry, as `for_cards()` read them, named in the reader's language."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from network.policy.card import Area, InNetwork, Labelled, Spoken
from vocabulary.languages import country_name, language_name
from vocabulary.models import Place, Term

if TYPE_CHECKING:
    from network.models import Practitioner


def terms(entry: "Practitioner") -> dict[str, tuple[Labelled, ...]]:
    """Terms by scheme, labelled."""
    found: dict[str, list[Labelled]] = {}
    language = get_language()
    for row in entry.term_rows:
        found.setdefault(row["scheme"], []).append(_term(row["id"], _text(row["labels"]), language))
    return {scheme: tuple(named) for scheme, named in found.items()}


def areas(entry: "Practitioner") -> tuple[Area, ...]:
    """Areas as they may be shown: each once, none smaller than the gazetteer's smallest."""
    language = get_language()
    return tuple({area.id: area for area in (_area(row, language) for row in entry.area_rows)}.values())


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
    return _term(row["id"], _text(row["labels"]), get_language())


def named_place(row: Mapping[str, Any]) -> Labelled:
    """A place's row, labelled."""
    return Labelled(row["id"], Place(id=row["id"], name=row["name"], labels=json.loads(_text(row["labels"]))).label())


def _text(labels: Any) -> str:
    """SQLite gives a JSON column inside a JSON row as text, PostgreSQL as a mapping."""
    return labels if isinstance(labels, str) else json.dumps(labels or {})


# Few terms and places stand in many rows. What is remembered depends on nothing but the row as it was just read.
@lru_cache(maxsize=5_000)
def _term(pk: str, labels: str, language: str | None) -> Labelled:
    return Labelled(pk, Term(id=pk, labels=json.loads(labels)).label(language))


def _area(row: Mapping[str, Any], language: str | None) -> Area:
    return _shown(tuple(_columns(each) for each in _levels(row)), language)


def _levels(row: Mapping[str, Any] | None) -> Iterator[Mapping[str, Any]]:
    """A place's row and those of what lies around it."""
    while row and row["id"]:
        yield row
        row = row.get("parent")


def _columns(row: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, _text(value) if name == "labels" else value) for name, value in row.items() if name != "parent")


@lru_cache(maxsize=5_000)
def _shown(levels: tuple[tuple[tuple[str, Any], ...], ...], language: str | None) -> Area:
    around: Place | None = None
    for columns in reversed(levels):
        fields = dict(columns)
        place = Place(**{**fields, "labels": json.loads(fields["labels"])})
        place.parent, around = around, place
    assert around is not None
    shown = around.shown
    return Area(shown.pk, shown.label(language), shown.country, _around(shown), shown.latitude, shown.longitude)


def _around(place: Place) -> tuple[str, ...]:
    chain: list[str] = []
    area: Place | None = place
    while area is not None:
        chain.append(area.pk)
        area = area.parent
    return tuple(chain)
