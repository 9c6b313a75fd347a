"""What was erased must leave the files too: an index keeps deleted text until its files are written anew.

An erased record is hidden at once. The files of the index follow at most daily, and with them the database's own.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from search import database_files, indexer, state
from search.models import SearchState

AT_MOST_EVERY = timedelta(days=1)


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
    database_files.may_write_anew()
    database_files.wait_for_older_readers()
    indexer.rebuild()
    database_files.write_database_anew()
    # What was erased meanwhile has another date.
    SearchState.objects.filter(traces_since=since).update(traces_since=None)
    state.change(purged_at=moment)
    return True
