"""How the words of a wording are looked for in texts, the same on every engine."""

from collections.abc import Iterator, Sequence

from search.engines.texts import STEMMED, TEXT_LANGUAGES, text_language
from search.engines.weights import SLOP
from search.query import Clause
from search.stemming import stems
from search.stop_words import FUNCTION_WORDS

# (field, stems in this order, how many other words may stand between them in all)
Worded = tuple[str, tuple[str, ...], int]
_LITTLE_OF_ANY = frozenset[str]().union(*FUNCTION_WORDS.values())


def wordings(clause: Clause) -> list[list[Worded]]:
    """Its words as they were typed and as texts may say them; what says the same by its stems stands there once."""
    wording = _is_wording(clause)
    found: list[list[Worded]] = []
    for language, text in clause.texts:
        new = list(_in_fields(language, text, wording=wording)) if text else []
        if new and not any(set(new) <= set(others) for others in found):
            found.append(new)
    return found


def _is_wording(clause: Clause) -> bool:
    """Whether its words name something known; of what stood in quotes every word is meant."""
    return bool(clause.concepts or clause.place or clause.language)


def _in_fields(language: str, text: Sequence[str], *, wording: bool) -> Iterator[Worded]:
    """The words in the title and the body of their language; a form of an unknown language in all fields."""
    for each in [text_language(language)] if language else TEXT_LANGUAGES:
        words, slop = held_together(text, each) if wording else (text, SLOP)
        found = tuple(stems(words, each))
        for part in ("title", "body"):
            yield f"{part}_{each}", found, slop


def held_together(text: Sequence[str], language: str) -> tuple[Sequence[str], int]:
    """(words, how many other words may stand between them in all) of a wording, in texts of one of TEXT_LANGUAGES.

    Little words are left out where two others remain, and a stranger may stand in the place of each: they are in every
    text, so that "best interests of the child" would cost as much as all the rest of a search. Negations stay, for
    "children without papers" is not about children and their papers; so do words that are little in another language
    only, such as "man".
    """
    little = FUNCTION_WORDS[language] if language in STEMMED else _LITTLE_OF_ANY
    telling = [word for word in text if word not in little]
    kept = telling if len(telling) > 1 else text
    return kept, SLOP + len(text) - len(kept)
