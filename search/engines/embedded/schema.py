"""The fields of both indexes, and how a document fills them."""

import hashlib

from django.conf import settings
from tantivy import Document, Index, Schema, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from search.document import FACETS, KINDS, SearchDocument, fingerprint
from search.document import Index as IndexName
from search.engines.marks import Marks
from search.engines.order import AVAILABILITY, availability_of, month_of, seed
from search.engines.texts import TEXT_LANGUAGES, names_of, text_language, text_of
from search.engines.weights import BEST_EVIDENCE
from search.normalise import clean, spaced

INTERFACE = tuple(code for code, _ in settings.LANGUAGES)
# Each is there for one kind of clause or filter.
TERMS = (
    "key", "kind", "principals", "not_for", "restricted", "shown_in", "unseen_in", "concepts", "areas", "point",
    "placed", "written", "rated", "facets",
)  # fmt: skip
# Those that are counted as well; one field holds the values of all facets, because counting costs by the field.
COUNTED = ("kind", "facets")
NUMBERS = ("newest", "standing", "seed", "kind_number")
# Texts come as stems, with spaces between.
WORDS = "words"
PUBLIC = "public"
YES = "yes"
# An evidence level as the sum of these, so that three terms score seven levels.
EVIDENCE_BITS = (1, 2, 4)
# Raised when the same fields are filled in another way: an index made before is then outdated.
FILLED_AS = 5


def facet_term(name: str, value: str) -> str:
    """A facet's value as one word of the field that holds all of them."""
    return f"{name}:{value}"


def point_token(point: tuple[float, float]) -> str:
    """Latitude and longitude as one word, to about a hundred metres."""
    return f"{point[0]:.3f},{point[1]:.3f}"


def build(index: IndexName) -> Schema:
    """The schema of one index. The directory keeps no text that could be read from its files but the searched words."""
    builder = SchemaBuilder()
    for name in TERMS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=name in COUNTED)
    for name in NUMBERS:
        builder.add_unsigned_field(name, fast=True)
    # Titles and other names once more, unstemmed, for what begins like a word that is being typed.
    builder.add_text_field("names", tokenizer_name=WORDS, index_option="basic")
    if index == "directory":
        builder.add_text_field("text", tokenizer_name=WORDS)
    else:
        for language in TEXT_LANGUAGES:
            builder.add_text_field(f"title_{language}", tokenizer_name=WORDS)
            builder.add_text_field(f"body_{language}", tokenizer_name=WORDS)
    builder.add_bytes_field("kept", stored=True)
    return builder.build()


SCHEMAS: dict[IndexName, Schema] = {"library": build("library"), "directory": build("directory")}


def shape() -> str:
    """Changes with the fields and with how they are filled."""
    parts = (TERMS, FACETS, KINDS, NUMBERS, TEXT_LANGUAGES, INTERFACE, AVAILABILITY, FILLED_AS)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def open_index(index: IndexName, path: str) -> Index:
    """Opens or makes the index in an existing folder, with its analysers."""
    opened = Index(SCHEMAS[index], path)
    opened.register_tokenizer(WORDS, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return opened


def to_engine(document: SearchDocument, marks: Marks) -> Document:
    """The engine's document. Built from a dict: keyword arguments would guess the types."""
    names, text = names_of(document), text_of(document)
    level = min(max(0, document.evidence), BEST_EVIDENCE)
    open_to_all = document.principals == (PUBLIC,) and not document.not_for
    fields: dict[str, object] = {
        "key": document.key,
        "kind": document.kind,
        "principals": list(document.principals),
        "not_for": list(document.not_for),
        "restricted": [] if open_to_all else YES,
        "shown_in": list(document.shown_in),
        "unseen_in": [each for each in INTERFACE if each not in document.shown_in],
        "concepts": list(document.concepts),
        "areas": list(document.areas),
        "point": [point_token(point) for point in document.points],
        "placed": YES if document.points else [],
        "written": document.language,
        "rated": [str(bit) for bit in EVIDENCE_BITS if level & bit],
        # In order: the engine sorts the values of each document anew at every count.
        "facets": sorted({facet_term(name, each) for name, values in document.facets.items() for each in values}),
        "newest": max(0, document.newest),
        "standing": standing(document),
        "seed": seed(document.key),
        "kind_number": KINDS.index(document.kind),
        "names": names,
    }
    kept: tuple[str, ...] = (document.key, fingerprint(document))
    if document.index == "directory":
        fields["text"] = f"{names} {spaced(text)}"
    else:
        language = text_language(document.language)
        fields[f"title_{language}"] = marks.stemmed(language, names)
        fields[f"body_{language}"] = marks.stemmed(language, spaced(text))
        kept = (*kept, language, clean(document.title), text)
    fields["kept"] = "\n".join(kept).encode()
    return Document.from_dict(fields, SCHEMAS[document.index])


def standing(document: SearchDocument) -> int:
    """People who can be asked now come first, then those who confirmed their entry last: larger is better."""
    return (max(AVAILABILITY.values()) - availability_of(document)) << 16 | month_of(max(0, document.newest))


def kept(document: Document) -> list[str]:
    """Of a stored document: key and fingerprint, and in the library the language, the title and the text."""
    return bytes(document.get_first("kept")).decode().split("\n")
