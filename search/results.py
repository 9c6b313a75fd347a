"""What is answered: groups by kind, facets with counts, and what was understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A hit as this viewer may see it now, rendered by `template` with `card` as its only context.

    Apps subclass it; `snippet` is filled by search: segments of (text, is it a match).
    """

    key: str
    kind: str
    title: str
    url: str
    template: str
    language: str = "en"
    summary: str = ""
    snippet: tuple[tuple[str, bool], ...] = ()
    title_parts: tuple[tuple[str, bool], ...] = ()

    def marked(self, title_parts: Sequence[tuple[str, bool]], snippet: Sequence[tuple[str, bool]]) -> Self:
        """The same card with what matched."""
        return replace(self, title_parts=tuple(title_parts), snippet=tuple(snippet))


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet with the number of hits for this viewer; chosen ones never vanish."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind: `total` is exact; `cards` is one page of them, `pages` how many there are to turn.

    `relaxed`: too little was about everything asked for, so this is also what is about some of it.
    """

    kind: str
    total: int
    cards: tuple[Card, ...] = ()
    page: int = 1
    pages: int = 1
    relaxed: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one query. `relaxed`: not all concepts could be asked for together.

    `degraded`: the engine does not answer, and what stands in for it did. `incomplete`: more may exist than is shown.
    """

    groups: tuple[Group, ...] = ()
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    relaxed: bool = False
    degraded: bool = False
    incomplete: bool = False

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)
