"""Which words of a wording must stand together, and how far apart, the same on every engine."""

from collections.abc import Sequence

from search.engines.weights import SLOP
from search.stop_words import STOP_WORDS


def held_together(text: Sequence[str]) -> tuple[Sequence[str], int]:
    """(words, how many other words may stand between them in all) of a wording.

    Little words are left out where two others remain, and a stranger may stand in the place of each: they are in every
    text, so that "best interests of the child" would cost as much as all the rest of a search.
    """
    telling = [word for word in text if word not in STOP_WORDS]
    kept = telling if len(telling) > 1 else text
    return kept, SLOP + len(text) - len(kept)
