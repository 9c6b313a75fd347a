"""Marks: a wording of the field that stands in a text is indexed with it as one word more.

A phrase is read word by word, with where each stands, once to be counted and once to be ranked; a mark is one posting.
An index keeps the list of what its texts are marked with. Whatever else is asked for is looked for as a phrase.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
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

    def _in(self, language: str, text: Sequence[str]) -> list[str]:
        """Each mark as often as its phrase stands in a text."""
        by_stem, held = self._by_stem.get(language, {}), set(text)
        likely = [each for stem in by_stem.keys() & held for each in by_stem[stem] if each[1] <= held]
        if not likely:
            return []
        wanted = frozenset().union(*(needed for _, needed in likely))
        places: dict[str, list[int]] = {stem: [] for stem in wanted}
        for at, word in enumerate(text):
            if word in wanted:
                places[word].append(at)
        return [marked for phrase, _ in likely for marked in [mark(phrase)] * _times(phrase, places)]

    @cached_property
    def _by_stem(self) -> dict[str, dict[str, list[tuple[Phrase, frozenset[str]]]]]:
        """Language → the stem of a phrase that the fewest others share → those phrases.

        A text is looked through for that stem only: most phrases cost nothing.
        """
        often = Counter((language, stem) for language, found, _ in self.phrases for stem in found)
        by_stem: dict[str, dict[str, list[tuple[Phrase, frozenset[str]]]]] = {}
        for phrase in sorted(self.phrases):
            language, found, _ = phrase
            rarest = min(found, key=lambda stem, spoken=language: (often[spoken, stem], stem))  # type: ignore[misc]
            by_stem.setdefault(language, {}).setdefault(rarest, []).append((phrase, frozenset(found)))
        return by_stem


def _times(phrase: Phrase, places: dict[str, list[int]]) -> int:
    """From how many places on the words follow each other, none too far from the first."""
    _, (first, *rest), slop = phrase
    return sum(_follow(rest, start, start + len(rest) + slop, places) for start in places[first])


def _follow(rest: Sequence[str], at: int, last: int, places: dict[str, list[int]]) -> bool:
    for word in rest:
        at = next((place for place in places[word] if place > at), last + 1)
        if at > last:
            return False
    return True
