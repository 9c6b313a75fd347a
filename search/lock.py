"""One writer of an index at a time: between threads, between processes of a machine, and between machines.

A lock on a file holds within a machine; on PostgreSQL a lock of the database's holds between machines. Both are given
back by the system when a process is killed.
"""

import fcntl
import threading
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

_threads: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


@contextmanager
def writing(target: str = "engine", *, wait: bool) -> Iterator[bool]:
    """Yields whether the index `target` is ours to write."""
    lock = _threads[target]
    if not lock.acquire(blocking=wait):
        yield False
        return
    try:
        with _on_this_machine(target, wait) as ours:
            if not ours:
                yield False
                return
            with _in_the_database(target, wait) as ours:
                yield ours
    finally:
        lock.release()


@contextmanager
def _on_this_machine(target: str, wait: bool) -> Iterator[bool]:
    folder = Path(settings.SEARCH_INDEX_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{target}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def _in_the_database(target: str, wait: bool) -> Iterator[bool]:
    """SQLite is one machine's. A session's lock outlives transactions, so it is given back by hand."""
    if connection.vendor != "postgresql":
        yield True
        return
    key = zlib.crc32(f"waymark search {target}".encode())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {'pg_advisory_lock' if wait else 'pg_try_advisory_lock'}(%s)", [key])
        taken = cursor.fetchone() == (False,)
    if taken:
        yield False
        return
    try:
        yield True
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
