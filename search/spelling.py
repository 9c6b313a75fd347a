"""Words that are none: what somebody meant whose finger slipped, in words the library, the vocabulary and maps know."""

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from tantivy import Document, Index, Query, SchemaBuilder

# Up to these lengths a word is left alone, only two neighbours may be swapped, one edit is forgiven; else two.
UNTOUCHED, SWAPPED, ONE_EDIT = 3, 5, 10
# An engine compares no longer words than people type.
LONGEST = 40
MOST_CANDIDATES = 40
HEAP_BYTES = 15_000_000
_DOUBLED = re.compile(r"(.)\1")

_schema = SchemaBuilder().add_text_field("word", stored=True, tokenizer_name="raw", index_option="basic").build()


class Speller:
    """Known words in an index in memory: an automaton finds those near another in about a millisecond.

    `names` are folded names of places, `places` the words of them.
    """

    def __init__(self, known: Iterable[str], names: Iterable[str] = ()) -> None:
        self.names = frozenset(names)
        self.places = frozenset(word for name in self.names for word in name.split())
        index = Index(_schema)
        writer = index.writer(HEAP_BYTES, 1)
        for word in dict.fromkeys((*known, *self.places)):
            if len(word) > UNTOUCHED:
                writer.add_document(Document.from_dict({"word": word}, _schema))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def nearest(self, word: str, weight: Callable[[str], float], most: int = 2) -> str:
        """The likeliest known word at most so many edits away, or "". What weighs nothing is left out."""
        found = [(edits(word, each), -weight(each), each) for each in self._near(word)]
        allowed = [row for row in found if row[1] and row[0] <= most and _may_be(word, row[2], row[0])]
        return min(allowed)[2] if allowed else ""

    def _near(self, word: str) -> Iterator[str]:
        if UNTOUCHED < len(word) <= LONGEST:
            distance = 1 if len(word) <= ONE_EDIT else 2
            query = Query.fuzzy_term_query(_schema, "word", word, distance=distance, transposition_cost_one=True)
            for _, address in self._searcher.search(query, limit=MOST_CANDIDATES, count=False).hits:
                yield self._searcher.doc(address).get_first("word")


def _may_be(word: str, other: str, distance: int) -> bool:
    """Hardly anybody slips on the first letter."""
    if len(word) <= SWAPPED and not (distance == 1 and sorted(word) == sorted(other)):
        return False
    return word[0] == other[0] or word[:2] == other[1::-1]


@lru_cache(maxsize=5_000)
def edits(one: str, other: str) -> int:
    """Letters added, left out, changed or swapped with their neighbour between two words."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, second in enumerate(other, start=1):
            best = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != second))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == second:
                best = min(best, before[column - 2] + 1)
            now.append(best)
        before, last = last, now
    return last[-1]


def has_same_letters(one: str, other: str) -> bool:
    """Whether two words differ by doubled letters only, or by two neighbours that changed places."""
    if len(one) == len(other):  # “bottle” and “Bootle” are two words
        return sorted(one) == sorted(other) and edits(one, other) <= 1
    return _DOUBLED.sub(r"\1", one) == _DOUBLED.sub(r"\1", other)


_kept: dict[int, Speller] = {}
_making = threading.Lock()


def current(stamp: int, make: Callable[[], Speller]) -> Speller:
    """The speller of this stamp, made at the first unknown word that is met."""
    with _making:
        if stamp not in _kept:
            _kept.clear()
            _kept[stamp] = make()
        return _kept[stamp]


def forget() -> None:
    """The next unknown word reads the known ones again; for tests that register words of their own."""
    _kept.clear()
