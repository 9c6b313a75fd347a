"""Groups, pages and facets: every number is exact."""

import pytest

from search.engines.base import Engine
from search.engines.embedded import reader
from tests.contract.conftest import Fill, about, ask, guide, keys, person, words


@pytest.fixture(autouse=True, params=[reader.LARGE, 0])
def large(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """From how many documents on the embedded engine counts and ranks in several threads."""
    monkeypatch.setattr(reader, "LARGE", request.param)


def test_kinds_are_never_mixed_in_one_list(engine: Engine, fill: Fill):
    fill([guide(1, "Lantern"), guide(2, "Lantern", kind="event"), person(3, "Lantern")])

    answer = ask(engine, words("lantern"))

    assert {kind: keys(answer, kind) for kind in answer.found} == {
        "practice": ["practice:1"],
        "event": ["event:2"],
        "person": ["person:3"],
    }


def test_each_group_shows_its_first_five_and_its_exact_total(engine: Engine, fill: Fill):
    fill([guide(number, "Lantern") for number in range(12)])

    found = ask(engine, words("lantern")).found["practice"]

    assert (found.total, len(found.hits)) == (12, 5)


def test_one_kind_is_paged_without_gap_or_repetition(engine: Engine, fill: Fill):
    fill([guide(number, "Lantern") for number in range(23)])

    pages = [
        keys(ask(engine, words("lantern"), kinds=("practice",), page=page, size=10), "practice") for page in (1, 2, 3)
    ]

    assert [len(page) for page in pages] == [10, 10, 3]
    assert len({key for page in pages for key in page}) == 23


@pytest.mark.parametrize("page", [4, 10**9])
def test_a_page_beyond_the_last_is_the_last(engine: Engine, fill: Fill, page: int):
    fill([guide(number, "Lantern") for number in range(23)])

    assert len(keys(ask(engine, kinds=("practice",), page=page, size=10), "practice")) == 3


def test_no_more_than_fifty_people_are_reached_over_all_pages(engine: Engine, fill: Fill):
    fill([person(number, concepts=("a",)) for number in range(70)])

    reached = set()
    for page in range(1, 9):
        found = ask(engine, about("a"), kinds=("person",), page=page, size=20).found["person"]
        assert found.total == 70
        reached.update(hit.key for hit in found.hits)

    assert len(reached) == 50


def test_nobody_is_listed_without_a_criterion(engine: Engine, fill: Fill):
    fill([person(1, facets={"country": ("AL",)})])

    answer = ask(engine, kinds=("person",))

    assert keys(answer, "person") == []
    assert answer.facets["country"] == {"AL": 1}


def test_a_facet_is_a_criterion(engine: Engine, fill: Fill):
    fill([person(1, facets={"country": ("AL",)}), person(2, facets={"country": ("GR",)})])

    assert keys(ask(engine, facets={"country": ("AL",)}), "person") == ["person:1"]


def test_facets_are_or_inside_and_and_across(engine: Engine, fill: Fill):
    fill(
        [
            guide(1, facets={"country": ("AL",), "method": ("m",)}),
            guide(2, facets={"country": ("GR", "AL"), "method": ("n",)}),
            guide(3, facets={"country": ("GR",), "method": ("m",)}),
            guide(4, facets={"country": ("FR",), "method": ("m",)}),
        ]
    )

    found = keys(ask(engine, facets={"country": ("AL", "GR"), "method": ("m",)}), "practice")

    assert set(found) == {"practice:1", "practice:3"}


def test_a_facets_own_choice_does_not_limit_its_own_counts(engine: Engine, fill: Fill):
    fill(
        [
            guide(1, facets={"country": ("AL",), "method": ("m",)}),
            guide(2, facets={"country": ("GR", "AL"), "method": ("n",)}),
            guide(3, facets={"country": ("GR",), "method": ("m",)}),
        ]
    )

    facets = ask(engine, facets={"country": ("AL",)}).facets

    assert facets["country"] == {"AL": 2, "GR": 2}
    assert facets["method"] == {"m": 1, "n": 1}


def test_a_facets_count_is_what_choosing_it_gives(engine: Engine, fill: Fill):
    fill([guide(n, facets={"country": ("AL",) if n % 3 else ("GR",), "method": (f"m{n % 2}",)}) for n in range(30)])

    facets = ask(engine, facets={"method": ("m1",)}).facets

    for country, count in facets["country"].items():
        chosen = ask(engine, facets={"method": ("m1",), "country": (country,)})
        assert chosen.found["practice"].total == count


def test_the_kind_counts_as_a_facet_of_its_own(engine: Engine, fill: Fill):
    fill([guide(1), guide(2), guide(3, kind="event"), person(4, concepts=("a",))])

    facets = ask(engine, kinds=("event",)).facets

    assert facets["kind"] == {"practice": 2, "event": 1, "person": 1}


def test_counts_hold_over_many_segments(engine: Engine, fill: Fill):
    for number in range(12):
        fill([guide(number, facets={"country": ("AL", f"X{number}")})])

    facets = ask(engine).facets

    assert facets["country"]["AL"] == 12
    assert len(facets["country"]) == 13


def test_no_value_is_counted_zero(engine: Engine, fill: Fill):
    fill([guide(1, facets={"country": ("AL",)}), guide(2, "Lantern", facets={"country": ("GR",)})])

    assert ask(engine, words("lantern")).facets["country"] == {"GR": 1}


def test_fingerprints_name_every_document_once(engine: Engine, fill: Fill):
    fill([guide(1), person(2, view="public"), person(2, view="member", principals=("member",))])

    assert sorted(key for key, _ in engine.fingerprints()) == ["person:2", "person:2", "practice:1"]
