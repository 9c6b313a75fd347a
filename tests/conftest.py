"""What all tests share: one migrated template database, a bundle folder, an index of their own."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

IN_CI = bool(os.environ.get("CI"))


def lacking(what: str, bring: str) -> None:
    """Skips visibly on a laptop with the command that would bring it; fails in CI."""
    message = f"{what} is absent: {bring}"
    if IN_CI:
        pytest.fail(message)
    pytest.skip(message)


def migrated_template() -> Path:
    """A migrated database for exactly these migrations: building one takes seconds of every run."""
    seen = hashlib.sha256()
    root = Path(settings.ROOT)
    for path in sorted([*root.glob("*/migrations/*.py"), *root.glob("site/*/migrations/*.py")]):
        seen.update(path.read_bytes())
    seen.update((root / "requirements.lock").read_bytes())
    return root / "var" / "test" / f"template-{seen.hexdigest()[:16]}.sqlite3"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Random order within, but what loads all starter content stands together: else it would be loaded anew each time.

    Then tests that really commit: they empty every table afterwards, the page tree of the migrations too. Browser tests
    come last, so that a mistake that needs no browser is known first.
    """
    items.sort(
        key=lambda item: (
            "/tests/browser/" in str(item.path),
            _empties_tables(item),
            "/tests/starter/" in str(item.path),
        )
    )


def _empties_tables(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    return mark is not None and bool(mark.kwargs.get("transaction"))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The test database lies in a folder of this run, so what is there is the copied template."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    if connection.vendor == "sqlite" and migrated_template().exists():
        shutil.copy(migrated_template(), settings.DATABASES["default"]["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    template = migrated_template()
    if connection.vendor != "sqlite" or template.exists():
        return
    template.parent.mkdir(parents=True, exist_ok=True)
    for old in template.parent.glob("template-*.sqlite3"):
        old.unlink()
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(connection.settings_dict["NAME"], template)


@pytest.fixture(scope="session", autouse=True)
def run_time_folders() -> None:
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
