"""Attacks with threads and kills need a database of their own, whose commits are real: import this module first.

SQLite in a temporary folder, or beside DATABASE_URL's on a PostgreSQL server.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
os.environ["MAIL_IN_WEB_PROCESS"] = "false"  # mail stays where it can be counted
django.setup()

from django.db import OperationalError, connection  # noqa: E402

from tests.conftest import copy_on_postgresql, make_run_time_folders, migrated_template  # noqa: E402

MOST_TRIES_OF_A_BUSY_DATABASE = 20


@contextmanager
def own_database() -> Iterator[str]:
    """A migrated database that nobody else uses; yields its name."""
    with tempfile.TemporaryDirectory(prefix="waymark-attack-") as folder:
        make_run_time_folders()
        sqlite = connection.vendor == "sqlite"
        name = str(Path(folder) / "attack.sqlite3") if sqlite else f"waymark_attack_{os.getpid()}"
        if sqlite and migrated_template().exists():
            shutil.copy(migrated_template(), name)
        copy_on_postgresql()
        connection.settings_dict["TEST"]["NAME"] = name
        before = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, keepdb=sqlite)
        try:
            yield name
        finally:
            connection.close()
            if not sqlite:
                _drop(name, before)


def _drop(name: str, before: str) -> None:
    """With whatever threads of a failed attack still hold on to it."""
    connection.settings_dict["NAME"] = before
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    connection.close()


def pressed[Outcome](act: Callable[[], Outcome]) -> Outcome:
    """What a request answers; where SQLite gave way after its time nothing happened, and the person presses again."""
    for _ in range(MOST_TRIES_OF_A_BUSY_DATABASE):
        try:
            return act()
        except OperationalError as error:
            if "locked" not in str(error):
                raise
    raise TimeoutError("The database stayed busy.")


def leave(pool: ThreadPoolExecutor, threads: int) -> None:
    """Closes the connections of a pool's threads."""
    list(pool.map(lambda _: connection.close(), range(threads * 4)))
