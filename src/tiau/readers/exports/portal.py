"""UNHCR's Operational Data Portal: figures by country or site, origin and kind of people, as JSON and as a table."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import HEADING_WITHIN, Columns, columns_of, heading_word
from tiau.readers.exports.findings import Asked, Finding, FoundFigure, FoundPlace, LeftOut, Remark, Spot, Tier
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book, Cells, Grid
from tiau.readers.exports.unhcr_words import (
    IDPS,
    PUBLISHER,
    RETURNED,
    Country,
    Kind,
    answered,
    country_of,
    kind_of,
    once,
    people,
    renamed,
    which_order,
)
from tiau.readers.exports.values import known, number, order_of, period
from tiau.scenario.quantities import QuantityName
from tiau.scenario.vocabulary import Period

LAYOUT: dict[str, tuple[str, ...]] = {
    "place": ("geomaster name", "country", "country of asylum", "asylum country", "country name", "location name"),
    "place_iso": ("iso3", "country iso3", "iso3 of asylum", "asylum iso3", "country of asylum iso"),
    "level": ("admin level",),
    "lat": ("centroid lat",),
    "lon": ("centroid lon",),
    "origin": ("pop origin name", "country of origin", "origin", "origin country"),
    "origin_iso": ("iso3 of origin", "origin iso3", "iso3 origin", "country of origin iso"),
    "type": ("pop type name", "population type", "population group", "type of population"),
    "data_type": ("pop data type name", "data type"),
    "groups": ("population groups concat", "population groups"),
    "cumulative": ("pop frequency cumulative",),
    "every": ("pop frequency code",),
    "site_type": ("pop accommodation name", "accommodation type"),
    "date": ("date", "data date", "as of"),
    "month": ("month",),
    "year": ("year",),
    "people": ("individuals", "individual", "persons", "total individuals", "population"),
    "source": ("source", "sources", "data source"),
}
OF_ANSWERS = {"geomaster name", "geomaster id", "pop type name", "pop data type name", "population group id"}
ANSWER = (("place", "level", "date", "people"), ("place", "type", "date", "people"))
TABLE = (("place", "origin", "type", "date", "people"), ("place", "type", "source", "date", "people"))
PAGE = (("place", "date", "people", "source"), ("origin", "date", "people", "source"))
WANTED = {"place": "country", "origin": "country of origin", "type": "kind of people", "date": "day",
          "people": "number of people", "level": "level"}  # fmt: skip
TIERS: dict[str, Tier] = {
    "country": "country", "": "country", "admin 1": "admin1", "admin1": "admin1", "province": "admin1",
    "state": "admin1", "region": "admin1", "governorate": "admin1", "admin 2": "admin2", "admin2": "admin2",
    "district": "admin2", "county": "admin2", "department": "admin2", "settlement": "place", "site": "place",
    "camp": "place", "centre": "place", "center": "place", "location": "place", "refugee site": "place",
}  # fmt: skip
FROM = re.compile(
    r"\bfrom (?:the )?((?:[^\W\d]|[ .-]|'(?=\w))+?)(?= (?:since|in|to|as|by|who)\b|\s*[^\w .'-]|'(?!\w)|$)"
)
UNSAID = (
    "the table does not say whether its figures are of people registered or of new arrivals since a start: they are "
    "read as present; the portal's JSON tells"
)
UNSAID_TYPE = {"", "not specified", "unknown"}


def _columns(grid: Grid) -> Columns | None:
    """Find the columns of an answer of the portal, of a table made of them, or of a table on one of its pages."""
    layouts = ANSWER if _is_answer(grid) else PAGE if "data date" in _headings(grid) else TABLE
    found = [columns for keys in layouts if (columns := columns_of(grid, LAYOUT, keys))]
    # Without origins a table is too much like others to guess at one of its columns.
    sure = (columns for columns in found if "origin" in columns or _is_answer(grid) or not columns.renamed)
    return min(sure, key=lambda columns: len(columns.renamed), default=None)


def _is_answer(grid: Grid) -> bool:
    return bool(OF_ANSWERS & _headings(grid))


def _headings(grid: Grid) -> set[str]:
    return {heading_word(name) for _, cells in grid.head[:HEADING_WITHIN] for name in cells}


def _read(book: Book, answers: Answers) -> Iterator[Finding]:
    """Read those who stay as `present`, registered or not, and those who arrived since a start as that.

    Registered figures are taken as present, so that the portal's answers, its tables and the Refugee Data Finder are of
    one quantity, and one count in two of them is told as such. The day is that of `date`: month and year of a record
    are those of its last change.
    """
    for grid in book.grids:
        if columns := _columns(grid):
            yield from renamed(grid, columns, WANTED)
            yield from _of_grid(grid, columns, answers)


def _of_grid(grid: Grid, columns: Columns, answers: Answers) -> Iterator[Finding]:
    rows = list(columns.rows(grid))
    order = order_of((columns.cell(cells, "date") for _, cells in rows), answers.dates)
    if order is None:
        yield which_order(grid, rows, columns, "date")
    elif "place" not in columns and not answers.place:
        yield Asked(rows=tuple(number_ for number_, _ in rows), sheet=grid.sheet, option="place",
                    question=f"of which country are the {len(rows)} figures by country of origin?")  # fmt: skip
    else:
        if not {"data_type", "groups"} & set(columns.position):
            yield Remark(sheet=grid.sheet, text=UNSAID)
        records = [_Record(grid.sheet, columns, answers, number_, cells, order) for number_, cells in rows]
        yield from _places(records)
        yield from once(map(_of_row, records))


def _places(records: list[_Record]) -> Iterator[FoundPlace]:
    """Give sites with coordinates; those of countries and areas are middles, no places."""
    sites: dict[Spot, list[_Record]] = {}
    for record in records:
        spot = record.spot(with_point=True)
        if spot.tier == "place" and spot.lat is not None and spot.lon is not None:
            sites.setdefault(spot, []).append(record)
    for spot, of_it in sites.items():
        rows = tuple(number_ for record in of_it for number_ in record.rows)
        yield FoundPlace(rows=rows, sheet=of_it[0].sheet, spot=spot, kind="camp", source=PUBLISHER)


class _Record:
    """One row: what the portal says of one count."""

    def __init__(self, sheet: str, columns: Columns, answers: Answers, number_: int, cells: Cells, order: str) -> None:
        self.sheet, self.rows = sheet, (number_,)
        self._columns, self._cells, self._answers, self._order = columns, cells, answers, order

    def get(self, key: str) -> str:
        text = self._columns.cell(self._cells, key)
        return text if known(text) else ""

    def spot(self, *, with_point: bool = False) -> Spot:
        if "place" not in self._columns:
            return answered(self._answers.place)
        name, code = self.get("place"), self.get("place_iso")
        if "level" in self._columns:
            tier = TIERS.get(heading_word(self.get("level")), "")
        else:
            tier = "country" if code else answered(name).tier
        point = (number(self.get("lat")), number(self.get("lon"))) if with_point else (None, None)
        return Spot(tier, name, code, lat=point[0], lon=point[1])

    @property
    def said(self) -> str:
        """What kind of count it is, in small letters."""
        return f"{self.get('data_type')} {self.get('groups')}".casefold()

    @property
    def origin(self) -> Country:
        """The country of origin: of its column, else in the name of the group, else as the analyst says."""
        name = self.get("origin")
        if not name and (named := FROM.search(self.get("groups"))):
            name = named[1].strip()
        if not {"origin", "groups"} & set(self._columns.position):
            said = answered(self._answers.origin)
            return country_of(said.name, said.code)
        return country_of(name, self.get("origin_iso"))

    @property
    def kind(self) -> Kind:
        text = self.get("type")
        kind = kind_of(text or self.get("groups")) or Kind(text, part=text.casefold())
        came = (
            kind is RETURNED
            and self.origin.is_one
            and not self.origin.same(country_of(self.spot().name, self.spot().code))
        )
        # Who went back to a country from another one that people flee is among those who left it.
        return Kind("returnees", part="returnees") if came else kind

    @property
    def part(self) -> str:
        site_type = self.get("site_type").casefold()
        return ", ".join(text for text in (self.kind.part, "" if site_type in UNSAID_TYPE else site_type) if text)

    def when(self) -> Period | None:
        if self.get("date"):
            return period(self.get("date"), self._order)
        return period(f"{self.get('year')}-{self.get('month'):0>2}")

    def counted(self, when: Period) -> tuple[QuantityName, dt.date, dt.date]:
        """Return what is counted, from when to when."""
        if self.kind is IDPS:
            return "idp_present", when.start, when.end
        if "arriv" not in self.said:
            return "present", when.start, when.end
        if not self.get("cumulative").casefold().startswith(("n", "inc")):
            return "arrived_cumulative", when.start, when.end
        year = when.end.replace(month=1, day=1)
        first = {"M": when.end.replace(day=1), "A": year, "Y": year, "W": when.end - dt.timedelta(6)}
        return "crossed_in_period", first.get(self.get("every").upper()[:1], when.start), when.end


def _of_row(record: _Record) -> Finding:
    when, read = record.when(), people(record.get("people"))
    reason = ""
    if record.kind.quantity is None:
        reason = f"{record.kind.name}: {record.kind.reason}"
    elif country_of(record.spot().name, "").is_all:
        reason = "of all places together, or of none"
    elif when is None:
        reason = f"no day in {record.get('date')!r}" if record.get("date") else "no day"
    elif read is None:
        reason = "no number of people"
    elif read[0].value == 0:
        reason = "0 of statistics"
    if reason or when is None or read is None:
        return LeftOut(rows=record.rows, sheet=record.sheet, reason=reason)
    figure, note = read
    quantity, start, end = record.counted(when)
    spot, origin, inside = record.spot(), record.origin, quantity == "idp_present"
    place = country_of(spot.name, spot.code)
    days = f"{end}" if start == end else f"{start}/{end}"
    key = (days, place.key, origin.key, quantity, record.part, record.get("groups"))
    return FoundFigure(
        rows=record.rows, sheet=record.sheet, key="; ".join(key), start=start, end=end, spot=spot, quantity=quantity,
        value=figure.value, bound=figure.bound, low=figure.low, high=figure.high,
        origin=origin.spot if origin.is_one and not inside else None, part=record.part,
        said_by=record.get("source") or "UNHCR", publisher=PUBLISHER, source_kind="agency", note=note,
        not_scored="" if inside else _not_scored(place, origin),
    )  # fmt: skip


def _not_scored(place: Country, origin: Country) -> str:
    if origin.is_all:
        return ""
    if not origin.is_one:
        return f"people of several origins together ({origin})"
    return "origin and asylum are one country" if place.same(origin) else ""


def _of_json(grid: Grid) -> bool:
    columns = _columns(grid)
    return columns is not None and _is_answer(grid)


# A table that was made of answers holds the same counts, under fewer columns: copies are told by their kind.
FORMATS = (
    Format("UNHCR portal", lambda book: any(map(_of_json, book.grids)), _read),
    Format("UNHCR portal table", lambda book: any(map(_columns, book.grids)), _read),
)
