"""The fields of both indexes, and how a document fills them."""

import hashlib

from tantivy import Document, Index, Schema, SchemaBuilder

from search.document import FACETS, SearchDocument, fingerprint
from search.document import Index as IndexName
from search.engines.order import AVAILABILITY, AVAILABILITY_NOT_SAID, seed
from search.engines.weights import BEST_EVIDENCE
from search.normalise import clean, spaced
from search.stemming import analyzer

# Languages whose words are stemmed; every other language is searched by its folded words under "xx".
STEMMED = ("en", "fr", "ru")
TEXT_LANGUAGES = (*STEMMED, "xx")
FILTER_FIELDS = ("key", "kind", "principals", "not_for", "shown_in", "concepts", "areas", "point", "placed", "written")
NUMBERS = ("newest", "evidence", "availability", "seed")
# Raised when the same fields are filled in another way: an index made before is then outdated.
FILLED_AS = 3


def facet_field(name: str) -> str:
    return f"f_{name}"


def point_token(point: tuple[float, float]) -> str:
    """Latitude and longitude as one word, to about a hundred metres."""
    return f"{point[0]:.3f},{point[1]:.3f}"


def build(index: IndexName) -> Schema:
    """The schema of one index. The directory keeps no text that could be read from its files but the searched words."""
    builder = SchemaBuilder()
    for name in FILTER_FIELDS:
        fast = name == "kind"
        builder.add_text_field(name, stored=name == "key", tokenizer_name="raw", index_option="basic", fast=fast)
    for name in FACETS:
        builder.add_text_field(facet_field(name), tokenizer_name="raw", index_option="basic", fast=True)
    for name in NUMBERS:
        builder.add_unsigned_field(name, fast=True, indexed=name == "evidence")
    # Titles and other names once more, unstemmed, for what begins like a word that is being typed.
    builder.add_text_field("names", tokenizer_name="stem_xx", index_option="basic")
    if index == "directory":
        builder.add_text_field("text", tokenizer_name="stem_xx")
    else:
        for language in TEXT_LANGUAGES:
            builder.add_text_field(f"title_{language}", tokenizer_name=f"stem_{language}")
            builder.add_text_field(f"body_{language}", tokenizer_name=f"stem_{language}")
    builder.add_bytes_field("kept", stored=True)
    return builder.build()


SCHEMAS: dict[IndexName, Schema] = {"library": build("library"), "directory": build("directory")}


def shape() -> str:
    """Changes with the fields and with how they are filled."""
    parts = (FILTER_FIELDS, FACETS, NUMBERS, TEXT_LANGUAGES, AVAILABILITY, FILLED_AS)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def open_index(index: IndexName, path: str) -> Index:
    """Opens or makes the index in an existing folder, with its analysers."""
    opened = Index(SCHEMAS[index], path)
    for language in TEXT_LANGUAGES:
        opened.register_tokenizer(f"stem_{language}", analyzer(language))
    return opened


def text_language(document: SearchDocument) -> str:
    return document.language if document.language in STEMMED else "xx"


def to_engine(document: SearchDocument) -> Document:
    """The engine's document. Built from a dict: keyword arguments would guess the types."""
    availability = document.facets.get("availability", ())
    fields: dict[str, object] = {
        "key": document.key,
        "kind": document.kind,
        "principals": list(document.principals),
        "not_for": list(document.not_for),
        "shown_in": list(document.shown_in),
        "concepts": list(document.concepts),
        "areas": list(document.areas),
        "point": [point_token(point) for point in document.points],
        "written": document.language,
        "placed": "yes" if document.points else "no",
        "newest": max(0, document.newest),
        "evidence": min(max(0, document.evidence), BEST_EVIDENCE),
        "availability": AVAILABILITY.get(availability[0] if availability else "", AVAILABILITY_NOT_SAID),
        "seed": seed(document.key),
    }
    fields |= {facet_field(name): list(dict.fromkeys(values)) for name, values in document.facets.items()}
    names = spaced(clean(" ".join((document.title, *document.other_names))))
    text = clean(f"{document.summary} {document.body}")
    kept: tuple[str, ...] = (fingerprint(document),)
    fields["names"] = names
    if document.index == "directory":
        fields["text"] = f"{names} {spaced(text)}"
    else:
        language = text_language(document)
        fields[f"title_{language}"], fields[f"body_{language}"] = names, spaced(text)
        kept = (*kept, language, clean(document.title), text)
    fields["kept"] = "\n".join(kept).encode()
    return Document.from_dict(fields, SCHEMAS[document.index])


def kept(document: Document) -> list[str]:
    """Of a stored document: its fingerprint, and in the library the language, the title and the text."""
    return bytes(document.get_first("kept")).decode().split("\n")
