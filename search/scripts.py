"""One word in two alphabets: Cyrillic and Greek as people write them in Latin letters, Serbian in either.

There are many ways to write ш or я in Latin letters and nobody keeps to one, so both sides are brought to a skeleton
that blurs the differences: “torgovlya”, “torgovlja”, “torgovlia” and “торговля” share one. It is compared only where a
word is otherwise unknown.
"""

import re
from functools import lru_cache

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "є": "ye", "і": "i", "ї": "i", "ґ": "g",
    "ђ": "d", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѓ": "g", "ќ": "k", "ѕ": "dz",
}  # fmt: skip
# Where a letter sounds otherwise than in Russian. Serbian folds “ђ” like “đ”, “ж” like “ž”.
_OWN = {
    "uk": {"г": "h", "и": "y", "х": "kh"},
    "bg": {"щ": "sht", "ъ": "a"},
    "sr": {"ж": "z", "х": "h", "ц": "c", "ч": "c", "ш": "s"},
}
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "x",
    "ψ": "ps", "ω": "o",
}  # fmt: skip
CYRILLIC = re.compile("[\u0400-\u04ff]")
GREEK = re.compile("[\u0370-\u03ff]")
ARABIC = re.compile("[\u0600-\u06ff]")
# The longer first: “shch” before “sh”.
_BLURRED = (
    ("shch", "s"), ("sch", "s"), ("sh", "s"), ("tch", "c"), ("ch", "c"), ("cz", "c"), ("ts", "c"), ("tz", "c"),
    ("dj", "d"), ("zh", "z"), ("kh", "g"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("ou", "u"), ("yo", "e"), ("jo", "e"),
    ("x", "ks"), ("w", "v"), ("q", "k"), ("h", "g"), ("y", "i"), ("j", "i"),
)  # fmt: skip
_RUN_OF_I = re.compile("i+")
_SOFTENING = re.compile("i(?=[aeou])")
_DOUBLE = re.compile(r"(.)\1+")


def script(word: str) -> str:
    """“Cyrl”, “Grek”, “Arab”, else “Latn”."""
    for name, letters in (("Cyrl", CYRILLIC), ("Grek", GREEK), ("Arab", ARABIC)):
        if letters.search(word):
            return name
    return "Latn"


def romanised(word: str, language: str) -> str:
    """A folded word in Latin letters; what is no Cyrillic or Greek letter stays."""
    own = _OWN.get(language, {})
    if language == "el":
        word = word.replace("ου", "u").replace("χ", "h")
    return "".join(own.get(each) or _CYRILLIC.get(each, _GREEK.get(each, each)) for each in word)


@lru_cache(maxsize=20_000)
def skeleton(word: str, language: str = "") -> str:
    """What is left of a folded word when the ways of writing one sound are no longer told apart."""
    plain = romanised(word, language)
    for written, blurred in _BLURRED:
        plain = plain.replace(written, blurred)
    plain = _SOFTENING.sub("", _RUN_OF_I.sub("i", plain))
    plain = plain.replace("ai", "e").replace("ei", "i").replace("oi", "i")
    return _DOUBLE.sub(r"\1", plain)
