"""Which parts of a text matched: segments of (text, is it a match), never HTML."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from search.normalise import VANISHING, WORD, fold_word, spaced
from search.query import Understanding
from search.stemming import stem, stems

Segments = tuple[tuple[str, bool], ...]
Form = tuple[str, ...]
SNIPPET_WORDS = 34


class Marker:
    """Marks what was asked for in texts of any language."""

    def __init__(self, understood: Understanding) -> None:
        # What is left out stands in nothing that is shown; what is only begun is asked for while somebody types.
        asked = [clause for clause in understood.clauses if not (clause.excluded or clause.beginning)]
        self._texts = [(language, text) for clause in asked for language, text in clause.texts if text]
        self._stems: dict[str, dict[str, list[Form]]] = {}

    def parts(self, text: str, language: str) -> Segments:
        """The whole text in segments; () when nothing matched."""
        words, hits = self._find(text, language)
        return _segments(text, _spans(text, 0, len(words)), hits) if hits else ()

    def snippet(self, text: str, language: str) -> Segments:
        """The stretch of about two lines that holds the most different words asked for; () when there are none."""
        words, hits = self._find(text, language)
        if not hits:
            return ()
        first = max(0, min(_densest(hits) - 6, len(words) - SNIPPET_WORDS))
        last = min(len(words), first + SNIPPET_WORDS)
        spans = _spans(text, first, last)
        start = spans[first][0] if first else 0
        end = spans[last - 1][1] if last < len(words) else len(text)
        before = (("… ", False),) if start else ()
        return (*before, *_segments(text, spans, hits, start, end), *((("…", False),) if end < len(text) else ()))

    def _find(self, text: str, language: str) -> tuple[Sequence[str], Mapping[int, Form]]:
        """The folded words of a text, and by a word's number the form asked for that it is part of."""
        wanted = self._wanted(language)
        if not wanted:
            return (), {}
        if any(letter in text for letter in VANISHING):
            words = [fold_word(word) or "_" for word in WORD.findall(text)]
        else:
            words = spaced(text).split()
        return words, _matches(words, wanted, language)

    def _wanted(self, language: str) -> dict[str, list[Form]]:
        """Stemmed forms by their first word; forms of several words count only together."""
        if language not in self._stems:
            forms = {tuple(stems(text, language)) for of, text in self._texts if of in ("", language)}
            by_first: dict[str, list[Form]] = {}
            for form in sorted(forms, key=len):
                by_first.setdefault(form[0], []).append(form)
            self._stems[language] = by_first
        return self._stems[language]


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


def _spans(text: str, first: int, last: int) -> dict[int, tuple[int, int]]:
    """Where the words of these numbers stand: looked up only around what is shown."""
    return {number: match.span() for number, match in enumerate(islice(WORD.finditer(text), first, last), first)}


def _segments(
    text: str, spans: Mapping[int, tuple[int, int]], hits: Mapping[int, Form], start: int = 0, end: int | None = None
) -> Segments:
    parts: list[tuple[str, bool]] = []
    at = start
    for number in sorted(hits.keys() & spans.keys()):
        first, last = spans[number]
        if first > at:
            parts.append((text[at:first], False))
        parts.append((text[first:last], True))
        at = last
    rest = text[at:end]
    return (*parts, (rest, False)) if rest else tuple(parts)
