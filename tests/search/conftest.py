"""A world of its own for each search test: only these records, these words and these places exist."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group

from search import database_files, lexicon, registry, signals
from search.models import OutboxEntry
from search.registry import PlaceMatch, Sense, Wording
from tests.search.world import Guides, People, key_of

WORDINGS = (
    Wording("children", "children", "en", main=True),
    Wording("kid", "children", "en"),
    Wording("enfants", "children", "fr", main=True),
    Wording("дети", "children", "ru", main=True),
    Wording("подросток", "adolescents", "ru", main=True),
    Wording("adolescents", "adolescents", "en", main=True),
    Wording("begging", "forced-begging", "en", main=True),
    Wording("guardian", "guardian", "en", main=True),
    Wording("опікун", "guardian", "uk", main=True),
    Wording("street", "street", "en", main=True),
    Wording("street work", "street-work", "en", main=True),
    Wording("unaccompanied children", "unaccompanied-children", "en", main=True),
    Wording("menor no acompañado", "unaccompanied-children", "es", main=True),
    Wording("undocumented migrants", "undocumented", "en", main=True),
    Wording("illegal migrant", "undocumented", "en", hidden=True),
    Wording("social worker", "social-worker", "en", main=True),
    Wording("AS", "social-worker", "fr"),
    Wording("NRM", "mechanism", "en"),
    Wording("referral mechanism", "mechanism", "en", main=True),
    Wording("police", "police-officer", "en", main=True),
    Wording("police", "police-station", "en"),
    Wording("Albanian", "language:sq", "en", main=True),
    Wording("albanais", "language:sq", "fr", main=True),
    Wording("албанский", "language:sq", "ru", main=True),
)
SENSES = (
    Sense("NRM", concept="mechanism", languages=("en",)),
    Sense("NRM", gloss="natural resource management", languages=("es",)),
)


def place(id_: str, name: str, country: str, population: int, at: tuple[float, float], **more: object) -> PlaceMatch:
    fields = {"form": name.casefold(), "kind": "municipality", "main": True, **more}
    return PlaceMatch(id_, name=name, country=country, population=population, latitude=at[0], longitude=at[1], **fields)


PLACES = (
    place("g1", "Tirana", "AL", 418_495, (41.327, 19.819)),
    place("g1", "Tirana", "AL", 418_495, (41.327, 19.819), form="тирана", main=False),
    place("g2", "Durrës", "AL", 113_000, (41.323, 19.441), form="durres"),
    place("g3", "Athens", "GR", 664_046, (37.984, 23.728)),
    place("g4", "Athens", "US", 115_000, (33.961, -83.378)),
    place("g5", "Nice", "FR", 338_620, (43.703, 7.266)),
    place("g6", "Police", "PL", 34_000, (53.55, 14.57)),
    place("g7", "Kid", "US", 6_000, (40.0, -90.0)),
    place("AL", "Albania", "AL", 2_866_376, (41.133, 19.832), kind="country"),
)


@dataclass
class World:
    """What exists; `looked_up` are the forms that places were asked for, one list a query."""

    guides: Guides
    people: People
    looked_up: list[Sequence[str]]


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Replaces what the site's apps registered with records, words and places of this test."""
    Group.objects.all().delete()
    OutboxEntry.objects.all().delete()
    made = World(Guides(), People(), [])

    def find_places(forms: Sequence[str]) -> list[PlaceMatch]:
        made.looked_up.append(forms)
        return [match for match in PLACES if match.form in forms]

    monkeypatch.setattr(registry, "searchables", [made.guides, made.people])
    monkeypatch.setattr(registry, "dependents", {Group: [key_of]})
    monkeypatch.setattr(registry, "lexicons", [lambda: WORDINGS])
    monkeypatch.setattr(registry, "senses", [lambda: SENSES])
    labels = {"language": {"sq": {"en": "Albanian"}, "en": {"en": "English"}, "es": {"en": "Spanish"}}}
    monkeypatch.setattr(registry, "concept_labels", [lambda facet: labels.get(facet, {})])
    monkeypatch.setattr(registry, "place_finders", [find_places])
    monkeypatch.setattr(registry, "places_by_id", [lambda ids: [match for match in PLACES if match.id in ids][:1]])
    monkeypatch.setattr(registry, "word_models", {Group})
    signals.connect()
    lexicon.forget()
    yield made
    lexicon.forget()


@pytest.fixture(autouse=True)
def nobody_began_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests may be writing on the same PostgreSQL server; tests/search/test_purge_files.py waits for real."""
    monkeypatch.setattr(database_files, "wait_for_older_readers", lambda: None)
