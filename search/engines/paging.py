"""Which hits of a kind are shown, the same on every engine."""

import math
from dataclasses import dataclass
from typing import Self

from search.engines.base import FIRST_FIVE, MOST_LISTED, MOST_PEOPLE
from search.query import SearchQuery


@dataclass(frozen=True, slots=True)
class Page:
    """Hits from `start` up to, not including, `end`."""

    start: int
    end: int

    @classmethod
    def of(cls, kind: str, total: int, query: SearchQuery) -> Self:
        """The first five of a group, or one page of the only kind; beyond the last page that may be reached, that."""
        reachable = min(total, MOST_PEOPLE if kind == "person" else MOST_LISTED)
        alone = len(query.kinds) == 1
        size = query.size if alone else FIRST_FIVE
        last = max(1, math.ceil(reachable / size))
        page = min(max(1, query.page), last) if alone else 1
        return cls((page - 1) * size, min(page * size, reachable))
