"""Pages of the directory read a real index, rebuilt from the test's own records."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from network.models import Practitioner
from search import indexer, lexicon


@pytest.fixture
def indexed(index: None) -> Callable[[], Any]:
    """Call it when the records stand: builds the index anew."""
    lexicon.forget()
    return indexer.rebuild


@pytest.fixture(autouse=True)
def unthrottled() -> None:
    """What other tests sent does not count here."""
    cache.clear()


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """Inside `with committed():` what waits for the commit is done, as mail is."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def really_committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For threads with connections of their own: rows are committed, and removed afterwards.

    Not pytest-django's `transaction=True`, which would also remove what the migrations wrote.
    """
    with django_db_blocker.unblock():
        yield
        with transaction.atomic(), connection.cursor() as cursor:
            for label in ("network", "accounts", "account", "vocabulary", "search"):
                for model in apps.get_app_config(label).get_models(include_auto_created=True):
                    cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - names of ours


@pytest.fixture
def signed_in(client: Client) -> Callable[[Practitioner], Client]:
    """Signs in whoever owns the entry, with a second factor as allauth records it."""

    def sign_in(entry: Practitioner) -> Client:
        client.force_login(entry.user)  # type: ignore[arg-type]
        session: Any = client.session
        session["account_authentication_methods_user"] = str(entry.user_id)
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
        session.save()
        return client

    return sign_in
