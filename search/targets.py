"""The indexes that the outbox keeps in step: the configured engine's, and beside a server a small one that stands in.

Where the engine is a server, the library is also written to an embedded index on this machine, from rows of its own in
the outbox: a dead server holds up neither that index nor the changes that wait for the server. People are never in it.
"""

import secrets
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from search import registry
from search.document import Index
from search.engines import get_engine
from search.engines.base import Condition, Engine, EngineError, Match
from search.engines.embedded.engine import EmbeddedEngine
from search.models import OutboxEntry
from search.query import SearchQuery
from search.state import State

ENGINE, STAND_IN = "engine", "stand-in"
# A file that says which index a folder holds, so that one which the outbox no longer keeps in step is not believed.
NAME = "name"
ANYTHING = SearchQuery(principals=frozenset({"public"}), language="en")
# A machine that left changes of its stand-in waiting for so long is taken to be gone.
GONE_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Target:
    """One such index. `name` stands in its outbox rows, `column` of the search's state says which index is in step.

    `called` says which index is there now, "" for none; `rename` gives a new one its name.
    """

    name: str
    column: str
    engine: Engine
    indexes: tuple[Index, ...]
    called: Callable[[], str]
    rename: Callable[[], str]

    def takes(self, key: str) -> bool:
        """Whether a key belongs here. One of no family goes everywhere: it may be left over."""
        searchable = registry.of_key(key)
        return searchable is None or searchable.index in self.indexes

    def every_key(self) -> Iterator[str]:
        """The key of every record that may be findable here."""
        for index in self.indexes:
            for searchable in registry.in_index(index):
                yield from searchable.all_keys()

    def in_step(self, now: State) -> bool:
        """Whether the outbox has kept this very index in step."""
        called = self.called()
        return called != "" and called == getattr(now, self.column)

    def needs_rebuild(self, now: State) -> bool:
        """Raises EngineError where the engine does not answer: its index may be whole."""
        condition = self.engine.condition()
        if condition is Condition.UNREACHABLE:
            raise EngineError("the engine does not answer")
        return condition is not Condition.READY or not self.in_step(now)

    def torn(self) -> bool:
        """Files of an embedded index that open and cannot be read. A server that refuses is busy, not torn."""
        if not isinstance(self.engine, EmbeddedEngine):
            return False
        try:
            for index in self.indexes:
                self.engine.count(index, ANYTHING, Match.ALL)
        except EngineError:
            return True
        return False

    def ours(self, now: State) -> bool:
        """Whether this machine writes it: the engine any machine, the stand-in the one that built it while it lives."""
        written_by, _, _ = getattr(now, self.column).partition("/")
        if self.name == ENGINE or self.in_step(now) or written_by in ("", socket.gethostname()[:40]):
            return True
        left_alone = timezone.now() - GONE_AFTER
        return OutboxEntry.objects.filter(target=self.name, created__lt=left_alone).exists()


def every() -> list[Target]:
    """The stand-in first: it is on this machine, the engine may be slow to say that it is gone."""
    beside = stand_in()
    return [beside, of_engine()] if beside else [of_engine()]


def of_engine() -> Target:
    """The configured engine's indexes. Another engine's, left from before a change of settings, have another name."""
    engine = get_engine()
    name = type(engine).__name__
    if not isinstance(engine, EmbeddedEngine):
        server = urlsplit(getattr(settings, "ELASTICSEARCH_URL", ""))
        name = f"{name} {server.hostname}{server.path}"[:60]
    return Target(ENGINE, "engine", engine, ("library", "directory"), lambda: name, lambda: name)


def stand_in() -> Target | None:
    """The library's stand-in beside a server; None where the engine is embedded anyway."""
    if isinstance(get_engine(), EmbeddedEngine):
        return None
    folder = Path(settings.SEARCH_INDEX_FOLDER) / STAND_IN

    def called() -> str:
        try:
            return (folder / NAME).read_text(encoding="utf-8")
        except OSError:
            return ""

    def rename() -> str:
        name = f"{socket.gethostname()[:40]}/{secrets.token_hex(8)}"
        (folder / NAME).write_text(name, encoding="utf-8")
        return name

    return Target(STAND_IN, "stand_in", _embedded(folder), ("library",), called, rename)


@lru_cache(maxsize=4)
def _embedded(folder: Path) -> EmbeddedEngine:
    return EmbeddedEngine(folder)
