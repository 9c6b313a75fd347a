"""How the indexes stand, read in one query by every page that searches."""

import secrets
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import Exists

from search.models import OutboxEntry, SearchState


@dataclass(frozen=True, slots=True)
class State:
    """`stamp` changes with the vocabulary; `waiting`: changes not indexed yet; `narrowing`: some touch people.

    `engine`, `stand_in` and `day` as in `SearchState`.
    """

    stamp: int = 0
    engine: str = ""
    stand_in: str = ""
    day: date | None = None
    waiting: bool = False
    narrowing: bool = False


def read() -> State:
    """One query; the row comes with the migration, and a database without it counts as new."""
    row: Any = next(iter(SearchState.objects.raw(*_query())), None)
    if row is None:
        return State(waiting=True, narrowing=True)
    return State(row.lexicon_stamp, row.engine, row.stand_in, row.day, bool(row.waiting), bool(row.narrowing))


@cache
def _query() -> tuple[str, tuple[Any, ...]]:
    """Always the same: put into SQL once a process, which takes longer than the database does to answer."""
    rows = SearchState.objects.annotate(
        waiting=Exists(OutboxEntry.objects.all()), narrowing=Exists(OutboxEntry.objects.filter(narrowing=True))
    )
    return rows.filter(pk=SearchState.ONLY).query.sql_with_params()


@transaction.atomic
def change(**values: object) -> None:
    """Sets columns of the one row, making it where it is missing."""
    if not SearchState.objects.filter(pk=SearchState.ONLY).update(**values):
        SearchState.objects.get_or_create(pk=SearchState.ONLY)
        SearchState.objects.filter(pk=SearchState.ONLY).update(**values)


def words_changed() -> None:
    """Every process reads the lexicon again at its next search.

    The stamp is drawn, not counted: a change that is rolled back must not share its stamp with the next.
    """
    change(lexicon_stamp=secrets.randbits(62))
