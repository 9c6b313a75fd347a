"""How soon a change is found: an engine takes a changed document, then is asked for it."""

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from bench import corpus
from bench.measure import Spread, shown, spread
from bench.queries import PUBLIC
from search.engines.base import Engine, Match
from search.query import SearchQuery, Understanding

CHANGES = 200


def visible(engine: Engine, size: int) -> Spread:
    """Seconds from a change to the answer that holds it, for documents of the library all over the index."""
    return spread(
        [_one(engine, number * (size // CHANGES), number) for number in shown(range(CHANGES), "changes", CHANGES)]
    )


def _one(engine: Engine, number: int, turn: int) -> float:
    token = f"changed{turn}x{number}"
    document = replace(corpus.library_document(number), title=token)
    query = SearchQuery(
        principals=PUBLIC, language=document.shown_in[0], understood=Understanding(rest=(token,)), counted=()
    )
    started = perf_counter()
    engine.replace({document.key: [document]})
    while document.key not in _keys(engine, query):
        pass
    return perf_counter() - started


def _keys(engine: Engine, query: SearchQuery) -> Sequence[str]:
    answer = engine.search("library", query, Match.ALL)
    return [hit.key for one in answer.found.values() for hit in one.hits]
