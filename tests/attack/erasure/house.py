"""A site of its own whose every file can be read: import this module first, see tests/attack/own_database.py."""

import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.attack.own_database import own_database

# isort: split
from django.conf import settings
from django.db import connection
from django.test.utils import override_settings

from tests.attack.erasure.files import Disk
from tests.attack.standing import searching_with

# Servers remove the files of an index or a table that is gone a moment later.
SETTLES_WITHIN = 15.0


@dataclass(frozen=True, slots=True)
class House:
    """`folder` holds all that the site keeps on this machine; `server` is where a search server writes.

    `tables` is where PostgreSQL keeps its tables, where we may read it: its log is no part of what is promised.
    `patience`: seconds in which servers remove files.
    """

    folder: Path
    server: tuple[Path, ...]
    tables: Path | None
    patience: float = 0.0

    def disk(self) -> Disk:
        """Every byte there is now."""
        if self.tables:
            with connection.cursor() as cursor:
                cursor.execute("CHECKPOINT")
        return Disk.of(self.folder, *self.server, *filter(None, [self.tables]))

    def samples(self) -> None:
        """What PostgreSQL does by itself now and then: it keeps a sample of what stands in each column."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    @property
    def keeps_tables(self) -> bool:
        """Whether the database's files can be read."""
        return connection.vendor == "sqlite" or self.tables is not None

    def in_tables(self, paths: Iterable[str]) -> bool:
        """Whether one of these is a file of the database."""
        return any(".sqlite3" in path or (self.tables and path.startswith(f"{self.tables.name}/")) for path in paths)

    def in_server(self, paths: Iterable[str]) -> bool:
        """Whether one of these is a file of the search server."""
        return any(path.startswith(f"{each.name}/") for path in paths for each in self.server)

    def index_files(self) -> frozenset[tuple[str, int]]:
        """The embedded index's files of people that hold something: name, and when each was last changed (ns)."""
        files = [path for path in (self.folder / "index").rglob("*") if path.is_file() and path.stat().st_size]
        return frozenset((path.name, path.stat().st_ctime_ns) for path in files)

    def said(self, words: str) -> list[str]:
        """The lines of the site's log with these words."""
        return [line for line in (self.folder / "log").read_text().splitlines() if words in line]

    def settled(self, look: Callable[[], list[str]]) -> list[str]:
        """What is found, once a server has had time to remove its files."""
        until = time.monotonic() + self.patience
        while (found := look()) and time.monotonic() < until:
            time.sleep(0.5)
        return found


@contextmanager
def house(engine: str) -> Iterator[House]:
    """The site with its database, index, media, cache, temporary files and log in one folder."""
    with ExitStack() as stack:
        name = stack.enter_context(own_database())
        apart = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="waymark-erasure-")))
        folder = Path(name).parent if connection.vendor == "sqlite" else apart
        for part in ("temporary", "media"):
            (folder / part).mkdir()
        os.environ["TMPDIR"] = os.environ["SQLITE_TMPDIR"] = tempfile.tempdir = str(folder / "temporary")
        stack.callback(setattr, tempfile, "tempdir", None)
        cache = settings.CACHE_KINDS["database"]
        stack.enter_context(override_settings(CACHES={"default": cache}, MEDIA_ROOT=folder / "media"))
        stack.enter_context(searching_with(engine, folder))
        log = logging.FileHandler(folder / "log")
        logging.getLogger().addHandler(log)
        stack.callback(logging.getLogger().removeHandler, log)
        logging.disable(logging.NOTSET)
        server, tables = server_folders() if engine == "elasticsearch" else (), tables_folder()
        yield House(folder, server, tables, SETTLES_WITHIN if server or tables else 0)


def tables_folder() -> Path | None:
    """Of a PostgreSQL server on this machine, by what it says itself."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('data_directory', true), oid FROM pg_database WHERE datname = current_database()"
        )
        data, number = cursor.fetchone()
    folder = Path(data or "/nowhere") / "base" / str(number)
    return folder if os.access(folder, os.R_OK | os.X_OK) else None


def server_folders() -> tuple[Path, ...]:
    """Where a search server for tests writes its indexes and its logs, if we have been told."""
    _command, _, folder = os.environ.get("WAYMARK_TEST_ELASTICSEARCH_CONTROL", "").partition(" ")
    return (*Path(folder).glob("*/data"), *Path(folder).glob("*/logs")) if folder else ()
