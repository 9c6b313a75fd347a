"""The order of people who match equally well, the same on every engine: availability, month confirmed, then by lot."""

import hashlib
import math
from datetime import date

from search.document import SearchDocument
from search.engines.weights import DISTANCE_KM

AVAILABILITY = {"now": 0, "away": 2, "full": 3}
AVAILABILITY_NOT_SAID = 1
EARTH_KM = 6371.0
MIX = 0x9E3779B97F4A7C15


def availability_of(document: SearchDocument) -> int:
    """Whoever can be asked now comes first."""
    said = document.facets.get("availability", ())
    return AVAILABILITY.get(said[0] if said else "", AVAILABILITY_NOT_SAID)


def month_of(ordinal: int) -> int:
    """Months since year 0 of an ordinal day; 0 when there is none."""
    day = date.fromordinal(ordinal) if ordinal else None
    return day.year * 12 + day.month if day else 0


def seed(key: str) -> int:
    """A number below 2**56 that tells nothing of the key; mixed with the day it orders equals."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:7])


def lot(seed: int, day: date) -> int:
    """The place that a seed draws on this day, another one every day."""
    mixed = (seed ^ (day.toordinal() * MIX)) & (2**64 - 1)
    mixed = ((mixed ^ (mixed >> 31)) * MIX) & (2**64 - 1)
    return mixed ^ (mixed >> 29)


def rings(within_km: int) -> list[int]:
    """Radii in km up to the one asked for: who is in a nearer ring comes first."""
    limits = [limit for limit in DISTANCE_KM if limit <= within_km]
    return limits if within_km in limits else [*limits, within_km]


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two points in degrees (haversine)."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
