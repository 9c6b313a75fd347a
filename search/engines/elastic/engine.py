"""The engine on Elasticsearch: the same answers as the embedded one, from a server or a cluster of them."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from elasticsearch.dsl import Search

from search.document import Index, SearchDocument
from search.engines.base import Answer, Condition, EngineError, Match
from search.engines.elastic import generations
from search.engines.elastic.address import Address
from search.engines.elastic.answers import ask
from search.engines.elastic.border import elastic_border
from search.engines.elastic.breaker import Breaker, UnreachableError
from search.engines.elastic.connection import Timeouts, connect
from search.engines.elastic.generations import Names, filling_alias
from search.engines.elastic.marks import MarksInUse
from search.engines.elastic.reader import Reader
from search.engines.elastic.schema import INDEXES
from search.engines.elastic.writer import Writer
from search.engines.marks import Marks, phrases_of
from search.query import SearchQuery


class ElasticEngine:
    """One site's indexes on a server. Threads may share it; only one process may write at a time: see search.lock."""

    def __init__(
        self, address: Address, timeouts: Timeouts | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        limits = timeouts or Timeouts()
        self.address = address
        self._names = Names(address.prefix)
        self._breaker = Breaker(clock)
        self._asking = connect(address, limits.asking)
        self._writing = connect(address, limits.writing)
        self._marks = MarksInUse(self._names.alias("library"))
        self._reader = Reader(connect(address, limits.reading), self._names, self._marks)

    def condition(self) -> Condition:
        """Looks at names and descriptions, then asks both indexes: they can be there and not answer."""
        try:
            with self._border():
                condition = generations.current(self._asking, self._names)
                if condition is Condition.READY:
                    ask(self._asking, [Search(index=self._names.alias(index)).extra(size=0) for index in INDEXES])
        except UnreachableError:
            return Condition.UNREACHABLE
        except EngineError:
            return Condition.BROKEN
        return condition

    def count(self, index: Index, query: SearchQuery, match: Match) -> int:
        with self._border():
            return self._reader.count(index, query, match)

    def search(self, index: Index, query: SearchQuery, match: Match) -> Answer:
        with self._border():
            return self._reader.search(index, query, match)

    def alike(self, document: SearchDocument, query: SearchQuery, limit: int) -> tuple[str, ...]:
        with self._border():
            return self._reader.alike(document, query, limit)

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """Read as patiently as is written: nobody waits for it on a page."""
        with self._border():
            yield from Reader(self._writing, self._names, self._marks).fingerprints()

    def replace(self, documents: Mapping[str, Sequence[SearchDocument]]) -> None:
        with self._border():
            marks = self._marks.for_writing(self._writing)
        aliases = {index: self._names.alias(index) for index in INDEXES}
        Writer(self._writing, self._breaker, aliases, marks).replace(documents)

    @contextmanager
    def rebuilding(self, wordings: Iterable[tuple[str, str]] = ()) -> Iterator[Writer]:
        phrases = phrases_of(wordings)
        with self._border():
            made = generations.begin(self._writing, self._names, phrases)
        aliases = {index: filling_alias(name) for index, name in made.items()}
        writer = Writer(self._writing, self._breaker, aliases, Marks(phrases))
        yield writer
        writer.finish()
        with elastic_border(self._breaker):
            generations.flip(self._writing, self._names, made)

    def remove(self) -> None:
        """Takes all of this site's indexes off the server."""
        with self._border():
            generations.remove_all(self._writing, self._names)

    @contextmanager
    def _border(self) -> Iterator[None]:
        """Asks nothing while the breaker is open."""
        self._breaker.check()
        with elastic_border(self._breaker):
            yield
