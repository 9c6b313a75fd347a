"""Marks: a wording of the field that stands in a text is indexed with it as one word more.

A phrase is read word by word, with where each stands, once to be counted and once to be ranked; a mark is one posting.
An index keeps the list of what its texts are marked with. Whatever else is asked for is looked for as a phrase.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from search.engines.phrases import Worded, held_together
from search.engines.texts import text_language
from search.normalise import words
from search.stemming import stems, stems_of_text

# (one of TEXT_LANGUAGES, stems in this order, how many other words may stand between them in all)
Phrase = tuple[str, tuple[str, ...], int]
# No folded word holds this sign: nobody can type a mark.
SIGN = "#"


def phrases_of(wordings: Iterable[tuple[str, str]]) -> frozenset[Phrase]:
    """Of wordings (language, text) those of several words, as texts hold them."""
    found = set[Phrase]()
    for language, text in wordings:
        each = text_language(language)
        kept, slop = held_together(words(text), each)
        if len(kept) > 1:
            found.add((each, tuple(stems(kept, each)), slop))
    return frozenset(found)


@lru_cache(maxsize=100_000)
def mark(phrase: Phrase) -> str:
    """The word that stands for a phrase, the same in every index."""
    language, found, slop = phrase
    return SIGN + hashlib.blake2b(" ".join((language, *found, str(slop))).encode(), digest_size=6).hexdigest()


class Marks:
    """What the texts of one index are marked with."""

    def __init__(self, phrases: Iterable[Phrase] = ()) -> None:
        self.phrases = frozenset(phrases)

    def instead(self, worded: Worded) -> Worded:
        """What is to be looked for: the mark, or the words as they are."""
        field, found, slop = worded
        phrase = (field.rpartition("_")[2], found, slop)
        return (field, (mark(phrase),), 0) if phrase in self.phrases else worded

    def stemmed(self, language: str, folded: str) -> str:
        """A text's folded words as stems, with its marks behind them; `language` is one of TEXT_LANGUAGES."""
        found = stems_of_text(folded.split(), language)
        return " ".join([*found, *self._in(language, found)])

    def _in(self, language: str, text: Sequence[str]) -> Iterator[str]:
        """Each mark as often as its phrase stands in a text."""
        beginnings = self._beginnings.get(language, {})
        for at in [at for at, word in enumerate(text) if word in beginnings]:
            beginning = beginnings[text[at]]
            if not beginning.seconds.isdisjoint(text[at + 1 : at + 2 + beginning.widest]):
                yield from beginning.marks(text, at)

    @cached_property
    def _beginnings(self) -> dict[str, dict[str, "_Beginning"]]:
        """Language → first stem → the phrases that begin with it."""
        found: dict[str, dict[str, _Beginning]] = {}
        for phrase in sorted(self.phrases):
            language, (first, *_rest), _slop = phrase
            found.setdefault(language, {}).setdefault(first, _Beginning()).add(phrase)
        return found


class _Beginning:
    """Phrases that begin with one stem, by the second; `widest`: how many words may stand between the two."""

    def __init__(self) -> None:
        # Second stem → (further stems, how many words may stand between all, the mark).
        self._by_second: dict[str, list[tuple[tuple[str, ...], int, str]]] = {}
        self.seconds = self._by_second.keys()
        self.widest = 0

    def add(self, phrase: Phrase) -> None:
        _, (_first, second, *rest), slop = phrase
        self._by_second.setdefault(second, []).append((tuple(rest), slop, mark(phrase)))
        self.widest = max(self.widest, slop)

    def marks(self, text: Sequence[str], at: int) -> Iterator[str]:
        """Those of the phrases that a text holds from a place on."""
        met = set[str]()
        for gap, second in enumerate(text[at + 1 : at + 2 + self.widest]):
            # Of a stem that stands there twice the nearer leaves more room for what follows.
            if second in self._by_second and second not in met:
                met.add(second)
                for rest, slop, found in self._by_second[second]:
                    if gap <= slop and _follow(rest, text, at + 1 + gap, at + 1 + len(rest) + slop):
                        yield found


def _follow(rest: Sequence[str], text: Sequence[str], at: int, last: int) -> bool:
    """Whether these stand in a text in this order behind a place, none behind the last one."""
    for stem in rest:
        try:
            at = text.index(stem, at + 1, last + 1)
        except ValueError:
            return False
    return True
