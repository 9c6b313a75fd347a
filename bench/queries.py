"""The two hundred searches that every engine answers: words, concepts and both, as people type them."""

from dataclasses import dataclass, field
from math import exp, log
from random import Random

from bench.vocabulary import towns, vocabulary
from bench.words import tongue

HOW_MANY = 200
# Words that say something are neither the most frequent nor the rarest.
COMMON, RARE = 60, 8_000
READERS = {"en": 6, "fr": 2, "ru": 2}
FILTERED = 0.25
# What a visitor of the search page sees counted, and what a member sees in the directory.
LIBRARY_FACETS = ("target_group", "method", "country", "language", "evidence", "profession")
PEOPLE_FACETS = ("profession", "language", "country", "method", "network", "availability")
VIEWER = frozenset({"public", "member", "network:1", "partner:2", "owner:1"})
PUBLIC = frozenset({"public"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One search as it is typed and ticked."""

    family: str
    text: str
    language: str
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)


def library_searches() -> list[Asked]:
    return [_library_search(Random(f"library {number}"), number) for number in range(HOW_MANY)]


def people_searches() -> list[Asked]:
    return [_people_search(Random(f"people {number}"), number) for number in range(HOW_MANY)]


def beginnings() -> list[str]:
    """What stands in the search box while somebody types: three to six letters of a word, some after another word."""
    found = []
    for number in range(HOW_MANY):
        dice = Random(f"beginning {number}")
        first, last = _word(dice, "en"), _word(dice, "en")
        found.append(f"{first} {last[:3]}" if number % 4 == 0 else last[: dice.randint(3, 6)])
    return found


def _word(dice: Random, language: str) -> str:
    """A word of any frequency between the two, on a logarithmic scale."""
    return tongue(language).words[int(exp(dice.uniform(log(COMMON), log(RARE))))]


def _label(dice: Random, language: str, schemes: tuple[str, ...]) -> str:
    scheme = vocabulary().schemes[dice.choice(schemes)]
    labels = vocabulary().labels[dice.choice(scheme.terms)]
    return labels.get(language) or labels["en"]


SUBJECTS = ("method", "target_group", "setting", "exploitation", "profession", "stage", "right")


def _library_search(dice: Random, number: int) -> Asked:
    language = dice.choices(list(READERS), weights=list(READERS.values()))[0]
    words = [_word(dice, language) for _ in range(dice.randint(1, 3))]
    concept, other = (_label(dice, language, SUBJECTS) for _ in range(2))
    family, text = [
        ("words", " ".join(words)),
        ("concept", concept),
        ("mixed", f"{concept} {words[0]}"),
        ("concepts", f"{concept} {other}"),
        ("place", f"{concept} in {dice.choice(towns()[:400]).name}"),
    ][number % 5]
    facets = {}
    if dice.random() < FILTERED:
        name = dice.choice(("method", "target_group", "country"))
        facets[name] = tuple(["DE", "GB"] if name == "country" else vocabulary().schemes[name].draw(dice, 2))
    return Asked(family, text, language, facets)


def _people_search(dice: Random, number: int) -> Asked:
    town = dice.choice(towns()[:400]).name
    profession = _label(dice, "en", ("profession",))
    spoken = dice.choice(("Albanian", "Russian", "French", "Spanish"))
    name = tongue("en").words[300 + int(20_000 * dice.random() ** 2)]
    family, text = [
        ("profession and place", f"{profession} in {town}"),
        ("profession and language", f"{profession} who speaks {spoken}"),
        ("concepts", f"{_label(dice, 'en', ('method', 'setting'))} {_label(dice, 'en', ('target_group',))}"),
        ("name", name),
        ("all", f"{profession} near {town} who speaks {spoken}"),
    ][number % 5]
    facets = {"profession": tuple(vocabulary().schemes["profession"].draw(dice, 2))} if dice.random() < FILTERED else {}
    return Asked(family, text, "en", facets)
