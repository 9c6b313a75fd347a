"""The embedded engine: a folder, no server."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from search.document import Index, SearchDocument
from search.engines.base import Answer, Condition, EngineError, Match
from search.engines.embedded import generations
from search.engines.embedded.border import engine_border
from search.engines.embedded.reader import Reader
from search.engines.embedded.writer import REBUILD_HEAP_BYTES, REBUILD_THREADS, Writer
from search.query import SearchQuery


class EmbeddedEngine:
    """Both indexes under one folder. Only one process may write at a time: see search.lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._reader: Reader | None = None
        self._opening = threading.Lock()

    def condition(self) -> Condition:
        """Looks at the files, then opens them: a folder can be whole and its content broken."""
        condition, _ = generations.current(self.folder)
        if condition is not Condition.READY:
            return condition
        try:
            with engine_border():
                self._open()
        except EngineError:
            return Condition.BROKEN
        return Condition.READY

    def count(self, index: Index, query: SearchQuery, match: Match) -> int:
        with engine_border():
            return self._open().count(index, query, match)

    def search(self, index: Index, query: SearchQuery, match: Match) -> Answer:
        with engine_border():
            return self._open().search(index, query, match)

    def alike(self, document: SearchDocument, query: SearchQuery, limit: int) -> tuple[str, ...]:
        with engine_border():
            return self._open().alike(document, query, limit)

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        with engine_border():
            yield from self._open().fingerprints()

    def replace(self, documents: Mapping[str, Sequence[SearchDocument]]) -> None:
        with engine_border():
            writer = Writer(self._open().generation)
            try:
                writer.replace(documents)
                writer.finish()
            finally:
                writer.abandon()

    @contextmanager
    def rebuilding(self, wordings: Iterable[tuple[str, str]] = ()) -> Iterator[Writer]:
        with engine_border():
            self.folder.mkdir(parents=True, exist_ok=True)
            generation = generations.begin(self.folder, wordings)
            writer = Writer(generation, REBUILD_HEAP_BYTES, REBUILD_THREADS)
            try:
                yield writer
                writer.finish()
                generations.flip(self.folder, generation)
            finally:
                writer.abandon()

    def _open(self) -> Reader:
        """The reader of the generation in use, which another process may just have changed."""
        condition, generation = generations.current(self.folder)
        if generation is None:
            raise EngineError(f"the index is {condition}")
        with self._opening:
            if self._reader is None or self._reader.generation != generation:
                self._reader = Reader(generation)
            return self._reader
