"""The map of members: an SVG made on the server, counts as published bands, no pins, no bubble over another."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from network.models import Network
from network.snapshot import Band, bands
from vocabulary.languages import country_name

# Radius in units of the picture and the text that fits in it.
SIZES: Mapping[Band, tuple[int, str]] = {
    Band.UNDER_5: (19, "< 5"),
    Band.FROM_5: (21, "5–9"),
    Band.FROM_10: (26, "10–19"),
    Band.FROM_20: (29, "20 +"),
}
GAP = 4
STEPS = 400


@dataclass(frozen=True, slots=True)
class Bubble:
    """A country's band. `home_x`, `home_y` is where the country is, `x`, `y` where there was room."""

    code: str
    label: str
    url: str
    text: str
    radius: int
    home_x: int
    home_y: int
    x: float
    y: float

    @property
    def moved(self) -> bool:
        """Far enough from home that a line must lead back."""
        return math.hypot(self.x - self.home_x, self.y - self.home_y) > self.radius


@dataclass(frozen=True, slots=True)
class CountryMap:
    """What the template draws, and the same as rows of a table: (country, address, band)."""

    width: int
    height: int
    shapes: tuple[str, ...]
    bubbles: tuple[Bubble, ...]
    rows: tuple[tuple[str, str, str], ...]


@lru_cache(maxsize=1)
def _drawn() -> Mapping[str, Any]:
    return json.loads(Path(__file__).with_name("map_shapes.json").read_text(encoding="utf-8"))


def countries_shown() -> dict[str, Band]:
    """Countries with a network, and those with five people or more; two queries.

    A country without a network and under five is left out: under five includes nobody.
    """
    published = bands("country")
    networks = set(Network.objects.exclude(areas=None).values_list("areas__country", flat=True))
    found = {code: published.get(code, Band.UNDER_5) for code in networks | {*published}}
    return {code: band for code, band in found.items() if code in networks or band != Band.UNDER_5}


def country_map() -> CountryMap:
    """The countries shown; two queries, in the current language."""
    named = sorted((country_name(code), code, band) for code, band in countries_shown().items())
    drawn, people = _drawn(), reverse("network:people")
    bubbles = [
        _bubble(name, code, band, f"{people}?country={code}", drawn["points"][code])
        for name, code, band in named
        if code in drawn["points"]
    ]
    return CountryMap(
        drawn["width"],
        drawn["height"],
        tuple(drawn["shapes"].values()),
        tuple(spread(bubbles, drawn["width"], drawn["height"])),
        tuple((name, f"{people}?country={code}", str(band.label)) for name, code, band in named),
    )


def _bubble(name: str, code: str, band: Band, url: str, point: list[int]) -> Bubble:
    radius, text = SIZES[band]
    label = _("%(country)s: %(band)s people") % {"country": name, "band": band.label}
    return Bubble(code, label, url, text, radius, *point, *point)


def spread(bubbles: list[Bubble], width: int, height: int) -> list[Bubble]:
    """Pushes bubbles apart, step by step, until none touches another or the picture's edge."""
    placed = list(bubbles)
    for _step in range(STEPS):
        still = True
        for one in range(len(placed)):
            for other in range(one + 1, len(placed)):
                a, b = placed[one], placed[other]
                dx, dy = b.x - a.x, b.y - a.y
                distance = math.hypot(dx, dy)
                short = a.radius + b.radius + GAP - distance
                if short <= 0:
                    continue
                still = False
                # Two at the very same place part in a direction that depends on their order only.
                ux, uy = (dx / distance, dy / distance) if distance else (math.cos(other), math.sin(other))
                placed[one] = _inside(replace(a, x=a.x - ux * short / 2, y=a.y - uy * short / 2), width, height)
                placed[other] = _inside(replace(b, x=b.x + ux * short / 2, y=b.y + uy * short / 2), width, height)
        if still:
            break
    return [replace(bubble, x=round(bubble.x, 1), y=round(bubble.y, 1)) for bubble in placed]


def _inside(bubble: Bubble, width: int, height: int) -> Bubble:
    edge = bubble.radius + GAP
    return replace(bubble, x=min(max(bubble.x, edge), width - edge), y=min(max(bubble.y, edge), height - edge))
