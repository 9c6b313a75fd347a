"""Broader terms, remembered in the process: the tree is small and read on every indexing."""

from collections.abc import Iterable

from django.core.cache import cache

from vocabulary.models import Term
from vocabulary.models.term import BROADER_CACHE

SECONDS = 60


def broader_of() -> dict[str, str]:
    """Term → its broader term."""
    tree = cache.get(BROADER_CACHE)
    if tree is None:
        tree = dict(Term.objects.exclude(broader=None).values_list("pk", "broader_id"))
        cache.set(BROADER_CACHE, tree, SECONDS)
    return tree


def with_broader(terms: Iterable[str]) -> list[str]:
    """The terms and everything broader, each once, given order kept."""
    tree, found = broader_of(), dict[str, None]()
    for term in terms:
        step: str | None = term
        while step is not None and step not in found:
            found[step] = None
            step = tree.get(step)
    return list(found)
