"""What was erased must leave the files too: an index keeps deleted text until its files are written anew.

An erased record is hidden at once. The files of the index follow at most daily, and with them the database's own.
"""

from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from search import indexer, state
from search.models import SearchState

AT_MOST_EVERY = timedelta(days=1)
TRIES = 5


# For so long a table of PostgreSQL is waited for.
PATIENCE = "5s"


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
    indexer.rebuild()
    write_database_anew()
    # What was erased meanwhile has another date.
    SearchState.objects.filter(traces_since=since).update(traces_since=None)
    state.change(purged_at=moment)
    return True


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
                cursor.execute(f"SET lock_timeout = '{PATIENCE}'")
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
