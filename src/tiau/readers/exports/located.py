"""Counts by area or site: workbooks of IOM DTM, and any table with tags of HXL."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.findings import (
    Asked,
    Finding,
    FoundFigure,
    FoundPlace,
    FoundPopulation,
    LeftOut,
    Remark,
    Spot,
    Tier,
)
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book, Cells, Grid
from tiau.readers.exports.located_columns import Located, located_columns
from tiau.readers.exports.values import count, day_text, known, number, order_of, period, readings
from tiau.scenario.quantities import QuantityName
from tiau.scenario.vocabulary import Period

QUESTIONS = {
    "as_of": "on which day or in which period were these people counted? The table does not say",
    "quantity": "what do these figures count? The tags do not say",
    "dates": "does the day or the month stand first in its days? No row tells",
}
TIERS: tuple[Tier, ...] = ("admin3", "admin2", "admin1", "country")
QUANTITIES: dict[str, QuantityName] = {"people": "idp_present", "refugees": "present"}
_COLLECTED = re.compile(
    r"(?:data collection|data collected|collected|assessment period|period)\s*:?\s*(.+)", re.IGNORECASE
)
_PUBLISHED = re.compile(
    r"(?:published|publication date|last updated(?: on)?|date of publication)\s*:?\s*(.+)", re.IGNORECASE
)
_AGAIN = re.compile(r"re-?us|previous round|not re-?assessed|carried (over|forward)", re.IGNORECASE)
_UNKNOWN = re.compile(r"\bunknown\b|\bnot known\b|\bother states\b|^others?$|\btotal\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(dtm|iom|oim|mobility tracking|displacement tracking)\b|(?<![a-z])dtm", re.IGNORECASE)
_STARS = re.compile(r"[*†‡]+$")
DAYS = ("day", "until", "reported")
SITES = ("displacement site", "camp", "settlement", "collective", "site", "idp", "refugee")


@dataclass(frozen=True)
class _Sheet:
    """A sheet, what holds for all its rows, and who counted."""

    grid: Grid
    columns: Located
    said_by: str
    when: Period | None
    known_on: dt.date | None
    order: str | None
    answers: Answers
    rounded: bool

    def get(self, cells: Cells, key: str) -> str:
        return self.columns.cell(cells, key)


def _sheets(book: Book) -> list[tuple[Grid, Located]]:
    """Return the sheets with counts of the finest level; sums and shares of others would count people again."""
    found = [(grid, columns) for grid in book.grids if (columns := located_columns(grid))]
    order = ("site", "admin3", "admin2", "admin1", "country")
    finest = min((order.index(columns.tier) for _, columns in found), default=0)
    return [(grid, columns) for grid, columns in found if order.index(columns.tier) == finest]


def _is_dtm(book: Book) -> bool:
    return any(
        "people" in columns.position
        and ("site_code" in columns.position or (book.form == "workbook" and "round" in columns.position))
        for _, columns in _sheets(book)
    )


def _is_tagged(book: Book) -> bool:
    return any(columns.tagged for _, columns in _sheets(book))


def _read_dtm(book: Book, answers: Answers) -> Iterator[Finding]:
    """Read people displaced by site or area; what a round takes over from an earlier one is not scored."""
    named = [book.file, *(grid.sheet for grid in book.grids), *_texts(book)]
    if not any(_NAMED.search(text) for text in named):
        yield Remark(text="taken for a table of IOM DTM by its columns: nothing in it says who counted")
    yield from _read(book, answers, "IOM DTM")


def _read_tagged(book: Book, answers: Answers) -> Iterator[Finding]:
    """Read people counted and populations, by headings where they tell, else by tags."""
    yield from _read(book, answers, "")


def _read(book: Book, answers: Answers, said_by: str) -> Iterator[Finding]:
    texts = _texts(book)
    when, known_on = _said(_COLLECTED, texts), _said(_PUBLISHED, texts)
    for grid, columns in _sheets(book):
        rows = [row for row in grid.rows() if row[0] > columns.last]
        days = [day_text(columns.cell(cells, key)) for _, cells in rows for key in DAYS]
        order = order_of(days, answers.dates)
        counts = [found.value for _, cells in rows if (found := count(columns.cell(cells, "people"))) and found.value]
        rounded = len(counts) > 2 and all(value % 1000 == 0 for value in counts)
        sheet = _Sheet(grid, columns, said_by, when, known_on.end if known_on else None, order, answers, rounded)
        if rounded:
            yield Remark(sheet=grid.sheet, text="its counts are rounded to thousands")
        yield from _of_sheet(sheet, rows)


def _texts(book: Book) -> list[str]:
    return [cell for grid in book.grids for _, cells in grid.head for cell in cells if cell and len(cell) < 200]


def _said(pattern: re.Pattern[str], texts: list[str]) -> Period | None:
    """Return the one period that texts of a file say after some words."""
    for text in texts:
        if (found := pattern.fullmatch(text)) and (period_ := _span(found[1])):
            return period_
    return None


def _span(text: str) -> Period | None:
    whole = readings(text.strip())
    if len(whole) == 1:
        return whole[0][0]
    ends = [readings(part.strip()) for part in re.split(r"\s+(?:-|–|to|a|au|al)\s+", text)]  # noqa: RUF001
    if len(ends) == 2 and all(len(end) == 1 for end in ends):
        first, last = ends[0][0][0].start, ends[1][0][0].end
        return Period(first, last, f"{first}/{last}") if first <= last else None
    return None


def _of_sheet(sheet: _Sheet, rows: list[tuple[int, Cells]]) -> Iterator[Finding]:
    waiting: dict[str, list[int]] = {}
    told: list[Finding] = []
    parts: dict[int, str] = {}
    for row, cells in rows:
        spot = _spot(sheet, cells)
        if spot is None:
            yield LeftOut(
                rows=(row,), sheet=sheet.grid.sheet, reason="no area: a note, a sum, or a place that is not known"
            )
            continue
        findings = list(_findings(sheet, row, cells, spot))
        parts[row] = sheet.get(cells, "part").casefold()
        told += (found for found in findings if not isinstance(found, Asked))
        for option in {found.option: None for found in findings if isinstance(found, Asked)}:
            waiting.setdefault(option, []).append(row)
        if not findings:
            yield LeftOut(rows=(row,), sheet=sheet.grid.sheet, reason="no number of people")
    yield from _parted(told, parts)
    for option, numbers in waiting.items():
        yield Asked(rows=tuple(numbers), sheet=sheet.grid.sheet, option=option, question=QUESTIONS[option],
                    choices=("day-first", "month-first") if option == "dates" else ())  # fmt: skip


def _parted(told: list[Finding], parts: dict[int, str]) -> Iterator[Finding]:
    """Yield findings, those that give one figure in several rows by cause as parts of it."""
    rows: dict[str, list[int]] = {}
    for found in told:
        if isinstance(found, FoundFigure):
            rows.setdefault(found.key, []).append(found.rows[0])
    for found in told:
        if isinstance(found, FoundFigure) and len(same := rows[found.key]) > 1:
            causes = {parts[row] for row in same}
            if len(causes) == len(same) and "" not in causes:
                part = parts[found.rows[0]]
                found = replace(found, key=f"{found.key};{part}", part=part)
        yield found


def _when(sheet: _Sheet, cells: Cells) -> tuple[Period | None, bool]:
    """Return the period of a row's figures, and whether it has a day that the order of day and month leaves open."""
    texts = [day_text(sheet.get(cells, key)) for key in DAYS]
    day, until, reported = (period(text, sheet.order or "") for text in texts)
    first = day or reported
    if day and until and day.start < until.end:
        first = Period(day.start, until.end, f"{day.start}/{until.end}")
    if first is None and any(len(readings(text)) > 1 for text in texts if text):
        return None, True
    return first or until or sheet.when or sheet.answers.as_of, False


def _spot(sheet: _Sheet, cells: Cells) -> Spot | None:
    names = {tier: _STARS.sub("", sheet.get(cells, tier)).strip() for tier in TIERS}
    codes = {tier: _code(sheet.get(cells, f"{tier}_code")) for tier in TIERS}
    site = sheet.get(cells, "site")
    nation = names["country"] or codes["country"]
    lat, lon = (number(sheet.get(cells, key)) if sheet.get(cells, key) else None for key in ("lat", "lon"))
    if _UNKNOWN.search(site):
        return None
    if site or sheet.get(cells, "site_code"):
        code = sheet.get(cells, "site_code")
        return Spot("place", site or code, code, nation, names["admin1"], names["admin2"], names["admin3"],
                    lat, lon)  # fmt: skip
    for tier in TIERS:
        if tier in sheet.columns.position or f"{tier}_code" in sheet.columns.position:
            name, code = names[tier], codes[tier]
            if not (name or code) or _UNKNOWN.search(name):
                return None
            above = [names[upper] if TIERS.index(upper) > TIERS.index(tier) else "" for upper in ("admin1", "admin2")]
            return Spot(tier, name or code, code, nation, above[0], above[1], lat=lat, lon=lon)
    return None


def _code(text: str) -> str:
    return text if known(text) or len(text) in (2, 3) else ""


def _findings(sheet: _Sheet, row: int, cells: Cells, spot: Spot) -> Iterator[Finding]:
    closed = "clos" in sheet.get(cells, "status").casefold()
    name = sheet.grid.sheet
    if spot.tier == "place" and spot.lat is not None and spot.lon is not None:
        kind = sheet.get(cells, "type").casefold()
        camp = any(word in kind for word in SITES) or not kind
        yield FoundPlace(rows=(row,), sheet=name, spot=spot, kind="camp" if camp else "town", closed=closed,
                         source=sheet.said_by or "a table with tags of HXL")  # fmt: skip
    if (people := count(sheet.get(cells, "population"))) and people.value is not None:
        yield FoundPopulation(
            rows=(row,), sheet=name, spot=spot, people=people.value, source="a table with tags of HXL"
        )
    given: list[str] = [key for key in ("people", "refugees", "counted") if key in sheet.columns.position]
    # Whoever is counted beside displaced people may be among them.
    keys = given[:-1] if "counted" in given[1:] else given
    figures: list[Finding] = [] if closed else list(_figures(sheet, row, cells, spot, keys))
    yield from figures
    if spot.tier == "place" and not figures and not closed:
        yield LeftOut(rows=(row,), sheet=name, reason="no number of people")


def _figures(sheet: _Sheet, row: int, cells: Cells, spot: Spot, keys: list[str]) -> Iterator[Finding]:
    name = sheet.grid.sheet
    where = spot.code or ", ".join(filter(None, (spot.name, spot.admin3, spot.admin2, spot.admin1)))
    for key in keys:
        found = count(sheet.get(cells, key))
        if found is None or (found.value is None and found.bound != "range"):
            continue
        when, open_order = _when(sheet, cells)
        quantity = QUANTITIES.get(key) or sheet.answers.quantity
        if when is None or not quantity:
            option = "dates" if open_order else "as_of" if when is None else "quantity"
            yield Asked(rows=(row,), option=option, question="")
            continue
        remark = sheet.get(cells, "remark")
        source_round = sheet.get(cells, "source_round") or "an earlier round"
        again = f"counted in round {source_round} and given again" if _AGAIN.search(remark) else ""
        what = sheet.get(cells, "round") or when.text
        yield FoundFigure(
            rows=(row,), sheet=name, key=";".join((spot.country, spot.tier, where, what, key)),
            start=when.start, end=when.end, spot=spot, quantity=quantity, value=found.value, low=found.low,
            high=found.high, bound="about" if sheet.rounded and found.bound == "exact" else found.bound,
            source_kind="agency" if sheet.said_by else "other", publisher=sheet.said_by,
            said_by=sheet.said_by or sheet.get(cells, "said_by") or sheet.answers.said_by, known_on=sheet.known_on,
            note=remark if again else "", not_scored=again,
        )  # fmt: skip


DTM = Format("IOM DTM workbook", _is_dtm, _read_dtm)
TAGGED = Format("table with tags of HXL", _is_tagged, _read_tagged)
FORMATS = (DTM, TAGGED)
