"""What other apps and the search page call: understand the words, find the place, search."""

import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from search import indexer, labels, outbox, places, registry, state
from search.document import FACETS, KINDS, Index
from search.engines import get_engine
from search.engines.base import FIRST_FIVE, MOST_PEOPLE, Answer, EngineError, Found, Match
from search.query import SearchQuery, browsing
from search.registry import PlaceMatch
from search.results import Card, FacetValue, Group, Results
from search.understanding import understand

__all__ = ["helpful_removal", "near", "search", "understand"]

log = logging.getLogger(__name__)
# With fewer hits than these for everything asked, what is about some of it is shown too.
TOO_FEW = 3
LONGEST_PLACE = 120
INDEXES: tuple[Index, ...] = ("library", "directory")


def near(value: str) -> PlaceMatch | None:
    """The place of a gazetteer id or a name; None for nonsense. Coordinates are not accepted."""
    value = value[:LONGEST_PLACE].strip()
    return places.named(value) if value else None


def search(query: SearchQuery) -> Results:
    """Asks both indexes and checks every hit again in the database. Never raises for what the engine does.

    Queries: one for the state where `understand` did not read it, then one or two for each family of hits.
    """
    query = _as_asked(query)
    now = query.understood.state or state.read()
    indexes = _that_may_be_asked(now.narrowing)
    try:
        answers = {index: _ask(index, query) for index in indexes}
    except EngineError as error:
        log.warning("Search without its index: %s", error)
        indexer.repair_later()
        return Results(facets=_facet_values(query, {}, now.stamp), incomplete=True)
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
        incomplete=len(indexes) < len(INDEXES),
    )


def _as_asked(query: SearchQuery) -> SearchQuery:
    """A question by facets alone holds the composite principals of browsing, and no other does."""
    in_words = bool(query.understood.clauses or query.near or query.understood.beginning)
    return query if in_words else replace(query, principals=browsing(query.principals))


@dataclass(frozen=True, slots=True)
class Removal:
    """What to leave out of a query that found nothing, and how much is found then. `value` is "" for `near`."""

    name: str
    value: str
    count: int


def helpful_removal(query: SearchQuery) -> Removal | None:
    """The one filter without which most is found; None where none helps."""
    without = [("near", "", replace(query, near=None))] if query.near else []
    for name, values in query.chosen.items():
        for value in values:
            fewer = {**query.facets, name: tuple(each for each in values if each != value)}
            without.append((name, value, replace(query, facets=fewer)))
    for kind in query.kinds:
        without.append(("kind", kind, replace(query, kinds=tuple(each for each in query.kinds if each != kind))))
    try:
        tried = [Removal(name, value, _count(other)) for name, value, other in without]
    except EngineError:
        return None
    return max((each for each in tried if each.count), key=lambda each: each.count, default=None)


def _count(query: SearchQuery) -> int:
    query = _as_asked(query)
    listed = [index for index in INDEXES if index == "library" or query.has_criterion]
    return sum(get_engine().count(index, query, _match(index, query)) for index in listed)


def _ask(index: Index, query: SearchQuery) -> tuple[Match, Answer]:
    match = _match(index, query)
    return match, get_engine().search(index, query, match)


def _match(index: Index, query: SearchQuery) -> Match:
    """As much as finds enough. Only the words decide, not the filters: else ticking a value would widen the search."""
    clauses = [clause for clause in query.understood.clauses if clause.required]
    if len(clauses) < 2:
        return Match.ALL
    words_only = replace(query, kinds=(), facets={}, near=None)
    known = sum(clause.known for clause in clauses)
    if index == "directory" and not known:
        return Match.ALL
    best, most = Match.ALL, get_engine().count(index, words_only, Match.ALL)
    for match in [Match.KNOWN] * (0 < known < len(clauses)) + [Match.ANY]:
        if most >= TOO_FEW:
            break
        count = get_engine().count(index, words_only, match)
        if count > most:
            best, most = match, count
    return best


def _that_may_be_asked(narrowing: bool) -> tuple[Index, ...]:
    """Somebody may see less than the index says: it is brought up to the database before it is asked.

    Where that cannot be done now, the directory is not asked: a filter by a field just hidden would confirm it.
    """
    if not narrowing:
        return INDEXES
    if settings.SEARCH_INDEX_IN_WEB_PROCESS:
        try:
            outbox.drain()
        except EngineError:
            log.exception("The outbox could not be emptied before a search.")
    return ("library",) if state.read().narrowing else INDEXES


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
        reachable = min(one.total, MOST_PEOPLE) if kind == "person" else one.total
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
