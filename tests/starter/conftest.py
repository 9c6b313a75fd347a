"""The real starter content, loaded once for this folder and rolled back at its end."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings

from home.loading import load_everything
from search import engines


@pytest.fixture(scope="package", autouse=True)
def starter(django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Everything of content/, the demo network and an index of it."""
    folder = tmp_path_factory.mktemp("starter") / "index"
    with django_db_blocker.unblock(), override_settings(SEARCH_INDEX_FOLDER=folder), transaction.atomic():
        engines.forget()
        load_everything(settings.CONTENT, lambda line: None, demo=True)
        yield
        engines.forget()
        transaction.set_rollback(True)


@pytest.fixture
def reader() -> Client:
    """Somebody without an account."""
    return Client()
