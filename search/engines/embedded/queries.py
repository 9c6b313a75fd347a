"""Clauses and filters as the engine's queries. User text never reaches a query parser."""

import math
import re
from collections.abc import Iterable, Sequence

from tantivy import Occur, Query, Schema, Searcher

from search.document import Index
from search.engines.base import Match
from search.engines.embedded.schema import BEST_EVIDENCE, SCHEMAS, STEMMED, TEXT_LANGUAGES, facet_field
from search.query import Clause, SearchQuery
from search.registry import PlaceMatch
from search.stemming import stems

# Library: a title says more than a body ("guardian" must find the guide on guardianship before those that mention one).
TITLE_BOOST = 2.5
# A concept an editor gave weighs like two words of the text.
CONCEPT_SCORE = 6.0
WORDINGS_TIE = 0.2
# A guide in the reader's own language comes before one that is somewhat more about it ("уличная работа" in Russian).
OWN_LANGUAGE = 10.0
# Between equals the better evidenced ("THB", which nearly every guide is about).
EVIDENCE_STEP = 0.2
PLACE_SCORE, COUNTRY_SCORE = 5.0, 2.0
# When only some of the things asked for are found, how many of them decides before how well.
KNOWN_STEP, WORD_STEP = 100.0, 40.0
# Words of one form may stand a little apart: "trafficking in children" and "trafficking in small children".
SLOP = 2

# Directory: whole numbers only, exact in the engine's floats; a clause always outweighs any distance.
KNOWN_WEIGHT, WORD_WEIGHT = 256.0, 128.0
DISTANCE_KM = (25, 50, 100)
EXACT_AREA, DISTANCE_STEP = 4.0, 1.0
# Longer words are no beginnings of others, and the engine refuses a pattern of too many states.
SHORTEST_PREFIX, LONGEST_PREFIX = 3, 40
# Folded words hold nothing else; what does is not given to a pattern.
PLAIN = re.compile(r"\w+")

EARTH_KM = 6371.0


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
    for clause in query.understood.clauses:
        one = clause_query(index, clause, query.within_km, searcher)
        needed = clause.required and (match is Match.ALL or (match is Match.KNOWN and clause.known))
        asked.append((Occur.Must if needed else Occur.Should, one))
        # People are not found by some word of several: only by something known.
        if match is Match.ANY and clause.required and (clause.known or index == "library"):
            some.append(Query.const_score_query(one, 0.0))
            if index == "library":
                asked.append((Occur.Should, Query.const_score_query(one, KNOWN_STEP if clause.known else WORD_STEP)))
    if some:
        parts.append((Occur.Must, any_of(some)))
    if index == "library":
        asked += [(Occur.Should, each) for each in _merits(query.language)]
    return Query.boolean_query([(Occur.Must, anything()), *parts, *asked])


def _merits(language: str) -> list[Query]:
    """What speaks for a document of the library whatever is asked."""
    schema = SCHEMAS["library"]
    own = Query.const_score_query(Query.term_query(schema, "written", language), OWN_LANGUAGE)
    levels = range(1, BEST_EVIDENCE + 1)
    return [own] + [
        Query.const_score_query(Query.term_query(schema, "evidence", level), level * EVIDENCE_STEP) for level in levels
    ]


def clause_query(index: Index, clause: Clause, within_km: int, searcher: Searcher) -> Query:
    return (_in_library if index == "library" else _in_directory)(clause, within_km, searcher)


def _in_library(clause: Clause, within_km: int, searcher: Searcher) -> Query:
    """The concept, the place or the language, or the words in the text: scores add up."""
    schema = SCHEMAS["library"]
    # Wordings of one concept stand for each other: the best counts, further ones a little.
    worded = [_words_in_library(language, text) for language, text in clause.texts if text]
    parts = [Query.disjunction_max_query(worded, tie_breaker=WORDINGS_TIE)] if worded else []
    for concept in clause.concepts:
        parts.append(Query.const_score_query(Query.term_query(schema, "concepts", concept), CONCEPT_SCORE))
    if clause.place:
        parts.append(place_query("library", clause.place, within_km, searcher))
    if clause.language:
        spoken = Query.term_query(schema, facet_field("language"), clause.language)
        parts.append(Query.const_score_query(spoken, CONCEPT_SCORE))
    return any_of(parts)


def _words_in_library(language: str, text: Sequence[str]) -> Query:
    """The words in order, in the fields of their language; a form of an unknown language in all fields."""
    schema, parts = SCHEMAS["library"], []
    fields = TEXT_LANGUAGES if not language else [language if language in STEMMED else "xx"]
    for each in fields:
        found = stems(text, each)
        title, body = (_in_order(schema, f"{part}_{each}", found) for part in ("title", "body"))
        parts += [Query.boost_query(title, TITLE_BOOST), body]
    return any_of(parts)


def _in_order(schema: Schema, field: str, found: Sequence[str]) -> Query:
    if len(found) == 1:
        return Query.term_query(schema, field, found[0], index_option="freq")
    return Query.phrase_query(schema, field, list(found), slop=SLOP)


def _in_directory(clause: Clause, within_km: int, searcher: Searcher) -> Query:
    """Constant weights only, whatever and however many parts match: no hidden entry can move the order of others."""
    schema = SCHEMAS["directory"]
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
    word = text[0]
    if SHORTEST_PREFIX <= len(word) <= LONGEST_PREFIX and PLAIN.fullmatch(word):
        return Query.regex_query(schema, "text", f"{word}.*")
    return Query.term_query(schema, "text", word)


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


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two points in degrees (haversine)."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
