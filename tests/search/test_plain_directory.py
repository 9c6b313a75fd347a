"""People answered from memory: exactly what the engine answers, whatever is asked."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from search.document import FACETS, SearchDocument
from search.engines.base import Answer, Match
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.plain import PlainDirectory
from search.query import Clause, Concept, SearchQuery, Sort, Understanding
from search.registry import PlaceMatch

WORDS = ("lantern", "lanterns", "harbour", "mira", "mirá", "ёлка", "αθηνα", "st", "d", "night", "of", "x" * 45)
CONCEPTS = ("a", "b", "c", "police-officer")
POINTS = ((41.327, 19.819), (41.3231, 19.4409), (40.6, 19.9), (40.0, 20.9), (37.984, 23.728))
AREAS = ("g1", "g2", "AL", "GR")
NETWORKS = ("network:1", "network:2")
PRINCIPALS = ("public", "member", *NETWORKS, "authority", "member+authority", "owner:1")
VALUES = {
    "profession": ("p1", "p2", "p3"),
    "language": ("sq", "en", "el"),
    "availability": ("now", "away", "full"),
    "country": ("AL", "GR"),
}
TOWNS = (
    PlaceMatch("g1", "tirana", "Tirana", "municipality", "AL", 418_495, 41.327, 19.819, True),
    PlaceMatch("AL", "albania", "Albania", "country", "AL", 2_800_000, 41.1, 19.8, True),
    PlaceMatch("g9", "lantern", "Lantern", "municipality", "AL", 9_000, 41.0, 19.9, True),
)


def some(dice: random.Random, values: Sequence[str], most: int = 2) -> tuple[str, ...]:
    return tuple(dice.sample(values, dice.randint(0, most)))


def some_text(dice: random.Random) -> str:
    return " ".join(dice.choices(WORDS, k=dice.randint(0, 5)))


def some_view(dice: random.Random, number: int) -> SearchDocument:
    return SearchDocument(
        key=f"person:{number}",
        index="directory",
        kind="person",
        title=some_text(dice),
        body=some_text(dice),
        other_names=tuple(filter(None, [some_text(dice)])),
        concepts=some(dice, CONCEPTS),
        facets={name: chosen for name, values in VALUES.items() if (chosen := some(dice, values))},
        areas=some(dice, AREAS),
        points=tuple(dice.sample(POINTS, dice.randint(0, 2))),
        principals=some(dice, PRINCIPALS, 3),
        not_for=some(dice, PRINCIPALS, 1),
        shown_in=dice.choice([("en",), ("en", "fr")]),
        newest=dice.choice([0, 739_000, 739_040]),
    )


def some_concepts(dice: random.Random) -> tuple[Concept, ...]:
    return tuple(
        Concept(each, dice.choice([each, *WORDS]), each, (("fr", dice.choice(WORDS)),)) for each in some(dice, CONCEPTS)
    )


def some_query(dice: random.Random) -> SearchQuery:
    left_out = Clause(texts=(("", (dice.choice(WORDS),)),), concepts=some(dice, CONCEPTS, 1))
    understood = Understanding(
        concepts=some_concepts(dice),
        places=tuple(dice.sample(TOWNS, dice.choice([0, 0, 1]))),
        languages=tuple(Concept(f"language:{each}", each, each) for each in some(dice, VALUES["language"], 1)),
        phrases=tuple(filter(None, [" ".join(dice.choices(WORDS, k=2))])) if dice.random() < 0.1 else (),
        rest=some(dice, (*WORDS, "lan", "mi", "nobody"), 2),
        excluded=(left_out,) if dice.random() < 0.2 else (),
        beginning=dice.choice(["", "", "", "mir", "night lan", "la", "harbour of"]),
    )
    return SearchQuery(
        principals=frozenset(some(dice, PRINCIPALS, 4)),
        language=dice.choice(["en", "fr"]),
        understood=understood if dice.random() < 0.8 else Understanding(),
        kinds=dice.choice([(), ("person",), ("practice",), ("person", "practice")]),
        facets={name: chosen for name, values in VALUES.items() if (chosen := some(dice, values, 1))},
        near=dice.choice([None, None, *TOWNS]),
        within_km=dice.choice([25, 50, 100, 200]),
        page=dice.choice([1, 2, 99]),
        size=dice.choice([5, 20]),
        sort=dice.choice(list(Sort)),
        counted=dice.choice([FACETS, ("country", "kind"), ()]),
    )


def plainly(answer: Answer) -> object:
    """All of an answer but what marks the words, which people's hits never have."""
    found = {kind: (one.total, [hit.key for hit in one.hits]) for kind, one in answer.found.items()}
    return found, {name: dict(values) for name, values in answer.facets.items()}


@pytest.mark.parametrize("seed", range(3))
def test_memory_and_engine_answer_the_same(tmp_path: Path, seed: int):
    dice = random.Random(seed)
    views = [some_view(dice, number) for number in range(150)]
    engine, plain = EmbeddedEngine(tmp_path / "index"), PlainDirectory(views)
    with engine.rebuilding() as filling:
        filling.add(views)

    hits = 0
    for _ in range(100):
        query, match = some_query(dice), dice.choice(list(Match))
        expected = engine.search("directory", query, match)
        assert plainly(plain.search("directory", query, match)) == plainly(expected), (query, match)
        assert plain.count("directory", query, match) == engine.count("directory", query, match), (query, match)
        hits += any(one.hits for one in expected.found.values())
    assert hits > 15, "the questions were too hard to prove anything"


def test_a_question_asked_again_of_the_same_documents_is_answered_anew():
    dice = random.Random(1)
    plain = PlainDirectory([some_view(dice, number) for number in range(50)])
    query = SearchQuery(
        principals=frozenset(PRINCIPALS[:2]), language="en", understood=Understanding(rest=("lantern",))
    )

    everything = plain.count("directory", query, Match.ALL)
    fewer = plain.count("directory", replace(query, facets={"country": ("AL",)}), Match.ALL)

    assert fewer < everything
