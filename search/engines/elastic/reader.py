"""Reading: one search for the hits and all facets, and a narrow one beside it for each facet that was chosen from.

Measured at 100,000 documents by the server's CPU: hits of every kind taken from one pass cost a third of a search for
each kind, and facets counted in the same pass as the hits a fifth less than beside them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Query

from search.document import FACETS, KINDS, Index, SearchDocument
from search.engines.base import MOST_LISTED, Answer, Found, Hit, Match
from search.engines.elastic.answers import Answered, ask, whole
from search.engines.elastic.generations import Names
from search.engines.elastic.marks import MarksInUse
from search.engines.elastic.queries import compose, likeness
from search.engines.elastic.schema import INDEXES, facet_field
from search.engines.marks import Marks
from search.engines.order import MIX
from search.engines.paging import Page
from search.engines.texts import text_language
from search.highlight import Marker
from search.query import SearchQuery, Sort

# More values than any facet of the field has, so that counts are exact.
MOST_VALUES = 5000
FINGERPRINTS_AT_ONCE = 5000
TOP = "top"
# search.engines.order.lot in the server's own language; a sort takes the first 53 of its 64 bits.
LOT = f"""long mixed = doc['seed'].value ^ (long) params.day;
mixed = (mixed ^ (mixed >>> 31)) * {MIX - 2**64}L;
return (double) ((mixed ^ (mixed >>> 29)) >>> 11);"""


class Reader:
    """Answers from the generation in use."""

    def __init__(self, client: Elasticsearch, names: Names, marks: MarksInUse) -> None:
        self._client = client
        self._names = names
        self._marks = marks

    def count(self, index: Index, query: SearchQuery, match: Match) -> int:
        asked = self._on(index, self._composed(index, query, match)).extra(size=0, track_total_hits=True)
        (answer,) = ask(self._client, [asked])
        return int(answer["hits"]["total"]["value"])

    def search(self, index: Index, query: SearchQuery, match: Match) -> Answer:
        """One request; a second one only for a page beyond the last."""
        chosen = [*query.chosen, *(["kind"] if query.kinds else [])]
        narrow = [name for name in chosen if name in query.counted]
        wide = [name for name in FACETS if name in query.counted and name not in chosen]
        searches = [self._narrow(index, query, match, name) for name in narrow]
        kinds = [kind for kind in _kinds_of(index) if not query.kinds or kind in query.kinds]
        page = Page.of(kinds[0], MOST_LISTED, query) if kinds else None
        if page:
            searches.append(self._wide(index, query, match, wide, page))
        answers = ask(self._client, searches)
        facets = {name: _counts(name, answer) for name, answer in zip(narrow, answers, strict=False)}
        if not page:
            return Answer({}, _some(facets))
        facets |= {name: _counts(name, answers[-1]) for name in wide}
        totals = _counts("kind", answers[-1])
        last = Page.of(kinds[0], totals.get(kinds[0], 0), query)
        if last.start < page.start:
            answers = ask(self._client, [self._wide(index, query, match, (), last)])
        hits = _hits(index, query, kinds, answers[-1])
        return Answer({kind: Found(total, hits.get(kind, ())) for kind, total in totals.items()}, _some(facets))

    def alike(self, document: SearchDocument, query: SearchQuery, limit: int) -> tuple[str, ...]:
        like = likeness(document, query)
        if like is None:
            return ()
        asked = self._on("library", like).sort("_score", "seed").extra(size=limit, track_total_hits=False)
        (answer,) = ask(self._client, [asked.extra(**_shown())])
        return tuple(hit["fields"]["key"][0] for hit in answer["hits"]["hits"])

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """As the index stood when the first was asked for."""
        for index in INDEXES:
            asked = Search(using=self._client, index=self._names.alias(index)).sort("_shard_doc")
            asked = asked.extra(size=FINGERPRINTS_AT_ONCE, **_shown("key", "fingerprint"))
            with asked.point_in_time() as part:
                while hits := whole(part.execute().to_dict())["hits"]["hits"]:
                    for hit in hits:
                        yield hit["fields"]["key"][0], hit["fields"]["fingerprint"][0]
                    part = part.search_after()

    def _composed(self, index: Index, query: SearchQuery, match: Match, without: str = "") -> Query:
        marks = self._marks.for_reading(self._client) if index == "library" else Marks()
        return compose(index, query, match, marks, without)

    def _on(self, index: Index, query: Query) -> Search:
        return Search(index=self._names.alias(index)).query(query)

    def _narrow(self, index: Index, query: SearchQuery, match: Match, name: str) -> Search:
        """The values of one facet, as if nothing had been chosen from it."""
        search = self._on(index, self._composed(index, query, match, without=name)).extra(
            size=0, track_total_hits=False
        )
        _count_values(search, name)
        return search

    def _wide(self, index: Index, query: SearchQuery, match: Match, names: Iterable[str], page: Page) -> Search:
        """Totals by kind, other facets, and one page of the only kind or the first of each."""
        search = self._on(index, self._composed(index, query, match)).extra(track_total_hits=False)
        for name in dict.fromkeys(["kind", *names]):
            _count_values(search, name)
        size = page.end - page.start
        if index == "directory":
            shown = size if query.has_criterion else 0
            return search.sort(*_people()).extra(from_=page.start, size=shown, **_shown())
        order, fields = _by_relevance(query), _shown("key", "written", texts=_asks(query))
        if len(query.kinds) == 1:
            return search.sort(*order).extra(from_=page.start, size=size, **fields)
        search.aggs["kind"].metric(TOP, "top_hits", size=size, sort=order, track_scores=True, _source=False, **fields)
        return search.extra(size=0)


def _kinds_of(index: Index) -> list[str]:
    return [kind for kind in KINDS if (kind == "person") == (index == "directory")]


def _asks(query: SearchQuery) -> bool:
    """Whether there are words to be relevant to."""
    return any(not clause.excluded for clause in query.understood.clauses)


def _count_values(search: Search, name: str) -> None:
    search.aggs.bucket(name, "terms", field=facet_field(name), size=MOST_VALUES)


def _counts(name: str, answer: Answered) -> dict[str, int]:
    return {row["key"]: row["doc_count"] for row in answer["aggregations"][name]["buckets"]}


def _some(facets: Mapping[str, Mapping[str, int]]) -> dict[str, Mapping[str, int]]:
    return {name: values for name, values in facets.items() if values}


def _shown(*fields: str, texts: bool = False) -> dict[str, Any]:
    """What a hit brings along; the key if nothing else is named."""
    stored = ["title", "text"] if texts else "_none_"
    return {"docvalue_fields": list(fields) or ["key"], "stored_fields": stored}


def _by_relevance(query: SearchQuery) -> list[Any]:
    """The library's order; what is equal keeps one order over all pages."""
    if query.sort is Sort.EVIDENCE:
        return [{"evidence": "desc"}, "_score", "seed"]
    if query.sort is Sort.NEWEST or not _asks(query):
        return [{"newest": "desc"}, "_score", "seed"]
    return ["_score", "seed"]


def _people() -> list[Any]:
    """By weight, then availability, month confirmed, and a lot that is drawn anew every day.

    Nothing here depends on another document, so nothing hidden can move it.
    """
    script = {"source": LOT, "params": {"day": _signed(date.today().toordinal() * MIX)}}
    drawn = {"_script": {"type": "number", "order": "asc", "script": script}}
    return ["_score", "availability", {"month": "desc"}, drawn]


def _signed(number: int) -> int:
    """The lowest 64 bits as the server's long."""
    return (number + 2**63) % 2**64 - 2**63


def _hits(index: Index, query: SearchQuery, kinds: Sequence[str], answer: Answered) -> dict[str, tuple[Hit, ...]]:
    """Hits by kind: those of the only kind, or the first of each."""
    marker = Marker(query.understood)
    if index == "directory" or len(query.kinds) == 1:
        return {kinds[0]: tuple(_hit(marker, hit) for hit in answer["hits"]["hits"])}
    return {
        row["key"]: tuple(_hit(marker, hit) for hit in row[TOP]["hits"]["hits"])
        for row in answer["aggregations"]["kind"]["buckets"]
    }


def _hit(marker: Marker, hit: Mapping[str, Any]) -> Hit:
    """What matched is marked by us in the stored text: the server's own marks would be markup. People have no text."""
    fields = hit["fields"]
    key, score = fields["key"][0], hit["_score"] if "written" in fields else 0.0
    if "title" not in fields:
        return Hit(key, score=score)
    language, text = text_language(fields["written"][0]), fields.get("text", [""])[0]
    return Hit(key, marker.parts(fields["title"][0], language), marker.snippet(text, language), score)
