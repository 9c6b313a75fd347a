"""The same searches through each engine, interleaved, so that what else the machine does meets all of them alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from bench.measure import Spread, shown, spread
from bench.queries import LIBRARY_FACETS, PEOPLE_FACETS, PUBLIC, VIEWER, Asked, beginnings
from search.document import Index
from search.engines.base import Answer, Engine, Match
from search.query import SearchQuery, Understanding
from search.relaxing import ask
from search.services import exact_first

ROUNDS = 3
INDEXES: tuple[Index, ...] = ("library", "directory")
HITS = 20


@dataclass(frozen=True, slots=True)
class Measured:
    """One engine's times for one index, each search's best of some rounds, and how many found nothing."""

    best: Spread
    all: Spread
    empty: int
    relaxed: int


def library_query(asked: Asked, engine: Engine) -> SearchQuery:
    """A visitor's search of the library: one kind's page of twenty. No word that the engine holds is a slip."""
    return _query(asked, engine, PUBLIC, ("practice",), LIBRARY_FACETS)


def people_query(asked: Asked, engine: Engine) -> SearchQuery:
    """A member's search of the directory."""
    return _query(asked, engine, VIEWER, ("person",), PEOPLE_FACETS)


def _query(
    asked: Asked, engine: Engine, principals: frozenset[str], kinds: tuple[str, ...], counted: tuple[str, ...]
) -> SearchQuery:
    understood = exact_first(lambda word: engine.count("library", word, Match.ALL) > 0, asked.text, asked.language)
    return SearchQuery(
        principals=principals,
        language=asked.language,
        understood=replace(understood, state=None),
        kinds=kinds,
        facets=asked.facets,
        size=HITS,
        counted=counted,
    )


def suggestions() -> list[SearchQuery]:
    """What is asked while somebody types: five titles of each kind, nothing counted."""
    return [
        SearchQuery(principals=PUBLIC, language="en", understood=Understanding(beginning=each), counted=())
        for each in beginnings()
    ]


def compare(
    engines: Mapping[str, Engine], index: Index, queries: Sequence[SearchQuery], what: str
) -> dict[str, Measured]:
    """Every engine answers each query, one after the other in turning order, some rounds after one to warm up."""
    times: dict[str, list[list[float]]] = {name: [[] for _ in queries] for name in engines}
    answers: dict[str, list[tuple[Match, Answer]]] = {name: [] for name in engines}
    for turn in range(ROUNDS + 1):
        for place, query in enumerate(shown(queries, f"{what}, round {turn} of {ROUNDS}", len(queries))):
            order = list(engines)
            for name in order[turn % len(order) :] + order[: turn % len(order)]:
                took, answer = _timed(lambda name=name, query=query: ask(engines[name], index, query))
                if turn:
                    times[name][place].append(took)
                else:
                    answers[name].append(answer)
    return {
        name: Measured(
            best=spread([min(some) for some in times[name]]),
            all=spread([each for some in times[name] for each in some]),
            empty=sum(not answer.found for _, answer in answers[name]),
            relaxed=sum(match is not Match.ALL for match, _ in answers[name]),
        )
        for name in engines
    }


def _timed[T](call: Callable[[], T]) -> tuple[float, T]:
    started = perf_counter()
    answer = call()
    return perf_counter() - started, answer


def keys_found(engine: Engine, queries: Sequence[SearchQuery]) -> list[str]:
    """The keys on the first pages of these searches: whose records the search page will want to read."""
    found: dict[str, None] = {}
    for query in shown(queries, "finding what the pages will show", len(queries)):
        for index in INDEXES:
            for each in (query, replace(query, kinds=())):
                _, answer = ask(engine, index, each)
                found |= dict.fromkeys(hit.key for one in answer.found.values() for hit in one.hits)
    return list(found)
