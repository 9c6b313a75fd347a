"""The database's own files: what was deleted leaves them only when they are written anew."""

import time
from typing import Any

from django.db import OperationalError, connection

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


# The columns of a table whose values PostgreSQL's planner keeps a sample of, each with its type.
SAMPLED = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod) || coalesce(
    ' COLLATE ' || quote_ident(n.nspname) || '.' || quote_ident(c.collname), '')
FROM pg_attribute a
JOIN pg_stats s ON s.schemaname = current_schema() AND s.tablename = %s AND s.attname = a.attname
LEFT JOIN pg_collation c ON c.oid = a.attcollation LEFT JOIN pg_namespace n ON n.oid = c.collnamespace
WHERE a.attrelid = %s::regclass
"""
MAY_CLEAN = "SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()"


class StillRead(RuntimeError):
    """The database's files could not be cleaned, most often because they were in use. It is tried again."""


def may_write_anew() -> None:
    """Raises StillRead where this role never will; asked before anything is begun."""
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(MAY_CLEAN)
        if cursor.fetchone() != (True,):
            raise StillRead("The role of DATABASE_URL must own the database: ALTER DATABASE … OWNER TO ….")


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
                _write_postgresql_anew(cursor)
    except OperationalError as error:
        raise StillRead("The database could not be written anew: it is in use.") from error
    empty_database_log()


def _write_postgresql_anew(cursor: Any) -> None:
    """Table by table, then the samples that the planner keeps of them, which would hold a deleted value for good."""
    tables = connection.introspection.table_names(cursor)  # the cache's, which is no model's, among them
    cursor.execute(f"SET lock_timeout = '{PATIENCE}s'")
    try:
        for table in sorted(tables):
            cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(table)}")
            _forget_samples_if_empty(cursor, table)
        # For whoever began meanwhile, what was a sample until now is kept.
        wait_for_older_readers()
        cursor.execute("VACUUM (FULL) pg_catalog.pg_statistic")
    finally:
        cursor.execute("RESET lock_timeout")


def _forget_samples_if_empty(cursor: Any, table: str) -> None:
    """Of an empty table ANALYZE leaves the samples as they were; a column that is given a type, its own, loses them."""
    name = connection.ops.quote_name(table)
    cursor.execute(f"SELECT NOT EXISTS (SELECT FROM {name})")  # noqa: S608 - a table of ours
    if cursor.fetchone() == (True,):
        cursor.execute(SAMPLED, [table, name])
        for column, kind in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {name} ALTER COLUMN {connection.ops.quote_name(column)} TYPE {kind}")


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
