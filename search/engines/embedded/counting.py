"""Exact counts: documents by kind, and by value of the facets."""

from collections.abc import Collection, Mapping
from typing import Any

from tantivy import Query, Searcher

# More than the values of all facets together, so that counts are exact.
MOST_VALUES = 60_000


def by_kind(searcher: Searcher, query: Query) -> dict[str, int]:
    """Kind → documents."""
    return _buckets(searcher.aggregate(query, {"kind": _terms("kind")}), "kind")


def by_facet(
    searcher: Searcher, query: Query, names: Collection[str]
) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """(kind → documents, facet → value → documents) in one pass; only these facets."""
    if not set(names) - {"kind"}:
        kinds = by_kind(searcher, query)
        return kinds, ({"kind": kinds} if "kind" in names else {})
    answer = searcher.aggregate(query, {"kind": _terms("kind"), "facets": _terms("facets")})
    kinds = _buckets(answer, "kind")
    counts: dict[str, dict[str, int]] = {name: {} for name in names}
    for term, count in _buckets(answer, "facets").items():
        name, _, value = term.partition(":")
        if name in counts:
            counts[name][value] = count
    if "kind" in counts:
        counts["kind"] = kinds
    return kinds, counts


def _terms(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": MOST_VALUES, "segment_size": MOST_VALUES}}


def _buckets(answer: Mapping[str, Any], name: str) -> dict[str, int]:
    return {row["key"]: row["doc_count"] for row in answer[name]["buckets"]}
