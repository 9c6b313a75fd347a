"""From the database to an index: some keys, or all of them into a new index beside the old."""

import logging
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import batched

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import override

from search import lexicon, lock, registry, state, targets
from search.document import SearchDocument, fingerprint
from search.engines.base import EngineError, Filling
from search.models import OutboxEntry
from search.targets import Target

log = logging.getLogger(__name__)
BATCH = 200
# A record that was saved again and again while nothing was indexed waits in many rows, and is indexed once.
LOOKS_AHEAD = 10
# While a new index is filled, the old one takes the changes of every such stretch, in seconds.
KEEPS_UP_EVERY = 0.5
TRIED_AGAIN_AFTER = timedelta(minutes=1)
# The key that stands for all: written by a loader that paused the outbox.
EVERYTHING = "*"

Progress = Callable[[int], None]


def documents_of(keys: Sequence[str]) -> dict[str, Sequence[SearchDocument]]:
    """Every key with its documents as the database has them now; none for what is gone or hidden."""
    found: dict[str, Sequence[SearchDocument]] = dict.fromkeys(keys, ())
    with ExitStack() as anew:
        anew.enter_context(override(settings.LANGUAGE_CODE))
        for reading in registry.reading_anew:
            anew.enter_context(reading())
        for searchable in registry.searchables:
            own = [key for key in found if key.partition(":")[0] in searchable.kinds]
            if own:
                found |= {key: docs for key, docs in searchable.to_documents(own).items() if key in found}
    return found


def index_keys(keys: Sequence[str], target: Target | None = None) -> dict[str, Sequence[SearchDocument]]:
    """Brings an index up to the database for these keys, whatever stood there; returns what stands there now.

    One record that cannot be read holds up no other: it is not in the answer.
    """
    engine = (target or targets.of_engine()).engine
    read = _readable(keys)
    engine.replace(read)
    return read


def _readable(keys: Sequence[str]) -> dict[str, Sequence[SearchDocument]]:
    try:
        return documents_of(keys)
    except DatabaseError:
        raise
    except Exception:
        if len(keys) == 1:
            log.exception("%s cannot be indexed; it stays in the outbox.", keys[0])
            return {}
        return {key: documents for each in keys for key, documents in _readable([each]).items()}


def rebuild(progress: Progress | None = None) -> int:
    """Builds every index anew and puts it in place of the old one; returns how many documents the engine's holds.

    Waits its turn. Raises EngineError, after the stand-in was built.
    """
    count = 0
    for target in targets.every():
        with lock.writing(target.name, wait=True):
            count = rebuild_now(target, progress)
    return count


def rebuild_now(target: Target, progress: Progress | None = None) -> int:
    """As `rebuild`, of one index, for a caller that holds its lock."""
    began, day = timezone.now(), timezone.localdate()
    # Only rows seen before reading began are done with: on PostgreSQL a lower number may be committed later.
    seen, failed, count = _rows_to_be_done(target), set[str](), 0
    old = _Old(target, usable=_usable(target))
    with target.engine.rebuilding(lexicon.wordings()) as filling:
        for keys in batched(target.every_key(), BATCH):
            read = _readable(keys)
            failed.update(set(keys) - read.keys())
            documents = [each for some in read.values() for each in some]
            filling.add(documents)
            count += len(documents)
            old.keep_up()
            if progress:
                progress(count)
        seen |= _catch_up(target, filling, old.later, seen)
    delete_rows(pk for pk, key in seen.items() if key not in failed)
    set_aside(target, failed)
    state.change(**{target.column: target.rename()})
    if target.name == targets.ENGINE:
        state.change(rebuilt_at=began, day=day)
    return count


def _usable(target: Target) -> bool:
    try:
        return not target.needs_rebuild(state.read())
    except EngineError:
        return False


def due(target: Target) -> QuerySet[OutboxEntry]:
    """Rows of an index that can be done now."""
    return OutboxEntry.objects.filter(Q(retry_at=None) | Q(retry_at__lte=timezone.now()), target=target.name)


def due_keys(target: Target) -> QuerySet[OutboxEntry]:
    """Of these rows those that name a key: one that stands for all is done with by building the index anew only."""
    return due(target).exclude(key=EVERYTHING)


def next_rows(target: Target) -> dict[int, str]:
    """The next due rows and their keys, at most BATCH of these, with what else waits for the same keys soon after."""
    waiting = due_keys(target).values_list("pk", "key")[: BATCH * LOOKS_AHEAD]
    rows, keys = dict[int, str](), set[str]()
    for pk, key in waiting:
        if key in keys or len(keys) < BATCH:
            keys.add(key)
            rows[pk] = key
    return rows


def _rows_to_be_done(target: Target) -> dict[int, str]:
    """All but a loader's that is still at it: with it would go what it writes after this moment, were it killed."""
    loading = Q(key=EVERYTHING, retry_at__gt=timezone.now())
    return dict(OutboxEntry.objects.filter(target=target.name).exclude(loading).values_list("pk", "key"))


def _rows(target: Target) -> dict[int, str]:
    return dict(OutboxEntry.objects.filter(target=target.name).values_list("pk", "key"))


@dataclass(slots=True)
class _Old:
    """The index in use while a new one is filled: it goes on taking changes, so that nobody waits for the new one.

    `later`: keys that it took, which may have changed after the new one read them.
    """

    target: Target
    usable: bool
    later: set[str] = field(default_factory=set)
    looked: float = 0.0

    def keep_up(self) -> None:
        if self.usable and time.monotonic() - self.looked > KEEPS_UP_EVERY:
            self.looked = time.monotonic()
            try:
                while some := next_rows(self.target):
                    held = index_keys(list(dict.fromkeys(some.values())), self.target)
                    self.later.update(held)
                    delete_rows(pk for pk, key in some.items() if key in held)
                    set_aside(self.target, set(some.values()) - held.keys())
            except EngineError as error:
                log.warning("The index in use takes no changes while a new one is built: %s", error)
                self.usable = False


def _catch_up(target: Target, filling: Filling, later: Iterable[str], seen: Mapping[int, str]) -> dict[int, str]:
    """Indexes what changed while the new index was being filled; returns the rows that are done with by this."""
    rows = {pk: key for pk, key in _rows(target).items() if pk not in seen and key != EVERYTHING}
    done: dict[int, str] = {}
    for some in batched(dict.fromkeys([*later, *rows.values()]), BATCH):
        read = _readable(some)
        filling.replace(read)
        done |= {pk: key for pk, key in rows.items() if key in read}
    return done


def delete_rows(pks: Iterable[int]) -> None:
    """Rows whose change an index holds."""
    with transaction.atomic():
        for some in batched(sorted(pks), 500):
            OutboxEntry.objects.filter(pk__in=some).delete()


def set_aside(target: Target, keys: Collection[str]) -> None:
    """Keys that could not be indexed wait apart, so that others are not held up; they are tried again later."""
    if not keys:
        return
    later = timezone.now() + TRIED_AGAIN_AFTER
    there = OutboxEntry.objects.filter(target=target.name, key__in=keys)
    there.update(retry_at=later)
    missing = set(keys) - set(there.values_list("key", flat=True))
    OutboxEntry.objects.bulk_create(OutboxEntry(key=key, target=target.name, retry_at=later) for key in missing)


@dataclass(frozen=True, slots=True)
class Drift:
    """Keys by what is wrong with them in an index."""

    missing: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    left_over: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.outdated or self.left_over)


def drift(target: Target | None = None) -> Drift:
    """Compares every document the database gives with every one an index holds. Raises EngineError."""
    target = target or targets.of_engine()
    there = _summed(target.engine.fingerprints())
    wanted = _summed(
        (key, fingerprint(document))
        for keys in batched(target.every_key(), BATCH)
        for key, documents in documents_of(keys).items()
        for document in documents
    )
    return Drift(
        missing=tuple(sorted(wanted.keys() - there.keys())),
        outdated=tuple(sorted(key for key in wanted.keys() & there.keys() if wanted[key] != there[key])),
        left_over=tuple(sorted(there.keys() - wanted.keys())),
    )


def _summed(prints: Iterator[tuple[str, str]]) -> dict[str, int]:
    """One number for all documents of a key, whatever their order: millions of keys are held at once."""
    sums: dict[str, int] = {}
    for key, print_ in prints:
        sums[key] = sums.get(key, 0) + int(print_, 16)
    return sums
