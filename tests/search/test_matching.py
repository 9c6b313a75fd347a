"""Which wordings are found among the words of a query, and which are not."""

from collections.abc import Iterator

import pytest

from search import lexicon, registry, spelling
from search.engines.weights import step, title_boost
from search.query import SearchQuery
from search.registry import Combination, Wording
from search.relaxing import how_much
from search.understanding import understand
from tests.search.conftest import WORDINGS, World

pytestmark = pytest.mark.django_db

PUBLIC = frozenset({"public"})


class NeverAsked:
    """An engine that must not be asked."""


MORE = (
    Wording("boss keeps passport", "forced-labour", "en", everyday=True),
    Wording("interviewing a child", "child-interview", "en", everyday=True),
    Wording("in custody", "detained", "en", everyday=True),
    Wording("custody", "prison", "en"),
    Wording("streetwork", "street-work", "de"),
    Wording("safe house", "shelter", "en"),
    Wording("forced marriage", "forced-marriage", "en", main=True),
    Wording("child marriage", "child-marriage", "en", main=True),
    Wording("children beg", "forced-begging", "en", everyday=True),
    Wording("test osseux", "age-assessment", "fr"),
    Wording("tests osseux", "age-assessment", "fr", everyday=True),
    Wording("schronisko", "shelter", "pl", everyday=True),
    Wording("tajik term", "tajik", "tg"),
    Wording("торговля людьми", "trafficking", "ru", main=True),
    Wording("trgovina ljudima", "trafficking", "sr", main=True),
    Wording("παιδιά του δρόμου", "street-children", "el", main=True),
    Wording("الأطفال", "children", "ar"),
    Wording("gift", "present", "en"),
    Wording("gift", "poison", "de"),
    Wording("vergiftet", "poison", "de"),
    Wording("kids", "children", "en", people="target_group"),
    Wording("kid", "children", "en", people="target_group"),
    Wording("child", "children", "en", people="target_group"),
    Wording("children", "children", "en", people="target_group"),
    Wording("unaccompanied children", "unaccompanied-children", "en", people="target_group"),
)


@pytest.fixture(autouse=True)
def more_words(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    old = [each for each in WORDINGS if "children" not in each.concept or each.language != "en"]
    monkeypatch.setattr(registry, "lexicons", [lambda: (*old, *MORE)])
    together = Combination("child-marriage", (frozenset({"children"}), frozenset({"forced-marriage"})))
    monkeypatch.setattr(registry, "combinations", [lambda: [together]])
    lexicon.forget()
    spelling.forget()
    yield
    spelling.forget()


def concepts(text: str, language: str = "en") -> list[str]:
    return [concept.id for concept in understand(text, language).concepts]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("my boss is keeping the passport", ["forced-labour"]),
        ("street-work", ["street-work"]),
        ("street work", ["street-work"]),
        ("a house that is safe", ["shelter"]),
        ("schroniska", ["shelter"]),
        ("w schroniskach", ["shelter"]),
        ("بالأطفال", ["children"]),
    ],
)
def test_small_words_order_and_endings_do_not_matter(text: str, found: list[str]):
    assert concepts(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("torgovlya lyudmi", ["trafficking"]),
        ("трговина људима", ["trafficking"]),
        ("paidia tou dromou", ["street-children"]),
        ("torgovlya", []),
        ("trade", []),
    ],
)
def test_another_alphabet_is_understood_and_ordinary_words_are_not_taken_for_it(text: str, found: list[str]):
    assert concepts(text) == found


def test_people_named_inside_an_everyday_phrase_are_meant_too_but_not_asked_for():
    understood = understand("kids begging in the street", "en")

    assert [concept.id for concept in understood.concepts] == ["children", "forced-begging", "street"]

    understood = understand("children who beg", "en")

    assert [(concept.id, concept.aside) for concept in understood.concepts] == [
        ("forced-begging", False),
        ("children", True),
    ]
    assert [clause.required for clause in understood.clauses] == [True, False]


def test_people_in_the_name_of_such_people_are_not_meant_besides():
    assert concepts("unaccompanied children") == ["unaccompanied-children"]


def test_the_only_telling_word_of_an_everyday_phrase_means_its_own_too():
    understood = understand("in custody", "en")

    assert [concept.id for concept in understood.concepts] == ["detained", "prison"]
    assert len(understood.clauses) == 1


def test_concepts_that_together_mean_another_help_to_rank_it():
    understood = understand("forced marriage of a child", "en")

    assert [(concept.id, concept.aside) for concept in understood.concepts] == [
        ("forced-marriage", False),
        ("children", False),
        ("child-marriage", True),
    ]
    assert [clause.concepts for clause in understood.clauses if not clause.required] == [("child-marriage",)]


def test_a_word_that_stands_in_wordings_of_one_concept_only_points_at_it():
    understood = understand("osseux", "fr")

    (concept,) = understood.concepts
    assert (concept.id, concept.guessed) == ("age-assessment", True)
    assert not understood.clauses[0].known
    assert understood.clauses[0].required


def test_a_common_word_points_at_nothing():
    assert concepts("keeps") == []


def test_a_form_of_two_languages_means_what_it_does_in_the_language_of_the_query():
    assert concepts("a gift for the children") == ["present", "children"]
    assert set(concepts("gift, vergiftet")) == {"poison"}


def test_the_first_meaning_of_each_word_comes_before_second_meanings():
    assert concepts("police, kid, guardian")[:3] == ["police-officer", "children", "guardian"]


def test_what_is_left_out_is_a_concept_or_words_that_no_text_may_hold():
    understood = understand('guardian -kid -"safe house" -albanian -wombat', "en")

    assert [(clause.concepts, clause.language, clause.texts) for clause in understood.excluded] == [
        (("shelter",), "", (("", ("safe", "house")),)),
        (("children",), "", (("", ("kid",)),)),
        ((), "sq", (("", ("albanian",)),)),
        ((), "", (("", ("wombat",)),)),
    ]
    assert concepts('guardian -kid -"safe house"') == ["guardian"]


def test_a_description_in_plain_words_is_told_from_a_list_of_things():
    assert understand("somebody lurks behind crumbling walls every evening", "en").is_description
    assert not understand("guardian kid police street tirana", "en").is_description
    assert not understand("crumbling walls", "en").is_description


def test_a_description_is_ranked_by_how_well_it_fits_and_no_text_need_hold_all_of_it():
    described = understand("somebody lurks behind crumbling walls every evening", "en")
    word, kid = described.clauses[0], understand("kid", "en").clauses[0]

    assert (
        how_much(NeverAsked(), "library", SearchQuery(principals=PUBLIC, language="en", understood=described)) == "any"
    )
    assert step(word, described=True) == step(kid, described=True)
    assert step(word, described=False) < step(kid, described=False)
    assert title_boost(described=True) < title_boost(described=False)


def test_measuring_reads_the_whole_query_and_asks_for_all_of_it():
    text = " ".join(f"wombat{number}" for number in range(60)) + " guardian"

    understood = understand(text, "en", whole=True)

    assert [concept.id for concept in understood.concepts] == ["guardian"]
    assert all(clause.required for clause in understood.clauses)
