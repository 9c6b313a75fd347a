"""Wordings that texts are marked with when they are indexed: what is found is the same as without marks."""

from collections.abc import Callable

import pytest

from search import normalise
from search.engines.base import Engine
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.marks import mark, phrases_of
from search.query import Concept, Understanding
from tests.contract.conftest import ask, emptied, guide, keys

WORDINGS = [
    ("en", "street work"),
    ("en", "rights of the child"),
    ("en", "children without papers"),
    ("fr", "droits de l’enfant"),
    ("ru", "запрет на въезд"),
    ("de", "Rechte des Kindes"),
]
TEXTS = [
    ("en", "Street work"),
    ("en", "Streets, and other kinds of work"),
    ("en", "A street where nobody finds any good work"),
    ("en", "Work in the street"),
    ("en", "The rights that every child has"),
    ("en", "Children without papers, children without any papers"),
    ("en", "Children and their papers"),
    ("fr", "Les droits des enfants"),
    ("fr", "Street work"),
    ("ru", "О запрете въезда"),
    ("de", "Rechte für ein Kindes"),
]


@pytest.fixture(params=["embedded", "elastic"])
def marking(request: pytest.FixtureRequest, tmp_path) -> Callable[[list[tuple[str, str]]], Engine]:
    """Fills an index whose texts are marked with these wordings."""
    engine = request.getfixturevalue("elastic") if request.param == "elastic" else EmbeddedEngine(tmp_path / "index")
    documents = [guide(f"{number:02}", text, language=language) for number, (language, text) in enumerate(TEXTS)]

    def fill(wordings: list[tuple[str, str]]) -> Engine:
        with engine.rebuilding(wordings) as filling:
            filling.add(documents[::2])
        engine.replace({each.key: [each] for each in documents[1::2]})
        return engine

    yield fill
    if request.param == "elastic":
        with engine.rebuilding():
            pass
        emptied(engine)


def found(engine: Engine, language: str, wording: str) -> list[str]:
    means = Understanding(concepts=(Concept("c", "", "", ((language, normalise.fold(wording)),)),))
    return sorted(keys(ask(engine, means), "practice"))


def test_a_marked_wording_finds_what_the_phrase_finds(marking):
    engine = marking([])
    as_phrases = [found(engine, *each) for each in WORDINGS]
    engine = marking(WORDINGS)

    assert [found(engine, *each) for each in WORDINGS] == as_phrases
    assert all(as_phrases)


def test_a_wording_that_came_later_is_looked_for_as_a_phrase(marking):
    engine = marking(WORDINGS[:1])

    assert found(engine, "en", "rights of the child") == ["practice:04"]


def test_nobody_can_type_a_mark(marking):
    engine = marking(WORDINGS)
    (phrase,) = phrases_of(WORDINGS[:1])

    for typed in (mark(phrase), mark(phrase).removeprefix("#"), f'"{mark(phrase)}"'):
        assert not keys(ask(engine, Understanding(rest=tuple(normalise.words(typed)))), "practice")


def test_a_wording_of_a_title_says_more_than_one_of_a_text_and_two_say_more_than_one(marking):
    engine = marking(WORDINGS)
    texts = ["Street work, street work and bread", "Street work and some warm bread"]
    new = [guide("20", "Street work"), *(guide(f"2{at}", "Other", body=text) for at, text in enumerate(texts, start=1))]
    engine.replace({each.key: [each] for each in new})
    means = Understanding(concepts=(Concept("c", "", "", (("en", "street work"),)),))

    order = keys(ask(engine, means, kinds=("practice",)), "practice")

    assert order.index("practice:20") < order.index("practice:21") < order.index("practice:22")
