"""What every engine indexes of a document's texts: folded words, stemmed in three languages."""

from search.document import SearchDocument
from search.normalise import clean, spaced

# Languages whose words are stemmed; every other language is searched by its folded words under "xx".
STEMMED = ("en", "fr", "ru")
TEXT_LANGUAGES = (*STEMMED, "xx")


def text_language(language: str) -> str:
    """The one of TEXT_LANGUAGES under which a text of this language is indexed."""
    return language if language in STEMMED else "xx"


def names_of(document: SearchDocument) -> str:
    """The folded words of the title and all other names, with spaces between."""
    return spaced(clean(" ".join((document.title, *document.other_names))))


def text_of(document: SearchDocument) -> str:
    """The text that snippets are cut from; `spaced` makes its folded words of it."""
    return clean(f"{document.summary} {document.body}")
