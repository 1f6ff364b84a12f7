"""One population for each area of a file: parts below it added up, copies and older years left out, others said."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from tiau.readers.exports.findings import Finding, FoundPopulation, LeftOut, Remark, Spot


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    spot: Spot
    people: float
    year: int | None


class OneFigure:
    """Rows of a sheet as one population for each area.

    Parameters
    ----------
    sheet, source : str
    """

    def __init__(self, sheet: str, source: str) -> None:
        self._sheet, self._source = sheet, source
        self._rows: dict[Hashable, list[_Row]] = {}

    def add(self, number: int, spot: Spot, people: float, year: int | None, unit: Hashable) -> None:
        """Add a row: `unit` tells apart the units whose rows add up to the area `spot`, such as its admin 3."""
        self._rows.setdefault(unit, []).append(_Row(number, spot, people, year))

    def findings(self) -> Iterator[Finding]:
        """Iterate over what the rows say, in the order in which areas appear."""
        areas: dict[Hashable, list[_Row]] = {}
        for rows in self._rows.values():
            taken, *others = sorted(rows, key=lambda row: -(row.year or 0))
            for other in others:
                yield self._left_out(taken, other)
            spot = taken.spot
            area = (spot.tier, spot.code or (spot.country, spot.admin1, spot.admin2, spot.name))
            areas.setdefault(area, []).append(taken)
        for rows in areas.values():
            yield FoundPopulation(
                rows=tuple(row.number for row in rows), sheet=self._sheet, spot=rows[0].spot,
                people=sum(row.people for row in rows), source=self._source, year=rows[0].year,
            )  # fmt: skip
        if summed := [row.number for rows in areas.values() if len(rows) > 1 for row in rows]:
            text = "populations of smaller units were added up to those of the areas they are part of"
            yield Remark(rows=tuple(summed), sheet=self._sheet, text=text)

    def _left_out(self, taken: _Row, other: _Row) -> LeftOut:
        name = other.spot.name or other.spot.code
        if taken.year != other.year:
            reason = f"the population of {name} in {other.year or 'a year not given'}: that of {taken.year} was taken"
        elif taken.people == other.people:
            reason = f"the same population as row {taken.number}"
        else:
            reason = f"row {taken.number} gives {taken.people:,.0f} for {name} too, which was taken"
        return LeftOut(rows=(other.number,), sheet=self._sheet, reason=reason)
