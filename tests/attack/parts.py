"""The long attacks, each with one line in `PARTS`. Whoever writes another adds a line.

An attack is `module:function` of the shape in tests/attack/part.py, imported only in the process that runs it.
"""

import os
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.servers import postgres

# Yields what the environment must hold for this variant, None where the machine lacks it.
Environment = Callable[[], AbstractContextManager[Mapping[str, str] | None]]


@contextmanager
def plain() -> Iterator[Mapping[str, str] | None]:
    yield {}


@contextmanager
def embedded() -> Iterator[Mapping[str, str] | None]:
    yield {"SEARCH_ENGINE": "embedded"}


@contextmanager
def elasticsearch() -> Iterator[Mapping[str, str] | None]:
    """A server for tests, and indexes of this attack's own on it."""
    server = os.environ.get("WAYMARK_TEST_ELASTICSEARCH_URL", "")
    if not server:
        yield None
        return
    yield {"SEARCH_ENGINE": "elasticsearch", "ELASTICSEARCH_URL": f"{server}/torture-{secrets.token_hex(4)}"}


@contextmanager
def elasticsearch_to_kill() -> Iterator[Mapping[str, str] | None]:
    """The same, where we have been told how to kill it."""
    with elasticsearch() as environment:
        yield environment if "WAYMARK_TEST_ELASTICSEARCH_CONTROL" in os.environ else None


@contextmanager
def postgresql() -> Iterator[Mapping[str, str] | None]:
    """A server of our own, where PostgreSQL is installed."""
    with tempfile.TemporaryDirectory(prefix="waymark-torture-") as folder:
        Path(folder).chmod(0o711)  # its own user passes through
        with postgres(Path(folder) / "cluster") as url:
            yield {"DATABASE_URL": url} if url else None


@contextmanager
def embedded_on_postgresql() -> Iterator[Mapping[str, str] | None]:
    with postgresql() as environment:
        yield {**environment, "SEARCH_ENGINE": "embedded"} if environment else None


ENGINES: Mapping[str, Environment] = {"embedded engine": embedded, "Elasticsearch": elasticsearch}
KILLED: Mapping[str, Environment] = {"embedded engine": embedded, "Elasticsearch": elasticsearch_to_kill}
KEPT: Mapping[str, Environment] = {**ENGINES, "PostgreSQL": embedded_on_postgresql}
DATABASES: Mapping[str, Environment] = {"SQLite": plain, "PostgreSQL": postgresql}
ONCE: Mapping[str, Environment] = {"": plain}


@dataclass(frozen=True, slots=True)
class Part:
    """`number` is how many make the long form, `of` what is counted; `title` heads its sections of the report."""

    title: str
    attack: str
    number: int
    of: str
    variants: Mapping[str, Environment]


PARTS: Mapping[str, Part] = {
    "kills": Part("kill -9", "tests.attack.kills.campaign:attack", 1_000, "kills", KILLED),
    "odd_queries": Part("Odd queries", "tests.attack.odd_queries:attack", 100_000, "queries", ENGINES),
    "reveals": Part("Reveals at one moment", "tests.attack.reveals:attack", 10_000, "tries", DATABASES),
    "relay": Part("Messages at one moment", "tests.attack.relay:attack", 1_000, "tries", DATABASES),
    "two_worlds": Part("Two worlds", "tests.attack.long:two_worlds", 20_000, "cases", ENGINES),
    "crawl": Part("The canaries' crawl", "tests.attack.long:crawling", 10, "worlds", ENGINES),
    "harvest": Part("Harvesting", "tests.attack.long:harvesting", 1_000, "questions each", ENGINES),
    "snapshots": Part("Published counts", "tests.attack.long:counting", 200, "histories", DATABASES),
    "life_cycle": Part("The life of entries", "tests.attack.long:life_cycle", 200, "lives", ENGINES),
    "erasure": Part("Erasures", "tests.attack.erasure.attack:erasures", 100, "people", KEPT),
}
