"""Ground for an attack: an index of its own, and a database in which nothing of it stays."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from django.test.utils import override_settings

from search import engines, indexer, lexicon
from search.models import OutboxEntry


@contextmanager
def ground() -> Iterator[None]:
    """Inside, what is written is rolled back at the end, and the search files go with it."""
    with (
        tempfile.TemporaryDirectory(prefix="waymark-ground-") as folder,
        override_settings(SEARCH_INDEX_FOLDER=Path(folder) / "index"),
        transaction.atomic(),
    ):
        _forget()
        try:
            yield
        finally:
            transaction.set_rollback(True)
            _forget()


def _forget() -> None:
    engines.forget()
    lexicon.forget()


def indexed() -> None:
    """Everything that stands in the database now is in the index, and nothing waits."""
    indexer.rebuild()
    OutboxEntry.objects.all().delete()
