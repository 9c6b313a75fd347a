"""Writing: documents go in and out by key.

The writer is opened for each batch, not kept: 16 ms against 14 ms for one change (measured, merging included), and
other processes can write in between.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

from tantivy import Document, IndexWriter

from search.document import Index, SearchDocument
from search.engines.embedded.generations import Generation, marks_of
from search.engines.embedded.schema import SCHEMAS, open_index, to_engine

HEAP_BYTES: dict[Index, int] = {"library": 15_000_000, "directory": 15_000_000}
# Larger heaps make fewer segments, which are merged less; these leave half of 512 MB to everything else.
REBUILD_HEAP_BYTES: dict[Index, int] = {"library": 180_000_000, "directory": 60_000_000}
# While one indexes, the other takes what is made meanwhile: both cores are then at work.
REBUILD_THREADS = 2


class Writer:
    """Both indexes of one generation, open for writing until `finish`."""

    def __init__(self, generation: Generation, heap: Mapping[Index, int] = HEAP_BYTES, threads: int = 1) -> None:
        self._writers: dict[Index, IndexWriter] = {}
        self._marks = marks_of(generation)
        self._handed: Future[None] | None = None
        self._feeder = ThreadPoolExecutor(1, thread_name_prefix="search-feeder")
        try:
            for name in SCHEMAS:
                self._writers[name] = open_index(name, generation.path(name)).writer(heap[name], threads)
                # Before the first commit, else files left by a killed writer can wedge the index for good.
                self._writers[name].garbage_collect_files()
        except BaseException:
            self.abandon()
            raise

    def add(self, documents: Sequence[SearchDocument]) -> None:
        """Adds documents whose keys are new.

        While the engine takes these, without Python's lock, the caller may make the next ones.
        """
        made = [(document.index, to_engine(document, self._marks)) for document in documents]
        self._wait()
        self._handed = self._feeder.submit(self._hand, made)

    def replace(self, documents: Mapping[str, Sequence[SearchDocument]]) -> None:
        """For each key: its old documents go, these come."""
        self._wait()
        for key, new in documents.items():
            for writer in self._writers.values():
                writer.delete_documents_by_term("key", key)
            self._hand([(document.index, to_engine(document, self._marks)) for document in new])

    def finish(self) -> None:
        """Makes all of it visible and lasting, and waits until small segments are merged."""
        self._wait()
        for name in SCHEMAS:
            self._writers[name].commit()
            self._writers.pop(name).wait_merging_threads()

    def abandon(self) -> None:
        """Gives the index back as it was: else it stays locked until somebody collects what an error left behind."""
        with suppress(ValueError):  # what was handed over last is given up with the rest
            self._wait()
        self._feeder.shutdown()
        while self._writers:
            _, writer = self._writers.popitem()
            writer.rollback()
            writer.wait_merging_threads()

    def _hand(self, made: Sequence[tuple[Index, Document]]) -> None:
        for index, document in made:
            self._writers[index].add_document(document)

    def _wait(self) -> None:
        handed, self._handed = self._handed, None
        if handed:
            handed.result()
