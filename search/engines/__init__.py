"""Engines: the embedded one needs no server. get_engine() is the only reader of the setting."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search import lexicon
from search.engines.base import Engine
from search.engines.embedded.engine import EmbeddedEngine


def get_engine() -> Engine:
    """The engine that this environment names; one object a process and place."""
    if settings.SEARCH_ENGINE == "elastic":
        return _elastic(settings.ELASTICSEARCH_URL)
    return _embedded(Path(settings.SEARCH_INDEX_FOLDER))


@contextmanager
def temporary_engine() -> Iterator[Engine]:
    """An engine of the same make with an index of its own, gone afterwards: for measuring."""
    with tempfile.TemporaryDirectory(prefix="waymark-measure-") as folder:
        yield {"embedded": EmbeddedEngine}[settings.SEARCH_ENGINE](Path(folder))


@lru_cache(maxsize=4)
def _embedded(folder: Path) -> EmbeddedEngine:
    return EmbeddedEngine(folder)


@lru_cache(maxsize=4)
def _elastic(url: str) -> Engine:
    # The client takes 33 MB and a quarter of a second, which a site without a server need not spend.
    from search.engines.elastic.address import Address
    from search.engines.elastic.engine import ElasticEngine

    return ElasticEngine(Address.of(url))


def forget() -> None:
    """Opens everything anew at the next search; for tests that change the folder or undo what they wrote."""
    _embedded.cache_clear()
    _elastic.cache_clear()
    lexicon.forget()
