"""How well search understands and ranks, measured on the path that readers take.

The caps on long queries are lifted here: a judged query is read whole and every word of it counts.
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from django.conf import settings

from search import indexer, lexicon, registry, services
from search.document import KINDS
from search.engines import get_engine, temporary_engine
from search.engines.base import Engine, Match
from search.judgements import Collection as Judged
from search.judgements import Question
from search.query import SearchQuery
from search.relaxing import how_much

NDCG_AT, RECALL_AT = 10, 100
CONCEPTS_AT, HITS_AT, HITS_SHOWN = 5, 5, 10
LIBRARY_KINDS = tuple(kind for kind in KINDS if kind != "person")
BATCH = 500

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a judged collection says of the order of hits; both are means over the queries that have an answer."""

    queries: int
    documents: int
    ndcg: float
    recall: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One query: the first concepts understood, the first hits with the concepts each is about."""

    question: Question
    concepts: tuple[str, ...]
    hits: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def recall(self) -> float:
        """Share of what is expected among the concepts understood."""
        return _share(self.question.expects, self.concepts)

    @property
    def reach(self) -> float:
        """Share of what is expected that at least one of the first five hits is about."""
        about = {concept for _, concepts in self.hits[:HITS_AT] for concept in concepts}
        return _share(self.question.expects, about)

    def precision(self, broader: Mapping[str, str]) -> float | None:
        """Share of the concepts understood that are expected, or broader or narrower than one; None for none."""
        wanted = set(self.question.expects)
        wanted |= {each for concept in self.question.expects for each in above(concept, broader)}
        fitting = [each for each in self.concepts if each in wanted or wanted.intersection(above(each, broader))]
        return len(fitting) / len(self.concepts) if self.concepts else None


@dataclass(frozen=True, slots=True)
class Summary:
    """Means over the queries of one language, or of all. `precision` leaves out queries that nothing was read in."""

    queries: int
    recall: float
    reach: float
    precision: float


def rank(collection: Judged, language: str = "en", progress: Progress = lambda done: None) -> Ranking:
    """Indexes the collection in an index of its own, asks every query, throws the index away. Raises EngineError."""
    ndcgs, recalls = [], []
    with temporary_engine() as engine:
        with engine.rebuilding(lexicon.wordings()) as filling:
            for start in range(0, len(collection.documents), BATCH):
                filling.add(collection.documents[start : start + BATCH])
        for number, (name, text) in enumerate(collection.queries.items(), start=1):
            grades = collection.grades[name]
            if grades:
                found = [key for key, _ in _hits(engine, _query(engine, text, language, ("page",), RECALL_AT))]
                ndcgs.append(ndcg([grades.get(key, 0) for key in found[:NDCG_AT]], grades.values()))
                recalls.append(_share(tuple(grades), found[:RECALL_AT]))
            progress(number)
    return Ranking(len(ndcgs), len(collection.documents), fmean(ndcgs), fmean(recalls))


def read(questions: Sequence[Question], progress: Progress = lambda done: None) -> list[Reading]:
    """What is understood in each query and what it finds in the library, people left out. Raises EngineError."""
    interface = {code for code, _ in settings.LANGUAGES}
    readings, engine = [], get_engine()
    for number, question in enumerate(questions, start=1):
        language = question.language if question.language in interface else settings.LANGUAGE_CODE
        query = _query(engine, question.query, language, LIBRARY_KINDS, HITS_SHOWN)
        concepts = tuple(dict.fromkeys(each.id for each in query.understood.concepts))[:CONCEPTS_AT]
        found = [key for key, _ in _hits(engine, query)][:HITS_SHOWN]
        documents = indexer.documents_of(found)
        hits = [(key, documents[key][0].concepts if documents[key] else ()) for key in found]
        readings.append(Reading(question, concepts, tuple(hits)))
        progress(number)
    return readings


def summaries(readings: Sequence[Reading]) -> dict[str, Summary]:
    """By language, then “all”."""
    broader = registry.broader_concepts()
    by_language: dict[str, list[Reading]] = {}
    for each in sorted(readings, key=lambda reading: reading.question.language):
        by_language.setdefault(each.question.language, []).append(each)
    return {name: _summary(some, broader) for name, some in [*by_language.items(), ("all", readings)]}


def _summary(readings: Iterable[Reading], broader: Mapping[str, str]) -> Summary:
    some = list(readings)
    precisions = [share for each in some if (share := each.precision(broader)) is not None]
    return Summary(
        queries=len(some),
        recall=fmean(each.recall for each in some),
        reach=fmean(each.reach for each in some),
        precision=fmean(precisions) if precisions else 0.0,
    )


def ndcg(gains: Sequence[int], ideal: Iterable[int]) -> float:
    """Normalised discounted cumulative gain of the first hits: gains as graded, discounted by log2 of the place + 1."""

    def discounted(values: Iterable[int]) -> float:
        return sum(value / math.log2(place + 1) for place, value in enumerate(values, start=1))

    best = discounted(sorted(ideal, reverse=True)[:NDCG_AT])
    return discounted(gains[:NDCG_AT]) / best if best else 0.0


def above(concept: str, broader: Mapping[str, str]) -> list[str]:
    """Everything broader than a concept, nearest first."""
    found: list[str] = []
    while (step := broader.get(found[-1] if found else concept)) and step not in found:
        found.append(step)
    return found


def _query(engine: Engine, text: str, language: str, kinds: tuple[str, ...], size: int) -> SearchQuery:
    understood = services.exact_first(
        lambda word: engine.count("library", word, Match.ALL) > 0, text, language, whole=True
    )
    return SearchQuery(
        principals=services.EVERYBODY,
        language=language,
        understood=understood,
        kinds=kinds,
        size=size,
        counted=(),
    )


def _hits(engine: Engine, query: SearchQuery) -> list[tuple[str, float]]:
    """Keys by score. Lists are made kind by kind, so each kind is asked alone and the scores put together."""
    match = how_much(engine, "library", query)
    found: list[tuple[str, float]] = []
    for kind in query.kinds:
        answer = engine.search("library", replace(query, kinds=(kind,)), match)
        found += [(hit.key, hit.score) for group in answer.found.values() for hit in group.hits]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _share(wanted: Sequence[str], found: Collection[str]) -> float:
    return sum(each in found for each in wanted) / len(wanted)
