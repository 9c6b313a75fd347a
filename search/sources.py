"""Where the answers of one request come from: the engine, and what stands in for it when it fails or lags behind.

An engine that has failed is not asked again in the same request, so that a reader waits for it once.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

from search import background, registry, targets
from search.document import Index, SearchDocument
from search.engines.base import Answer, EngineError, Match
from search.engines.plain import PlainDirectory
from search.query import SearchQuery
from search.registry import ReadForViewer
from search.relaxing import Asked, ask, how_much
from search.state import State
from search.titles import by_title

log = logging.getLogger(__name__)
INDEXES: tuple[Index, ...] = ("library", "directory")


@dataclass(slots=True)
class Sources:
    """The sources of one request. `degraded`: the engine failed; `incomplete`: more may exist than they find."""

    now: State
    degraded: bool = False
    incomplete: bool = False
    _people: dict[frozenset[str], PlainDirectory] = field(default_factory=dict)

    def ask(self, index: Index, query: SearchQuery) -> tuple[Match, Answer]:
        """The answer of the first source that gives one, and how much of the question it asked for."""
        for source in self._of(index, query.principals):
            try:
                return ask(source, index, query)
            except EngineError as error:
                self._failed(error)
        self.incomplete = True
        return Match.ALL, by_title(query) if index == "library" else Answer()

    def count(self, index: Index, query: SearchQuery) -> int:
        """How many documents an index or its stand-in would find; 0 where neither can be asked."""
        for source in self._of(index, query.principals):
            try:
                return source.count(index, query, how_much(source, index, query))
            except EngineError as error:
                self._failed(error)
        return 0

    def _of(self, index: Index, principals: frozenset[str]) -> Iterator[Asked]:
        engine = targets.of_engine()
        if not engine.in_step(self.now):
            self._failed("it is of another time or machine")
        # Somebody may see less than the index says: a filter by a field just hidden would confirm it.
        if not self.degraded and not (index == "directory" and self.now.narrowing):
            yield engine.engine
        if index == "directory":
            yield self._from_database(principals)
        elif (beside := targets.stand_in()) and beside.in_step(self.now):
            yield beside.engine

    def _from_database(self, principals: frozenset[str]) -> PlainDirectory:
        """People as these principals may see them now, read once a request."""
        if principals not in self._people:
            documents: list[SearchDocument] = []
            for family in registry.in_index("directory"):
                if isinstance(family, ReadForViewer):
                    found, whole = family.from_database(principals)
                    documents += found
                    self.incomplete |= not whole
            self._people[principals] = PlainDirectory(documents)
        return self._people[principals]

    def _failed(self, why: object) -> None:
        if not self.degraded:
            log.warning("Search without its index: %s", why)
        self.degraded = True
        background.mend_later()
