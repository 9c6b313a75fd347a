"""The fields of both indexes on Elasticsearch, and how a document fills them.

Words are folded and stemmed before they are sent: Elasticsearch's Porter2 and the one the rest of Waymark uses differ
("international", "university"), so its analyser only splits at spaces.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from elasticsearch.dsl import Mapping, analyzer
from elasticsearch.dsl.field import Boolean, Byte, Field, GeoPoint, Integer, Keyword, Long, Short, Text

from search.document import FACETS, Index, SearchDocument, fingerprint
from search.engines.marks import Marks
from search.engines.order import availability_of, month_of, seed
from search.engines.texts import TEXT_LANGUAGES, names_of, text_language, text_of
from search.engines.weights import BEST_EVIDENCE
from search.normalise import clean, spaced

# Raised when the same fields are filled in another way: an index made before is then outdated.
FILLED_AS = 2
INDEXES: tuple[Index, ...] = ("library", "directory")
WORDS = analyzer("words", type="custom", tokenizer="whitespace")
# Only searched, never counted, ordered by or shown.
SEARCHED = ("principals", "not_for", "shown_in", "concepts", "areas")


def facet_field(name: str) -> str:
    """The kind is a facet with a field of its own name."""
    return name if name == "kind" else f"f_{name}"


def mapping(index: Index) -> Mapping:
    """Fields of one index. No source is kept: the directory holds no text but the searched words."""
    made = Mapping()
    made.meta("dynamic", "strict")
    made.meta("_source", enabled=False)
    for name, field in (_shared() | (_library() if index == "library" else _directory())).items():
        made.field(name, field)
    return made


def _shared() -> dict[str, Field]:
    facets = {facet_field(name): Keyword() for name in FACETS}
    searched = {name: Keyword(doc_values=False) for name in SEARCHED}
    return {
        **facets,
        **searched,
        "key": Keyword(),
        "fingerprint": Keyword(index=False),
        "written": Keyword(),
        "point": GeoPoint(),
        "seed": Long(index=False),
        # Titles and other names once more, unstemmed, for what begins like a word that is being typed.
        "names": Text(analyzer=WORDS, index_options="docs", norms=False),
    }


def _library() -> dict[str, Field]:
    texts = {f"{part}_{each}": Text(analyzer=WORDS) for part in ("title", "body") for each in TEXT_LANGUAGES}
    shown = {name: Text(index=False, norms=False, store=True) for name in ("title", "text")}
    return {**texts, **shown, "newest": Integer(), "evidence": Byte(), "placed": Boolean(doc_values=False)}


def _directory() -> dict[str, Field]:
    words = Text(analyzer=WORDS, norms=False)
    return {"text": words, "month": Short(index=False), "availability": Byte(index=False)}


SETTINGS: dict[str, Any] = {
    # One shard: counts of values are exact, and rarity is that of the whole index.
    "number_of_shards": 1,
    # A copy where the cluster has a second node; a single node is not yellow for ever.
    "auto_expand_replicas": "0-1",
    # Changes are shown when they are complete, by us.
    "refresh_interval": -1,
}


def shape() -> str:
    """Changes with the fields and with how they are filled."""
    fields = {index: mapping(index).to_dict() for index in INDEXES}
    described = json.dumps((fields, SETTINGS, FILLED_AS), sort_keys=True, default=repr)
    return hashlib.sha256(described.encode()).hexdigest()[:12]


SHAPE = shape()


def id_of(document: SearchDocument) -> str:
    """The same for the same view of the same thing, so that writing it twice leaves one."""
    return (
        f"{document.key}|{hashlib.sha256(document.view.encode()).hexdigest()[:16]}" if document.view else document.key
    )


def to_engine(document: SearchDocument, marks: Marks) -> dict[str, Any]:
    """The engine's document."""
    fillers: dict[Index, Callable[[SearchDocument, Marks], dict[str, Any]]] = {
        "library": _fill_library,
        "directory": _fill_directory,
    }
    names = {facet_field(name): list(dict.fromkeys(values)) for name, values in document.facets.items()}
    return {
        **names,
        "key": document.key,
        "kind": document.kind,
        "principals": list(document.principals),
        "not_for": list(document.not_for),
        "shown_in": list(document.shown_in),
        "concepts": list(document.concepts),
        "areas": list(document.areas),
        # To about a hundred metres.
        "point": [{"lat": round(latitude, 3), "lon": round(longitude, 3)} for latitude, longitude in document.points],
        "written": document.language,
        "seed": seed(document.key),
        "names": names_of(document),
        "fingerprint": fingerprint(document),
        **fillers[document.index](document, marks),
    }


def _fill_library(document: SearchDocument, marks: Marks) -> dict[str, Any]:
    language, text = text_language(document.language), text_of(document)
    return {
        f"title_{language}": marks.stemmed(language, names_of(document)),
        f"body_{language}": marks.stemmed(language, spaced(text)),
        "title": clean(document.title),
        "text": text,
        "newest": max(0, document.newest),
        "evidence": min(max(0, document.evidence), BEST_EVIDENCE),
        "placed": bool(document.points),
    }


def _fill_directory(document: SearchDocument, _marks: Marks) -> dict[str, Any]:
    return {
        "text": f"{names_of(document)} {spaced(text_of(document))}",
        "month": month_of(max(0, document.newest)),
        "availability": availability_of(document),
    }
