"""What the words of a query mean: concepts, places and languages spoken, in Python, once, for every engine."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from search import lexicon, places, state
from search.lexicon import EXPANDED_IN, Lexicon
from search.normalise import LONGEST_QUERY, WORD, clean, fold, fold_word
from search.places import Token
from search.query import Concept, Understanding
from search.registry import Sense, Wording
from search.stop_words import STOP_WORDS

LANGUAGE = "language:"
MOST_ALTERNATIVES = 6
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")


@dataclass(slots=True)
class _Reading:
    """A query being read: its words, and which of them have no meaning yet."""

    tokens: list[Token]
    free: list[bool]

    def form(self, span: range) -> tuple[str, ...]:
        return tuple(self.tokens[at].word for at in span)

    def spans(self, longest: int) -> Iterator[range]:
        """Stretches of free words, longest first, then from the left."""
        for length in range(min(longest, len(self.tokens)), 0, -1):
            for start in range(len(self.tokens) - length + 1):
                span = range(start, start + length)
                if all(self.free[at] for at in span):
                    yield span

    def take(self, span: Collection[int]) -> None:
        for at in span:
            self.free[at] = False


def understand(text: str, language: str, removed: Collection[str] = (), verbatim: bool = False) -> Understanding:
    """Reads a query for a reader of `language`; `removed` are ids of concepts and places they took out.

    `verbatim`: nothing is read otherwise than it was typed.

    At most two queries: the state of the index, and places where a word may be one.
    """
    now = state.read()
    shown = clean(text[: LONGEST_QUERY * 4])[:LONGEST_QUERY].strip()
    if not shown:
        return Understanding(removed=tuple(removed), verbatim=verbatim, state=now)
    known = lexicon.current(now.stamp)
    phrases = tuple(phrase for found in _QUOTED.findall(shown) if (phrase := fold(found)))
    reading = _read(_QUOTED.sub(" ", shown) if phrases else shown)
    concepts = _take_concepts(reading, known, language, sure=True)
    doubtful = {token.word for token in reading.tokens if known.nearly([token.word], language)}
    found = places.find(reading.tokens, reading.free, known.known_words, doubtful)
    reading.take(found.taken)
    concepts += _take_concepts(reading, known, language, sure=False)
    in_order = [concept for _, concept in sorted(concepts, key=lambda pair: pair[0])]
    kept = list({(each.form, each.id): each for each in in_order if each.id not in removed}.values())
    forgone = {place.form for place in found.chosen if place.id in removed}
    return Understanding(
        text=shown,
        concepts=tuple(each for each in kept if not each.id.startswith(LANGUAGE)),
        places=tuple(place for place in found.chosen if place.form not in forgone),
        languages=tuple(each for each in kept if each.id.startswith(LANGUAGE)),
        phrases=phrases,
        rest=tuple(_rest(reading)),
        other_places=tuple(place for place in found.others if place.form not in forgone),
        ambiguous=tuple(_senses(reading, known)),
        removed=tuple(removed),
        verbatim=verbatim,
        state=now,
    )


def _read(text: str) -> _Reading:
    """A query all in capitals says nothing by them."""
    found = [match.group() for match in WORD.finditer(text)]
    shouted = all(word.isupper() for word in found)
    tokens = [
        Token(
            word=fold_word(word),
            capital=word[0].isupper() and not shouted,
            abbreviation=word.isupper() and len(word) > 1 and (not shouted or len(found) == 1),
        )
        for word in found
    ]
    tokens = [token for token in tokens if token.word]
    return _Reading(tokens, [True] * len(tokens))


def _take_concepts(reading: _Reading, known: Lexicon, language: str, *, sure: bool) -> list[tuple[int, Concept]]:
    """Longest match first, with its place; one form may mean several concepts, which are then alternatives.

    Before places come sure matches; after them words that only resemble a wording, and foreign names of languages,
    which are often places here (“Malta”).
    """
    concepts: list[tuple[int, Concept]] = []
    for span in reading.spans(known.longest):
        if not _says_something(reading, span):
            continue
        form = reading.form(span)
        wordings = known.exactly(form, language)
        if sure:
            wordings = [each for each in wordings if not each.concept.startswith(LANGUAGE) or _familiar(each, language)]
        if not wordings and (len(form) > 1 or not sure):
            wordings = known.nearly(form, language)
        if not wordings:
            continue
        reading.take(span)
        for concept in list(dict.fromkeys(wording.concept for wording in wordings))[:MOST_ALTERNATIVES]:
            label, expansion = known.label(concept, language), known.words_for(concept)
            concepts.append((span.start, Concept(concept, " ".join(form), label, expansion)))
    return concepts


def _familiar(wording: Wording, language: str) -> bool:
    return wording.language == language or wording.language in EXPANDED_IN


def _says_something(reading: _Reading, span: range) -> bool:
    """A lone small word is a concept only as an abbreviation in capitals: “AS”, not “as”."""
    inside = [reading.tokens[at] for at in span]
    return len(inside) > 1 or inside[0].abbreviation or inside[0].word not in STOP_WORDS


def _rest(reading: _Reading) -> Iterator[str]:
    for token, free in zip(reading.tokens, reading.free, strict=True):
        if free and token.word not in STOP_WORDS and (len(token.word) > 1 or token.word.isdigit()):
            yield token.word


def _senses(reading: _Reading, known: Lexicon) -> Iterator[Sense]:
    """Every sense of every ambiguous form in the query."""
    for token in dict.fromkeys(reading.tokens):
        if token.abbreviation or token.word not in STOP_WORDS:
            yield from known.senses.get(token.word, ())
