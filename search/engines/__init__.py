"""Engines: the embedded one needs no server. get_engine() is the only reader of the setting."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from search import lexicon
from search.engines.base import Engine
from search.engines.embedded.engine import EmbeddedEngine

if TYPE_CHECKING:
    from search.engines.elastic.engine import ElasticEngine


def engine_name() -> str:
    """What the environment calls its engine: embedded or elasticsearch."""
    return settings.SEARCH_ENGINE


def get_engine() -> Engine:
    """The engine that this environment names; one object a process and place."""
    if engine_name() == "elasticsearch":
        return _elastic(settings.ELASTICSEARCH_URL)
    return _embedded(Path(settings.SEARCH_INDEX_FOLDER))


@contextmanager
def temporary_engine() -> Iterator[Engine]:
    """An engine of the same make with an index of its own, gone afterwards: for measuring."""
    if engine_name() == "elasticsearch":
        engine = _elastic_at(settings.ELASTICSEARCH_URL, prefix=f"waymark-measure-{secrets.token_hex(6)}")
        try:
            yield engine
        finally:
            engine.remove()
        return
    with tempfile.TemporaryDirectory(prefix="waymark-measure-") as folder:
        yield EmbeddedEngine(Path(folder))


@lru_cache(maxsize=4)
def _embedded(folder: Path) -> EmbeddedEngine:
    return EmbeddedEngine(folder)


@lru_cache(maxsize=4)
def _elastic(url: str) -> "ElasticEngine":
    return _elastic_at(url)


def _elastic_at(url: str, prefix: str = "") -> "ElasticEngine":
    # The client takes 33 MB and a quarter of a second, which a site without a server need not spend.
    from search.engines.elastic.address import Address
    from search.engines.elastic.engine import ElasticEngine

    address = Address.of(url)
    return ElasticEngine(replace(address, prefix=prefix) if prefix else address)


def forget() -> None:
    """Opens everything anew at the next search; for tests that change the folder or undo what they wrote."""
    _embedded.cache_clear()
    _elastic.cache_clear()
    lexicon.forget()
