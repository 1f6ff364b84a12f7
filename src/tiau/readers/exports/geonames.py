"""GeoNames: towns and camps of an extract, with or without a line of headings."""

from __future__ import annotations

from collections.abc import Iterator

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import columns_of
from tiau.readers.exports.findings import Finding, FoundPlace, LeftOut, Spot
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book, Cells, Grid
from tiau.readers.exports.values import count, number

KEYS = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature class", "feature code",
    "country code", "cc2", "admin1 code", "admin2 code", "admin3 code", "admin4 code", "population", "elevation", "dem",
    "timezone", "modification date",
)  # fmt: skip
LAYOUT = {key: (key,) for key in KEYS} | {
    "geonameid": ("geonameid", "geoname id"),
    "asciiname": ("asciiname", "ascii name"),
    "alternatenames": ("alternatenames", "alternate names"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng", "long"),
    "feature class": ("feature class", "fclass", "featureclass", "fcl"),
    "feature code": ("feature code", "fcode", "featurecode"),
    "country code": ("country code", "countrycode"),
}
REQUIRED = ("geonameid", "name", "latitude", "longitude", "feature class", "feature code")
CLASSES = {
    "A": "an administrative area: no place", "H": "a water: no place", "L": "a park or area: no place",
    "P": "", "R": "a road or railway: no place", "S": "a building or spot: no place", "T": "a mountain: no place",
    "U": "undersea: no place", "V": "a forest or heath: no place",
}  # fmt: skip
CAMPS = ("CMPRF", "CMP")
NO_TOWNS = {
    "PPLH": "a former place", "PPLQ": "an abandoned place", "PPLW": "a destroyed place", "PPLX": "a part of a town",
    "PPLCH": "a former capital", "CMPQ": "an abandoned camp", "CMPL": "a camp of workers", "CMPLA": "a camp of workers",
    "CMPMN": "a camp of workers", "CMPO": "a camp of workers",
}  # fmt: skip
_Row = dict[str, str]


def _positions(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Return the row before the first of the table, and where each key stands; None where it is no such table."""
    if columns := columns_of(grid, LAYOUT, REQUIRED):
        return columns.number, columns.position
    fitting = sum(_fits(cells) for _, cells in grid.head)
    return (-1, {key: at for at, key in enumerate(KEYS)}) if 0 < len(grid.head) <= 1.5 * fitting else None


def _fits(cells: Cells) -> bool:
    if not 18 <= len(cells) <= len(KEYS) or not cells[0].isdecimal() or cells[6] not in CLASSES:
        return False
    lat, lon = number(cells[4]), number(cells[5])
    return lat is not None and lon is not None and abs(lat) <= 90 and abs(lon) <= 180


def _records(book: Book) -> Iterator[tuple[Grid, int, _Row]]:
    for grid in book.grids:
        if (found := _positions(grid)) is None:
            continue
        last, position = found
        for row, cells in grid.rows():
            if row > last and (last >= 0 or _fits(cells)):
                yield grid, row, {key: cells[at] if at < len(cells) else "" for key, at in position.items()}


def _places(book: Book, answers: Answers) -> Iterator[Finding]:
    names = {
        (record["feature code"], *_codes(record, level)): record["name"]
        for _, _, record in _records(book)
        for level in (1, 2)
        if record["feature code"] == f"ADM{level}"
    }
    seen: dict[str, int] = {}
    for grid, row, record in _records(book):
        yield _place(grid, row, record, names, seen)


def _codes(record: _Row, level: int) -> tuple[str, ...]:
    return tuple(record.get(key, "") for key in ("country code", "admin1 code", "admin2 code")[: level + 1])


def _place(
    grid: Grid, row: int, record: _Row, names: dict[tuple[str, ...], str], seen: dict[str, int]
) -> FoundPlace | LeftOut:
    code, kind = record["feature code"].upper(), record["feature class"].upper()
    lat, lon = number(record["latitude"]), number(record["longitude"])
    camp = kind == "S" and code in CAMPS
    if code in NO_TOWNS or not (kind == "P" or camp):
        reason = NO_TOWNS.get(code) or CLASSES.get(kind) or "no populated place"
        return LeftOut(rows=(row,), sheet=grid.sheet, reason=f"{reason} ({kind}.{code})")
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180 or not record["name"]:
        return LeftOut(rows=(row,), sheet=grid.sheet, reason="no name, or no coordinates on the globe")
    if (first := seen.setdefault(record["geonameid"], row)) != row:
        return LeftOut(rows=(row,), sheet=grid.sheet, reason=f"the same place as row {first}")
    people = count(record.get("population", ""))
    spot = Spot(
        "place", record["name"], f"geonames:{record['geonameid']}", country=record.get("country code", ""),
        admin1=_above(record, 1, names), admin2=_above(record, 2, names), lat=lat, lon=lon, aliases=_aliases(record),
    )  # fmt: skip
    return FoundPlace(
        rows=(row,), sheet=grid.sheet, spot=spot, kind="camp" if camp else "town", source="GeoNames",
        population=people.value if people and people.value else None,
        seat="country" if code == "PPLC" else "admin1" if code == "PPLA" else "admin2" if code == "PPLA2" else "",
    )  # fmt: skip


def _above(record: _Row, level: int, names: dict[tuple[str, ...], str]) -> str:
    """Return the name of the admin unit where the file has its row, else the code that GeoNames gives it: SD.47."""
    codes = _codes(record, level)
    return names.get((f"ADM{level}", *codes), ".".join(codes)) if codes[-1] else ""


def _aliases(record: _Row) -> tuple[str, ...]:
    given = (record.get("asciiname", ""), *record.get("alternatenames", "").split(","))
    trimmed = dict.fromkeys(name.strip() for name in given)
    # Links to pages stand among the alternates of whole dumps.
    return tuple(name for name in trimmed if name and name != record["name"] and "://" not in name)


FORMATS = (Format("GeoNames places", lambda book: any(_positions(grid) is not None for grid in book.grids), _places),)
