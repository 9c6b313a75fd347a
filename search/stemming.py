"""Word stems by language. Folding comes first, on both sides, so that both sides stay alike."""

import threading
from collections.abc import Sequence
from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
# Languages without a Snowball stemmer: case endings of nouns and adjectives, folded. Only for understanding queries.
_ENDINGS = {
    "bg": "ището ищата ището ите ата ята ото ето ият ия ът ят та то те ове еве ища ия и е а я о",
    "cs": "ovi ami emi ata eho emu ech ach ich ych um ou am em ym im mi at a e i o u y",
    "pl": "owie ami ach ego emu ymi imi owi ych ich iem om ow em am ej ie ym im a e i o u y",
    "sq": "shme ave eve ore ve ns et at it in en es se te re ja je ne i e a u n t",
    "sr": "ovima evima ama ima oga omu ova eva ovi evi om em og oj ih im a e i o u",
    "uk": "ями ами ові еві ого ому ими іми ою ею єю ах ях ів ам ям ом ем єм ий ій их іх им ім ої а я и і у ю о е є ь",
}
# What Arabic writes before and after a word as part of it (“والأطفال”: “and the children”), with how many letters stay.
_ARABIC_BEFORE = {"وال": 3, "بال": 3, "كال": 3, "فال": 3, "لل": 3, "ال": 3, "و": 4, "ب": 4, "ل": 4}
_ARABIC_AFTER = ("هما", "ات", "ان", "ون", "ين", "ها", "يه", "هم", "ه", "ي")
_SAME_ENDINGS = {"bs": "sr", "hr": "sr", "me": "sr", "mk": "bg", "sk": "cs", "sl": "sr"}
_LIGHT = {language: sorted(text.split(), key=len, reverse=True) for language, text in _ENDINGS.items()}
SHORTEST_ROOT = 3
# About ten megabytes a language.
MOST_KNOWN = 100_000

# An analyzer is not to be shared between threads.
_own = threading.local()


def analyzer(language: str) -> TextAnalyzer:
    """Splits at spaces and stems; languages without a stemmer keep their words."""
    builder = TextAnalyzerBuilder(Tokenizer.whitespace())
    if language in STEMMERS:
        builder = builder.filter(Filter.stemmer(STEMMERS[language]))
    return builder.build()


def stems(words: Sequence[str], language: str) -> list[str]:
    """One Snowball stem for each folded word: what the engines index."""
    if language not in STEMMERS or not words:
        return list(words)
    analyzers = _own.__dict__.setdefault("analyzers", {})
    if language not in analyzers:
        analyzers[language] = analyzer(language)
    return analyzers[language].analyze(" ".join(words))


class _Known(dict[str, str]):
    """Folded words with their stems in one language: of a whole library's words most come again and again."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> str:
        found = stems([word], self._language)[0]
        if len(self) < MOST_KNOWN:
            # One string for both where they are equal: in a large table what costs is to reach each.
            self[word] = word if found == word else found
        return found


# Threads may share it: two that meet a word at once find the same stem.
_known: dict[str, _Known] = {}


def stems_of_text(words: Sequence[str], language: str) -> list[str]:
    """As `stems`, in a tenth of the time where most words were met before."""
    if language not in STEMMERS:
        return list(words)
    if language not in _known:
        _known[language] = _Known(language)
    return list(map(_known[language].__getitem__, words))


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """The stem of one folded word."""
    return stems([word], language)[0]


def roots(words: Sequence[str], language: str) -> list[str]:
    """As `stems`, also for languages that only the understanding of queries stems."""
    if language == "ar":
        return [_arabic(word) for word in words]
    endings = _LIGHT.get(_SAME_ENDINGS.get(language, language))
    return [_without_ending(word, endings) for word in words] if endings else stems(words, language)


def _arabic(word: str) -> str:
    """Without the article and what is joined to it, and without endings; three letters stay."""
    bare = without_article(word)
    for ending in _ARABIC_AFTER:
        if bare.endswith(ending) and len(bare) - len(ending) >= SHORTEST_ROOT:
            return bare[: -len(ending)]
    return bare


def without_article(word: str) -> str:
    """An Arabic word without “the” and what is joined to it."""
    for start, fewest in _ARABIC_BEFORE.items():
        if word.startswith(start) and len(word) - len(start) >= fewest:
            return word[len(start) :]
    return word


def _without_ending(word: str, endings: Sequence[str]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_ROOT:
            return word[: -len(ending)]
    return word
