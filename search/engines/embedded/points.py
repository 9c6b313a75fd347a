"""Which indexed points lie around a place: places are few, whoever serves them, so all are known to the reader."""

import math
from bisect import bisect_left
from pathlib import Path

from tantivy import Searcher

from search.engines.order import kilometres, rings
from search.registry import PlaceMatch

KM_OF_A_DEGREE = 111.0
Stamp = tuple[int, int]


class Points:
    """The points of one index as one searcher sees them, from south to north."""

    def __init__(self, searcher: Searcher) -> None:
        found = []
        for token, _ in searcher.terms_with_prefix("point", ""):
            latitude, _, longitude = token.partition(",")
            found.append((float(latitude), float(longitude), token))
        self._points = sorted(found)
        self._latitudes = [latitude for latitude, _, _ in self._points]

    def around(self, place: PlaceMatch, within_km: int) -> list[list[str]]:
        """The points in each ring around a place, the nearest ring first."""
        limits = rings(within_km)
        found: list[list[str]] = [[] for _ in limits]
        # Only those between two parallels and two meridians are measured.
        span = within_km / KM_OF_A_DEGREE + 0.1
        across = span / max(0.01, math.cos(math.radians(min(89.0, abs(place.latitude) + span))))
        first = bisect_left(self._latitudes, place.latitude - span)
        last = bisect_left(self._latitudes, place.latitude + span)
        for latitude, longitude, token in self._points[first:last]:
            if across < abs(longitude - place.longitude) < 360 - across:
                continue
            away = kilometres((place.latitude, place.longitude), (latitude, longitude))
            ring = next((number for number, limit in enumerate(limits) if away <= limit), None)
            if ring is not None:
                found[ring].append(token)
        return found


def stamp_of(folder: str) -> Stamp:
    """Another one after each commit: the engine then puts a new file in the place of this one."""
    status = (Path(folder) / "meta.json").stat()
    return status.st_mtime_ns, status.st_ino
