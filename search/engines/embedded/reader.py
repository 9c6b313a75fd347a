"""Reading: one generation, opened once a process and after any fork."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tantivy import DocAddress, Order, Query, Searcher

from search.document import KINDS, Index, SearchDocument
from search.engines.base import MOST_PEOPLE, Answer, Found, Hit, Match
from search.engines.embedded.clauses import IndexNow
from search.engines.embedded.counting import by_facet, by_kind
from search.engines.embedded.generations import INDEXES, Generation, marks_of
from search.engines.embedded.people import ordered
from search.engines.embedded.points import Points, Stamp, stamp_of
from search.engines.embedded.questions import Question, likeness
from search.engines.embedded.schema import SCHEMAS, kept, open_index
from search.engines.paging import Page
from search.highlight import Marker
from search.query import SearchQuery, Sort

# Of everything found, so many are looked at to fill the groups; a group that they do not fill is asked for by itself.
LOOKED_AT = 300
# From so many documents on, other threads count, and rank further groups, while hits are ranked.
LARGE = 20_000
Scored = tuple[float, DocAddress]
Counts = tuple[Mapping[str, int], Mapping[str, Mapping[str, int]]]
# Takes a call, returns what returns its outcome; it may have begun in another thread.
Begun = Callable[[Callable[[], list[Scored]]], Callable[[], list[Scored]]]


class Reader:
    """Answers from one generation."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._indexes = {name: open_index(name, generation.path(name)) for name in SCHEMAS}
        for index in self._indexes.values():
            index.config_reader("manual")
        self._marks = marks_of(generation)
        self._points: dict[Index, tuple[Stamp, Points]] = {}
        # The engine works without Python's lock: two threads use two cores.
        self._beside = ThreadPoolExecutor(2, thread_name_prefix="search-beside")

    def searcher(self, index: Index) -> Searcher:
        """Sees every commit, also another process's: looking for one costs 0.03 ms."""
        self._indexes[index].reload()
        return self._indexes[index].searcher()

    def count(self, index: Index, query: SearchQuery, match: Match) -> int:
        searcher, question = self._asked(index, query, match)
        return sum(by_kind(searcher, question.finding()).values())

    def search(self, index: Index, query: SearchQuery, match: Match) -> Answer:
        searcher, question = self._asked(index, query, match)
        counts = self._counts(searcher, question, query)
        if index == "directory":
            # Before it is known how many there are: as many as the page would need if there were enough.
            end = Page.of("person", MOST_PEOPLE, query).end if query.has_criterion else 0
            people = ordered(searcher, question, end) if end else []
            totals, facets = counts()
            found = {kind: _people(searcher, people, Page.of(kind, total, query)) for kind, total in totals.items()}
        else:
            listing = _Listing(searcher, question, query, partial(self._begun, searcher))
            ahead = listing.look() if query.page == 1 or len(query.kinds) != 1 else None
            totals, facets = counts()
            found = listing.hits(totals, ahead)
        return Answer({kind: Found(total, found.get(kind, ())) for kind, total in totals.items()}, facets)

    def alike(self, document: SearchDocument, query: SearchQuery, limit: int) -> tuple[str, ...]:
        now = self._now("library")
        searcher, like = now.searcher, likeness(document, query, now)
        found = searcher.search(like, limit=limit, count=False).hits if like else []
        return tuple(kept(searcher.doc(address))[0] for _, address in found)

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        for name in INDEXES:
            searcher = self.searcher(name)  # type: ignore[arg-type] # one of the two names
            if not searcher.num_docs:
                continue
            for _, address in searcher.search(Query.all_query(), limit=searcher.num_docs).hits:
                key, print_, *_rest = kept(searcher.doc(address))
                yield key, print_

    def _asked(self, index: Index, query: SearchQuery, match: Match) -> tuple[Searcher, Question]:
        now = self._now(index)
        return now.searcher, Question(index, query, match, now)

    def _now(self, index: Index) -> IndexNow:
        # The stamp before the searcher: points that are newer than their stamp are only read once more.
        stamp = stamp_of(self.generation.path(index))
        searcher = self.searcher(index)
        known = self._points.get(index)
        if known is None or known[0] != stamp:
            known = self._points[index] = (stamp, Points(searcher))
        return IndexNow(searcher, known[1], self._marks)

    def _counts(self, searcher: Searcher, question: Question, query: SearchQuery) -> Callable[[], Counts]:
        """The counts when they are called for. A facet's own choice does not limit its own counts, so it has a pass."""
        chosen = [name for name in [*query.chosen, *(["kind"] if query.kinds else [])] if name in query.counted]
        others = [name for name in query.counted if name not in chosen]
        passes: list[Callable[[], Counts]] = [
            partial(by_facet, searcher, question.finding(), others),
            *(partial(by_facet, searcher, question.finding(without=name), [name]) for name in chosen),
        ]
        begun = [self._begun(searcher, each) for each in passes]
        return lambda: _together([each() for each in begun])

    def _begun[Outcome](self, searcher: Searcher, call: Callable[[], Outcome]) -> Callable[[], Outcome]:
        """What returns a call's outcome; where that is worth a thread, it has begun already."""
        return self._beside.submit(call).result if searcher.num_docs >= LARGE else call


def _together(passes: Sequence[Counts]) -> Counts:
    """(kind → total, facet → value → documents): totals of the first pass, counts of all."""
    counts = {name: values for _, facets in passes for name, values in facets.items() if values}
    return passes[0][0], counts


def _people(searcher: Searcher, people: Sequence[DocAddress], page: Page) -> tuple[Hit, ...]:
    return tuple(Hit(kept(searcher.doc(address))[0]) for address in people[page.start : page.end])


class _Listing:
    """Hits of the library with what matched in them: by relevance, or the newest first."""

    def __init__(self, searcher: Searcher, question: Question, query: SearchQuery, begun: Begun) -> None:
        self._searcher, self._question, self._query, self._begun = searcher, question, query, begun
        self._asks = any(not clause.excluded for clause in query.understood.clauses)
        self._marker = Marker(query.understood)

    def look(self) -> dict[str, list[Scored]]:
        """The first of everything by kind, before it is known how many there are."""
        if len(self._query.kinds) == 1:
            return {self._query.kinds[0]: self._search("", 0, self._query.size)}
        found: dict[str, list[Scored]] = {}
        first = self._search("", 0, LOOKED_AT)
        numbers = self._searcher.fast_field_values("kind_number", [address for _, address in first])
        for scored, number in zip(first, numbers, strict=True):
            found.setdefault(KINDS[int(number or 0)], []).append(scored)
        return found

    def hits(self, totals: Mapping[str, int], ahead: Mapping[str, list[Scored]] | None) -> dict[str, tuple[Hit, ...]]:
        scored: dict[str, Callable[[], list[Scored]]] = {}
        for kind, total in totals.items():
            page, known = Page.of(kind, total, self._query), (ahead or {}).get(kind, [])
            if len(known) >= page.end:
                scored[kind] = partial(list, known[page.start : page.end])
            else:
                scored[kind] = self._begun(partial(self._search, kind, page.start, page.end))
        return {kind: tuple(self._hit(score, address) for score, address in found()) for kind, found in scored.items()}

    def _search(self, kind: str, start: int, end: int) -> list[Scored]:
        """In order; of a kind, or of all that are asked for."""
        query, limit = self._question.ranking(kind), max(1, end - start)
        if self._query.sort is Sort.NEWEST or (self._query.sort is Sort.RELEVANCE and not self._asks):
            found = self._searcher.search(
                query, limit=limit, offset=start, count=False, order_by_field="newest", order=Order.Desc
            )
        else:
            found = self._searcher.search(query, limit=limit, offset=start, count=False)
        return [(float(score or 0), address) for score, address in found.hits]

    def _hit(self, score: float, address: DocAddress) -> Hit:
        key, _, language, title, text = kept(self._searcher.doc(address))
        if not self._asks:
            return Hit(key, score=score)
        return Hit(key, self._marker.parts(title, language), self._marker.snippet(text, language), score)
