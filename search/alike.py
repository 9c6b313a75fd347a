"""More of the same: what shares the most with one document of the library."""

import logging
from collections.abc import Collection, Iterator

from search import targets
from search.document import SearchDocument
from search.engines.base import Engine, EngineError
from search.query import SearchQuery

log = logging.getLogger(__name__)
MOST = 3


def alike(
    document: SearchDocument, principals: frozenset[str], language: str, *, known: Collection[str] = ()
) -> tuple[str, ...]:
    """Keys of up to three of the document's own kind, most alike first; the caller reads them in the database.

    `known` are keys that the page shows already. Without an engine there is nothing to show, and no error. No query.
    """
    query = SearchQuery(principals=principals, language=language, kinds=(document.kind,), counted=())
    for engine in _engines():
        try:
            keys = engine.alike(document, query, MOST + len(known))
        except EngineError as error:
            log.warning("Nothing alike from the index: %s", error)
        else:
            return tuple(key for key in keys if key not in known)[:MOST]
    return ()


def _engines() -> Iterator[Engine]:
    """The index on this machine first: a guide must not wait for a server."""
    if beside := targets.stand_in():
        yield beside.engine
    yield targets.of_engine().engine
