"""The project's own vocabulary and gazetteer as the corpora use them, read from content/ without a database."""

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random

import yaml

CONTENT = Path(__file__).resolve().parents[1] / "content" / "vocabulary"
# Smaller places are shown as their region, and no document carries them.
TOWN = 50_000
MOST_COUNTRIES = 60


@dataclass(frozen=True, slots=True)
class Scheme:
    """The terms of one scheme; the first are drawn most."""

    terms: tuple[str, ...]
    weights: tuple[float, ...]

    def draw(self, dice: Random, count: int) -> list[str]:
        return list(dict.fromkeys(dice.choices(self.terms, cum_weights=self.weights, k=count)))


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality with all that contains it."""

    areas: tuple[str, ...]
    name: str
    country: str
    point: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Schemes by name, labels by term and language, and what is above each term."""

    schemes: Mapping[str, Scheme]
    labels: Mapping[str, Mapping[str, str]]
    broader: Mapping[str, str | None]

    def with_broader(self, terms: list[str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for term in terms:
            above: str | None = term
            while above and above not in found:
                found[above] = None
                above = self.broader.get(above)
        return tuple(found)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    schemes = yaml.safe_load((CONTENT / "terms.yaml").read_text(encoding="utf-8"))["schemes"]
    entries = [(scheme, entry) for scheme, body in schemes.items() for entry in body["terms"]]
    return Vocabulary(
        schemes={scheme: _scheme([entry["id"] for entry in body["terms"]]) for scheme, body in schemes.items()},
        labels={entry["id"]: entry["label"] for _, entry in entries},
        broader={entry["id"]: entry.get("broader") for _, entry in entries},
    )


def _scheme(terms: list[str]) -> Scheme:
    return Scheme(tuple(terms), tuple(accumulate(1 / rank for rank in range(1, len(terms) + 1))))


@lru_cache(maxsize=1)
def towns() -> tuple[Town, ...]:
    with gzip.open(CONTENT / "places.tsv.gz", "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["lat"]]
    found = sorted(
        (row for row in rows if row["kind"] == "municipality" and int(row["population"]) >= TOWN),
        key=lambda row: -int(row["population"]),
    )
    return tuple(
        Town(
            tuple(dict.fromkeys(each for each in (row["id"], row["parent"], row["country"]) if each)),
            row["name"],
            row["country"],
            (float(row["lat"]), float(row["lon"])),
        )
        for row in found
    )


@lru_cache(maxsize=1)
def countries() -> Scheme:
    """The countries with the most towns, drawn most."""
    counts: dict[str, int] = {}
    for town in towns():
        counts[town.country] = counts.get(town.country, 0) + 1
    return _scheme(sorted(counts, key=lambda code: -counts[code])[:MOST_COUNTRIES])
