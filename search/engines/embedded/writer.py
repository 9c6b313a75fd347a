"""Writing: documents go in and out by key.

The writer is opened for each batch, not kept: 16 ms against 14 ms for one change (measured, merging included), and
other processes can write in between.
"""

from collections.abc import Mapping, Sequence
from typing import cast

from tantivy import IndexWriter

from search.document import Index as IndexName
from search.document import SearchDocument
from search.engines.embedded.generations import INDEXES, Generation
from search.engines.embedded.schema import open_index, to_engine

HEAP_BYTES = 15_000_000
REBUILD_HEAP_BYTES = 64_000_000


class Writer:
    """Both indexes of one generation, open for writing until `finish`."""

    def __init__(self, generation: Generation, heap: int = HEAP_BYTES) -> None:
        self._writers: dict[str, IndexWriter] = {}
        try:
            for name in INDEXES:
                index = open_index(cast(IndexName, name), generation.path(name))
                self._writers[name] = index.writer(heap, 1)
                # Before the first commit, else files left by a killed writer can wedge the index for good.
                self._writers[name].garbage_collect_files()
        except BaseException:
            self.abandon()
            raise

    def add(self, documents: Sequence[SearchDocument]) -> None:
        """Adds documents whose keys are new."""
        for document in documents:
            self._writers[document.index].add_document(to_engine(document))

    def replace(self, documents: Mapping[str, Sequence[SearchDocument]]) -> None:
        """For each key: its old documents go, these come."""
        for key, new in documents.items():
            for writer in self._writers.values():
                writer.delete_documents_by_term("key", key)
            self.add(new)

    def finish(self) -> None:
        """Makes all of it visible and lasting, and waits until small segments are merged."""
        for name in INDEXES:
            self._writers[name].commit()
            self._writers.pop(name).wait_merging_threads()

    def abandon(self) -> None:
        """Gives the index back as it was: else it stays locked until somebody collects what an error left behind."""
        while self._writers:
            _, writer = self._writers.popitem()
            writer.rollback()
            writer.wait_merging_threads()
