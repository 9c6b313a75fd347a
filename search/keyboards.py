"""Words typed while another keyboard was switched on: “njhujdkz k.lmvb” is “торговля людьми”."""

from collections.abc import Callable, Iterator

from search.normalise import words
from search.stop_words import STOP_WORDS

_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
# By language, the letters on the same keys. Two dots stand where a key writes no letter.
_LETTERS = {
    "ru": "йцукенгшщзхъфывапролджэячсмитьбю",
    "uk": "йцукенгшщзхїфівапролджєячсмитьбю",
    "bg": "·уеишщксдзц·ьяаожгтнвмчюйъэфхпрл",
    "sr": "љњертзуиопшђасдфгхјклчћѕџцвбнм··",
    "el": "·ςερτυθιοπ··ασδφγηξκλ··ζχψωβνμ··",
}
_TO = {
    language: str.maketrans({key: letter for key, letter in zip(_KEYS, letters, strict=True) if letter != "·"})
    for language, letters in _LETTERS.items()
}
_FROM = {language: {letter: chr(key) for key, letter in table.items()} for language, table in _TO.items()}
SHORTEST, SHORTEST_TELLING = 3, 4


def rescued(text: str, is_known: Callable[[str], bool]) -> str:
    """The text as another keyboard would have written it, where that makes words of nonsense; else "".

    `is_known` says whether a folded word is one. Nothing is changed in which a single word is known, and nothing that
    would make small words only: three letters make a word in some language on nearly any keyboard.
    """
    if any(is_known(word) for word in _long_enough(text)):
        return ""
    best, most = "", 0
    for other in _others(text.lower()):
        found = _long_enough(other)
        known = sum(map(is_known, found))
        tells = any(len(word) >= SHORTEST_TELLING and word not in STOP_WORDS and is_known(word) for word in found)
        if tells and known > most and known * 2 >= len(found):
            best, most = other, known
    return best


def _others(text: str) -> Iterator[str]:
    for language in _LETTERS:
        if any("a" <= letter <= "z" for letter in text):
            yield text.translate(_TO[language])
        elif any(letter in _FROM[language] for letter in text):
            yield "".join(_FROM[language].get(letter, letter) for letter in text)


def _long_enough(text: str) -> list[str]:
    return [word for word in words(text) if len(word) >= SHORTEST]
