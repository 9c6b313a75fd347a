"""The filter form: which facets, in what order, and what stands apart."""

from collections.abc import Iterator

import pytest

from search import facets, labels, lexicon, registry
from search.document import FACETS, KINDS
from search.results import FacetValue
from search.templatetags.facet_options import facet_options

SCALE = ("evidence-e4", "evidence-e3", "evidence-e2", "evidence-e1", "evidence-e0", "evidence-nr", "evidence-x")


@pytest.fixture(autouse=True)
def vocabulary(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The evidence scale, in the vocabulary's order."""
    named = {"evidence": {each: {"en": each} for each in SCALE}}
    monkeypatch.setattr(registry, "concept_labels", [lambda facet: named.get(facet, {})])
    monkeypatch.setattr(registry, "lexicons", [])
    monkeypatch.setattr(registry, "senses", [])
    lexicon.forget()
    yield
    lexicon.forget()


def values(*names: str, chosen: tuple[str, ...] = ()) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(each, each, 9 - place, each in chosen) for place, each in enumerate(names))


def shown(name: str, counted: tuple[FacetValue, ...], total: int | None = 9) -> list[facets.Facet]:
    return list(facets.shown({name: counted}, {name: name}, 1, total=total))


def names(of: tuple[FacetValue, ...]) -> list[str]:
    return [each.value for each in of]


def test_evidence_stands_from_strong_to_weak_and_what_is_not_rated_apart():
    (facet,) = shown("evidence", values("evidence-nr", "evidence-e0", "evidence-x", "evidence-e4", "evidence-e2"))

    assert names(facet.first) == ["evidence-e4", "evidence-e2", "evidence-e0", "evidence-x"]
    assert names(facet.apart) == ["evidence-nr"]
    assert facet.apart_note


def test_not_rated_is_said_without_blame():
    assert labels.of("evidence", "evidence-nr", "en", 1) == "not rated"
    assert labels.of("evidence", "evidence-e4", "en", 1) == "evidence-e4"


def test_six_values_are_shown_and_the_rest_behind_show_more():
    (facet,) = shown("method", values(*"abcdefgh"))

    assert names(facet.first) == list("abcdef")
    assert names(facet.more) == ["g", "h"]
    assert not facet.opened


def test_show_more_is_open_where_a_value_in_it_is_chosen():
    (facet,) = shown("method", values(*"abcdefgh", chosen=("h",)))

    assert facet.opened
    assert facet.chosen == 1


def test_a_single_value_that_all_results_have_narrows_nothing_unless_it_is_chosen_or_nothing_is_listed():
    assert shown("method", values("a")) == []
    assert len(shown("method", values("a"), total=10)) == 1
    assert len(shown("method", values("a", chosen=("a",)))) == 1
    assert len(shown("method", values("a"), total=None)) == 1


def test_every_kind_has_its_facets_and_every_facet_a_name():
    assert set(labels.FACETS) == set(FACETS)
    assert set(labels.FACETS_OF_KIND) == set(KINDS)
    assert {name for each in labels.FACETS_OF_KIND.values() for name in each} | {"kind"} == set(FACETS)


def test_only_what_can_narrow_the_kinds_asked_for_is_counted_and_what_is_chosen():
    assert facets.names_for(("network",), ()) == ("kind", "country")
    assert facets.names_for(("network",), ("method",)) == ("kind", "method", "country")
    assert "availability" not in facets.names_for((), ())
    assert {"evidence", "safety", "contraindication", "firewall", "language", "country", "stage", "method",
            "target_group", "setting", "profession", "kind"} <= set(facets.names_for((), ()))  # fmt: skip


def test_nothing_in_a_tick_can_be_taken_for_markup():
    hostile = """'"><script>alert(1)</script>&"""

    ticks = facet_options(hostile, [FacetValue(hostile, hostile, 2, chosen=True)])

    assert "<script>" not in ticks
    assert ticks.count("&lt;script&gt;") == 5
    assert "'" not in ticks
    assert " checked>" in ticks
