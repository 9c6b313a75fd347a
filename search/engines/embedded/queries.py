"""Clauses and filters as the engine's queries. User text never reaches a query parser."""

import math
import re
from collections.abc import Iterable, Sequence

from tantivy import Occur, Query, Schema, Searcher

from search.document import Index, SearchDocument
from search.engines.base import Match
from search.engines.embedded.schema import SCHEMAS, STEMMED, TEXT_LANGUAGES, facet_field
from search.engines.order import kilometres
from search.engines.weights import (
    BEST_EVIDENCE,
    CONCEPT_SCORE,
    COUNTRY_SCORE,
    DISTANCE_KM,
    DISTANCE_STEP,
    EVIDENCE_STEP,
    EXACT_AREA,
    KNOWN_WEIGHT,
    LONGEST_PREFIX,
    OWN_LANGUAGE,
    PLACE_SCORE,
    SHORTEST_BEGINNING,
    SHORTEST_PREFIX,
    SLOP,
    SORTED_EVIDENCE_STEP,
    WORD_WEIGHT,
    WORDINGS_TIE,
    step,
    title_boost,
)
from search.query import Clause, SearchQuery, Sort
from search.registry import PlaceMatch
from search.stemming import stems

# Folded words hold nothing else; what does is not given to a pattern, nor what has more states than the engine takes.
PLAIN = re.compile(r"\w+")


def anything() -> Query:
    return Query.const_score_query(Query.all_query(), 0.0)


def any_of(queries: Sequence[Query]) -> Query:
    """One or more of them; scores add up."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, each) for each in queries]) if queries else Query.empty_query()


def terms(schema: Schema, field: str, values: Iterable[str]) -> Query:
    return Query.const_score_query(Query.term_set_query(schema, field, sorted(set(values))), 0.0)


def filters(index: Index, query: SearchQuery, searcher: Searcher, without: str = "") -> list[tuple[Occur, Query]]:
    """Who may see it, in which language, and what was chosen; `without` leaves one facet's choice out."""
    schema = SCHEMAS[index]
    found = [
        (Occur.Must, terms(schema, "principals", query.principals)),
        (Occur.Must, terms(schema, "shown_in", [query.language])),
        (Occur.MustNot, terms(schema, "not_for", query.principals)),
    ]
    if query.kinds and without != "kind":
        found.append((Occur.Must, terms(schema, "kind", query.kinds)))
    for name, values in query.chosen.items():
        if name != without:
            found.append((Occur.Must, terms(schema, facet_field(name), values)))
    if query.near:
        near = place_query(index, query.near, query.within_km, searcher)
        found.append((Occur.Must, near))
    return found


def compose(index: Index, query: SearchQuery, match: Match, searcher: Searcher, without: str = "") -> Query:
    """The whole query. Filters weigh nothing, save that a place chosen by `near` ranks by distance."""
    parts = filters(index, query, searcher, without)
    asked: list[tuple[Occur, Query]] = []
    some: list[Query] = []
    described = query.understood.is_description
    for clause in query.understood.clauses:
        one = clause_query(index, clause, query.within_km, searcher, described=described)
        if clause.excluded:
            parts.append((Occur.MustNot, one))
            continue
        needed = clause.required and (match is Match.ALL or (match is Match.KNOWN and clause.known))
        asked.append((Occur.Must if needed else Occur.Should, one))
        # People are not found by some word of several: only by something known.
        if match is Match.ANY and clause.required and (clause.known or index == "library"):
            some.append(Query.const_score_query(one, 0.0))
            if index == "library":
                asked.append((Occur.Should, Query.const_score_query(one, step(clause, described=described))))
    if some:
        parts.append((Occur.Must, any_of(some)))
    if index == "library":
        asked += [(Occur.Should, each) for each in _merits(query)]
    return Query.boolean_query([(Occur.Must, anything()), *parts, *asked])


def _merits(query: SearchQuery) -> list[Query]:
    """What speaks for a document of the library whatever is asked."""
    schema = SCHEMAS["library"]
    own = Query.const_score_query(Query.term_query(schema, "written", query.language), OWN_LANGUAGE)
    step = SORTED_EVIDENCE_STEP if query.sort is Sort.EVIDENCE else EVIDENCE_STEP
    levels = range(1, BEST_EVIDENCE + 1)
    return [own] + [
        Query.const_score_query(Query.term_query(schema, "evidence", level), level * step) for level in levels
    ]


def likeness(document: SearchDocument, query: SearchQuery, searcher: Searcher) -> Query | None:
    """What shares concepts with a document of the library, each worth what its rarity tells; None for one of none."""
    schema, documents = SCHEMAS["library"], searcher.num_docs
    shared = [
        Query.const_score_query(
            Query.term_query(schema, "concepts", each), rarity(documents, searcher.doc_freq("concepts", each))
        )
        for each in dict.fromkeys(document.concepts)
    ]
    if not shared:
        return None
    itself = (Occur.MustNot, Query.term_query(schema, "key", document.key))
    return Query.boolean_query([(Occur.Must, any_of(shared)), itself, *filters("library", query, searcher)])


def rarity(documents: int, holding: int) -> float:
    """BM25's weight of a term that so many of the documents hold."""
    return math.log(1 + (max(documents, holding) - holding + 0.5) / (holding + 0.5))


def clause_query(index: Index, clause: Clause, within_km: int, searcher: Searcher, *, described: bool) -> Query:
    if index == "directory":
        return _in_directory(clause, within_km, searcher)
    return _in_library(clause, within_km, searcher, title_boost(described=described))


def _in_library(clause: Clause, within_km: int, searcher: Searcher, boost: float) -> Query:
    """The concept, the place or the language, or the words in the text: scores add up."""
    schema = SCHEMAS["library"]
    if clause.beginning:
        return _beginnings(schema, clause, SHORTEST_BEGINNING)
    # Wordings of one concept stand for each other: the best counts, further ones a little.
    worded = [_words_in_library(language, text, boost) for language, text in clause.texts if text]
    parts = [Query.disjunction_max_query(worded, tie_breaker=WORDINGS_TIE)] if worded else []
    for concept in clause.concepts:
        parts.append(Query.const_score_query(Query.term_query(schema, "concepts", concept), CONCEPT_SCORE))
    if clause.place:
        parts.append(place_query("library", clause.place, within_km, searcher))
    if clause.language:
        spoken = Query.term_query(schema, facet_field("language"), clause.language)
        parts.append(Query.const_score_query(spoken, CONCEPT_SCORE))
    return any_of(parts)


def _words_in_library(language: str, text: Sequence[str], boost: float) -> Query:
    """The words in order, in the fields of their language; a form of an unknown language in all fields."""
    schema, parts = SCHEMAS["library"], []
    fields = TEXT_LANGUAGES if not language else [language if language in STEMMED else "xx"]
    for each in fields:
        found = stems(text, each)
        title, body = (_in_order(schema, f"{part}_{each}", found) for part in ("title", "body"))
        parts += [Query.boost_query(title, boost), body]
    return any_of(parts)


def _in_order(schema: Schema, field: str, found: Sequence[str]) -> Query:
    if len(found) == 1:
        return Query.term_query(schema, field, found[0], index_option="freq")
    return Query.phrase_query(schema, field, list(found), slop=SLOP)


def _in_directory(clause: Clause, within_km: int, searcher: Searcher) -> Query:
    """Constant weights only, whatever and however many parts match: no hidden entry can move the order of others."""
    schema = SCHEMAS["directory"]
    if clause.beginning:
        return Query.const_score_query(_beginnings(schema, clause, SHORTEST_PREFIX), WORD_WEIGHT)
    if clause.language:
        spoken = Query.term_query(schema, facet_field("language"), clause.language)
        return Query.const_score_query(spoken, KNOWN_WEIGHT)
    parts = [_words_in_directory(schema, text) for _, text in clause.texts if text]
    parts += [Query.term_query(schema, "concepts", concept) for concept in clause.concepts]
    if clause.place:
        near = place_query("directory", clause.place, within_km, searcher)
        anyhow = any_of([near, *parts])
        return Query.boolean_query([(Occur.Must, Query.const_score_query(anyhow, KNOWN_WEIGHT)), (Occur.Should, near)])
    return Query.const_score_query(any_of(parts), KNOWN_WEIGHT if clause.known else WORD_WEIGHT)


def _words_in_directory(schema: Schema, text: Sequence[str]) -> Query:
    """Exact, folded, or by prefix; never fuzzily, for a name half remembered is a person half confirmed."""
    if len(text) > 1:
        return Query.phrase_query(schema, "text", list(text))
    return _beginning(schema, "text", text[0], SHORTEST_PREFIX)


def _beginnings(schema: Schema, clause: Clause, shortest: int) -> Query:
    """Titles and other names that hold all words of a text, the last of them perhaps unfinished, in any order."""
    parts = []
    for *whole, last in (text for _, text in clause.texts if text):
        held = [Query.term_query(schema, "names", word) for word in whole]
        held.append(_beginning(schema, "names", last, shortest))
        parts.append(Query.const_score_query(Query.boolean_query([(Occur.Must, each) for each in held]), 1.0))
    return any_of(parts)


def _beginning(schema: Schema, field: str, word: str, shortest: int) -> Query:
    if shortest <= len(word) <= LONGEST_PREFIX and PLAIN.fullmatch(word):
        return Query.regex_query(schema, field, f"{word}.*")
    return Query.term_query(schema, field, word)


def place_query(index: Index, place: PlaceMatch, within_km: int, searcher: Searcher) -> Query:
    """Serving the place or somewhere within the radius, nearer first; for the library also what is about its country.

    Only a municipality has a radius: the middle of a country says nothing. One document counts once, by its nearest.
    """
    schema, people = SCHEMAS[index], index == "directory"
    exact = EXACT_AREA if people else PLACE_SCORE
    parts = [Query.const_score_query(Query.term_query(schema, "areas", place.id), exact)]
    if place.kind == "municipality":
        for rank, points in enumerate(_rings(searcher, place, within_km)):
            score = exact - (rank + 1) * DISTANCE_STEP
            if points:
                parts.append(Query.const_score_query(Query.term_set_query(schema, "point", points), score))
    if not people and place.kind != "country" and place.country:
        about = Query.term_query(schema, "areas", place.country)
        unplaced = Query.boolean_query([(Occur.Must, about), (Occur.Must, Query.term_query(schema, "placed", "no"))])
        parts.append(Query.const_score_query(unplaced, COUNTRY_SCORE - 1))
    return Query.disjunction_max_query(parts)


def _rings(searcher: Searcher, place: PlaceMatch, within_km: int) -> list[list[str]]:
    """The indexed points in each ring around a place. All points are read: areas are few, whoever serves them."""
    limits = [min(limit, within_km) for limit in DISTANCE_KM if limit <= within_km] or [within_km]
    if within_km > limits[-1]:
        limits.append(within_km)
    rings: list[list[str]] = [[] for _ in limits]
    for token, _ in searcher.terms_with_prefix("point", ""):
        latitude, _, longitude = token.partition(",")
        away = kilometres((place.latitude, place.longitude), (float(latitude), float(longitude)))
        ring = next((number for number, limit in enumerate(limits) if away <= limit), None)
        if ring is not None:
            rings[ring].append(token)
    return rings
