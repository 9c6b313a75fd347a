"""The only shape that is indexed. What an engine stores is what stands here, nothing more."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal

Index = Literal["library", "directory"]

KINDS = ("practice", "person", "organisation", "network", "event", "compensation", "page")
FACETS = (
    "kind", "resource", "method", "stage", "target_group", "setting", "exploitation", "profession", "right",
    "evidence", "safety", "firewall", "contraindication", "country", "language", "organisation_type",
    "network", "availability", "undocumented",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One findable thing as one group of readers may see it.

    `key` is `<kind>:<id>` (the thing) and `view` tells its documents apart: "" in the library; in the directory
    one document stands for each distinct redacted view. A viewer finds a document when their principals meet
    `principals` and do not meet `not_for`. `concepts` are vocabulary ids, broader ones included by the app.
    `facets` maps a name of FACETS to values. `areas` holds place ids, each with all places that contain it;
    `points` are (latitude, longitude) of the areas' centroids in degrees. `newest` is an ordinal day.
    """

    key: str
    index: Index
    kind: str
    title: str
    view: str = ""
    language: str = "en"
    shown_in: tuple[str, ...] = ("en", "fr", "ru")
    summary: str = ""
    body: str = ""
    other_names: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    areas: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    principals: tuple[str, ...] = ("public",)
    not_for: tuple[str, ...] = ()
    newest: int = 0
    evidence: int = 0


def fingerprint(document: SearchDocument) -> str:
    """The same for the same document; kept in the index, so that a document that drifted is found."""
    parts = [getattr(document, name) for name in _PLAIN]
    return hashlib.sha256(repr((*parts, sorted(document.facets.items()))).encode()).hexdigest()[:16]


_PLAIN = tuple(each.name for each in fields(SearchDocument) if each.name != "facets")
