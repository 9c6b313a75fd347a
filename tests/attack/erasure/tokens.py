"""Words that stand nowhere else: what a person says in a test, so that it can be looked for afterwards."""

import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from search.normalise import fold

VOWELS, CONSONANTS = "aeiou", "bdfgklmnprstv"
# Four letters, a z, an é in some form, six letters; or twelve digits. Occurrences may overlap.
LIKE_ONE = re.compile(rb"(?=([A-Za-z]{4}[Zz](?:\xc3\xa9|\xc3\x89|[Ee]|\\u00[eEcC]9)[A-Za-z]{6}|[0-9]{12}))")
ACCENT = re.compile(rb"\xc3\xa9|\xc3\x89|\\u00[eEcC]9")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with a capital and an accent, and a number; `place` is the field that it was said in."""

    place: str
    word: str
    number: str

    def __str__(self) -> str:
        return f"{self.word} {self.number}"

    @property
    def address(self) -> str:
        """The same as an e-mail address."""
        return f"{fold(self.word)}.{self.number}@example.org"

    def forms(self) -> Mapping[str, bytes]:
        """How it may be written, as UTF-8 bytes."""
        word = self.word
        forms = {
            "plain": word,
            "casefolded": word.casefold(),
            "capitals": word.upper(),
            "folded": fold(word),
            "folded, as written": word.replace("é", "e"),
            "escaped": json.dumps(word)[1:-1],
            "escaped, casefolded": json.dumps(word.casefold())[1:-1],
            "digits": self.number,
        }
        return {name: form.encode() for name, form in forms.items()}


def found_in(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Whatever looks like a token: (folded, as it is written)."""
    for written in set(LIKE_ONE.findall(data)):
        yield ACCENT.sub(b"e", written).lower(), written


@dataclass(slots=True)
class Tokens:
    """Draws them from a seed and remembers what was said."""

    dice: random.Random
    said: list[Token] = field(default_factory=list)

    def __call__(self, place: str) -> Token:
        syllables = ["".join((self.dice.choice(CONSONANTS), self.dice.choice(VOWELS))) for _ in range(5)]
        word = f"{''.join(syllables[:2]).capitalize()}zé{''.join(syllables[2:])}"
        token = Token(place, word, str(self.dice.randrange(10**11, 10**12)))
        self.said.append(token)
        return token

    def at(self, data: bytes) -> dict[Token, bytes]:
        """The tokens that stand in some bytes in any form, and the form."""
        known = {form: token for token in self.said for form in (fold(token.word).encode(), token.number.encode())}
        return {known[folded]: written for folded, written in found_in(data) if folded in known}
