"""What was erased must leave the files too: an index keeps deleted text until its files are written anew.

An erased record is hidden at once. The files of the index follow at most daily, and with them the database's own.
"""

import time
from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from search import indexer, state
from search.models import SearchState

AT_MOST_EVERY = timedelta(days=1)
TRIES = 5
# Seconds for which a table of PostgreSQL is waited for, and whoever began to read or write before.
PATIENCE = 5
LOOKS_EVERY = 0.1

# For whom PostgreSQL keeps a row that is deleted, even when its table is written anew: whoever began before a moment to
# read here, a dump or its own statistics among them, or to write anywhere in the cluster, because what is running then
# is in the snapshot of whoever writes the table anew. A transaction's number stands for the moment.
OLDER = """
SELECT string_agg(name, ', ') FROM (
    SELECT backend_type || ' ' || pid AS name, greatest(age(backend_xid), CASE
        WHEN coalesce(datname, current_database()) = current_database() THEN age(backend_xmin) END) AS began
        FROM pg_stat_activity WHERE pid <> pg_backend_pid()
    UNION ALL SELECT 'prepared ' || gid, age(transaction) FROM pg_prepared_xacts
    UNION ALL SELECT 'slot ' || slot_name, age(xmin) FROM pg_replication_slots
) AS others WHERE began > age(%s::xid)
"""


class StillRead(RuntimeError):
    """The database's files could not be cleaned, because they were in use all the time. It is tried again."""


@transaction.atomic
def note(now: datetime | None = None) -> None:
    """Something was erased; in the transaction that erases it."""
    state.change(traces_since=now or timezone.now())


def due_at() -> datetime | None:
    """From when the traces of what was erased are to be purged; None where there are none."""
    since, purged = SearchState.objects.values_list("traces_since", "purged_at").first() or (None, None)
    if since is None:
        return None
    return since if purged is None else max(since, purged + AT_MOST_EVERY)


def if_due(now: datetime | None = None) -> bool:
    """Purges where it is time to; returns whether. Raises EngineError and StillRead, and then it stays due."""
    moment = now or timezone.now()
    due = due_at()
    if due is None or due > moment:
        return False
    since = SearchState.objects.values_list("traces_since", flat=True).get()
    wait_for_older_readers()
    indexer.rebuild()
    write_database_anew()
    # What was erased meanwhile has another date.
    SearchState.objects.filter(traces_since=since).update(traces_since=None)
    state.change(purged_at=moment)
    return True


def wait_for_older_readers() -> None:
    """On PostgreSQL, until nobody is left for whom it keeps what was deleted before now; raises StillRead."""
    if connection.vendor == "sqlite":
        return
    until = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::xid::text")
        (now,) = cursor.fetchone()
        while True:
            cursor.execute(OLDER, [now])
            (others,) = cursor.fetchone()
            if others is None:
                return
            if time.monotonic() > until:
                raise StillRead(f"The database has been in use since before, and is still: {others}.")
            time.sleep(LOOKS_EVERY)


def write_database_anew() -> None:
    """Writes the database's files anew from what stands in them; raises StillRead. Writers wait meanwhile.

    SQLite overwrites a deleted row where it lay last, yet not copies of it in pages that were split or joined before
    (measured: of 300 rows among 3,000 it left one to five). PostgreSQL overwrites nothing.
    """
    if connection.in_atomic_block:
        raise StillRead("The database cannot be written anew within a transaction.")
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("VACUUM")
            else:
                tables = connection.introspection.table_names(cursor)  # the cache's, which is no model's, among them
                cursor.execute(f"SET lock_timeout = '{PATIENCE}s'")
                try:
                    for table in sorted(tables):
                        cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(table)}")
                finally:
                    cursor.execute("RESET lock_timeout")
    except OperationalError as error:
        raise StillRead("The database could not be written anew: it is in use.") from error
    empty_database_log()


def empty_database_log() -> None:
    """SQLite keeps old pages in its log until it is written back; PostgreSQL recycles its own."""
    if connection.vendor != "sqlite":
        return
    if connection.in_atomic_block:
        raise StillRead("The database's log cannot be emptied within a transaction.")
    for _ in range(TRIES):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _log, _moved = cursor.fetchone()
        if not busy:
            return
    raise StillRead("The database's log could not be emptied.")
