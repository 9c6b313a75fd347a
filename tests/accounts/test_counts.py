"""What is counted in the database's cache says nothing of whom it counts, and goes."""

from datetime import timedelta

import pytest
from django.conf import settings as site
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.counts import forget_expired, sealed
from tests.accounts.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_the_database(settings) -> None:
    settings.CACHES = {"default": site.CACHE_KINDS["database"]}


def stored() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM accounts_cache")
        return [row[0] for row in cursor.fetchall()]


def test_neither_an_address_nor_a_place_can_be_read_in_it(in_the_database: None):
    sign_in(Client(REMOTE_ADDR="203.0.113.9"), "someone@example.org", "not this one")

    assert stored()
    assert all(len(key) == 64 for key in stored())
    assert "203.0.113.9" not in str(stored())


def test_it_cannot_be_tried_out_without_the_key(settings):
    before = sealed("someone@example.org", "", 1)

    settings.AUDIT_KEY = "another"

    assert sealed("someone@example.org", "", 1) != before


def test_what_has_expired_is_removed_and_the_rest_counts_on(in_the_database: None):
    cache.set("long", 1, 3600)
    cache.set("short", 2, 60)

    assert forget_expired(timezone.now() + timedelta(minutes=30)) == 1

    assert cache.get("long") == 1
    assert len(stored()) == 1


def test_memory_needs_no_removing():
    assert forget_expired(timezone.now()) == 0
