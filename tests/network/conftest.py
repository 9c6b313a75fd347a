"""Pages of the directory read a real index, rebuilt from the test's own records."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
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
