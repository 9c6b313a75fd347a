"""What an engine answers for people, from documents in memory: the same clauses, weights, order and counts, no index.

It stands in where the directory's index cannot be asked or must not be believed: for a few thousand documents.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from search.document import FACETS, Index, SearchDocument
from search.engines.base import Answer, Found, Hit, Match
from search.engines.order import availability_of, kilometres, lot, month_of, rings, seed
from search.engines.paging import Page
from search.engines.weights import (
    DISTANCE_STEP,
    EXACT_AREA,
    KNOWN_WEIGHT,
    LONGEST_PREFIX,
    SHORTEST_PREFIX,
    WORD_WEIGHT,
)
from search.normalise import words
from search.query import Clause, SearchQuery, finds_people
from search.registry import PlaceMatch


@dataclass(frozen=True)
class _Read:
    """A document with its words, folded when they are first asked for."""

    document: SearchDocument

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(set(_folded(self.document.title, *self.document.other_names))))

    @cached_property
    def text(self) -> tuple[str, ...]:
        document = self.document
        return tuple(_folded(document.title, *document.other_names, document.summary, document.body))

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        return tuple(sorted(set(self.text)))

    @property
    def order(self) -> tuple[int, int, int]:
        """What decides between those that match equally well."""
        return (
            availability_of(self.document),
            -month_of(self.document.newest),
            lot(seed(self.document.key), date.today()),
        )


@dataclass(frozen=True, slots=True)
class _Matching:
    """A document that is about what was asked, how much it weighs, and the facets whose choice it does not meet."""

    document: _Read
    weight: float
    misses: frozenset[str]


class PlainDirectory:
    """People's documents, asked as an engine is. Each viewer matches at most one document of an entry."""

    def __init__(self, documents: Iterable[SearchDocument]) -> None:
        self._documents = [_Read(document) for document in documents]
        self._weighed: dict[tuple[Clause, int], list[float | None]] = {}

    def count(self, index: Index, query: SearchQuery, match: Match) -> int:
        return sum(not each.misses for each in self._matching(query, match))

    def search(self, index: Index, query: SearchQuery, match: Match) -> Answer:
        matching = list(self._matching(query, match))
        met = [each for each in matching if not each.misses]
        totals = Counter(each.document.document.kind for each in met)
        ordered = sorted(met, key=lambda each: (-each.weight, each.document.order)) if query.has_criterion else []
        found: dict[str, Found] = {}
        for kind, total in totals.items():
            keys = [each.document.document.key for each in ordered if each.document.document.kind == kind]
            page = Page.of(kind, total, query)
            found[kind] = Found(total, tuple(Hit(key) for key in keys[page.start : page.end]))
        facets = {name: _counted(matching, name) for name in FACETS if name in query.counted}
        return Answer(found, {name: counts for name, counts in facets.items() if counts})

    def _matching(self, query: SearchQuery, match: Match) -> Iterator[_Matching]:
        clauses = query.understood.clauses
        columns = [self._weights(clause, query.within_km) for clause in clauses]
        for number, each in enumerate(self._documents):
            if not _shown(each.document, query):
                continue
            weight = _weigh(clauses, [column[number] for column in columns], match)
            near = _place(each.document, query.near, query.within_km) if query.near else 0.0
            if weight is not None and near is not None:
                yield _Matching(each, weight + near, _misses(each.document, query))

    def _weights(self, clause: Clause, within_km: int) -> list[float | None]:
        """For each document what the clause adds, None where it is not about it; worked out once a clause."""
        known = self._weighed.get((clause, within_km))
        if known is None:
            known = [_clause(each, clause, within_km) for each in self._documents]
            self._weighed[clause, within_km] = known
        return known


def _shown(document: SearchDocument, query: SearchQuery) -> bool:
    return (
        not query.principals.isdisjoint(document.principals)
        and query.principals.isdisjoint(document.not_for)
        and query.language in document.shown_in
    )


def _weigh(clauses: Sequence[Clause], weights: Sequence[float | None], match: Match) -> float | None:
    """The sum of what matches; None where something that must match does not, or what is left out does."""
    total, some_asked, some_met = 0.0, False, False
    for clause, weight in zip(clauses, weights, strict=True):
        if clause.excluded:
            if weight is not None:
                return None
            continue
        if weight is None and clause.required and (match is Match.ALL or (match is Match.KNOWN and clause.known)):
            return None
        if match is Match.ANY and finds_people(clause, clauses):
            some_asked, some_met = True, some_met or weight is not None
        total += weight or 0.0
    return total if some_met or not some_asked else None


def _clause(read: _Read, clause: Clause, within_km: int) -> float | None:
    """Constant weights, whatever and however many parts match."""
    document = read.document
    if clause.beginning:
        held = (
            all(_holds(read.names, word) for word in whole) and _begins(read.names, last)
            for *whole, last in _texts(clause)
        )
        return WORD_WEIGHT if any(held) else None
    if clause.language:
        return KNOWN_WEIGHT if clause.language in document.facets.get("language", ()) else None
    near = _place(document, clause.place, within_km) if clause.place else None
    if near is not None:
        return KNOWN_WEIGHT + near
    if not any(each in document.concepts for each in clause.concepts) and not any(
        _words(read, text) for text in _texts(clause)
    ):
        return None
    return KNOWN_WEIGHT if clause.known else WORD_WEIGHT


def _texts(clause: Clause) -> Iterator[tuple[str, ...]]:
    return (text for _, text in clause.texts if text)


def _words(read: _Read, text: tuple[str, ...]) -> bool:
    """One word exact, folded or by prefix; several in this order, next to each other."""
    if len(text) == 1:
        return _begins(read.vocabulary, text[0])
    if not _holds(read.vocabulary, text[0]):
        return False
    return any(read.text[at : at + len(text)] == text for at, word in enumerate(read.text) if word == text[0])


def _holds(ordered: Sequence[str], word: str) -> bool:
    at = bisect_left(ordered, word)
    return at < len(ordered) and ordered[at] == word


def _begins(ordered: Sequence[str], word: str) -> bool:
    if not SHORTEST_PREFIX <= len(word) <= LONGEST_PREFIX:
        return _holds(ordered, word)
    at = bisect_left(ordered, word)
    return at < len(ordered) and ordered[at].startswith(word)


def _place(document: SearchDocument, place: PlaceMatch, within_km: int) -> float | None:
    """Serving the place, or somewhere within the radius: less in each ring; None beyond. Only a town has a radius."""
    if place.id in document.areas:
        return EXACT_AREA
    if place.kind != "municipality" or not document.points:
        return None
    # As engines hold points: to about a hundred metres.
    points = ((round(latitude, 3), round(longitude, 3)) for latitude, longitude in document.points)
    away = min(kilometres((place.latitude, place.longitude), point) for point in points)
    ring = next((number for number, limit in enumerate(rings(within_km), start=1) if away <= limit), None)
    return None if ring is None else EXACT_AREA - ring * DISTANCE_STEP


def chosen(document: SearchDocument, query: SearchQuery) -> bool:
    """Whether a document is shown to this reader and meets the filters, whatever its words are."""
    near = query.near is None or _place(document, query.near, query.within_km) is not None
    return near and _shown(document, query) and not _misses(document, query)


def _misses(document: SearchDocument, query: SearchQuery) -> frozenset[str]:
    missed = {name for name, values in query.chosen.items() if set(values).isdisjoint(document.facets.get(name, ()))}
    return frozenset(missed | ({"kind"} if query.kinds and document.kind not in query.kinds else set()))


def _counted(matching: Iterable[_Matching], name: str) -> dict[str, int]:
    """Documents by value; a facet's own choice does not limit its own counts."""
    counts: Counter[str] = Counter()
    for each in matching:
        if each.misses <= {name}:
            document = each.document.document
            counts.update([document.kind] if name == "kind" else set(document.facets.get(name, ())))
    return dict(counts)


def _folded(*texts: str) -> Iterator[str]:
    return (word for text in texts if text for word in words(text))
