"""Unknown words made known: another spelling of a known one, a compound taken apart, or a slip of the fingers."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from search import places, registry, spelling
from search.lexicon import BY_BEGINNINGS, Lexicon
from search.matching import Matcher
from search.query import Correction
from search.reading import Reading, Token
from search.stemming import roots

# Languages that write “Menschenhandelsopfer” in one word, and what they put between the parts.
COMPOUNDING = frozenset({"da", "de", "et", "fi", "hu", "nl", "no", "sv"})
LINKS = ("", "s", "n", "en", "es", "e", "er", "t")
SHORTEST_COMPOUND, SHORTEST_PART, SHORTEST_HALF = 8, 3, 5
# “й” typed as “и”, umlauts written out.
SAME_LETTERS = (("и", "й"), ("ae", "a"), ("oe", "o"), ("ue", "u"))
# Looking for a slip costs about a millisecond a word and a language: of nonsense only so much is looked at.
MOST_TRIED, MOST_BENDING = 8, 3
# Words that may be right as they are, are corrected from this length on.
SHORTEST_DOUBTFUL = 7
# A word of the vocabulary is likelier meant than one of the library's texts, and that than a place's name.
OF_VOCABULARY, OF_LIBRARY, OF_MAPS = 3.0, 2.0, 1.0


def repaired(
    matcher: Matcher, reading: Reading, stamp: int, untouched: Collection[str] = ()
) -> tuple[list[Token], tuple[Correction, ...], tuple[Correction, ...]]:
    """The words with the unknown ones repaired; what was corrected, and what is but another spelling or a part."""
    tokens: list[Token] = []
    corrected: list[Correction] = []
    respelled: list[Correction] = []
    tried = 0
    for at, token in enumerate(matcher.tokens):
        parts = [token]
        odd = matcher.is_foreign(at) or (reading.free[at] and not matcher.is_written_so(at))
        if odd and token.word.isalpha() and token.word not in untouched:
            if pieces := _other_spelling(matcher, at):
                parts = [replace(token, word=piece, typed=token.word) for piece in pieces]
                respelled += [Correction(token.word, piece) for piece in pieces]
            elif (tried := tried + 1) <= MOST_TRIED and (meant := _meant(matcher, at, stamp)):
                parts = [replace(token, word=meant, typed=token.word)]
                corrected.append(Correction(token.word, meant))
        tokens += parts
    return tokens, tuple(corrected), tuple(respelled)


def _other_spelling(matcher: Matcher, at: int) -> tuple[str, ...]:
    """The known word that an unknown one is another spelling of, or the parts of a compound; else ()."""
    word = matcher.tokens[at].word
    is_word = matcher.known.is_ordinary if matcher.is_known(at) else matcher.known.knows
    if other := next((each for each in _respellings(word) if is_word(each)), ""):
        return (other,)
    return () if matcher.is_known(at) else _compound(word, matcher)


def _is_name(matcher: Matcher, at: int) -> bool:
    """Whether a word is written like a name. In German every noun is."""
    tokens = matcher.tokens
    written = tokens[at].capital and (at > 0 or (len(tokens) > 1 and tokens[1].capital))
    return written and next(iter(matcher.plausible), "") != "de"


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
    """The split with the longest last part; the first may be a compound itself. One part at least means a concept."""
    if len(word) < SHORTEST_COMPOUND:
        return ()
    for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        tail = word[at:]
        alone = _stands_alone(tail, known, language)
        if not alone and not (len(tail) >= SHORTEST_HALF and _is_known(tail, known, language)):
            continue
        for link in LINKS:
            head = word[:at].removesuffix(link) if link else word[:at]
            if len(head) < SHORTEST_PART or (link and not word[:at].endswith(link)):
                continue
            if _stands_alone(head, known, language) or (
                alone and len(head) >= SHORTEST_HALF and _is_known(head, known, language)
            ):
                return (head, tail)
            if parts := _parts(head, known, language):
                return (*parts, tail)
    return ()


def _is_known(word: str, known: Lexicon, language: str) -> bool:
    tongue = known.tongues.get(language)
    return tongue is not None and roots([word], language)[0] in tongue.roots


def _stands_alone(word: str, known: Lexicon, language: str) -> bool:
    tongue = known.tongues.get(language)
    return tongue is not None and tuple(roots([word], language)) in tongue.stemmed


def _meant(matcher: Matcher, at: int, stamp: int) -> str:
    """The known word nearest to an unknown one, in a language that the query may be in; "" for names.

    A word that is one in another language, or may be a form of a known one, is only taken for a word of the vocabulary
    that is one edit away. A word that bends is compared by its stem too.
    """
    token, known = matcher.tokens[at], matcher.known
    if token.abbreviation or _is_name(matcher, at):
        return ""
    foreign = matcher.is_foreign(at)
    plausible = matcher.spoken_by_others(at) if foreign else {*matcher.plausible, matcher.language}
    doubtful = foreign or matcher.is_known(at)
    if doubtful and len(token.word) < SHORTEST_DOUBTFUL:
        return ""
    speller = spelling.current(stamp, lambda: _speller(known))

    def weight(word: str) -> float:
        if doubtful and any(roots([word], each) == roots([token.word], each) for each in plausible):
            return 0.0
        languages = known.languages.get(word, frozenset())
        if not plausible.isdisjoint(languages):
            return OF_VOCABULARY + (matcher.language in languages)
        if doubtful:
            return 0.0
        if known.library.languages.get(word) in plausible:
            return OF_LIBRARY
        return (
            OF_MAPS if word in speller.places and places.is_misspelt(matcher.tokens, at, word, speller.names) else 0.0
        )

    if meant := speller.nearest(token.word, weight, most=1 if doubtful else 2):
        return meant
    bending = [each for each in matcher.plausible if each in BY_BEGINNINGS and each in known.tongues]
    for language in () if doubtful else bending[:MOST_BENDING]:
        words_of = known.tongues[language].roots
        root = speller.nearest(roots([token.word], language)[0], lambda each: float(each in words_of))  # noqa: B023 - used at once
        if root:
            return words_of[root]
    return ""


def _speller(known: Lexicon) -> spelling.Speller:
    names = (name for of_app in registry.place_names for name in of_app())
    stems = (root for tongue in known.tongues.values() for root in tongue.roots)
    return spelling.Speller((*known.languages, *stems, *known.library.counts), names)
