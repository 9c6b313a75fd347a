"""The words of the public library's own texts: what a slip of the fingers may have meant, and what is no place's name.

Read from the registered documents, never from the directory, and bounded: a large library is known by a part of it.
What this leaves out is not taken for a mistake: every word is first looked for in the index (`services.understand`).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from search import registry
from search.document import SearchDocument
from search.normalise import words

MOST_DOCUMENTS, MOST_WORDS = 300, 30_000
SHORTEST = 4
COMMON, FEWEST_COMMON = 0.05, 5
EVERYBODY = "public"


@dataclass(slots=True)
class LibraryWords:
    """Folded words with the number of documents that hold them, and the language of most of these."""

    counts: dict[str, int] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    documents: int = 0

    def is_common(self, word: str) -> bool:
        """Whether so many documents hold it that it tells nothing of any."""
        return self.counts.get(word, 0) > max(FEWEST_COMMON, self.documents * COMMON)


def read() -> LibraryWords:
    """The words of up to 300 documents of each family that everybody may read."""
    by_language: dict[str, Counter[str]] = {}
    documents = 0
    for document in _documents():
        text = f"{document.title} {' '.join(document.other_names)} {document.summary} {document.body}"
        found = {word for word in words(text) if len(word) >= SHORTEST and word.isalpha()}
        by_language.setdefault(document.language, Counter()).update(found)
        documents += 1
    counts: Counter[str] = Counter()
    for counted in by_language.values():
        counts.update(counted)
    kept = dict(counts.most_common(MOST_WORDS))
    languages = {word: max(by_language, key=lambda language: by_language[language][word]) for word in kept}
    return LibraryWords(kept, languages, documents)


def _documents() -> Iterator[SearchDocument]:
    for searchable in registry.in_index("library"):
        keys = list(islice(searchable.all_keys(), MOST_DOCUMENTS))
        for documents in searchable.to_documents(keys).values():
            yield from (each for each in documents if EVERYBODY in each.principals)
