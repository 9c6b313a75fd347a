"""How much words tell by how few texts hold them: looked up before a query is made of them."""

import math
from collections.abc import Sequence
from functools import cached_property

from tantivy import Searcher

from search.engines.texts import STEMMED


class Rarity:
    """What the words of one index weigh, as one searcher sees it.

    The engine compares a word's texts with all documents, though a field of one language is filled in few of them: to
    it a word of every French guide is rare among English ones. `of` mends that; each word is looked up once.
    """

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._holding: dict[tuple[str, str], int] = {}

    def of(self, field: str, words: Sequence[str]) -> float:
        """How many times what the engine gives these words of a library's text field are worth; 0 where none match.

        A phrase weighs what its words do together.
        """
        documents, written = self._searcher.num_docs, self._written[field.rpartition("_")[2]]
        among_all = among_own = 0.0
        for word in words:
            holding = self._holds(field, word)
            if not holding:
                return 0.0
            among_all += rarity(documents, holding)
            among_own += rarity(written, holding)
        return among_own / among_all

    def _holds(self, field: str, word: str) -> int:
        known = self._holding.get((field, word))
        if known is None:
            known = self._holding[field, word] = self._searcher.doc_freq(field, word)
        return known

    @cached_property
    def _written(self) -> dict[str, int]:
        """Documents by the language that their words are stemmed in."""
        written = {language: self._searcher.doc_freq("written", language) for language in STEMMED}
        return {**written, "xx": max(0, self._searcher.num_docs - sum(written.values()))}


def rarity(documents: int, holding: int) -> float:
    """BM25's weight of a term that so many of the documents hold."""
    return math.log(1 + (max(documents, holding) - holding + 0.5) / (holding + 0.5))
