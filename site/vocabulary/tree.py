"""Broader terms, remembered in the process for a minute; where documents are made they are read anew."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.cache import cache

from vocabulary.models import Term
from vocabulary.models.term import BROADER_CACHE

SECONDS = 60
_read: ContextVar[dict[str, str] | None] = ContextVar("vocabulary_tree", default=None)


def broader_of() -> dict[str, str]:
    """Term → its broader term."""
    if (read := _read.get()) is not None:
        return read
    tree = cache.get(BROADER_CACHE)
    if tree is None:
        tree = _from_database()
        cache.set(BROADER_CACHE, tree, SECONDS)
    return tree


@contextmanager
def read_anew() -> Iterator[None]:
    """Inside, the tree is the database's: what a process remembers of another's change would stay in the index."""
    token = _read.set(_from_database())
    try:
        yield
    finally:
        _read.reset(token)


def _from_database() -> dict[str, str]:
    return dict(Term.objects.exclude(broader=None).values_list("pk", "broader_id"))


def with_broader(terms: Iterable[str]) -> list[str]:
    """The terms and everything broader, each once, given order kept."""
    tree, found = broader_of(), dict[str, None]()
    for term in terms:
        step: str | None = term
        while step is not None and step not in found:
            found[step] = None
            step = tree.get(step)
    return list(found)
