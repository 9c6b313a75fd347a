"""Synthetic documents by number: the same number is always the same document, so that none need be kept."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import accumulate
from random import Random

from bench.vocabulary import countries, towns, vocabulary
from bench.words import LANGUAGES, tongue
from search.document import SearchDocument

SHORTEST, LONGEST = 60, 300
# How often each kind and language comes, of a hundred.
KINDS = {"practice": 55, "organisation": 20, "event": 8, "page": 8, "network": 6, "compensation": 3}
WRITTEN = {"en": 52, "fr": 14, "ru": 14, "es": 6, "de": 5, "sq": 5, "el": 4}
# How many terms of each scheme a guide carries; the facet of each is called as in the product.
OF_A_GUIDE = {
    "method": (1, 3), "stage": (1, 2), "target_group": (1, 4), "setting": (1, 2), "exploitation": (0, 3),
    "profession": (1, 3), "right": (0, 2), "evidence": (1, 1), "safety": (1, 1), "resource_type": (1, 1),
    "firewall": (1, 1), "contraindication": (0, 2),
}  # fmt: skip
OF_A_PERSON = {"method": (1, 3), "stage": (1, 2), "target_group": (1, 2), "setting": (1, 1), "exploitation": (1, 2)}
FACET_OF = {"resource_type": "resource"}
EVIDENCE = {"e4": 6, "e3": 5, "e2": 4, "e1": 3, "e0": 2, "nr": 1, "x": 0}
FIRST_DAY, LAST_DAY = date(2012, 1, 1).toordinal(), date(2026, 11, 1).toordinal()
# Of the concepts that an editor gave, so many are also named in the text.
NAMED = 0.5
NETWORK_OF = 200
# Above all keys of the starter content, whose records lie in the same database.
FIRST_KEY = 1_000_000
INTERFACE = ("en", "fr", "ru")


@lru_cache(maxsize=4)
def _weights(table: tuple[tuple[str, int], ...]) -> tuple[list[str], list[int]]:
    return [name for name, _ in table], list(accumulate(weight for _, weight in table))


def _one_of(dice: Random, table: dict[str, int]) -> str:
    names, weights = _weights(tuple(table.items()))
    return dice.choices(names, cum_weights=weights)[0]


def _terms(dice: Random, wanted: dict[str, tuple[int, int]]) -> dict[str, list[str]]:
    schemes = vocabulary().schemes
    return {name: schemes[name].draw(dice, count) for name, span in wanted.items() if (count := dice.randint(*span))}


def _named(dice: Random, words: list[str], concepts: Sequence[str], language: str) -> None:
    """Puts the labels of some concepts among the words."""
    labels = vocabulary().labels
    for concept in concepts:
        if dice.random() < NAMED:
            label = labels[concept].get(language) or labels[concept]["en"]
            words[dice.randrange(len(words))] = label


def library_document(number: int, between: tuple[int, int] = (SHORTEST, LONGEST)) -> SearchDocument:
    """A public document of the library; `between` how many words its text has."""
    dice = Random(number)
    kind, language = _one_of(dice, KINDS), _one_of(dice, WRITTEN)
    guide = kind in ("practice", "event")
    terms = _terms(dice, OF_A_GUIDE if guide else {"method": (0, 1), "stage": (0, 1), "target_group": (0, 1)})
    given = [term for some in terms.values() for term in some]
    spoken = tongue(language)
    words = spoken.draw(dice, dice.randint(*between))
    _named(dice, words, given, language)
    title = spoken.draw(dice, dice.randint(3, 7))
    _named(dice, title, given[:2], language)
    facets: dict[str, tuple[str, ...]] = {"kind": (kind,), "language": (language,)}
    facets |= {FACET_OF.get(name, name): vocabulary().with_broader(some) for name, some in terms.items()}
    areas, points = _where(dice, kind)
    facets["country"] = tuple(area for area in areas if len(area) == 2)
    if kind == "organisation":
        facets["organisation_type"] = tuple(vocabulary().schemes["organisation_type"].draw(dice, 1))
    level = facets.get("evidence", ("evidence-nr",))[0].rpartition("-")[2] if guide else "x"
    return SearchDocument(
        key=f"{kind}:{FIRST_KEY + number}",
        index="library",
        kind=kind,
        title=" ".join(title).capitalize(),
        language=language,
        # Four in five have no translation, and are shown to all readers.
        shown_in=INTERFACE if language not in INTERFACE or dice.random() < 0.8 else (language,),
        summary=spoken.prose(words[:20]),
        body=spoken.prose(words[20:]),
        other_names=(" ".join(spoken.draw(dice, 2)),) if dice.random() < 0.3 else (),
        concepts=vocabulary().with_broader(given),
        facets={name: values for name, values in facets.items() if values},
        areas=areas,
        points=points,
        newest=dice.randint(FIRST_DAY, LAST_DAY),
        evidence=EVIDENCE.get(level, 1),
    )


def _where(dice: Random, kind: str) -> tuple[tuple[str, ...], tuple[tuple[float, float], ...]]:
    """Bodies work in a town; a guide is about some countries."""
    if kind in ("organisation", "network"):
        town = towns()[int(len(towns()) * dice.random() ** 2)]
        return town.areas, (town.point,)
    return tuple(countries().draw(dice, dice.randint(0, 3))), ()


def entry(number: int, entries: int) -> list[SearchDocument]:
    """The two to six views of one entry of a directory that has so many."""
    dice = Random(-number - 1)
    key = f"person:{hashlib.sha256(str(number).encode()).hexdigest()[:20]}"
    networks = max(4, entries // NETWORK_OF)
    own = [1 + int(networks * dice.random() ** 2) for _ in range(1 if dice.random() < 0.8 else 2)]
    terms = _terms(dice, OF_A_PERSON) | {"profession": vocabulary().schemes["profession"].draw(dice, 1)}
    town, spoken = towns()[int(len(towns()) * dice.random() ** 2)], tongue("en")
    facets: dict[str, tuple[str, ...]] = {"kind": ("person",), "country": (town.country,)}
    facets |= {name: tuple(some) for name, some in terms.items()}
    facets["language"] = tuple(dict.fromkeys(["en", *dice.choices(LANGUAGES, k=2)]))
    facets["network"] = tuple(f"network-{each}" for each in own)
    wide = {**facets, "availability": (dice.choice(["now", "now", "away", "full"]),)}
    name = " ".join(spoken.words[300 + int(20_000 * dice.random() ** 2)].capitalize() for _ in range(2))
    little = " ".join(spoken.draw(dice, dice.randint(10, 18)))
    more = f"{little} {' '.join(spoken.draw(dice, dice.randint(8, 16)))}"
    newest = dice.randint(LAST_DAY - 420, LAST_DAY)
    # From the widest circle to the narrowest; each view stands for those of its circle who are in no narrower one.
    circles = [
        ("public", ["public"]), ("members", ["member"]), ("partners", [f"partner:{each}" for each in own]),
        ("network", [f"network:{each}" for each in own]), ("owner", [f"owner:{number}"]),
    ]  # fmt: skip
    circles = circles[dice.choices([0, 1, 2, 3], [30, 45, 15, 10])[0] :]
    views = []
    for place, (view, principals) in enumerate(circles):
        knows = view in ("network", "owner", "partners")
        views.append(
            SearchDocument(
                key=key,
                index="directory",
                kind="person",
                title=name if knows or number % 3 else "",
                view=view,
                body=more if knows else little,
                concepts=vocabulary().with_broader([term for some in terms.values() for term in some]),
                facets=wide if knows else facets,
                areas=town.areas,
                points=(town.point,),
                principals=tuple(principals),
                not_for=tuple(each for _, some in circles[place + 1 :] for each in some),
                newest=newest,
            )
        )
    return views


def library(count: int, between: tuple[int, int] = (SHORTEST, LONGEST)) -> Iterator[SearchDocument]:
    for number in range(count):
        yield library_document(number, between)


def directory(documents: int) -> Iterator[list[SearchDocument]]:
    """Entries until there are so many documents."""
    entries = number = made = 0
    entries = documents // 4
    while made < documents:
        views = entry(number, entries)[: documents - made]
        made += len(views)
        number += 1
        yield views
