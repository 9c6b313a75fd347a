"""Which parts of a text matched: segments of (text, is it a match), never HTML."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.normalise import WORD, fold_word, spaced
from search.query import Understanding
from search.stemming import stem, stems

Segments = tuple[tuple[str, bool], ...]
Form = tuple[str, ...]
SNIPPET_WORDS = 34


class Marker:
    """Marks what was asked for in texts of any language."""

    def __init__(self, understood: Understanding) -> None:
        asked = [clause for clause in understood.clauses if not clause.excluded]
        self._texts = [(language, text) for clause in asked for language, text in clause.texts if text]
        self._stems: dict[str, dict[str, list[Form]]] = {}

    def parts(self, text: str, language: str) -> Segments:
        """The whole text in segments; () when nothing matched."""
        found = self._find(text, language)
        return _segments(text, 0, len(text), found) if found else ()

    def snippet(self, text: str, language: str) -> Segments:
        """The stretch of about two lines that holds the most different words asked for; () when there are none."""
        found = self._find(text, language)
        if not found:
            return ()
        spans = found.spans
        first = max(0, min(_densest(found.hits) - 6, len(spans) - SNIPPET_WORDS))
        last = min(len(spans), first + SNIPPET_WORDS)
        start = 0 if first == 0 else spans[first][0]
        end = len(text) if last == len(spans) else spans[last - 1][1]
        segments = _segments(text, start, end, found)
        before = (("… ", False),) if start else ()
        return (*before, *segments, *((("…", False),) if end < len(text) else ()))

    def _find(self, text: str, language: str) -> "_Marked | None":
        """What was asked for in a text, by the number of each word that is part of it; None when nothing is.

        Words are looked at in their text only where one of them matches: most texts are found by what they are about.
        """
        wanted = self._wanted(language)
        hits = _matches(spaced(text).split(), wanted, language)
        if not hits:
            return None
        spans = [match.span() for match in WORD.finditer(text)]
        found = [fold_word(text[start:end]) or "_" for start, end in spans]
        return _Marked(spans, _matches(found, wanted, language))

    def _wanted(self, language: str) -> dict[str, list[Form]]:
        """Stemmed forms by their first word; forms of several words count only together."""
        if language not in self._stems:
            forms = {tuple(stems(text, language)) for of, text in self._texts if of in ("", language)}
            by_first: dict[str, list[Form]] = {}
            for form in sorted(forms, key=len):
                by_first.setdefault(form[0], []).append(form)
            self._stems[language] = by_first
        return self._stems[language]


@dataclass(frozen=True, slots=True)
class _Marked:
    """Where the words of a text stand, and by a word's number the form asked for that it is part of."""

    spans: Sequence[tuple[int, int]]
    hits: Mapping[int, Form]


def _matches(words: Sequence[str], wanted: Mapping[str, Sequence[Form]], language: str) -> dict[int, Form]:
    """The words that are part of a wanted form. A stem begins with its word's letter: others need no stemming."""
    letters = {first[:1] for first in wanted}
    hits: dict[int, Form] = {}
    for at, word in enumerate(words):
        if word[:1] in letters:
            for form in wanted.get(stem(word, language), ()):
                if len(form) == 1 or tuple(stem(each, language) for each in words[at : at + len(form)]) == form:
                    hits |= dict.fromkeys(range(at, at + len(form)), form)
    return hits


def _densest(hits: Mapping[int, Form]) -> int:
    """The word from which on a snippet holds the most different forms."""
    places, inside = sorted(hits), Counter[Form]()
    best = most = right = 0
    for start in places:
        while right < len(places) and places[right] < start + SNIPPET_WORDS:
            inside[hits[places[right]]] += 1
            right += 1
        if len(inside) > most:
            best, most = start, len(inside)
        inside[hits[start]] -= 1
        if not inside[hits[start]]:
            del inside[hits[start]]
    return best


def _segments(text: str, start: int, end: int, found: _Marked) -> Segments:
    parts: list[tuple[str, bool]] = []
    at = start
    for number in sorted(found.hits):
        first, last = found.spans[number]
        if start <= first and last <= end:
            if first > at:
                parts.append((text[at:first], False))
            parts.append((text[first:last], True))
            at = last
    if at < end:
        parts.append((text[at:end], False))
    return tuple(parts)
