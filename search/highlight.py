"""Which parts of a text matched: segments of (text, is it a match), never HTML."""

from collections.abc import Sequence

from search.normalise import WORD, fold_word
from search.query import Understanding
from search.stemming import stems

Segments = tuple[tuple[str, bool], ...]
SNIPPET_WORDS = 34


class Marker:
    """Marks what was asked for in texts of any language."""

    def __init__(self, understood: Understanding) -> None:
        # What is left out stands in nothing that is shown; what is only begun is asked for while somebody types.
        asked = [clause for clause in understood.clauses if not (clause.excluded or clause.beginning)]
        self._texts = [(language, text) for clause in asked for language, text in clause.texts if text]
        self._stems: dict[str, dict[str, list[tuple[str, ...]]]] = {}

    def parts(self, text: str, language: str) -> Segments:
        """The whole text in segments; () when nothing matched."""
        spans, hits = self._hits(text, language)
        return _segments(text, 0, len(text), spans, hits) if any(hits) else ()

    def snippet(self, text: str, language: str) -> Segments:
        """The stretch of about two lines that holds the most different words asked for; () when there are none."""
        spans, hits = self._hits(text, language)
        if not any(hits):
            return ()
        places = [number for number, hit in enumerate(hits) if hit]
        best = max(places, key=lambda start: len({hits[at] for at in places if start <= at < start + SNIPPET_WORDS}))
        first = max(0, min(best - 6, len(spans) - SNIPPET_WORDS))
        last = min(len(spans), first + SNIPPET_WORDS)
        start = 0 if first == 0 else spans[first][0]
        end = len(text) if last == len(spans) else spans[last - 1][1]
        segments = _segments(text, start, end, spans, hits)
        before = (("… ", False),) if start else ()
        return (*before, *segments, *((("…", False),) if end < len(text) else ()))

    def _hits(self, text: str, language: str) -> tuple[list[tuple[int, int]], list[str]]:
        """Where the words of a text stand, and for each what was asked for that it is part of, or ""."""
        wanted = self._wanted(language)
        if not wanted:
            return [], []
        spans = [match.span() for match in WORD.finditer(text)]
        found = stems([fold_word(text[start:end]) or "_" for start, end in spans], language)
        hits = [""] * len(found)
        for first, forms in wanted.items():
            for at in (number for number, stem in enumerate(found) if stem == first):
                for form in forms:
                    if tuple(found[at : at + len(form)]) == form:
                        hits[at : at + len(form)] = [" ".join(form)] * len(form)
        return spans, hits

    def _wanted(self, language: str) -> dict[str, list[tuple[str, ...]]]:
        """Stemmed forms by their first word; forms of several words count only together."""
        if language not in self._stems:
            forms = {tuple(stems(text, language)) for of, text in self._texts if of in ("", language)}
            by_first: dict[str, list[tuple[str, ...]]] = {}
            for form in sorted(forms, key=len):
                by_first.setdefault(form[0], []).append(form)
            self._stems[language] = by_first
        return self._stems[language]


def _segments(text: str, start: int, end: int, spans: Sequence[tuple[int, int]], hits: Sequence[str]) -> Segments:
    parts: list[tuple[str, bool]] = []
    at = start
    for (first, last), hit in zip(spans, hits, strict=True):
        if hit and start <= first and last <= end:
            if first > at:
                parts.append((text[at:first], False))
            parts.append((text[first:last], True))
            at = last
    if at < end:
        parts.append((text[at:end], False))
    return tuple(parts)
