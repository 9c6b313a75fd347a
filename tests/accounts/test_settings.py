"""What production refuses, and that attempts are counted once for all processes."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client

from accounts.checks import counts_are_shared, only_the_demo_skips
from config.settings import base
from tests.accounts.people import code, make_user, set_up_app, sign_in

NEEDED = {"SECRET_KEY": "x" * 60, "CONTACT_KEYS": "k", "AUDIT_KEY": "a", "ALLOWED_HOSTS": "example.org"}


def in_production(expression: str, **variables: str) -> str:
    """What a line says under production settings with these variables."""
    line = f"from django.conf import settings; print({expression})"
    known = {**NEEDED, "DJANGO_SETTINGS_MODULE": "config.settings.production", "PYTHONPATH": ".:site", **variables}
    environment = {"PATH": os.environ["PATH"], **known}
    return subprocess.run(
        [sys.executable, "-c", line], cwd=base.ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_production_refuses_the_demo_and_what_stands_in_for_the_second_factor():
    wanted = {"DEMO": "true", "DEMO_SECOND_FACTOR": "true"}

    assert in_production("settings.DEMO, settings.DEMO_SECOND_FACTOR", **wanted) == "False False"


def test_production_counts_attempts_in_the_database_and_believes_one_proxy():
    said = in_production("settings.CACHES['default']['BACKEND'], settings.ALLAUTH_TRUSTED_PROXY_COUNT")

    assert "DatabaseCache" in said
    assert said.endswith(" 1")


def test_a_setting_that_spares_the_second_factor_outside_the_demo_is_an_error(settings: Any):
    assert only_the_demo_skips(None) == []
    settings.DEMO = False

    assert [each.id for each in only_the_demo_skips(None)] == ["accounts.E001"]


def test_counting_in_the_memory_of_one_process_is_warned_of(settings: Any):
    assert [each.id for each in counts_are_shared(None)] == ["accounts.W001"]
    settings.CACHES = {"default": base.CACHE_KINDS["database"]}

    assert counts_are_shared(None) == []


@pytest.fixture
def database_cache(settings: Any) -> None:
    settings.CACHES = {"default": base.CACHE_KINDS["database"]}
    assert caches["default"].__class__.__name__ == "DatabaseCache"
    cache.clear()


@pytest.mark.django_db
def test_with_the_database_as_cache_failures_count_in_every_process(database_cache: None):
    make_user()

    for _ in range(5):
        sign_in(Client(), password="not this one")

    assert "Too many attempts" in sign_in(Client()).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM accounts_cache")
        assert cursor.fetchone()[0] > 0


@pytest.mark.django_db
def test_with_the_database_as_cache_a_code_works_once_in_all_processes(database_cache: None):
    secret = set_up_app(make_user())
    shown = code(secret)
    first, second = Client(), Client()
    sign_in(first)
    sign_in(second)

    answers = [client.post("/account/2fa/authenticate/", {"code": shown}).status_code for client in (first, second)]

    assert answers == [302, 200]


@pytest.mark.django_db
def test_attempts_are_counted_by_the_address_that_our_own_proxy_saw(settings: Any):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/ip"}
    make_user()

    for number in range(3):
        forged = {"x-forwarded-for": f"198.51.100.{number}, 203.0.113.9"}
        Client(headers=forged).post("/account/login/", {"login": f"g{number}@example.org", "password": "x"})
    answer = Client(headers={"x-forwarded-for": "203.0.113.9"}).post(
        "/account/login/", {"login": "someone@example.org", "password": "x"}
    )

    assert "Too many attempts" in answer.content.decode()
