"""What is asked for as the engine's queries: as they find, which costs least, and as they rank, which scores.

User text never reaches a query parser.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tantivy import Occur, Query, Schema, Searcher

from search.document import Index
from search.engines.embedded.points import Points
from search.engines.embedded.rarity import Rarity
from search.engines.embedded.schema import SCHEMAS, YES, facet_term
from search.engines.marks import Marks
from search.engines.phrases import Worded, wordings
from search.engines.weights import (
    CONCEPT_SCORE,
    COUNTRY_SCORE,
    DISTANCE_STEP,
    EXACT_AREA,
    KNOWN_WEIGHT,
    LONGEST_PREFIX,
    PLACE_SCORE,
    SHORTEST_BEGINNING,
    SHORTEST_PREFIX,
    WORD_WEIGHT,
    WORDINGS_TIE,
    title_boost,
)
from search.query import Clause, SearchQuery
from search.registry import PlaceMatch


def any_of(queries: Sequence[Query]) -> Query:
    """One or more of them; scores add up."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, each) for each in queries]) if queries else Query.empty_query()


def worth(query: Query, score: float) -> Query:
    """The query, where it matches, says just this much."""
    return Query.const_score_query(query, score)


def held(index: Index, field: str, values: Iterable[str]) -> Query:
    """Documents that hold one of the values."""
    return any_of([Query.term_query(SCHEMAS[index], field, value) for value in sorted(set(values))])


class IndexNow(NamedTuple):
    """One index as it stands."""

    searcher: Searcher
    points: Points
    marks: Marks


class Clauses:
    """Makes queries of clauses for one index as it stands."""

    def __init__(self, index: Index, now: IndexNow, query: SearchQuery) -> None:
        self.index, self._within_km = index, query.within_km
        self._points, self._marks, self._rarity = now.points, now.marks, Rarity(now.searcher)
        self._title_boost = title_boost(described=query.understood.is_description)
        self._schema = SCHEMAS[index]
        self._people = index == "directory"
        self._near: dict[str, Query] = {}

    def finding(self, clause: Clause) -> list[Query]:
        """Any of these matches as `ranking` does, and scores nothing: every wording, but none that others cover."""
        if self._people or clause.beginning:
            return [self.ranking(clause)]
        worded = {each: found for wording in self._occurring(clause) for each, (found, _) in wording.items()}
        kept = [each for each in sorted(worded) if not _found_anyway(each, worded)]
        parts = [_in_order(self._schema, *worded[each]) for each in kept]
        return [*parts, *(query for query, _ in self._known(clause))]

    def ranking(self, clause: Clause) -> Query:
        return any_of(self.ranking_in_parts(clause))

    def ranking_in_parts(self, clause: Clause) -> list[Query]:
        """The concept, the place or the language, or the words in the text: scores add up."""
        if self._people:
            return [self._in_directory(clause)]
        if clause.beginning:
            return [self._beginnings(clause, SHORTEST_BEGINNING)]
        # Wordings of one concept stand for each other: the best counts, further ones a little.
        worded = [self._in_text(wording) for wording in self._occurring(clause)]
        parts = [Query.disjunction_max_query(worded, tie_breaker=WORDINGS_TIE)] if worded else []
        return [*parts, *(query if score is None else worth(query, score) for query, score in self._known(clause))]

    def _known(self, clause: Clause) -> Iterator[tuple[Query, float | None]]:
        """What a clause names that is no word, with its score; a place scores by itself."""
        for concept in clause.concepts:
            yield Query.term_query(self._schema, "concepts", concept), CONCEPT_SCORE
        if clause.place:
            yield self.near(clause.place), None
        if clause.language:
            spoken = facet_term("language", clause.language)
            yield Query.term_query(self._schema, "facets", spoken), CONCEPT_SCORE

    def _in_text(self, wording: Mapping[Worded, tuple[Worded, float]]) -> Query:
        """One wording in every field that may hold it, each as if there were no texts of other languages."""
        parts = []
        for found, rarer in wording.values():
            boost = rarer * (self._title_boost if found[0].startswith("title") else 1.0)
            parts.append(Query.boost_query(_in_order(self._schema, *found), boost))
        return any_of(parts)

    def _occurring(self, clause: Clause) -> list[dict[Worded, tuple[Worded, float]]]:
        """Of each wording the fields that hold all its words, with what is looked for there and what it is worth.

        What no text holds costs nothing then: a phrase is read word by word, and twice, to be counted and to be ranked.
        """
        found = []
        for wording in wordings(clause):
            looked_for = {each: self._marks.instead(each) for each in wording}
            weighed = {each: (other, self._rarity.of(*other[:2])) for each, other in looked_for.items()}
            found.append({each: (other, rarer) for each, (other, rarer) in weighed.items() if rarer})
        return [wording for wording in found if wording]

    def _in_directory(self, clause: Clause) -> Query:
        """Constant weights, whatever and however many parts match: no hidden entry can move the order of others."""
        if clause.beginning:
            return worth(self._beginnings(clause, SHORTEST_PREFIX), WORD_WEIGHT)
        if clause.language:
            return worth(held("directory", "facets", [facet_term("language", clause.language)]), KNOWN_WEIGHT)
        parts = [self._words_in_directory(text) for text in dict.fromkeys(text for _, text in clause.texts if text)]
        parts += [Query.term_query(self._schema, "concepts", concept) for concept in clause.concepts]
        if clause.place:
            near = self.near(clause.place)
            anyhow = worth(any_of([near, *parts]), KNOWN_WEIGHT)
            return Query.boolean_query([(Occur.Must, anyhow), (Occur.Should, near)])
        return worth(any_of(parts), KNOWN_WEIGHT if clause.known else WORD_WEIGHT)

    def _words_in_directory(self, text: Sequence[str]) -> Query:
        """Exact, folded, or by prefix; never fuzzily, for a name half remembered is a person half confirmed."""
        if len(text) > 1:
            return Query.phrase_query(self._schema, "text", list(text))
        return self._beginning("text", text[0], SHORTEST_PREFIX)

    def _beginnings(self, clause: Clause, shortest: int) -> Query:
        """Titles and other names that hold all words of a text, the last of them perhaps unfinished, in any order."""
        parts = []
        for *whole, last in (text for _, text in clause.texts if text):
            words = [Query.term_query(self._schema, "names", word) for word in whole]
            words.append(self._beginning("names", last, shortest))
            parts.append(worth(Query.boolean_query([(Occur.Must, each) for each in words]), 1.0))
        return any_of(parts)

    def _beginning(self, field: str, word: str, shortest: int) -> Query:
        if shortest <= len(word) <= LONGEST_PREFIX:
            # No letter may differ: only as a beginning is it no whole word. A pattern would take 0.2 ms to be made.
            return Query.fuzzy_term_query(self._schema, field, word, distance=0, prefix=True)
        return Query.term_query(self._schema, field, word)

    def near(self, place: PlaceMatch) -> Query:
        """Serving the place or somewhere in the radius, nearer first; in the library also what is about its country.

        Only a municipality has a radius: the middle of a country says nothing. A document counts once, by its nearest.
        """
        if place.id not in self._near:
            self._near[place.id] = self._measured(place)
        return self._near[place.id]

    def _measured(self, place: PlaceMatch) -> Query:
        exact = EXACT_AREA if self._people else PLACE_SCORE
        parts = [worth(Query.term_query(self._schema, "areas", place.id), exact)]
        if place.kind == "municipality":
            for rank, points in enumerate(self._points.around(place, self._within_km), start=1):
                if points:
                    around = Query.term_set_query(self._schema, "point", points)
                    parts.append(worth(around, exact - rank * DISTANCE_STEP))
        if not self._people and place.kind != "country" and place.country:
            about = (Occur.Must, Query.term_query(self._schema, "areas", place.country))
            unplaced = Query.boolean_query([about, (Occur.MustNot, Query.term_query(self._schema, "placed", YES))])
            parts.append(worth(unplaced, COUNTRY_SCORE - 1))
        return Query.disjunction_max_query(parts)


def _found_anyway(each: Worded, others: Collection[Worded]) -> bool:
    """Whether what these words match is matched by some of them already: "best interests of the child" by "child"."""
    field, words, slop = each
    for of, fewer, farther in others:
        if (
            of == field
            and len(fewer) <= len(words)
            and (len(fewer) == 1 or farther >= slop)
            and (of, fewer, farther) != each
        ):
            starts = range(len(words) - len(fewer) + 1)
            if any(words[start : start + len(fewer)] == fewer for start in starts):
                return True
    return False


def _in_order(schema: Schema, field: str, words: Sequence[str], slop: int) -> Query:
    if len(words) == 1:
        return Query.term_query(schema, field, words[0], index_option="freq")
    return Query.phrase_query(schema, field, list(words), slop=slop)
