"""Ways of asking beyond words: leaving out, beginnings, other orders, fewer counts, and more of the same."""

import pytest

from search.engines.base import Engine, Match
from search.query import Clause, SearchQuery, Sort, Understanding
from tests.contract.conftest import PUBLIC, Fill, about, ask, guide, keys, person, words


def without(understood: Understanding, *clauses: Clause) -> Understanding:
    """The same question, leaving out what these clauses are about."""
    return Understanding(concepts=understood.concepts, rest=understood.rest, excluded=clauses)


@pytest.mark.parametrize("match", list(Match))
def test_what_is_left_out_is_found_by_nothing_else(engine: Engine, fill: Fill, match: Match):
    fill(
        [
            guide(1, "Lantern", concepts=("a",)),
            guide(2, "Lantern harbour", concepts=("a",)),
            guide(3, "Lantern", concepts=("a", "b")),
        ]
    )
    asked = without(words("lantern"), Clause(texts=(("", ("harbour",)),)), Clause(concepts=("b",)))

    assert keys(ask(engine, asked, match=match), "practice") == ["practice:1"]


def test_leaving_out_alone_shows_the_rest_of_the_library_and_lists_no_people(engine: Engine, fill: Fill):
    fill([guide(1, "Lantern"), guide(2, "Harbour"), person(3), person(4, "lantern")])
    asked = Understanding(excluded=(Clause(texts=(("", ("lantern",)),)),))

    answer = ask(engine, asked)

    assert keys(answer, "practice") == ["practice:2"]
    assert keys(answer, "person") == []


def test_people_are_left_out_by_what_this_viewer_may_see_of_them(engine: Engine, fill: Fill):
    fill(
        [
            person(1, view="public", concepts=("a",), not_for=("member",)),
            person(1, view="member", concepts=("a", "b"), principals=("member",)),
        ]
    )
    asked = without(about("a"), Clause(concepts=("b",)))

    assert keys(ask(engine, asked), "person") == ["person:1"]
    assert keys(ask(engine, asked, principals=frozenset({"public", "member"})), "person") == []


@pytest.mark.parametrize("typed", ["lan", "lantern", "the lan", "old lant"])
def test_a_beginning_finds_titles_and_other_names_only(engine: Engine, fill: Fill, typed: str):
    fill(
        [
            guide(1, "The old lantern"),
            guide(2, "Something else", other_names=("The Old Lantern",)),
            guide(3, "Harbour", body="the old lantern"),
            guide(4, "A plan"),
        ]
    )

    assert set(keys(ask(engine, Understanding(beginning=typed)), "practice")) == {"practice:1", "practice:2"}


def test_a_beginning_finds_the_names_of_people_that_a_viewer_may_see(engine: Engine, fill: Fill):
    fill(
        [
            person(1, "a practitioner", view="public", not_for=("member",)),
            person(1, "Mira Example", view="member", principals=("member",)),
        ]
    )

    asked = Understanding(beginning="mir")

    assert keys(ask(engine, asked), "person") == []
    assert keys(ask(engine, asked, principals=frozenset({"public", "member"})), "person") == ["person:1"]


def test_the_newest_come_first_when_asked(engine: Engine, fill: Fill):
    fill(
        [guide(1, "Lantern lantern", newest=5), guide(2, "x", body="lantern", newest=9), guide(3, "Lantern", newest=7)]
    )

    found = keys(ask(engine, words("lantern"), sort=Sort.NEWEST), "practice")

    assert found == ["practice:2", "practice:3", "practice:1"]


def test_the_best_evidenced_come_first_when_asked_and_equals_by_relevance(engine: Engine, fill: Fill):
    fill(
        [
            guide(1, "x", body="lantern", evidence=5),
            guide(2, "Lantern", evidence=1),
            guide(3, "Lantern", evidence=5),
            guide(4, "Lantern lantern lantern", evidence=0),
        ]
    )

    found = keys(ask(engine, words("lantern"), sort=Sort.EVIDENCE), "practice")

    assert found == ["practice:3", "practice:1", "practice:2", "practice:4"]


@pytest.mark.parametrize("sort", list(Sort))
def test_every_order_is_paged_without_gap_or_repetition(engine: Engine, fill: Fill, sort: Sort):
    fill([guide(number, "Lantern", newest=number % 3, evidence=number % 2) for number in range(23)])

    pages = [
        keys(ask(engine, words("lantern"), kinds=("practice",), page=page, size=10, sort=sort), "practice")
        for page in (1, 2, 3)
    ]

    assert len({key for page in pages for key in page}) == 23


def test_no_sort_moves_people(engine: Engine, fill: Fill):
    fill([person(number, concepts=("a",), newest=739_000 + 40 * number, evidence=9 - number) for number in range(9)])

    orders = {tuple(keys(ask(engine, about("a"), sort=sort, kinds=("person",)), "person")) for sort in Sort}

    assert len(orders) == 1


def test_only_the_facets_asked_for_are_counted(engine: Engine, fill: Fill):
    fill([guide(1, facets={"country": ("AL",), "method": ("m",)}), person(2, facets={"country": ("AL",)})])

    assert ask(engine, counted=("country",)).facets == {"country": {"AL": 2}}
    assert ask(engine, counted=()).facets == {}


def alike(engine: Engine, document: object, **fields: object) -> tuple[str, ...]:
    """Keys like this document, as the public sees them."""
    query = SearchQuery(**{"principals": PUBLIC, "language": "en", "kinds": ("practice",), **fields})  # type: ignore[arg-type]
    return engine.alike(document, query, 3)  # type: ignore[arg-type]


def test_what_shares_rarer_concepts_is_more_alike(engine: Engine, fill: Fill):
    this = guide(1, concepts=("common", "rare"))
    fill([this, guide(2, concepts=("common",)), guide(3, concepts=("rare",)), guide(4, concepts=("other",))])
    fill([guide(number, concepts=("common",)) for number in range(10, 20)])

    found = alike(engine, this)

    assert found[0] == "practice:3"
    assert "practice:1" not in found
    assert "practice:4" not in found
    assert len(found) == 3


def test_what_is_alike_is_of_the_kinds_and_for_the_readers_asked_for(engine: Engine, fill: Fill):
    this = guide(1, concepts=("a",))
    fill([this, guide(2, kind="event", concepts=("a",)), guide(3, concepts=("a",), principals=("member",))])
    fill([guide(4, concepts=("a",), shown_in=("ru",)), guide(5, concepts=("a",))])

    assert alike(engine, this) == ("practice:5",)


def test_nothing_is_like_what_has_no_concept(engine: Engine, fill: Fill):
    this = guide(1)
    fill([this, guide(2)])

    assert alike(engine, this) == ()
