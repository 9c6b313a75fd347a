"""The whole of a search as the engine's queries: who asks, what was chosen, what is asked for."""

from collections.abc import Iterator

from tantivy import Occur, Query

from search.document import Index, SearchDocument
from search.engines.base import Match
from search.engines.embedded.clauses import Clauses, IndexNow, any_of, held, worth
from search.engines.embedded.rarity import rarity
from search.engines.embedded.schema import EVIDENCE_BITS, INTERFACE, PUBLIC, SCHEMAS, YES, facet_term
from search.engines.weights import EVIDENCE_STEP, OWN_LANGUAGE, SORTED_EVIDENCE_STEP, step
from search.query import Clause, SearchQuery, Sort, finds_people

Part = tuple[Occur, Query]


class Question:
    """One search of one index: `finding` for counts, `ranking` for hits. Both match the same documents."""

    def __init__(self, index: Index, query: SearchQuery, match: Match, now: IndexNow) -> None:
        self.index, self._query, self._match = index, query, match
        self._clauses, self._asked = Clauses(index, now, query), query.understood.clauses
        self._described = query.understood.is_description

    def finding(self, without: str = "") -> Query:
        """What is found, scoring nothing; `without` leaves one facet's choice out, "kind" the kinds."""
        asked = [any_of(self._clauses.finding(clause)) for clause in self._asked if self._needs(clause)]
        some = [part for clause in self._asked if self._counts(clause) for part in self._clauses.finding(clause)]
        asked += [any_of(some)] if some else []
        return _all_of([*((Occur.Must, each) for each in asked), *self.filters(without)])

    def ranking(self, kind: str = "") -> Query:
        """The same with scores: filters weigh nothing, save that a place chosen by `near` ranks by distance."""
        parts, some, optional = self.filters(), list[Query](), list[Query]()
        for clause in self._asked:
            if clause.excluded:
                continue
            if self._needs(clause):
                parts.append((Occur.Must, self._clauses.ranking(clause)))
            elif self._counts(clause):
                some.append(self._stepped(self._clauses.ranking(clause), clause))
            else:
                optional += self._clauses.ranking_in_parts(clause)
        if some:
            parts.append((Occur.Must, any_of(some)))
        if kind and self._query.kinds != (kind,):
            parts.append((Occur.Must, worth(held(self.index, "kind", [kind]), 0.0)))
        ranked = _all_of(parts)
        if self.index == "library":
            optional += self._merits()
        # One after the other: only what is found is looked up then. Side by side all that any of them holds is read.
        for each in optional:
            ranked = Query.boolean_query([(Occur.Must, ranked), (Occur.Should, each)])
        return ranked

    @property
    def is_level(self) -> bool:
        """Whether all that is found weighs the same: nothing is optional, nothing nearer than something else."""
        clauses = [clause for clause in self._asked if not clause.excluded]
        return not self._query.near and all(self._needs(clause) and not clause.place for clause in clauses)

    def _needs(self, clause: Clause) -> bool:
        if clause.excluded or not clause.required:
            return False
        return self._match is Match.ALL or (self._match is Match.KNOWN and clause.known)

    def _counts(self, clause: Clause) -> bool:
        """One of these must match."""
        if self._match is not Match.ANY:
            return False
        return clause.required if self.index == "library" else finds_people(clause, self._asked)

    def _stepped(self, one: Query, clause: Clause) -> Query:
        """How many of the things asked for a document is about decides before how well."""
        if self.index == "directory":
            return one
        worth_it = worth(Query.all_query(), step(clause, described=self._described))
        return Query.boolean_query([(Occur.Must, one), (Occur.Should, worth_it)])

    def filters(self, without: str = "") -> list[Part]:
        """Who may see it, what was chosen, what is left out."""
        query = self._query
        parts = visible(self.index, query)
        if query.kinds and without != "kind":
            parts.append((Occur.Must, worth(held(self.index, "kind", query.kinds), 0.0)))
        for name, values in query.chosen.items():
            if name != without:
                chosen = held(self.index, "facets", [facet_term(name, value) for value in values])
                parts.append((Occur.Must, worth(chosen, 0.0)))
        if query.near:
            parts.append((Occur.Must, self._clauses.near(query.near)))
        out = [part for each in self._asked if each.excluded for part in self._clauses.finding(each)]
        return parts + [(Occur.MustNot, each) for each in out]

    def _merits(self) -> Iterator[Query]:
        """What speaks for a document whatever is asked."""
        schema = SCHEMAS["library"]
        level = SORTED_EVIDENCE_STEP if self._query.sort is Sort.EVIDENCE else EVIDENCE_STEP
        merits = [("rated", str(bit), bit * level) for bit in EVIDENCE_BITS]
        for field, value, score in [("written", self._query.language, OWN_LANGUAGE), *merits]:
            yield worth(Query.term_query(schema, field, value), score)


def visible(index: Index, query: SearchQuery) -> list[Part]:
    """Who may see it, and in which language.

    Nearly all of the library is for everybody, in every language: what is not is left out, which costs less than going
    through all that is.
    """
    schema = SCHEMAS[index]
    theirs: list[Part] = [(Occur.Must, worth(held(index, "principals", query.principals), 0.0))]
    barred = [(Occur.MustNot, held(index, "not_for", query.principals))] if query.principals else []
    if index == "library" and PUBLIC in query.principals:
        restricted = (Occur.Must, Query.term_query(schema, "restricted", YES))
        not_theirs = (Occur.MustNot, Query.boolean_query([*theirs, *barred]))
        parts: list[Part] = [(Occur.MustNot, Query.boolean_query([restricted, not_theirs]))]
    else:
        parts = [*theirs, *barred]
    if query.language in INTERFACE:
        return [*parts, (Occur.MustNot, Query.term_query(schema, "unseen_in", query.language))]
    return [*parts, (Occur.Must, worth(held(index, "shown_in", [query.language]), 0.0))]


def likeness(document: SearchDocument, query: SearchQuery, now: IndexNow) -> Query | None:
    """What shares concepts with a document of the library, each worth what its rarity tells; None for one of none."""
    schema, searcher = SCHEMAS["library"], now.searcher
    shared = [
        worth(
            Query.term_query(schema, "concepts", each), rarity(searcher.num_docs, searcher.doc_freq("concepts", each))
        )
        for each in dict.fromkeys(document.concepts)
    ]
    if not shared:
        return None
    itself = (Occur.MustNot, Query.term_query(schema, "key", document.key))
    filters = Question("library", query, Match.ALL, now).filters()
    return _all_of([(Occur.Must, any_of(shared)), itself, *filters])


def _all_of(parts: list[Part]) -> Query:
    """All that must and nothing that must not; with nothing that must, everything else."""
    musts = [query for occur, query in parts if occur is Occur.Must]
    if not musts:
        return Query.boolean_query([(Occur.Must, worth(Query.all_query(), 0.0)), *parts])
    return musts[0] if len(parts) == 1 else Query.boolean_query(parts)
