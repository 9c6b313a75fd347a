"""Clauses and filters as Elasticsearch's queries. No form that has a syntax is used: user text is only ever a value."""

from collections.abc import Iterable, Sequence

from elasticsearch.dsl.query import (
    Bool,
    ConstantScore,
    DisMax,
    GeoDistance,
    MatchAll,
    MatchNone,
    MatchPhrase,
    Prefix,
    Query,
    Term,
    Terms,
)

from search.document import Index, SearchDocument
from search.engines.base import Match
from search.engines.elastic.schema import facet_field
from search.engines.marks import Marks
from search.engines.order import rings
from search.engines.phrases import Worded, wordings
from search.engines.weights import (
    BEST_EVIDENCE,
    CONCEPT_SCORE,
    COUNTRY_SCORE,
    DISTANCE_STEP,
    EVIDENCE_STEP,
    EXACT_AREA,
    KNOWN_WEIGHT,
    LONGEST_PREFIX,
    OWN_LANGUAGE,
    PLACE_SCORE,
    SHORTEST_BEGINNING,
    SHORTEST_PREFIX,
    WORD_WEIGHT,
    WORDINGS_TIE,
    step,
    title_boost,
)
from search.query import Clause, SearchQuery, finds_people
from search.registry import PlaceMatch


def term(field: str, value: str | int | bool, boost: float = 1.0) -> Query:
    return Term(field, {"value": value, "boost": boost})


def terms(field: str, values: Iterable[str]) -> Query:
    return Terms(field, sorted(set(values)))


def worth(query: Query, weight: float) -> Query:
    """The query, where it matches, says just this much."""
    return ConstantScore(filter=query, boost=weight)


def more(query: Query, weight: float) -> Query:
    """Where the query matches, it says this much beside its own score."""
    return Bool(must=query, should=MatchAll(boost=weight))


def any_of(queries: Sequence[Query]) -> Query:
    """One or more of them; scores add up."""
    if len(queries) == 1:
        return queries[0]
    return Bool(should=list(queries), minimum_should_match=1) if queries else MatchNone()


def compose(index: Index, query: SearchQuery, match: Match, marks: Marks, without: str = "") -> Bool:
    """The whole query. Filters weigh nothing, save that a place chosen by `near` ranks by distance.

    `marks`: what the texts of the library are marked with; `without` leaves one facet's choice out.
    """
    must: list[Query] = []
    should: list[Query] = []
    some: list[Query] = []
    filters, barred = visible(query), [terms("not_for", query.principals)]
    filters += chosen(query, without)
    if query.near:
        must.append(place_query(index, query.near, query.within_km))
    described = query.understood.is_description
    for clause in query.understood.clauses:
        if index == "directory":
            one = _in_directory(clause, query.within_km)
        else:
            one = _in_library(clause, query.within_km, title_boost(described=described), marks)
        if clause.excluded:
            barred.append(one)
            continue
        if clause.required and (match is Match.ALL or (match is Match.KNOWN and clause.known)):
            must.append(one)
        elif match is Match.ANY and clause.required and index == "library":
            some.append(more(one, step(clause, described=described)))
        elif match is Match.ANY and index == "directory" and finds_people(clause, query.understood.clauses):
            some.append(one)
        else:
            should.append(one)
    if some:
        must.append(any_of(some))
    if index == "library":
        should += _merits(query.language)
    return Bool(filter=filters, must=must, must_not=barred, should=should)


def visible(query: SearchQuery) -> list[Query]:
    """Who may see it, and in which language; `not_for` is barred beside it."""
    return [terms("principals", query.principals), term("shown_in", query.language)]


def chosen(query: SearchQuery, without: str = "") -> list[Query]:
    """What was ticked."""
    found = {**query.chosen, **({"kind": query.kinds} if query.kinds else {})}
    return [terms(facet_field(name), values) for name, values in found.items() if name != without]


def _merits(language: str) -> list[Query]:
    """What speaks for a document of the library whatever is asked."""
    levels = range(1, BEST_EVIDENCE + 1)
    return [
        worth(term("written", language), OWN_LANGUAGE),
        *(worth(term("evidence", level), level * EVIDENCE_STEP) for level in levels),
    ]


def likeness(document: SearchDocument, query: SearchQuery) -> Query | None:
    """What shares concepts with a document, each worth its rarity (BM25's own); None for a document of none."""
    concepts = [term("concepts", each) for each in dict.fromkeys(document.concepts)]
    if not concepts:
        return None
    barred = [terms("not_for", query.principals), term("key", document.key)]
    return Bool(must=any_of(concepts), filter=visible(query) + chosen(query), must_not=barred)


def _in_library(clause: Clause, within_km: int, boost: float, marks: Marks) -> Query:
    """The concept, the place or the language, or the words in the text: scores add up."""
    if clause.beginning:
        return _beginnings(clause, SHORTEST_BEGINNING)
    # Wordings of one concept stand for each other: the best counts, further ones a little.
    worded = [_in_text(map(marks.instead, wording), boost) for wording in wordings(clause)]
    parts: list[Query] = [DisMax(queries=worded, tie_breaker=WORDINGS_TIE)] if worded else []
    parts += [worth(term("concepts", concept), CONCEPT_SCORE) for concept in clause.concepts]
    if clause.place:
        parts.append(place_query("library", clause.place, within_km))
    if clause.language:
        parts.append(worth(term(facet_field("language"), clause.language), CONCEPT_SCORE))
    return any_of(parts)


def _in_text(wording: Iterable[Worded], boost: float) -> Query:
    """One wording in every field that may hold it."""
    return any_of([_in_order(*each, boost if each[0].startswith("title") else 1.0) for each in wording])


def _in_order(field: str, found: Sequence[str], slop: int, boost: float = 1.0) -> Query:
    if len(found) == 1:
        return term(field, found[0], boost)
    return MatchPhrase(field, {"query": " ".join(found), "slop": slop, "boost": boost})


def _in_directory(clause: Clause, within_km: int) -> Query:
    """Constant weights only, whatever and however many parts match: no hidden entry can move the order of others."""
    if clause.beginning:
        return worth(_beginnings(clause, SHORTEST_PREFIX), WORD_WEIGHT)
    if clause.language:
        return worth(term(facet_field("language"), clause.language), KNOWN_WEIGHT)
    parts = [_words_in_directory(text) for _, text in clause.texts if text]
    parts += [term("concepts", concept) for concept in clause.concepts]
    if clause.place:
        near = place_query("directory", clause.place, within_km)
        return Bool(must=worth(any_of([near, *parts]), KNOWN_WEIGHT), should=near)
    return worth(any_of(parts), KNOWN_WEIGHT if clause.known else WORD_WEIGHT)


def _words_in_directory(text: Sequence[str]) -> Query:
    """Exact, folded, or by prefix; never fuzzily, for a name half remembered is a person half confirmed."""
    if len(text) > 1:
        return _in_order("text", text, 0)
    return _beginning("text", text[0], SHORTEST_PREFIX)


def _beginnings(clause: Clause, shortest: int) -> Query:
    """Titles and other names that hold all words of a text, the last of them perhaps unfinished, in any order."""
    parts = []
    for *whole, last in (text for _, text in clause.texts if text):
        held = [*(term("names", word) for word in whole), _beginning("names", last, shortest)]
        parts.append(worth(Bool(filter=held), 1.0))
    return any_of(parts)


def _beginning(field: str, word: str, shortest: int) -> Query:
    if shortest <= len(word) <= LONGEST_PREFIX:
        return Prefix(field, {"value": word})
    return term(field, word)


def place_query(index: Index, place: PlaceMatch, within_km: int) -> Query:
    """Serving the place or somewhere within the radius, nearer first; for the library also what is about its country.

    Only a municipality has a radius: the middle of a country says nothing. One document counts once, by its nearest.
    """
    people = index == "directory"
    exact = EXACT_AREA if people else PLACE_SCORE
    parts = [worth(term("areas", place.id), exact)]
    if place.kind == "municipality":
        here = {"lat": place.latitude, "lon": place.longitude}
        for rank, limit in enumerate(rings(within_km), start=1):
            around = GeoDistance("point", here, distance=f"{limit}km")
            parts.append(worth(around, exact - rank * DISTANCE_STEP))
    if not people and place.kind != "country" and place.country:
        unplaced = Bool(filter=[term("areas", place.country), term("placed", False)])
        parts.append(worth(unplaced, COUNTRY_SCORE - 1))
    return DisMax(queries=parts)
