"""From the database to the index: some keys, or all of them into a new index beside the old."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override

from search import lock, registry, state
from search.document import SearchDocument, fingerprint
from search.engines import get_engine
from search.engines.base import Condition, EngineError, Filling
from search.models import OutboxEntry

log = logging.getLogger(__name__)
BATCH = 200
# The key that stands for all: written by a loader that paused the outbox.
EVERYTHING = "*"

Progress = Callable[[int], None]


def documents_of(keys: Sequence[str]) -> dict[str, Sequence[SearchDocument]]:
    """Every key with its documents as the database has them now; none for what is gone or hidden."""
    found: dict[str, Sequence[SearchDocument]] = dict.fromkeys(keys, ())
    with override(settings.LANGUAGE_CODE):
        for searchable in registry.searchables:
            own = [key for key in found if key.partition(":")[0] in searchable.kinds]
            if own:
                found |= {key: docs for key, docs in searchable.to_documents(own).items() if key in found}
    return found


def index_keys(keys: Sequence[str]) -> None:
    """Brings the index up to the database for these keys, whatever stood there."""
    get_engine().replace(documents_of(keys))


def every_key() -> Iterator[str]:
    """The key of every record that may be findable."""
    for searchable in registry.searchables:
        yield from searchable.all_keys()


def rebuild(progress: Progress | None = None) -> int:
    """Builds a new index and puts it in place of the old one; returns how many documents it holds. Waits its turn."""
    with lock.writing(wait=True):
        return rebuild_now(progress)


def rebuild_now(progress: Progress | None = None) -> int:
    """As `rebuild`, for a caller that holds the lock."""
    state.change(rebuilding=True)
    try:
        # Only rows seen before reading began are done with: on PostgreSQL a lower number may be committed later.
        seen = set(OutboxEntry.objects.values_list("pk", flat=True))
        with get_engine().rebuilding() as filling:
            count = 0
            for keys in batched(every_key(), BATCH):
                documents = [each for some in documents_of(keys).values() for each in some]
                filling.add(documents)
                count += len(documents)
                if progress:
                    progress(count)
            seen |= _catch_up(filling, seen)
        _delete_rows(sorted(seen))
        state.change(rebuilt_at=timezone.now())
        return count
    finally:
        state.change(rebuilding=False)


def _catch_up(filling: Filling, seen: set[int]) -> set[int]:
    """What changed while the new index was being filled."""
    rows = {pk: key for pk, key in OutboxEntry.objects.values_list("pk", "key") if pk not in seen}
    keys = [key for key in dict.fromkeys(rows.values()) if key != EVERYTHING]
    for some in batched(keys, BATCH):
        filling.replace(documents_of(some))
    return {pk for pk, key in rows.items() if key != EVERYTHING}


def _delete_rows(pks: Sequence[int]) -> None:
    for some in batched(pks, 500):
        OutboxEntry.objects.filter(pk__in=some).delete()


@dataclass(frozen=True, slots=True)
class Drift:
    """Keys by what is wrong with them in the index."""

    missing: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    left_over: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.outdated or self.left_over)


def drift() -> Drift:
    """Compares every document the database gives with every one the index holds. Raises EngineError."""
    there: dict[str, set[str]] = {}
    for key, print_ in get_engine().fingerprints():
        there.setdefault(key, set()).add(print_)
    wanted: dict[str, set[str]] = {}
    for keys in batched(every_key(), BATCH):
        for key, documents in documents_of(keys).items():
            if documents:
                wanted[key] = {fingerprint(document) for document in documents}
    return Drift(
        missing=tuple(sorted(wanted.keys() - there.keys())),
        outdated=tuple(sorted(key for key in wanted.keys() & there.keys() if wanted[key] != there[key])),
        left_over=tuple(sorted(there.keys() - wanted.keys())),
    )


_repair: threading.Thread | None = None


def repair_later() -> None:
    """Rebuilds a missing or broken index in a thread of this process, after the current transaction.

    Where web processes do not write the index, `manage.py index` will.
    """
    if settings.SEARCH_INDEX_IN_WEB_PROCESS:
        transaction.on_commit(_start_repair)


def _start_repair() -> None:
    global _repair
    if _repair is None or not _repair.is_alive():
        _repair = threading.Thread(target=_repair_index, name="search-repair", daemon=True)
        _repair.start()


def _repair_index() -> None:
    try:
        with lock.writing(wait=False) as ours:
            if ours and get_engine().condition() is not Condition.READY:
                log.warning("The search index is being rebuilt from the database.")
                rebuild_now()
    except EngineError:
        log.exception("The search index could not be rebuilt.")
    finally:
        connection.close()
