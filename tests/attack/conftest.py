"""Attacks need the directory's index and a world of canaries; building one takes seconds, so each module has one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings

from search import engines, indexer, lexicon
from search.models import OutboxEntry
from tests.attack.world import World, build


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The matrix in the database and in an index of its own; all of it is rolled back at the end of the module."""
    folder: Path = tmp_path_factory.mktemp("index")
    with django_db_blocker.unblock(), override_settings(SEARCH_INDEX_FOLDER=folder / "index"):  # type: ignore[attr-defined]
        assert folder / "index" == settings.SEARCH_INDEX_FOLDER
        outer = transaction.atomic()
        outer.__enter__()
        try:
            engines.forget()
            lexicon.forget()
            made = build()
            indexer.rebuild()
            OutboxEntry.objects.all().delete()
            yield made
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
            engines.forget()
            lexicon.forget()
