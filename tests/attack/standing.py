"""Ground for an attack: a database and an index of its own, on either engine, in which nothing of it stays."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from django.db import transaction
from django.test.utils import override_settings

from search import engines, indexer, lexicon
from search.engines.elastic.address import Address
from search.engines.elastic.connection import Timeouts
from search.engines.elastic.engine import ElasticEngine
from search.models import OutboxEntry
from tests.attack.world import World, build

ENGINES = ("embedded", "elasticsearch")
# As patient as a busy machine needs: an engine that is given up on would leave the database to answer.
PATIENT = Timeouts(reading=30, asking=30, writing=60)


def server() -> str:
    """The address of an Elasticsearch for tests; "" where none is named."""
    return os.environ.get("WAYMARK_TEST_ELASTICSEARCH_URL", "")


@contextmanager
def searching_with(engine: str, folder: Path) -> Iterator[None]:
    """Inside, the site searches with this engine, in indexes that nobody else uses and that go at the end."""
    with ExitStack() as stack:
        settings = {"SEARCH_ENGINE": engine, "SEARCH_INDEX_FOLDER": folder / "index"}
        if engine == "elasticsearch":
            settings["ELASTICSEARCH_URL"] = f"{server()}/waymark-attack-{secrets.token_hex(4)}"
            patient = ElasticEngine(Address.of(str(settings["ELASTICSEARCH_URL"])), PATIENT)
            stack.callback(patient.remove)
            stack.enter_context(patch.object(engines, "_elastic_at", lambda *_args, **_more: patient))
        stack.enter_context(override_settings(**settings))
        stack.callback(engines.forget)
        engines.forget()
        yield


@contextmanager
def rolled_back() -> Iterator[None]:
    """Inside, the database is one transaction, which is given up at the end; the lexicon is read anew."""
    outer = transaction.atomic()
    outer.__enter__()
    try:
        lexicon.forget()
        yield
    finally:
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
        lexicon.forget()


@contextmanager
def ground(engine: str = "embedded") -> Iterator[None]:
    """Inside, the site searches with this engine, and of what is written and indexed nothing stays."""
    with (
        tempfile.TemporaryDirectory(prefix="waymark-ground-") as folder,
        searching_with(engine, Path(folder)),
        rolled_back(),
    ):
        yield


def indexed() -> None:
    """Everything that stands in the database now is in the index, and nothing waits."""
    indexer.rebuild()
    OutboxEntry.objects.all().delete()


@contextmanager
def standing_world(engine: str) -> Iterator[World]:
    """The matrix of canaries, indexed, with nothing left to index."""
    with ground(engine):
        made = build()
        indexed()
        yield made
