"""COD-PS and other tables of population by area: one figure an area, the total of its sexes, ages, town and country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tiau.readers.exports.admin_columns import TIERS, AdminColumns, admin_columns_of
from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import heading_word
from tiau.readers.exports.findings import Finding, LeftOut, Remark, Spot
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book, Cells, Grid
from tiau.readers.exports.one_figure import OneFigure
from tiau.readers.exports.values import count

SOURCE = "COD-PS"
# Each tuple in the order in which one of several such columns is taken.
CLEAR_TOTALS = ("t tl", "total pop", "pop total", "total population", "population total", "population totale",
                "poblacion total", "populacao total", "tot pop", "pop tot", "estimated population",
                "projected population", "population", "pop", "poblacion")  # fmt: skip
BARE_TOTALS = ("total", "t", "both sexes", "ensemble", "les deux sexes")
WHOLES = (
    ("f tl", "t tf", "female pop", "pop female", "female population", "total female", "total females", "female",
     "females", "femmes", "mujeres", "f"),
    ("m tl", "t tm", "male pop", "pop male", "male population", "total male", "total males", "male", "males",
     "hommes", "hombres", "m"),
    ("total urban", "urban", "urban population", "population urban", "urbain", "population urbaine"),
    ("total rural", "rural", "rural population", "population rural", "population rurale"),
)  # fmt: skip
NOT_OF_RESIDENTS = re.compile(
    r"\b(idps?|displaced|deplace\w*|refugees?|refugies?|asylum|returnees?|retournes?|affected|origin"
    r"|households?|hh|hhs|menages?|reporting round|population (group|category)|deaths|fatalities|phase"
    r"|gender|sexe?|age (range|group)|groupe d age|feature (class|code))\b"
)
PARTS_IN_TAGS = {"f", "m", "female", "male", "urban", "rural", "children", "adults", "elderly", "infants"}
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_AGE = re.compile(r"(?:[tfm]|enfants|adultes|age\w*) ?[0-9]{1,3}( ?[0-9]{1,3}| ?plus)?")
_SUM_ROW = re.compile(r"(grand |sub ?)?totals?( general)?|sum|somme|suma|national|all|ensemble")


@dataclass(frozen=True)
class _Table:
    """Where a grid has its areas and its figures; `parts` are two columns that add up to the whole."""

    areas: AdminColumns
    total: int | None
    parts: tuple[int, int] | None
    year: int | None
    other_years: tuple[int, ...]
    year_at: int | None


def _table(grid: Grid) -> _Table | None:
    areas = admin_columns_of(grid)
    if areas is None:
        return None
    words = [heading_word(heading) for heading in areas.headings]
    if any(NOT_OF_RESIDENTS.search(word) for word in (*words, *areas.tags)):
        return None
    bare = [" ".join(_YEAR.sub("", word).split()) for word in words]
    female, male, urban, rural = (_first(bare, names) for names in WHOLES)
    parts = next(((a, b) for a, b in ((female, male), (urban, rural)) if a is not None and b is not None), None)
    of_people = parts is not None or any(map(_AGE.fullmatch, bare)) or bool(areas.codes)
    names = (*CLEAR_TOTALS, *(BARE_TOTALS if of_people else ()))
    total, year, others = _latest(words, bare, names)
    if total is None:
        total = next((at for at, tag in enumerate(areas.tags) if _total_tag(tag)), None)
    if total is None and parts is None:
        return None
    year_at = _first(bare, ("year", "annee", "ano", "reference year", "reference period start"))
    return _Table(areas, total, parts, year, others, year_at)


def _first(words: list[str], names: tuple[str, ...]) -> int | None:
    return next((words.index(name) for name in names if name in words), None)


def _latest(
    words: list[str], bare: list[str], names: tuple[str, ...]
) -> tuple[int | None, int | None, tuple[int, ...]]:
    """Return the column of the total, its year, and the years of other such columns."""
    name = next((name for name in names if name in bare), None)
    found = sorted(
        (
            (int(year[0]) if (year := _YEAR.search(words[at])) else 0, -at)
            for at, word in enumerate(bare)
            if word == name
        ),
        reverse=True,
    )
    if not found:
        return None, None, ()
    (year_, at_), *others = found
    return -at_, year_ or None, tuple(other for other, _ in others if other and other != year_)


def _total_tag(tag: str) -> bool:
    name, *attributes = re.sub(r"\s", "", tag.lower()).split("+")
    return name == "#population" and not PARTS_IN_TAGS & set(attributes)


def _populations(book: Book, answers: Answers) -> Iterator[Finding]:
    tables = [(grid, table) for grid in book.grids if (table := _table(grid))]
    for grid, table in tables:
        yield from _of_grid(grid, table)


def _of_grid(grid: Grid, table: _Table) -> Iterator[Finding]:
    figures = OneFigure(grid.sheet, SOURCE)
    unlike: list[int] = []
    added: list[int] = []
    for row, cells in table.areas.rows(grid):
        level = table.areas.deepest(cells)
        if level is None:
            yield LeftOut(rows=(row,), sheet=grid.sheet, reason="no area is named")
        elif any(map(_is_sum, table.areas.names_in(cells, level))):
            yield LeftOut(rows=(row,), sheet=grid.sheet, reason="a total of other rows")
        elif (people := _people(table, cells)) is None:
            yield LeftOut(rows=(row,), sheet=grid.sheet, reason="no population given")
        else:
            in_parts = _parts(table, cells)
            if in_parts is not None and abs(in_parts - people) > 1:
                unlike.append(row)
            added += [row] if table.total is None or count(_at(cells, table.total)) is None else []
            figures.add(
                row, _spot(table.areas, cells, level), people, _year(table, cells), _key(table.areas, cells, level)
            )
    yield from figures.findings()
    if added:
        yield Remark(rows=tuple(added), sheet=grid.sheet, text=f"no total given: {_two_headings(table)} were added")
    if unlike:
        text = f"{_two_headings(table)} add up to another figure than the total, which was taken"
        yield Remark(rows=tuple(unlike), sheet=grid.sheet, text=text)
    if table.other_years:
        years = ", ".join(map(str, table.other_years))
        yield Remark(
            sheet=grid.sheet, text=f"the population of {table.year} was taken, the latest; there is {years} too"
        )


def _is_sum(name: str) -> bool:
    return _SUM_ROW.fullmatch(heading_word(name)) is not None


def _at(cells: Cells, at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _people(table: _Table, cells: Cells) -> float | None:
    total = count(_at(cells, table.total)) if table.total is not None else None
    return total.value if total is not None and total.value is not None else _parts(table, cells)


def _parts(table: _Table, cells: Cells) -> float | None:
    """Return the sum of both sexes, or of town and country; None where one of the two is not given."""
    values = [
        figure.value for at in table.parts or () if (figure := count(_at(cells, at))) and figure.value is not None
    ]
    return sum(values) if len(values) == 2 else None


def _two_headings(table: _Table) -> str:
    return " and ".join(table.areas.headings[at].strip() for at in table.parts or ())


def _year(table: _Table, cells: Cells) -> int | None:
    found = _YEAR.search(_at(cells, table.year_at)) if table.year_at is not None else None
    return int(found[0]) if found else table.year


def _key(areas: AdminColumns, cells: Cells, level: int) -> tuple[str, ...]:
    """Return what makes an area of a row that area: its code, or its names from the top."""
    return (areas.code_in(cells, level),) if areas.code_in(cells, level) else tuple(
        (*areas.names_in(cells, lev), "")[0] for lev in range(level + 1)
    )  # fmt: skip


def _spot(areas: AdminColumns, cells: Cells, level: int) -> Spot:
    """Return the area of a row; below admin 2 the admin 2 that it is part of, if the row names that."""
    whole = 2 if level > 2 and (areas.names_in(cells, 2) or areas.code_in(cells, 2)) else min(level, len(TIERS) - 1)
    return areas.spot(cells, whole)


FORMATS = (Format("population by area (COD-PS)", lambda book: any(map(_table, book.grids)), _populations),)
