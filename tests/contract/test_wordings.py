"""How wordings of what is known are looked for in texts: their little words, what they weigh in each language."""

import pytest

from search import normalise
from search.engines.base import Engine
from search.query import Concept, Understanding
from tests.contract.conftest import Fill, ask, guide, keys


def meant(language: str, wording: str) -> Understanding:
    """A concept that texts of one language call so."""
    return Understanding(concepts=(Concept("c", "", "", ((language, normalise.fold(wording)),)),))


@pytest.mark.parametrize(
    ("language", "wording", "text"),
    [
        ("en", "rights of the child", "The rights that every child has"),
        ("en", "rights of the child", "Child rights"),
        ("en", "ban on entry", "A ban of entry"),
        ("fr", "droits de l’enfant", "Les droits des enfants"),
        ("fr", "interdiction d’entrée", "Interdiction immédiate, entrée"),
        ("ru", "запрет на въезд", "Запрет въезда"),
        ("ru", "помощь для детей", "Помощь этим детям"),
        ("es", "derechos del niño", "Derechos de cada niño"),
        ("de", "rechte des kindes", "Rechte für ein Kindes"),
    ],
)
def test_little_words_of_a_wording_may_be_others(engine: Engine, fill: Fill, language: str, wording: str, text: str):
    fill([guide(1, text, language=language), guide(2, "Untitled", language=language)])

    assert keys(ask(engine, meant(language, wording)), "practice") == ["practice:1"]


@pytest.mark.parametrize(
    ("language", "wording", "text"),
    [
        ("en", "rights of the child", "The right that they keep even far from here and everywhere, child"),
        ("en", "in care", "Care"),  # one other word alone is another thing
        ("en", "children without papers", "Children and their papers"),
        ("fr", "enfants sans papiers", "Les enfants et leurs papiers"),
        ("ru", "дети без документов", "Дети и документы"),
        ("en", "young man alone", "A young woman alone"),  # “man” is little in German only
        ("en", "street work team", "Street team"),
    ],
)
def test_other_words_of_a_wording_must_be_there(engine: Engine, fill: Fill, language: str, wording: str, text: str):
    fill([guide(1, text, language=language), guide(2, wording, language=language)])

    assert keys(ask(engine, meant(language, wording)), "practice") == ["practice:2"]


def test_of_quoted_words_the_little_ones_are_meant_too(engine: Engine, fill: Fill):
    fill([guide(1, "The rights of the child"), guide(2, "The rights every child has")])

    assert keys(ask(engine, Understanding(phrases=("rights of the child",))), "practice") == ["practice:1"]


def test_a_word_of_every_french_guide_tells_little_though_few_guides_are_french(engine: Engine, fill: Fill):
    english = [guide(f"1{number}", "Guide", body="A lamp", language="en") for number in range(20)]
    common = [guide(f"2{number}", "Guide", body="Enfant, enfant, enfant", language="fr") for number in range(8)]
    rarer = [guide(f"3{number}", "Guide", body="Un enfant, une lanterne", language="fr") for number in range(6)]
    rarest = guide(40, "Guide", body="Une lampe et une lanterne", language="fr")
    fill([*english, *common, *rarer, rarest])
    either = Understanding(concepts=(Concept("c", "", "", (("fr", "enfant"), ("fr", "lanterne"))),))

    found = keys(ask(engine, either, kinds=("practice",)), "practice")

    assert set(found[:7]) == {*(each.key for each in rarer), rarest.key}
