"""The synthetic indexes of each engine: built once a size, kept under var/bench with what building them took."""

import json
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import batched
from pathlib import Path

from django.test import override_settings

from bench import corpus
from bench.measure import megabytes, memory_of, say, shown
from bench.servers import ROOT
from search import lexicon
from search.document import SearchDocument
from search.engines import get_engine
from search.engines.base import Engine, Filling
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.embedded.schema import shape

BATCH = 500
FOLDER = ROOT / "var" / "bench"
# Raised when the corpora change: indexes built before are then built anew.
CORPUS = 2
LONG_DOCUMENTS, LONG = 20_000, (300, 300)


@dataclass(frozen=True, slots=True)
class Built:
    """What filling an index took. `seconds` counts the engine's own time, not that of inventing documents."""

    documents: int
    entries: int
    library_rate: float
    directory_rate: float
    megabytes: float
    peak_megabytes: float


def folder_of(size: int) -> Path:
    """The WAYMARK_VAR of the site whose index holds so many documents of each kind."""
    return FOLDER / str(size)


def embedded(size: int) -> EmbeddedEngine:
    return EmbeddedEngine(folder_of(size) / "search")


def elastic(url: str, size: int) -> Engine:
    """Elasticsearch with indexes of its own for this size."""
    with override_settings(SEARCH_ENGINE="elasticsearch", ELASTICSEARCH_URL=f"{url.rstrip('/')}/bench-{size}"):
        return get_engine()


def build(name: str, engine: Engine, size: int) -> Built:
    """Fills both indexes of an engine, or reads what it took when that was done before."""
    noted = folder_of(size) / f"built-{name}.json"
    known = json.loads(noted.read_text()) if noted.exists() else {}
    if known.get("of") == [CORPUS, shape()] and engine.condition() == "ready":
        return Built(**known["built"])
    folder_of(size).mkdir(parents=True, exist_ok=True)
    say(f"{name}: filling two indexes of {size:,} documents each")
    started, entries = time.perf_counter(), 0
    with engine.rebuilding(lexicon.wordings()) as filling:
        library = _fill(filling, corpus.library(size), f"{name}, library", size)
        directory = _Clock()
        for some in batched(shown(corpus.directory(size), f"{name}, entries", size // 4), BATCH // 4):
            directory.time(filling.add, [view for views in some for view in views])
            entries += len(some)
        finishing = time.perf_counter()
    finished = time.perf_counter() - finishing
    say(f"{name}: filled in {time.perf_counter() - started:.0f} s, {finished:.0f} s of it at the end")
    # What was left to do at the end belongs to both, by how long each took until then.
    share = 1 + finished / (library.seconds + directory.seconds)
    built = Built(
        documents=size,
        entries=entries,
        library_rate=size / (library.seconds * share),
        directory_rate=size / (directory.seconds * share),
        megabytes=megabytes(folder_of(size) / "search") if name == "embedded" else 0,
        peak_megabytes=memory_of(os.getpid()).peak,
    )
    noted.write_text(json.dumps({"of": [CORPUS, shape()], "built": asdict(built)}))
    return built


class _Clock:
    """Adds up the seconds of some calls."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def time(self, call: Callable[[Sequence[SearchDocument]], None], documents: Sequence[SearchDocument]) -> None:
        started = time.perf_counter()
        call(documents)
        self.seconds += time.perf_counter() - started


def _fill(filling: Filling, documents: Iterable[SearchDocument], what: str, of: int) -> _Clock:
    clock = _Clock()
    for some in batched(shown(documents, what, of), BATCH):
        clock.time(filling.add, some)
    return clock


def long_documents(engine: Engine) -> float:
    """Documents a second into an empty engine, each of 300 words, until they can be found."""
    documents = list(corpus.library(LONG_DOCUMENTS, LONG))
    started = time.perf_counter()
    with engine.rebuilding(lexicon.wordings()) as filling:
        for some in batched(documents, BATCH):
            filling.add(some)
    return LONG_DOCUMENTS / (time.perf_counter() - started)
