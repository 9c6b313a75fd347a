"""A server that is no server: it keeps what it is given in a folder, and can be dead, slow or full at will."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from search.document import Index, SearchDocument
from search.engines.base import Answer, Condition, Engine, EngineError, Match
from search.engines.embedded.engine import EmbeddedEngine
from search.query import SearchQuery


class Server:
    """An engine beyond the network's edge. `asked` names what it was asked, failures included."""

    def __init__(self, folder: Path) -> None:
        self._kept: Engine = EmbeddedEngine(folder)
        self.dead = False
        self.seconds = 0.0
        self.asked: list[str] = []

    def _answer(self, what: str) -> Engine:
        self.asked.append(what)
        time.sleep(self.seconds)
        if self.dead:
            raise EngineError("the server does not answer")
        return self._kept

    def condition(self) -> Condition:
        return self._kept.condition() if not self.dead else Condition.UNREACHABLE

    def count(self, index: Index, query: SearchQuery, match: Match) -> int:
        return self._answer("count").count(index, query, match)

    def search(self, index: Index, query: SearchQuery, match: Match) -> Answer:
        return self._answer("search").search(index, query, match)

    def alike(self, document: SearchDocument, query: SearchQuery, limit: int) -> tuple[str, ...]:
        return self._answer("alike").alike(document, query, limit)

    def replace(self, documents: Mapping[str, Sequence[SearchDocument]]) -> None:
        self._answer("replace").replace(documents)

    def rebuilding(self, wordings: Iterable[tuple[str, str]] = ()) -> AbstractContextManager[Any]:
        return self._answer("rebuilding").rebuilding(wordings)

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        return self._answer("fingerprints").fingerprints()
