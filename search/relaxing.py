"""How much of what was asked for a hit must be about: all of it, unless that finds too little."""

from collections.abc import Iterator
from dataclasses import replace

from search.document import Index
from search.engines.base import Answer, Engine, Match
from search.query import SearchQuery

# With fewer hits than these for everything asked, what is about some of it is shown too.
TOO_FEW = 3


def ask(engine: Engine, index: Index, query: SearchQuery) -> tuple[Match, Answer]:
    """The answer for as much of what was asked as finds enough, else for what finds most.

    Only the words decide, not the filters: else ticking a value would widen the search. Nearly always the first search
    finds enough, and nothing else is counted.
    """
    found: list[tuple[int, Match, Answer]] = []
    for match in _steps(index, query):
        answer = engine.search(index, query, match)
        total = sum(one.total for one in answer.found.values())
        if total < TOO_FEW and _is_narrowed(query):
            total = engine.count(index, _words_only(query), match)
        found.append((total, match, answer))
        if total >= TOO_FEW:
            break
    _, match, answer = max(found, key=lambda each: each[0])
    return match, answer


def count(engine: Engine, index: Index, query: SearchQuery) -> int:
    """How many `ask` would find."""
    best, most = Match.ALL, -1
    for match in _steps(index, query):
        total = engine.count(index, _words_only(query), match)
        if total > most:
            best, most = match, total
        if total >= TOO_FEW:
            break
    return most if not _is_narrowed(query) else engine.count(index, query, best)


def _steps(index: Index, query: SearchQuery) -> Iterator[Match]:
    """From everything asked for to any of it; people are not found by some word of several."""
    if index == "library" and query.understood.is_description:
        yield Match.ANY
        return
    yield Match.ALL
    clauses = [clause for clause in query.understood.clauses if clause.required]
    known = sum(clause.known for clause in clauses)
    if len(clauses) < 2 or (index == "directory" and not known):
        return
    if 0 < known < len(clauses):
        yield Match.KNOWN
    yield Match.ANY


def _is_narrowed(query: SearchQuery) -> bool:
    return bool(query.kinds or query.chosen or query.near)


def _words_only(query: SearchQuery) -> SearchQuery:
    return replace(query, kinds=(), facets={}, near=None)
