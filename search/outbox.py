"""Changes wait here, in the transaction that made them, until every index holds them.

At least once, in any order, safe at any crash point: a row is deleted only after the index has committed, and indexing
a key again does no harm, because the database is read anew.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from search import indexer, lock, registry, state, targets
from search.engines.base import Condition, EngineError
from search.indexer import EVERYTHING
from search.models import OutboxEntry
from search.state import State
from search.targets import Target

log = logging.getLogger(__name__)
# An engine that takes so few of one batch has another trouble than a document.
MOST_REFUSED = 3
# No loader takes longer.
LOADED_WITHIN = timedelta(hours=6)
_paused: ContextVar[bool] = ContextVar("outbox_paused", default=False)


def add(keys: Iterable[str]) -> None:
    """Notes that these keys are to be indexed again. Whatever touches a person may hide something: it narrows."""
    if _paused.get():
        return
    rows, every = [], targets.every()
    for key in dict.fromkeys(keys):
        narrowing = registry.is_of(key, "directory")
        rows += [OutboxEntry(key=key, target=each.name, narrowing=narrowing) for each in every if each.takes(key)]
    if rows:
        OutboxEntry.objects.bulk_create(rows, batch_size=500)
        _drain_on_commit()


def words_changed() -> None:
    """The vocabulary changed: lexicons are read again."""
    if not _paused.get():
        state.words_changed()


@contextmanager
def paused() -> Iterator[None]:
    """For loaders that write thousands of rows: nothing is noted but that everything changed.

    The loader calls `indexer.rebuild()` afterwards; where it does not come to that, the next drain does, and where it
    is killed before the end, a row that it left at the beginning is due some hours later.
    """
    if _paused.get():
        yield
        return
    begun = _note_everything(retry_at=timezone.now() + LOADED_WITHIN)
    token = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(token)
        if not connection.needs_rollback:
            with transaction.atomic():
                OutboxEntry.objects.filter(pk__in=begun).delete()
                _note_everything()
                state.words_changed()


def _note_everything(retry_at: datetime | None = None) -> list[int]:
    """Whatever was loaded may hide somebody: until then people come from the database."""
    rows = [
        OutboxEntry(key=EVERYTHING, target=target.name, narrowing=target.name == targets.ENGINE, retry_at=retry_at)
        for target in targets.every()
    ]
    return [row.pk for row in OutboxEntry.objects.bulk_create(rows)]


def mend(progress: indexer.Progress | None = None) -> int:
    """Builds anew every index that cannot be used; returns how many documents that made.

    Raises EngineError after every index was tried.
    """
    count, failed = 0, None
    for target in targets.every():
        try:
            count += _mend(target, progress)
        except EngineError as error:
            failed = error
    if failed is not None:
        raise failed
    return count


def _mend(target: Target, progress: indexer.Progress | None) -> int:
    now = state.read()
    if not target.ours(now) or not (target.needs_rebuild(now) or target.torn()):
        return 0
    with lock.writing(target.name, wait=False) as ours:
        # Another may have done it in between.
        if not ours or not (target.needs_rebuild(state.read()) or target.torn()):
            return 0
        log.warning("The search index “%s” is built anew from the database.", target.name)
        return indexer.rebuild_now(target, progress)


def drain(*, rebuilding: bool = True) -> int:
    """Indexes all that waits; returns how many rows are done. Leaves them to another that is at it already.

    An index that is missing or cannot be used is built anew, which takes its time: not without `rebuilding`. Raises
    EngineError after every index was tried. Looks again after giving a lock back: a row may have come just before.
    """
    _pass_the_day()
    done, failed = 0, None
    for target in targets.every():
        try:
            done += _drain(target, rebuilding=rebuilding)
        except EngineError as error:
            failed = error
    if failed is not None:
        raise failed
    return done


def _drain(target: Target, *, rebuilding: bool) -> int:
    done = 0
    while indexer.due(target).exists():
        now = state.read()
        if not target.ours(now):
            break
        with lock.writing(target.name, wait=False) as ours:
            step = _empty(target, now, rebuilding=rebuilding) if ours else 0
        done += step
        if not step:
            break
    return done


def _empty(target: Target, now: State, *, rebuilding: bool) -> int:
    rows = indexer.due(target)
    if target.needs_rebuild(now) or rows.filter(key=EVERYTHING).exists():
        waiting = rows.count()
        if not rebuilding:
            return 0
        indexer.rebuild_now(target)
        return waiting
    done = 0
    # A loader may end while this goes on.
    while batch := indexer.next_rows(target):
        keys = list(dict.fromkeys(batch.values()))
        indexed = _index(target, keys)
        indexer.delete_rows(pk for pk, key in batch.items() if key in indexed)
        indexer.set_aside(target, set(keys) - indexed)
        done += sum(key in indexed for key in batch.values())
    return done


def _index(target: Target, keys: Sequence[str]) -> set[str]:
    """The keys that are indexed now. A document that an engine does not take must not hold up all others."""
    try:
        return set(indexer.index_keys(keys, target))
    except EngineError:
        if target.engine.condition() is not Condition.READY or target.torn():
            raise
    indexed, refused = set[str](), list[str]()
    for key in keys:
        try:
            indexed.update(indexer.index_keys([key], target))
        except EngineError:
            log.exception("%s is not taken by the index; it is tried again later.", key)
            refused.append(key)
            if len(refused) >= MOST_REFUSED:
                indexer.set_aside(target, refused)
                raise
    return indexed


def _pass_the_day() -> None:
    """Some documents change by time alone: an absence is over."""
    since, today = state.read().day, timezone.localdate()
    if since is not None and since < today:
        with transaction.atomic():
            add(key for outgrown in registry.outgrown for key in outgrown(since, today))
            state.change(day=today)


def _drain_on_commit() -> None:
    if not settings.SEARCH_INDEX_IN_WEB_PROCESS:
        return
    # Once a transaction, however many records it saves.
    if not any(waiting[1] is _drain_quietly for waiting in connection.run_on_commit):
        transaction.on_commit(_drain_quietly)


def _drain_quietly() -> None:
    """After a web request's commit the change is safe already; an index that fails is mended later."""
    try:
        drain(rebuilding=False)
    except EngineError as error:
        log.warning("The outbox could not be emptied, its rows wait: %s", error)
    except DatabaseError:
        log.exception("The outbox could not be emptied; its rows wait.")
