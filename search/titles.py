"""The library by its titles, straight from the database: the last resort where no index of it can be asked."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from search import registry
from search.engines import plain
from search.engines.base import Answer, Found, Hit
from search.engines.paging import Page
from search.indexer import documents_of
from search.normalise import WORD, fold_word
from search.query import SearchQuery
from search.registry import FoundByTitle
from search.stop_words import STOP_WORDS

# Of each family; whoever needs more waits until the index answers again.
MOST = 50
MOST_WORDS = 6


def holding[T: QuerySet[Any]](records: T, title: str, words: Sequence[str]) -> T:
    """Records whose title holds at least one of the words, those with the most first; all of them without words.

    SQLite knows capitals of ASCII letters only, so that others are asked for in each way they are written.
    """
    if not words:
        return records
    each_way = [
        reduce(or_, (Q(**{f"{title}__icontains": form}) for form in {word, word.capitalize(), word.upper()}))
        for word in words
    ]
    held = sum(
        (Case(When(way, then=Value(1)), default=Value(0), output_field=IntegerField()) for way in each_way), Value(0)
    )
    return records.filter(reduce(or_, each_way)).annotate(words_held=held).order_by("-words_held", "pk")


def by_title(query: SearchQuery) -> Answer:
    """What an engine would answer for the library, of at most MOST records of each family, without counted facets."""
    words, kinds = _words(query), [kind for kind in query.kinds if kind != "person"]
    keys = [
        key
        for each in registry.in_index("library")
        if isinstance(each, FoundByTitle) and (not query.kinds or set(kinds) & set(each.kinds))
        for key in each.by_title(words, kinds, query.language, MOST)
    ]
    if query.chosen or query.near:
        documents = documents_of(keys)
        keys = [key for key in keys if any(plain.chosen(document, query) for document in documents[key])]
    by_kind: dict[str, list[str]] = {}
    for key in keys:
        by_kind.setdefault(key.partition(":")[0], []).append(key)
    return Answer({kind: _shown(kind, own, query) for kind, own in by_kind.items()})


def _shown(kind: str, keys: Sequence[str], query: SearchQuery) -> Found:
    page = Page.of(kind, len(keys), query)
    return Found(len(keys), tuple(Hit(key) for key in keys[page.start : page.end]))


def _words(query: SearchQuery) -> list[str]:
    """The words as they were typed, for titles are not folded in the database; not those that are to be left out."""
    left_out = {word for clause in query.understood.excluded for _, text in clause.texts[:1] for word in text}
    typed = (match.group() for match in WORD.finditer(query.understood.text))
    asked = [word for word in dict.fromkeys(typed) if fold_word(word) not in STOP_WORDS | left_out]
    return asked[:MOST_WORDS]
