"""What all tests share: one migrated template database, a bundle folder, an index of their own."""

import gc
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation

from tests.sharing import Sharing, turn

IN_CI = bool(os.environ.get("CI"))


def lacking(what: str, bring: str) -> None:
    """Skips visibly on a laptop with the command that would bring it; fails in CI."""
    message = f"{what} is absent: {bring}"
    if IN_CI:
        pytest.fail(message)
    pytest.skip(message)


def migrated_template() -> Path:
    """A migrated database for exactly these migrations: building one takes seconds of every run."""
    return Path(settings.ROOT) / "var" / "test" / f"template-{migrations_print()}.sqlite3"


def migrations_print() -> str:
    """16 hexadecimal digits that change with our migrations and with those of what we use."""
    seen = hashlib.sha256()
    root = Path(settings.ROOT)
    for path in sorted([*root.glob("*/migrations/*.py"), *root.glob("site/*/migrations/*.py")]):
        seen.update(path.read_bytes())
    seen.update((root / "requirements.lock").read_bytes())
    return seen.hexdigest()[:16]


def copy_on_postgresql() -> None:
    """The next database for tests is a copy of one that was migrated on this server, by whoever came first."""
    if connection.vendor != "postgresql":
        return
    name = f"waymark_template_{migrations_print()}"
    elsewhere = connection.copy()
    with elsewhere.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])  # until this connection is closed
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            _migrate_apart(f"{name}_begun")
            cursor.execute(f'ALTER DATABASE "{name}_begun" RENAME TO "{name}"')
    elsewhere.close()
    connection.settings_dict["TEST"]["TEMPLATE"] = name


def _migrate_apart(name: str) -> None:
    given = {**connection.settings_dict, "TEST": {**connection.settings_dict["TEST"]}}
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    connection.close()
    connection.settings_dict.update(given)
    settings.DATABASES["default"]["NAME"] = given["NAME"]  # where Django has written it too


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    return Sharing(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Random order within each share. One process leaves the longest to the end: a mistake elsewhere is known first."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    items.sort(key=lambda item: turn(item.nodeid), reverse=alone)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays: looking through it for what may go took a tenth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """A migrated database of this process.

    Not pytest-django's, which makes none for tests that say only that they commit. On SQLite it lies in a folder of
    this run.
    """
    sqlite, template = connection.vendor == "sqlite", migrated_template()
    if sqlite and template.exists():
        shutil.copy(template, settings.DATABASES["default"]["TEST"]["NAME"])
    with django_db_blocker.unblock():
        copy_on_postgresql()
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"}, keepdb=sqlite)
        if sqlite and not template.exists():
            keep(template)
        # Django asks SQLite once a process, at the first JSON: no test that counts queries may be the one.
        assert connection.features.supports_json_field
    yield
    if not sqlite:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


def keep(template: Path) -> None:
    """Copies this database. Another process may be doing the same, or reading: it appears at once and whole."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    template.parent.mkdir(parents=True, exist_ok=True)
    part = template.with_suffix(f".{os.getpid()}")
    shutil.copy(connection.settings_dict["NAME"], part)
    part.replace(template)
    for old in set(template.parent.glob("template-*.sqlite3")) - {template}:
        old.unlink(missing_ok=True)


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What a module's fixtures make stands for all its tests, each rolled back to it, and goes at the module's end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def really_committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Rows are committed, for what waits for the commit and for threads of their own, and removed afterwards.

    Not pytest-django's own way, which would also remove what the migrations wrote.
    """
    with django_db_blocker.unblock():
        yield
        with transaction.atomic(), connection.cursor() as cursor:
            for label in ("network", "mfa", "usersessions", "account", "accounts", "vocabulary", "search", "sessions"):
                for model in apps.get_app_config(label).get_models(include_auto_created=True):
                    cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - names of ours


@pytest.fixture(scope="session", autouse=True)
def run_time_folders() -> None:
    make_run_time_folders()


def make_run_time_folders() -> None:
    """Folders that `make run` makes: WhiteNoise and the static files' check warn where they are absent."""
    for name in ("bundle", "static"):
        (Path(settings.VAR) / name).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def english() -> None:
    """The language of the last request stays active in this thread: no test may meet the one before it."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def index(tmp_path: Path, settings) -> Iterator[None]:
    """An empty search index of this test's own."""
    from search import engines

    settings.SEARCH_INDEX_FOLDER = tmp_path / "index"
    engines.forget()
    yield
    engines.forget()


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """A real server; CI starts one. On a laptop: docker compose up elasticsearch, or any 8.x on 127.0.0.1."""
    url = os.environ.get("WAYMARK_TEST_ELASTICSEARCH_URL", "")
    if not url:
        lacking("Elasticsearch", "start a server of 8.x and set WAYMARK_TEST_ELASTICSEARCH_URL=http://127.0.0.1:9200")
    return url


@pytest.fixture(scope="session")
def elastic(elasticsearch_url: str) -> Iterator[object]:
    """An engine with indexes of this run's own, as patient as a busy machine needs."""
    from search.engines.elastic.address import Address
    from search.engines.elastic.connection import Timeouts
    from search.engines.elastic.engine import ElasticEngine

    address = Address.of(f"{elasticsearch_url}/waymark-test-{secrets.token_hex(4)}")
    engine = ElasticEngine(address, Timeouts(reading=30, asking=30, writing=60))
    with engine.rebuilding():
        pass
    yield engine
    engine.remove()
