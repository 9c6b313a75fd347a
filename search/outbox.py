"""Changes wait here, in the transaction that made them, until the index holds them.

At least once, in any order, safe at any crash point: a row is deleted only after the index has committed, and indexing
a key again does no harm, because the database is read anew.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from search import lock, registry, state
from search.engines import get_engine
from search.engines.base import Condition, EngineError
from search.indexer import EVERYTHING, index_keys, rebuild_now
from search.models import OutboxEntry

log = logging.getLogger(__name__)
BATCH = 200
_paused: ContextVar[bool] = ContextVar("outbox_paused", default=False)


def add(keys: Iterable[str], *, narrowing: bool = False) -> None:
    """Notes that these keys are to be indexed again. Whatever touches a person may hide something: it narrows."""
    if _paused.get():
        return
    rows = []
    for key in dict.fromkeys(keys):
        searchable = registry.of_key(key)
        hides = narrowing or (searchable is not None and searchable.index == "directory")
        rows.append(OutboxEntry(key=key, narrowing=hides))
    if rows:
        OutboxEntry.objects.bulk_create(rows)
        _drain_on_commit()


def words_changed() -> None:
    """The vocabulary changed: lexicons are read again."""
    if not _paused.get():
        state.words_changed()


@contextmanager
def paused() -> Iterator[None]:
    """For loaders that write thousands of rows: nothing is noted but that everything changed.

    The loader calls `indexer.rebuild()` afterwards; if it is killed before, the next drain does.
    """
    if _paused.get():
        yield
        return
    token = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(token)
        if not connection.needs_rollback:
            state.words_changed()
            OutboxEntry.objects.create(key=EVERYTHING)


def drain() -> int:
    """Indexes all that waits; returns how many rows are done. Leaves them to another that is at it already.

    Raises EngineError. Looks again after giving the lock back: a row may have come just before.
    """
    done = 0
    while OutboxEntry.objects.exists():
        with lock.writing(wait=False) as ours:
            step = _empty() if ours else 0
        done += step
        if not step:
            break
    return done


def _empty() -> int:
    if get_engine().condition() is not Condition.READY or OutboxEntry.objects.filter(key=EVERYTHING).exists():
        waiting = OutboxEntry.objects.count()
        rebuild_now()
        return waiting
    done, last = 0, 0
    while rows := list(OutboxEntry.objects.filter(pk__gt=last).values_list("pk", "key")[:BATCH]):
        last = rows[-1][0]
        indexed = _index(list(dict.fromkeys(key for _, key in rows)))
        finished = [pk for pk, key in rows if key in indexed]
        OutboxEntry.objects.filter(pk__in=finished).delete()
        done += len(finished)
    return done


def _index(keys: Sequence[str]) -> set[str]:
    """The keys that were indexed; one record that cannot be read must not hold up all others."""
    try:
        index_keys(keys)
    except (EngineError, DatabaseError):
        raise
    except Exception:
        if len(keys) == 1:
            log.exception("%s could not be indexed; it stays in the outbox.", keys[0])
            return set()
        return {key for each in keys for key in _index([each])}
    return set(keys)


def _drain_on_commit() -> None:
    if not settings.SEARCH_INDEX_IN_WEB_PROCESS:
        return
    # Once a transaction, however many records it saves.
    if not any(waiting[1] is _drain_quietly for waiting in connection.run_on_commit):
        transaction.on_commit(_drain_quietly)


def _drain_quietly() -> None:
    """After a web request's commit the change is safe already; an index that fails is mended later."""
    try:
        drain()
    except EngineError:
        log.exception("The outbox could not be emptied; its rows wait.")
