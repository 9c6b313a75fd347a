"""Word stems by language (Snowball). Folding comes first, on both sides, so that both sides stay alike."""

import threading
from collections.abc import Sequence
from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip

# An analyzer is not to be shared between threads.
_own = threading.local()


def analyzer(language: str) -> TextAnalyzer:
    """Splits at spaces and stems; languages without a stemmer keep their words."""
    builder = TextAnalyzerBuilder(Tokenizer.whitespace())
    if language in STEMMERS:
        builder = builder.filter(Filter.stemmer(STEMMERS[language]))
    return builder.build()


def stems(words: Sequence[str], language: str) -> list[str]:
    """One stem for each folded word."""
    if language not in STEMMERS or not words:
        return list(words)
    analyzers = _own.__dict__.setdefault("analyzers", {})
    if language not in analyzers:
        analyzers[language] = analyzer(language)
    return analyzers[language].analyze(" ".join(words))


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """The stem of one folded word."""
    return stems([word], language)[0]
