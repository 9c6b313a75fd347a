"""Who finds what: principals meet, `not_for` does not, and what is hidden moves nothing."""

import random

import pytest

from search.engines.base import Engine, Match
from search.query import Concept, Understanding
from tests.contract.conftest import TIRANA, Fill, about, ask, guide, keys, person, words

MEMBER = frozenset({"public", "member"})
POLICE = frozenset({"public", "member", "authority", "member+authority"})


def test_a_document_is_found_when_principals_meet(engine: Engine, fill: Fill):
    fill([person(1, concepts=("a",), principals=("member",)), person(2, concepts=("a",))])

    assert keys(ask(engine, about("a")), "person") == ["person:2"]
    assert set(keys(ask(engine, about("a"), principals=MEMBER), "person")) == {"person:1", "person:2"}


def test_not_for_hides_also_from_whom_it_is_for(engine: Engine, fill: Fill):
    fill([person(1, concepts=("a",), principals=("member",), not_for=("authority",))])

    assert keys(ask(engine, about("a"), principals=MEMBER), "person") == ["person:1"]
    assert keys(ask(engine, about("a"), principals=POLICE), "person") == []


def test_each_viewer_meets_one_view_of_an_entry(engine: Engine, fill: Fill):
    fill(
        [
            person(1, "a practitioner", view="public", concepts=("a",), not_for=("member",)),
            person(1, "Mira Example", view="member", concepts=("a", "b"), principals=("member",)),
        ]
    )

    assert ask(engine, about("a")).found["person"].total == 1
    assert ask(engine, about("a"), principals=MEMBER).found["person"].total == 1
    assert keys(ask(engine, words("mira")), "person") == []
    assert keys(ask(engine, about("b")), "person") == []
    assert keys(ask(engine, words("mira"), principals=MEMBER), "person") == ["person:1"]


def test_counts_and_facets_hold_only_what_the_viewer_may_see(engine: Engine, fill: Fill):
    fill(
        [
            person(1, facets={"country": ("AL",)}),
            person(2, facets={"country": ("AL", "GR")}, principals=("member",)),
        ]
    )

    assert ask(engine, facets={"country": ("AL", "GR")}).facets["country"] == {"AL": 1}
    assert ask(engine, facets={"country": ("AL",)}, principals=MEMBER).facets["country"] == {"AL": 2, "GR": 1}


def test_all_views_of_a_removed_entry_go(engine: Engine, fill: Fill):
    fill([person(1, view="public", not_for=("member",)), person(1, view="member", principals=("member",))])

    engine.replace({"person:1": ()})

    assert list(engine.fingerprints()) == []


def test_no_principals_find_nothing(engine: Engine, fill: Fill):
    fill([person(1, concepts=("a",)), guide(2, concepts=("a",))])

    assert ask(engine, about("a"), principals=frozenset()).found == {}


@pytest.mark.parametrize("match", list(Match))
@pytest.mark.parametrize(
    "asked",
    [
        about("a"),
        about("a", "b"),
        words("lantern"),
        Understanding(places=(TIRANA,)),
        Understanding(concepts=about("a").concepts, rest=("lantern",)),
    ],
    ids=["concept", "concepts", "word", "place", "concept and word"],
)
def test_hidden_entries_never_move_the_order_of_visible_ones(
    engine: Engine, fill: Fill, match: Match, asked: Understanding
):
    dice = random.Random(7)
    visible = [some_person(f"v{number}", dice) for number in range(30)]
    fill(visible)
    before = keys(ask(engine, asked, match=match, kinds=("person",), size=50), "person")

    for round_ in range(4):
        hidden = [some_person(f"h{round_}-{number}", dice, principals=("member",)) for number in range(40)]
        fill([*hidden, *dice.sample(visible, 5)])  # re-indexed visible ones land in another segment

    assert keys(ask(engine, asked, match=match, kinds=("person",), size=50), "person") == before


def some_person(number: str, dice: random.Random, **fields: object) -> object:
    """An entry with a little of everything that order may depend on."""
    return person(
        number,
        dice.choice(["a lantern", "lantern lantern lantern", "somebody"]),
        concepts=tuple(dice.sample(["a", "b", "c"], 2)),
        points=(dice.choice([(41.327, 19.819), (41.323, 19.441), (40.0, 20.9)]),),
        areas=tuple(dice.sample(["g1", "AL"], 1)),
        newest=dice.choice([739_000, 739_100, 739_200]),
        facets={"availability": (dice.choice(["now", "away", "full"]),)},
        **fields,
    )


def test_people_come_by_what_matches_then_distance_then_availability_then_month(engine: Engine, fill: Fill):
    there, near = (41.327, 19.819), (41.323, 19.441)
    now, full = {"availability": ("now",)}, {"availability": ("full",)}
    fill(
        [
            person("near", concepts=("a",), points=(near,), facets=now, newest=739_200),
            person("full", concepts=("a",), areas=("g1",), points=(there,), facets=full, newest=739_200),
            person("old", concepts=("a",), areas=("g1",), points=(there,), facets=now, newest=739_000),
            person("new", concepts=("a",), areas=("g1",), points=(there,), facets=now, newest=739_200),
            person("both", concepts=("a", "b"), points=(near,), facets=full, newest=1),
        ]
    )
    asked = Understanding(concepts=about("a", "b").concepts, places=(TIRANA,))

    assert keys(ask(engine, asked, match=Match.ANY), "person") == [
        "person:both",
        "person:new",
        "person:old",
        "person:full",
        "person:near",
    ]


def test_a_language_finds_nobody_of_whom_more_was_asked(engine: Engine, fill: Fill):
    spoken = {"language": ("sq",)}
    fill(
        [
            person("both", concepts=("a",), facets=spoken),
            person("profession", concepts=("a",)),
            person("language", facets=spoken),
        ]
    )
    albanian = (Concept("language:sq", "albanian", "Albanian"),)
    more = Understanding(concepts=about("a").concepts, languages=albanian)

    assert keys(ask(engine, more, match=Match.ANY), "person") == ["person:both", "person:profession"]
    speaking = Understanding(languages=albanian, rest=("x",))
    assert set(keys(ask(engine, speaking, match=Match.ANY), "person")) == {"person:both", "person:language"}


def test_more_words_of_one_thing_do_not_lift_a_person(engine: Engine, fill: Fill):
    fill(
        [
            person(number, "lantern " * number, concepts=("lantern",), newest=739_000 - 40 * number)
            for number in (1, 2, 3)
        ]
    )

    assert keys(ask(engine, about("lantern")), "person") == ["person:1", "person:2", "person:3"]
