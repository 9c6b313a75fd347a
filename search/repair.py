"""Unknown words made known: another spelling of a known one, a compound taken apart, or a slip of the fingers."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from search import registry, spelling
from search.lexicon import Lexicon
from search.matching import Matcher
from search.query import Correction
from search.reading import Reading, Token
from search.stemming import roots

# Languages that write “Menschenhandelsopfer” in one word, and what they put between the parts.
COMPOUNDING = frozenset({"da", "de", "et", "fi", "hu", "nl", "no", "sv"})
LINKS = ("", "s", "n", "en", "es", "e", "er", "t")
SHORTEST_COMPOUND, SHORTEST_PART = 8, 3
# “й” typed as “и”, umlauts written out.
SAME_LETTERS = (("и", "й"), ("ae", "a"), ("oe", "o"), ("ue", "u"))
# A word of the vocabulary is likelier meant than one of the library's texts, and that than a place's name.
OF_VOCABULARY, OF_LIBRARY, OF_MAPS = 3.0, 2.0, 1.0


def repaired(
    matcher: Matcher, reading: Reading, stamp: int, untouched: Collection[str] = ()
) -> tuple[list[Token], tuple[Correction, ...], tuple[Correction, ...]]:
    """The words with the unknown ones repaired; what was corrected, and what is but another spelling or a part."""
    tokens: list[Token] = []
    corrected: list[Correction] = []
    respelled: list[Correction] = []
    for at, token in enumerate(matcher.tokens):
        parts = [token]
        foreign = matcher.is_foreign(at)
        if token.word not in untouched and (reading.free[at] or foreign) and _is_unknown(matcher, at, foreign):
            known = matcher.known
            if foreign:
                if meant := _meant(matcher, at, stamp, foreign=True):
                    parts = [replace(token, word=meant, typed=token.word)]
                    corrected.append(Correction(token.word, meant))
            elif other := next((each for each in _respellings(token.word) if known.knows(each)), ""):
                parts = [replace(token, word=other, typed=token.word)]
                respelled.append(Correction(token.word, other))
            elif halves := _compound(token.word, matcher):
                parts = [replace(token, word=half, typed=token.word) for half in halves]
                respelled += [Correction(token.word, half) for half in halves]
            elif meant := _meant(matcher, at, stamp):
                parts = [replace(token, word=meant, typed=token.word)]
                corrected.append(Correction(token.word, meant))
        tokens += parts
    return tokens, tuple(corrected), tuple(respelled)


def _is_unknown(matcher: Matcher, at: int, foreign: bool) -> bool:
    """Names, abbreviations, numbers and short words are left alone."""
    token = matcher.tokens[at]
    name = token.capital and (at > 0 or (len(matcher.tokens) > 1 and matcher.tokens[1].capital))
    plain = token.word.isalpha() and len(token.word) > spelling.UNTOUCHED
    return plain and not token.abbreviation and not name and (foreign or not matcher.is_known(at))


def _respellings(word: str) -> Iterator[str]:
    for written, meant in SAME_LETTERS:
        start = word.find(written, 1)
        while start > 0:
            yield word[:start] + meant + word[start + len(written) :]
            start = word.find(written, start + 1)


def _compound(word: str, matcher: Matcher) -> tuple[str, ...]:
    """The parts of a compound in a language that the query may be in; () where it is none."""
    for language in matcher.plausible:
        if language in COMPOUNDING and (parts := _parts(word, matcher.known, language)):
            return parts
    return ()


def _parts(word: str, known: Lexicon, language: str) -> tuple[str, ...]:
    """The split with the longest last part; the first may be a compound itself."""
    if len(word) < SHORTEST_COMPOUND:
        return ()
    for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        tail = word[at:]
        if not _stands_alone(tail, known, language):
            continue
        for link in LINKS:
            head = word[:at].removesuffix(link) if link else word[:at]
            if len(head) < SHORTEST_PART or (link and not word[:at].endswith(link)):
                continue
            if _stands_alone(head, known, language):
                return (head, tail)
            if parts := _parts(head, known, language):
                return (*parts, tail)
    return ()


def _stands_alone(word: str, known: Lexicon, language: str) -> bool:
    tongue = known.tongues.get(language)
    return tongue is not None and tuple(roots([word], language)) in tongue.stemmed


def _meant(matcher: Matcher, at: int, stamp: int, *, foreign: bool = False) -> str:
    """The known word nearest to an unknown one, in a language that the query may be in.

    A foreign word is only taken for a word of the vocabulary that is one edit away. A word that bends is compared by
    its stem too.
    """
    known, word = matcher.known, matcher.tokens[at].word
    plausible = matcher.spoken_by_others(at) if foreign else {*matcher.plausible, matcher.language}

    def weight(word: str) -> float:
        if plausible.intersection(known.languages.get(word, ())):
            return OF_VOCABULARY
        if foreign:
            return 0.0
        if of_library := known.library.languages.get(word):
            return OF_LIBRARY if of_library in plausible else 0.0
        return 0.0 if word in known.languages else OF_MAPS

    speller = spelling.current(stamp, lambda: _words(known))
    if meant := speller.nearest(word, weight, most=1 if foreign else 2):
        return meant
    for language in () if foreign else plausible & known.tongues.keys():
        words_of = known.tongues[language].roots
        if root := speller.nearest(roots([word], language)[0], lambda each: float(each in words_of)):  # noqa: B023 - used at once
            return words_of[root]
    return ""


def _words(known: Lexicon) -> Sequence[str]:
    places = (word for names in registry.place_names for name in names() for word in name.split())
    stems = (root for tongue in known.tongues.values() for root in tongue.roots)
    return list(dict.fromkeys([*known.languages, *stems, *known.library.counts, *places]))
