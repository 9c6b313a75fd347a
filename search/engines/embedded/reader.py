"""Reading: one generation, opened once a process and after any fork."""

import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tantivy import DocAddress, Occur, Order, Query, Searcher

from search.document import FACETS, Index, SearchDocument
from search.engines.base import FIRST_FIVE, MOST_PEOPLE, Answer, Found, Hit, Match, Segments
from search.engines.embedded.generations import INDEXES, Generation
from search.engines.embedded.queries import compose, likeness
from search.engines.embedded.schema import SCHEMAS, facet_field, kept, open_index
from search.engines.order import lot, month_of
from search.highlight import Marker
from search.query import SearchQuery, Sort

# More values than any facet of the field has, so that counts are exact.
MOST_VALUES = 5000


class Reader:
    """Answers from one generation."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._indexes = {name: open_index(name, generation.path(name)) for name in SCHEMAS}
        for index in self._indexes.values():
            index.config_reader("manual")

    def searcher(self, index: Index) -> Searcher:
        """Sees every commit, also another process's: looking for one costs 0.03 ms."""
        self._indexes[index].reload()
        return self._indexes[index].searcher()

    def count(self, index: Index, query: SearchQuery, match: Match) -> int:
        searcher = self.searcher(index)
        return searcher.search(compose(index, query, match, searcher), limit=1).count

    def search(self, index: Index, query: SearchQuery, match: Match) -> Answer:
        searcher = self.searcher(index)
        whole = compose(index, query, match, searcher)
        facets = self._facets(index, query, match, searcher, whole)
        totals = _terms(searcher, whole, ("kind",))["kind"]
        listing = _people if index == "directory" else _library
        found: dict[str, Found] = {}
        for kind, total in totals.items():
            one = _Page(total if index == "library" else min(total, MOST_PEOPLE), query)
            hits = listing(searcher, query, Query.boolean_query(_must(whole, index, kind)), one)
            found[kind] = Found(total, hits)
        return Answer(found, facets)

    def _facets(
        self, index: Index, query: SearchQuery, match: Match, searcher: Searcher, whole: Query
    ) -> dict[str, Mapping[str, int]]:
        """Exact counts; a facet's own choice does not limit its own counts."""
        chosen = [*query.chosen, *(["kind"] if query.kinds else [])]
        counts: dict[str, Mapping[str, int]] = {}
        counts |= _terms(searcher, whole, [name for name in FACETS if name in query.counted and name not in chosen])
        for name in (name for name in chosen if name in query.counted):
            counts |= _terms(searcher, compose(index, query, match, searcher, without=name), [name])
        return {name: values for name, values in counts.items() if values}

    def alike(self, document: SearchDocument, query: SearchQuery, limit: int) -> tuple[str, ...]:
        searcher = self.searcher("library")
        like = likeness(document, query, searcher)
        found = searcher.search(like, limit=limit, count=False).hits if like else []
        return tuple(str(searcher.doc(address).get_first("key")) for _, address in found)

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        for name in INDEXES:
            searcher = self.searcher(name)  # type: ignore[arg-type] # one of the two names
            if not searcher.num_docs:
                continue
            for _, address in searcher.search(Query.all_query(), limit=searcher.num_docs).hits:
                document = searcher.doc(address)
                yield str(document.get_first("key")), kept(document)[0]


class _Page:
    """Which of `reachable` hits to show: the first five of a group, or one page of the only kind."""

    def __init__(self, reachable: int, query: SearchQuery) -> None:
        self.size = query.size if len(query.kinds) == 1 else FIRST_FIVE
        last = max(1, math.ceil(reachable / self.size))
        page = min(max(1, query.page), last) if len(query.kinds) == 1 else 1
        self.start = (page - 1) * self.size
        self.end = min(self.start + self.size, reachable)


def _library(searcher: Searcher, query: SearchQuery, asked: Query, page: _Page) -> tuple[Hit, ...]:
    """By relevance; without words, and when asked for, the newest first."""
    limit = max(1, page.end - page.start)
    asks = any(not clause.excluded for clause in query.understood.clauses)
    if query.sort is not Sort.NEWEST and (asks or query.sort is Sort.EVIDENCE):
        found = searcher.search(asked, limit=limit, offset=page.start, count=False)
    else:
        found = searcher.search(
            asked, limit=limit, offset=page.start, count=False, order_by_field="newest", order=Order.Desc
        )
    marker, hits = Marker(query.understood), []
    for score, address in found.hits:
        document = searcher.doc(address)
        title_parts: Segments = ()
        snippet: Segments = ()
        if asks:
            _, language, title, text = kept(document)
            title_parts, snippet = marker.parts(title, language), marker.snippet(text, language)
        hits.append(Hit(str(document.get_first("key")), title_parts, snippet, float(score or 0)))
    return tuple(hits)


def _people(searcher: Searcher, query: SearchQuery, asked: Query, page: _Page) -> tuple[Hit, ...]:
    """By weight, then availability, month confirmed, and a hash that is another every day.

    The engine orders by weight alone, so all that tie with the last one wanted are fetched and put in order here:
    what its own order of ties would say depends on entries that this viewer may not see.
    """
    if not query.has_criterion or page.end == 0:
        return ()
    limit = MOST_PEOPLE * 2
    while True:
        found = searcher.search(asked, limit=limit, count=True)
        if found.count <= limit or found.hits[-1][0] < found.hits[page.end - 1][0]:
            break
        limit *= 4
    addresses, today = [address for _, address in found.hits], date.today()
    order = zip(
        (-score for score, _ in found.hits),
        _numbers(searcher, "availability", addresses),
        (-month_of(day) for day in _numbers(searcher, "newest", addresses)),
        (lot(seed, today) for seed in _numbers(searcher, "seed", addresses)),
        range(len(addresses)),
        strict=True,
    )
    chosen = [addresses[each[-1]] for each in sorted(order)[page.start : page.end]]
    return tuple(Hit(str(searcher.doc(address).get_first("key"))) for address in chosen)


def _numbers(searcher: Searcher, field: str, addresses: list[DocAddress]) -> list[int]:
    return [int(value or 0) for value in searcher.fast_field_values(field, addresses)]


def _must(whole: Query, index: Index, kind: str) -> list[Any]:
    only = Query.const_score_query(Query.term_query(SCHEMAS[index], "kind", kind), 0.0)
    return [(Occur.Must, whole), (Occur.Must, only)]


def _terms(searcher: Searcher, query: Query, names: Any) -> dict[str, dict[str, int]]:
    """Documents by value of each facet."""
    asked = {
        name: {
            "terms": {
                "field": "kind" if name == "kind" else facet_field(name),
                "size": MOST_VALUES,
                "segment_size": MOST_VALUES,
            }
        }
        for name in names
    }
    if not asked:
        return {}
    answer = searcher.aggregate(query, asked)
    return {name: {row["key"]: row["doc_count"] for row in answer[name]["buckets"]} for name in asked}
