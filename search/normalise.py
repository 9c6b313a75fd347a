"""One way of looking at text for queries, wordings, place names and every engine's index."""

import re
import unicodedata
from functools import lru_cache

LONGEST_QUERY = 200

# Marks that stand on a letter: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs.
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0670"
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_MARK = re.compile(rf"[{_MARKS}]")

# Letters that no decomposition leads to a plainer one, and Arabic spellings that writers interchange.
_PLAINER = {
    "ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n",
    "ə": "e", "ґ": "г", "ى": "ي", "ة": "ه", "ـ": "",
}  # fmt: skip
_KEPT = frozenset("й")  # another letter than и, not an accent


class _Folding(dict[int, str]):
    """Code point → folded form, worked out once for each letter met."""

    def __missing__(self, code: int) -> str:
        letters = chr(code).casefold()
        if letters not in _KEPT:
            letters = _MARK.sub("", unicodedata.normalize("NFD", letters))
            letters = "".join(_PLAINER.get(letter, letter) for letter in letters)
        self[code] = letters
        return letters


_FOLDING = _Folding()


def clean(text: str) -> str:
    """Unicode's usual form (NFKC) without control, bidirectional and invisible characters; single spaces."""
    normal = unicodedata.normalize("NFKC", text)
    if normal.isprintable():
        return " ".join(normal.split())
    kept = (" " if unicodedata.category(letter) == "Cc" else letter for letter in normal)
    visible = "".join(letter for letter in kept if unicodedata.category(letter) not in ("Cf", "Cs", "Co", "Cn"))
    return " ".join(visible.split())


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """One word without case and accents: “Ώρα” → “ωρα”, “ёж” → “еж”, “Țară” → “tara”; “й” stays."""
    return word.translate(_FOLDING)


def words(text: str) -> list[str]:
    """The folded words of a text in order; hyphens and apostrophes part words."""
    return [folded for match in WORD.finditer(clean(text)) if (folded := fold_word(match.group()))]


def fold(text: str) -> str:
    """The folded words with single spaces between: what two spellings must share to be the same form."""
    return " ".join(words(text))
