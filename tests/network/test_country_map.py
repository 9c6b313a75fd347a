"""The map of members."""

import itertools
import math

import pytest

from network.country_map import GAP, SIZES, Bubble, country_map, spread
from network.snapshot import Band, take
from tests.network.factories import NetworkFactory, PractitionerFactory
from tests.vocabulary.factories import PlaceFactory

WIDTH, HEIGHT = 1000, 640


def bubble(code: str, x: int, y: int, radius: int = 29) -> Bubble:
    return Bubble(code, code, "", "", radius, x, y, x, y)


@pytest.mark.parametrize(
    "places",
    [
        [(500, 300)] * 6,
        [(500 + 7 * number, 300 + 5 * (number % 3)) for number in range(14)],
        [(0, 0), (1, 1), (WIDTH, HEIGHT), (WIDTH, HEIGHT - 1)],
    ],
)
def test_no_bubble_lies_on_another_or_outside(places: list[tuple[int, int]]) -> None:
    spread_out = spread([bubble(str(number), *place) for number, place in enumerate(places)], WIDTH, HEIGHT)

    for one, other in itertools.combinations(spread_out, 2):
        assert math.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius
    assert all(each.radius <= each.x <= WIDTH - each.radius for each in spread_out)
    assert all(each.radius <= each.y <= HEIGHT - each.radius for each in spread_out)


def test_a_bubble_with_room_stays_at_home() -> None:
    (alone,) = spread([bubble("AL", 300, 300)], WIDTH, HEIGHT)

    assert (alone.x, alone.y, alone.moved) == (300, 300, False)


def test_every_band_has_a_size_and_grows() -> None:
    radii = [SIZES[band][0] for band in Band]

    assert radii == sorted(radii)
    assert GAP > 0


@pytest.mark.django_db
def test_the_map_shows_bands_and_leaves_out_countries_that_may_be_empty() -> None:
    PractitionerFactory.create_batch(6, areas=[PlaceFactory(country="AL")], networks=[NetworkFactory()])
    PractitionerFactory.create_batch(2, areas=[PlaceFactory(country="GR")], networks=[NetworkFactory()])
    take()

    drawn = country_map()

    assert [(row[0], row[2]) for row in drawn.rows] == [("Albania", "5–9")]
    assert [each.code for each in drawn.bubbles] == ["AL"]
