"""What every engine can do. The same contract tests run on each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from search.document import Index, SearchDocument
from search.query import SearchQuery

# People are found, not listed: no more than these over all pages of one query.
MOST_PEOPLE = 50
# Nobody reads further, and an engine must put all before a page in order to show it.
MOST_LISTED = 10_000
FIRST_FIVE = 5

Segments = tuple[tuple[str, bool], ...]


class EngineError(Exception):
    """The engine could not do what was asked: its index is missing, broken or of another shape."""


class Match(StrEnum):
    """How much of what was asked for a hit must be about."""

    ALL = "all"
    KNOWN = "known"  # the concepts, places and languages; other words only rank
    ANY = "any"  # at least one; more come first


class Condition(StrEnum):
    """How the index on disk stands."""

    READY = "ready"
    MISSING = "missing"
    OUTDATED = "outdated"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"  # a server that does not answer: nothing is known of the index, it may be whole


@dataclass(frozen=True, slots=True)
class Hit:
    """A found key with the parts of its title and text that matched. `score` (0 for people) is for measuring only."""

    key: str
    title_parts: Segments = ()
    snippet: Segments = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """One kind's hits: `total` is exact, `hits` one page."""

    total: int
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits by kind and counts by facet and value, none of them zero."""

    found: Mapping[str, Found] = field(default_factory=dict)
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Filling(Protocol):
    """A new index that is being filled beside the one in use."""

    def add(self, documents: Sequence[SearchDocument]) -> None: ...

    def replace(self, documents: Mapping[str, Sequence[SearchDocument]]) -> None:
        """For each key: its old documents go, these come."""
        ...


class Engine(Protocol):
    """A search engine with the two indexes; every method raises EngineError and nothing else of its own."""

    def condition(self) -> Condition: ...

    def count(self, index: Index, query: SearchQuery, match: Match) -> int:
        """How many documents of the asked kinds match."""
        ...

    def search(self, index: Index, query: SearchQuery, match: Match) -> Answer: ...

    def alike(self, document: SearchDocument, query: SearchQuery, limit: int) -> tuple[str, ...]:
        """Keys of the library that share the most with a document, rare concepts first, itself left out.

        `query` says who asks and which kinds are wanted; its words are not read.
        """
        ...

    def replace(self, documents: Mapping[str, Sequence[SearchDocument]]) -> None:
        """For each key: its old documents go, these come; visible and lasting on return."""
        ...

    def rebuilding(self, wordings: Iterable[tuple[str, str]] = ()) -> AbstractContextManager[Filling]:
        """On leaving without an error the new index takes the place of the old one at once.

        `wordings` are pairs (language, text) that will be searched for often: texts that hold them are marked with
        them as long as this index is in use. Others are found too, at a higher price.
        """
        ...

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """(key, fingerprint) of every document, for comparison with the database."""
        ...
