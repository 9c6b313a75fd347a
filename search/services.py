"""What other apps and the search page call: understand the words, find the place, search."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from search import background, labels, places, registry, state
from search.document import FACETS, KINDS, Index
from search.engines.base import FIRST_FIVE, MOST_LISTED, MOST_PEOPLE, Found, Match
from search.normalise import fold
from search.query import SearchQuery, Understanding, browsing
from search.registry import PlaceMatch
from search.results import Card, FacetValue, Group, Results
from search.sources import INDEXES, Sources
from search.understanding import understand as _understand

__all__ = ["helpful_removal", "near", "search", "understand"]

LONGEST_PLACE = 120
EVERYBODY = frozenset({"public"})


def near(value: str) -> PlaceMatch | None:
    """The place of a gazetteer id or a name; None for nonsense. Coordinates are not accepted."""
    value = value[:LONGEST_PLACE].strip()
    return places.named(value) if value else None


def understand(text: str, language: str, removed: Collection[str] = (), verbatim: bool = False) -> Understanding:
    """Reads a query as `understanding.understand` does; no word that the library holds is taken for a slip."""

    def holds(word: SearchQuery) -> bool:
        return Sources(word.understood.state or state.read()).count("library", word) > 0

    return exact_first(holds, text, language, removed, verbatim)


def exact_first(
    holds: Callable[[SearchQuery], bool],
    text: str,
    language: str,
    removed: Collection[str] = (),
    verbatim: bool = False,
    *,
    whole: bool = False,
) -> Understanding:
    """The same for any library: `holds` says whether it answers a query. A word that was corrected costs one such."""
    found = _understand(text, language, removed, verbatim, whole=whole)
    typed = {fold(each.typed) for each in found.corrections}
    there = {
        word
        for word in typed
        if holds(
            SearchQuery(
                principals=EVERYBODY,
                language=language,
                understood=Understanding(rest=(word,), state=found.state),
                counted=(),
            )
        )
    }
    return _understand(text, language, removed, verbatim, whole=whole, untouched=there) if there else found


def search(query: SearchQuery) -> Results:
    """Asks both indexes, or what stands in for them, and checks every hit again in the database.

    Never raises for what the engine does. Queries: one for the state where `understand` did not read it, then one or
    two for each family of hits, and one for all people where they come from the database.
    """
    query = _as_asked(query)
    now = query.understood.state or state.read()
    if now.waiting or now.day != timezone.localdate():
        background.mend_later()
    sources = Sources(now)
    answers = {index: sources.ask(index, query) for index in INDEXES if _asks_for(index, query)}
    found: dict[str, Found] = {}
    counts: dict[str, dict[str, int]] = {}
    relaxed = {index for index, (match, _) in answers.items() if match is not Match.ALL}
    for _, answer in answers.values():
        found |= answer.found
        for name, values in answer.facets.items():
            for value, count in values.items():
                of_facet = counts.setdefault(name, {})
                of_facet[value] = of_facet.get(value, 0) + count
    groups = _groups(query, found, relaxed)
    return Results(
        groups=groups,
        facets=_facet_values(query, counts, now.stamp),
        relaxed=any(group.relaxed and group.total for group in groups),
        degraded=sources.degraded,
        incomplete=sources.incomplete,
    )


def _as_asked(query: SearchQuery) -> SearchQuery:
    """A question by facets alone holds the composite principals of browsing, and no other does."""
    in_words = bool(query.understood.clauses or query.near or query.understood.beginning)
    return query if in_words else replace(query, principals=browsing(query.principals))


@dataclass(frozen=True, slots=True)
class Removal:
    """What to leave out of a query that found nothing, and how much is found then: `near`, or all of a facet's values.

    The values of one facet widen each other, so that leaving out one of several finds nothing more.
    """

    name: str
    values: tuple[str, ...]
    count: int


def helpful_removal(query: SearchQuery, results: Results) -> Removal | None:
    """The one filter without which most is found; None where none helps, and while the engine fails."""
    if results.degraded:
        return None
    chosen = query.chosen
    without: list[tuple[str, tuple[str, ...], SearchQuery]] = []
    if query.near:
        without.append(("near", (), replace(query, near=None)))
    for name, values in chosen.items():
        others = {other: chosen[other] for other in chosen if other != name}
        without.append((name, values, replace(query, facets=others)))
    if query.kinds:
        without.append(("kind", query.kinds, replace(query, kinds=())))
    sources = Sources(query.understood.state or state.read())
    tried = [Removal(name, values, _count(sources, other)) for name, values, other in without]
    if sources.degraded:
        return None
    return max((each for each in tried if each.count), key=lambda each: each.count, default=None)


def _count(sources: Sources, query: SearchQuery) -> int:
    query = _as_asked(query)
    listed = [index for index in INDEXES if index == "library" or query.has_criterion]
    return sum(sources.count(index, query) for index in listed)


def _asks_for(index: Index, query: SearchQuery) -> bool:
    """Whether this index can have hits of the kinds asked for, or adds to the counts of kinds."""
    kinds = {kind for family in registry.in_index(index) for kind in family.kinds}
    return not query.kinds or "kind" in query.counted or not kinds.isdisjoint(query.kinds)


def _groups(query: SearchQuery, found: Mapping[str, Found], relaxed: set[Index]) -> tuple[Group, ...]:
    """In the fixed order of kinds; what the database no longer shows is left out and not counted."""
    cards = _cards(query, [hit.key for one in found.values() for hit in one.hits])
    groups = []
    for kind in KINDS:
        if kind not in found or (kind == "person" and not query.has_criterion and query.kinds != ("person",)):
            continue
        one = found[kind]
        shown = [cards[hit.key].marked(hit.title_parts, hit.snippet) for hit in one.hits if hit.key in cards]
        total = one.total - (len(one.hits) - len(shown))
        alone = query.kinds == (kind,)
        size = query.size if alone else FIRST_FIVE
        reachable = min(one.total, MOST_PEOPLE if kind == "person" else MOST_LISTED)
        pages = max(1, math.ceil(reachable / size)) if alone else 1
        wide = ("directory" if kind == "person" else "library") in relaxed
        if total > 0:
            groups.append(Group(kind, total, tuple(shown), min(max(1, query.page), pages), pages, wide))
    return tuple(groups)


def _cards(query: SearchQuery, keys: Sequence[str]) -> dict[str, Card]:
    """Cards of those that may be seen now, by one recheck for each family of records."""
    families: dict[int, list[str]] = {}
    for key in keys:
        family = registry.of_key(key)
        if family is not None:
            families.setdefault(registry.searchables.index(family), []).append(key)
    cards: dict[str, Card] = {}
    for family_number, own in families.items():
        cards |= registry.searchables[family_number].recheck(own, query.principals, query.language)
    return cards


def _facet_values(
    query: SearchQuery, counts: Mapping[str, Mapping[str, int]], stamp: int
) -> dict[str, tuple[FacetValue, ...]]:
    """Values with labels, most frequent first; chosen ones stay, even without a hit."""
    chosen = {**query.chosen, "kind": query.kinds}
    values: dict[str, tuple[FacetValue, ...]] = {}
    for name in FACETS:
        here = {**dict.fromkeys(chosen.get(name, ()), 0), **counts.get(name, {})}
        if here:
            named = [
                FacetValue(value, labels.of(name, value, query.language, stamp), count, value in chosen.get(name, ()))
                for value, count in here.items()
            ]
            in_order = KINDS.index if name == "kind" else None
            values[name] = tuple(
                sorted(named, key=lambda each: in_order(each.value) if in_order else (-each.count, each.label))
            )
    return values
