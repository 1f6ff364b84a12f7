"""UNHCR's Refugee Data Finder: people at the end of a year by country of origin and of asylum, in all layouts."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import HEADING_WITHIN, Columns, columns_of, heading_word
from tiau.readers.exports.findings import Finding, FoundFigure, LeftOut, Remark
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book, Cells, Grid
from tiau.readers.exports.unhcr_words import IDPS, Country, Kind, country_of, kind_of, once, renamed, statistic
from tiau.readers.exports.values import known, period
from tiau.scenario.spellings.figures import Figure

COLUMNS: dict[str, tuple[str, ...]] = {
    "year": ("year", "reporting year", "#date+year", "#date+year+end"),
    "origin": ("country of origin", "country of origin name", "coo name", "origin", "origin returned from",
               "country territory of origin", "origin country", "#country+name+origin"),
    "origin_iso": ("country of origin iso", "country of origin iso3", "country of origin iso code", "iso3coo",
                   "coo iso", "coo iso3", "origin iso", "origin iso3", "#country+code+iso+origin",
                   "#country+code+origin"),
    "asylum": ("country of asylum", "country of asylum name", "coa name", "asylum", "country of residence",
               "country territory of asylum residence", "country territory of asylum", "asylum country",
               "country of asylum residence", "#country+name+asylum"),
    "asylum_iso": ("country of asylum iso", "country of asylum iso3", "country of asylum iso code", "iso3coa",
                   "coa iso", "coa iso3", "asylum iso", "asylum iso3", "#country+code+iso+asylum",
                   "#country+code+asylum"),
    "kind": ("population type", "population group"),
    "value": ("value", "persons", "individuals", "number of persons"),
}  # fmt: skip
TAGS = {"#indicator+num+ref": "refugees", "#indicator+num+asy": "asylum-seekers", "#population+flow+num+idp": "IDPs",
        "#indicator+num+ooc": "others of concern", "#indicator+num+sta": "stateless persons",
        "#indicator+num+vda": "Venezuelans displaced abroad"}  # fmt: skip
WANTED = {"year": "year", "origin": "country of origin", "asylum": "country of asylum",
          "origin_iso": "code of the country of origin", "asylum_iso": "code of the country of asylum"}  # fmt: skip
IDS = {"coo id", "coa id", "id", "country of origin id", "country of asylum id"}
ONE_COUNTRY = "origin and asylum are one country"


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    sheet: str
    year: int
    origin: Country
    asylum: Country
    cells: tuple[tuple[Kind, str], ...]


def _columns(grid: Grid) -> Columns | None:
    """Find the columns of a download, whichever kinds of people were chosen for it, with as few guesses as possible."""
    headings = {cell for _, cells in grid.head[:HEADING_WITHIN] for cell in cells}
    kinds: dict[str, list[str]] = defaultdict(list)
    for heading in sorted(headings):
        if (tag := "".join(heading.split()).lower()) in TAGS:
            kinds[TAGS[tag]].append(heading)
        elif not heading.startswith("#") and (kind := kind_of(heading)):
            kinds[kind.name].append(heading)
    found = [
        columns
        for counted in (("kind", "value"), *((name,) for name in kinds))
        for sides in (("origin", "asylum"), ("origin_iso", "asylum_iso"))
        if (columns := columns_of(grid, {**COLUMNS, **kinds}, ("year", *sides, *counted)))
    ]
    return min(found, key=lambda columns: len(columns.renamed), default=None)


def _read(book: Book, answers: Answers) -> Iterator[Finding]:
    """Read year-end stocks as of 31 December: refugees and asylum-seekers as two parts of those present.

    IDPs are in the country that they come from, whether the file names it as asylum or leaves that blank.
    """
    for grid in book.grids:
        if columns := _columns(grid):
            yield from renamed(grid, columns, WANTED)
            yield from once(_of_grid(grid, columns))


def _of_grid(grid: Grid, columns: Columns) -> Iterator[Finding]:
    rows: list[_Row] = []
    kinds = _kinds(columns)
    yield from _unread(grid, columns, kinds)
    for number, cells in columns.rows(grid):
        if (year := _year(columns.cell(cells, "year"))) is None:
            yield LeftOut(rows=(number,), sheet=grid.sheet, reason="no year: no row of the table")
        else:
            rows.append(_Row(number, grid.sheet, year, *_sides(columns, cells), tuple(_counted(columns, kinds, cells))))
    by_origin = {(row.year, row.asylum.key, kind.name) for row in rows if row.origin.is_one for kind, _ in row.cells}
    for row in rows:
        yield from _of_row(row, by_origin)


def _year(text: str) -> int | None:
    if parts := re.fullmatch(r"((?:19|20)[0-9]{2})(?:\.0+)?", text):
        return int(parts[1])
    meant = period(text)
    return meant.end.year if meant and (meant.end.month, meant.end.day) == (12, 31) else None


def _sides(columns: Columns, cells: Cells) -> tuple[Country, Country]:
    origin, asylum = (
        country_of(columns.cell(cells, side), columns.cell(cells, f"{side}_iso")) for side in ("origin", "asylum")
    )
    return origin, asylum


def _kinds(columns: Columns) -> dict[int, Kind]:
    """Return the kinds of people by position of their columns."""
    tags = ("".join(tag.split()).lower() for tag in (*columns.tags, *[""] * len(columns.names)))
    sides = {columns.position[key] for key in COLUMNS if key in columns}
    kinds = {at: kind_of(name) or kind_of(TAGS.get(tag, ""))
             for at, (name, tag) in enumerate(zip(columns.names, tags, strict=False))}  # fmt: skip
    return {at: kind for at, kind in kinds.items() if kind and at not in sides}


def _unread(grid: Grid, columns: Columns, kinds: dict[int, Kind]) -> Iterator[Remark]:
    """Tell which columns hold figures of no kind that is known."""
    known_ones = {*kinds, *(columns.position[key] for key in COLUMNS if key in columns)}
    below = [cells for number, cells in grid.head if number > columns.number]
    for at, name in enumerate(columns.names):
        figures = [cells[at] for cells in below if at < len(cells) and statistic(cells[at])]
        if name and at not in known_ones and figures and heading_word(name) not in IDS:
            yield Remark(sheet=grid.sheet, text=f'the column "{name}" is not read: no kind of people that is known')


def _counted(columns: Columns, kinds: dict[int, Kind], cells: Cells) -> Iterator[tuple[Kind, str]]:
    if "kind" in columns and "value" in columns:
        kind = columns.cell(cells, "kind")
        yield kind_of(kind) or Kind(kind, None, reason="no kind of people that is known"), columns.cell(cells, "value")
    else:
        yield from ((kind_, cells[at]) for at, kind_ in kinds.items() if at < len(cells))


def _of_row(row: _Row, by_origin: set[tuple[int, str, str]]) -> Iterator[Finding]:
    reasons: dict[str, list[str]] = defaultdict(list)
    figures = []
    for kind, text in row.cells:
        read = statistic(text)
        if read is None and known(text):
            reasons[f'"{text[:40]}" is no number of people'].append(kind.name)
        elif read is None or read[0].value == 0:
            continue
        elif reason := _left_out(row, kind):
            reasons[reason].append(kind.name)
        else:
            figures.append(_figure(row, kind, *read, (row.year, row.asylum.key, kind.name) in by_origin))
    if not figures and not reasons:
        zero = any((read := statistic(text)) and read[0].value == 0 for _, text in row.cells)
        reasons["0 of statistics" if zero else "no figure in the row"] = []
    yield from figures
    for reason, names in reasons.items():
        text = f"{', '.join(names)}: {reason}" if names else reason
        yield LeftOut(rows=(row.number,), sheet=row.sheet, reason=text)


def _left_out(row: _Row, kind: Kind) -> str:
    """Return why a count of a row is left out; blank where it is not."""
    if kind.quantity is None:
        return kind.reason
    place = _place(row, kind)
    if place.is_all:
        return "of all countries of asylum together: no place"
    return "" if place.is_one else f"in {place}, which is no one country"


def _place(row: _Row, kind: Kind) -> Country:
    return row.origin if kind is IDPS and row.asylum.is_all else row.asylum


def _figure(row: _Row, kind: Kind, figure: Figure, note: str, in_parts: bool) -> FoundFigure:
    place, end = _place(row, kind), dt.date(row.year, 12, 31)
    inside = kind is IDPS
    origin = "" if inside and (row.origin.is_all or row.origin.same(place)) else row.origin.key
    return FoundFigure(
        rows=(row.number,), sheet=row.sheet,
        key=f"{end}; {place.key}; {origin}; {kind.name}",
        start=end, end=end, spot=place.spot, quantity=kind.quantity or "present", value=figure.value,
        bound=figure.bound, low=figure.low, high=figure.high,
        origin=row.origin.spot if row.origin.is_one and not inside else None,
        part=kind.part, said_by="UNHCR", publisher="UNHCR Refugee Data Finder", source_kind="agency", note=note,
        not_scored=_not_scored(row, inside, in_parts),
    )  # fmt: skip


def _not_scored(row: _Row, inside: bool, in_parts: bool) -> str:
    one = row.asylum.same(row.origin)
    if inside:
        apart = row.asylum.is_one and row.origin.is_one and not one
        return "displaced inside a country, but origin and asylum are two" if apart else ""
    if row.origin.is_all:
        return "the total of other rows, which name the origins" if in_parts else ""
    return ONE_COUNTRY if one else "" if row.origin.is_one else f"people of several origins together ({row.origin})"


FORMATS = (Format("UNHCR Refugee Data Finder", lambda book: any(map(_columns, book.grids)), _read),)
