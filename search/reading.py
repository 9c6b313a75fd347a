"""A query taken apart: quoted phrases, what a leading minus leaves out, and the words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from search.normalise import WORD, fold, fold_word

# A minus counts only before a word, at the beginning or after a space: not in “drop-in”, not in “5 - 7” or “-5”.
_QUOTED = re.compile(r"(?:(?<=\s)|^)([-−–]?)[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]|[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")
_EXCLUDED = re.compile(r"(?:(?<=\s)|^)[-−–]([^\W\d_][^\s]*)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the query: folded, whether it was written with a capital, and whether in capitals only.

    `typed` is what stood there where `word` is a repaired spelling or a part of it.
    """

    word: str
    capital: bool = False
    abbreviation: bool = False
    typed: str = ""

    @property
    def as_typed(self) -> str:
        return self.typed or self.word


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a query in order, its folded phrases, and the texts that are to be left out."""

    tokens: tuple[Token, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """Words being read: which of them have no meaning yet, and which only hold others together."""

    tokens: Sequence[Token]
    small: Sequence[bool]
    free: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.free = [True] * len(self.tokens)

    def take(self, places: Sequence[int] | range | frozenset[int]) -> None:
        for at in places:
            self.free[at] = False


def take_apart(text: str) -> Asked:
    """Reads cleaned text. Quotation marks without a partner and lone minus signs are nothing."""
    phrases: list[str] = []
    excluded: list[str] = []
    for minus, quoted, inside in _QUOTED.findall(text):
        (excluded if minus else phrases).append(quoted or inside)
    rest = _QUOTED.sub(" ", text)
    excluded += _EXCLUDED.findall(rest)
    return Asked(
        tokens=tuple(tokens_of(_EXCLUDED.sub(" ", rest))),
        phrases=tuple(phrase for each in phrases if (phrase := fold(each))),
        excluded=tuple(each for each in excluded if fold(each)),
    )


def tokens_of(text: str) -> list[Token]:
    """The words. A query all in capitals says nothing by them."""
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
    return [token for token in tokens if token.word]
