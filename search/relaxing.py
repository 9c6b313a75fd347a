"""How much of what was asked for a hit must be about: all of it, unless that finds too little."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from search.document import Index
from search.engines.base import Answer, Match
from search.query import SearchQuery

# With fewer hits than these for everything asked, what is about some of it is shown too.
TOO_FEW = 3


class Asked(Protocol):
    """What an engine and its stand-ins have in common."""

    def count(self, index: Index, query: SearchQuery, match: Match) -> int: ...

    def search(self, index: Index, query: SearchQuery, match: Match) -> Answer: ...


def ask(source: Asked, index: Index, query: SearchQuery) -> tuple[Match, Answer]:
    """The answer for as much of what was asked as finds enough, else for what finds most.

    Nearly always the first search finds enough, and then nothing is counted beforehand.
    """
    found: list[tuple[int, Match, Answer]] = []
    for match in _steps(index, query):
        answer = source.search(index, query, match)
        total = sum(one.total for one in answer.found.values())
        if total < TOO_FEW and _is_narrowed(query):
            total = source.count(index, _words_only(query), match)
        found.append((total, match, answer))
        if total >= TOO_FEW:
            break
    _, match, answer = max(found, key=lambda each: each[0])
    return match, answer


def how_much(source: Asked, index: Index, query: SearchQuery) -> Match:
    """As much as finds enough, for whoever wants no answer yet."""
    steps = list(_steps(index, query))
    if len(steps) == 1:
        return steps[0]
    best, most = steps[0], -1
    for match in steps:
        total = source.count(index, _words_only(query), match)
        if total > most:
            best, most = match, total
        if total >= TOO_FEW:
            break
    return best


def _steps(index: Index, query: SearchQuery) -> Iterator[Match]:
    """From everything asked for to any of it; people are not found by some word of several."""
    clauses = [clause for clause in query.understood.clauses if clause.required]
    if index == "library" and query.understood.is_description:
        yield Match.ANY
        return
    yield Match.ALL
    known = sum(clause.known for clause in clauses)
    if len(clauses) < 2 or (index == "directory" and not known):
        return
    if 0 < known < len(clauses):
        yield Match.KNOWN
    yield Match.ANY


def _is_narrowed(query: SearchQuery) -> bool:
    return bool(query.kinds or query.chosen or query.near)


def _words_only(query: SearchQuery) -> SearchQuery:
    """Only the words decide, not the filters: else ticking a value would widen the search."""
    return replace(query, kinds=(), facets={}, near=None)
