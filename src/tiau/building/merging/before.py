"""People who were displaced before the scenario starts, out of figures of that time, into displaced.csv."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tiau.building.merging.tables import EditedTable
from tiau.scenario.names import Gazetteer
from tiau.scenario.quantities import STOCKS
from tiau.scenario.rows import Displaced, Place, Report
from tiau.scenario.vocabulary import parse_period

OLDEST_DAYS = 550
"""A figure older than this says little of the first day: end-year figures of the year before last are left."""
Key = tuple[str, str]


@dataclass
class Before:
    """Day-0 people, where displaced.csv says nothing yet.

    Attributes
    ----------
    table : EditedTable
        That of people already displaced.
    reports : EditedTable
    places : sequence of Place
    names : Gazetteer
    home : tuple of str
        Countries that people leave.
    start : date
    """

    table: EditedTable[Displaced]
    reports: EditedTable[Report]
    places: Sequence[Place]
    names: Gazetteer
    home: tuple[str, ...]
    start: dt.date

    def merge(self) -> list[str]:
        """Fill the table, if it is empty; return what is to be said of it."""
        if self.table.rows:
            return []
        people: dict[Key, float] = {}
        said = []
        taken: set[int] = set()
        # Small areas first: the figure of a country would count the people of its areas again.
        for (place, origin), (figure, ids) in sorted(self._latest().items(), key=lambda item: self._size(item[0][0])):
            members = self.names.members(place)
            where = self._where(members)
            if not where or taken & set(members):
                continue
            taken |= set(members)
            for name, share in _shared(round(figure), where):
                people[name, origin] = people.get((name, origin), 0.0) + share
            among = f", shared evenly among {len(where)} places there" if len(where) > 1 else ""
            said.append(
                f"{place}: {figure:,.0f} people are there on the first day ({', '.join(ids)}{among}; estimated)"
            )
        for number, ((name, origin), count) in enumerate(people.items()):
            key = name if name not in self.table else f"{name}\0{number}"
            source = "figures of the time before the start, shared among places"
            row = {"place": name, "people": count, "origin": origin, "source": source, "estimated": True}
            self.table.put(key, row)
        return said

    def _latest(self) -> Mapping[Key, tuple[float, list[str]]]:
        """Return the last figure of each place and origin before the start, parts added up, and its reports."""
        found: dict[Key, tuple[dt.date, float, list[str]]] = {}
        for key, end in self._before():
            where = (self.reports.cell(key, "place"), self.reports.cell(key, "origin"))
            value = float(self.reports.cell(key, "value"))
            day, total, ids = found.get(where, (end, 0.0, []))
            if end > day:
                total, ids = 0.0, []
            if end >= day:
                found[where] = (end, total + value, [*ids, key])
        return {where: (total, ids) for where, (_, total, ids) in found.items() if total}

    def _before(self) -> Iterator[tuple[str, dt.date]]:
        replaced = {self.reports.cell(key, "replaces") for key in self.reports.rows}
        for key in self.reports.rows:
            cell = self.reports.cell
            usable = not (cell(key, "same_as") or cell(key, "not_scored") or key in replaced)
            if not (
                usable and cell(key, "quantity") in STOCKS and cell(key, "value") and cell(key, "unit") != "households"
            ):
                continue
            end = parse_period(cell(key, "as_of")).end
            if self.start - dt.timedelta(OLDEST_DAYS) <= end <= self.start and self._ours(key):
                yield key, end

    def _ours(self, key: str) -> bool:
        """Whether a figure is of people who left the scenario's places, as the model has them."""
        origin, place = self.reports.cell(key, "origin"), self.reports.cell(key, "place")
        inside = self.reports.cell(key, "quantity") == "idp_present"
        # A scenario seldom has all places of the country that people leave: its figure would be put on a part of it.
        if inside:
            return place not in self.home
        from_home = self.names.members(origin)
        return bool(from_home) and all(self.places[position].country in self.home for position in from_home)

    def _size(self, place: str) -> int:
        return len(self.names.members(place))

    def _where(self, members: Sequence[int]) -> list[str]:
        """Return the names of the places where displaced people stay: camps if there are any, else all others."""
        rows = [self.places[position] for position in members if self.places[position].kind != "junction"]
        open_ones = [row for row in rows if row.opens is None or row.opens <= self.start]
        camps = [row.place for row in open_ones if row.kind == "camp"]
        return camps or [row.place for row in open_ones]


def _shared(people: int, names: Sequence[str]) -> Iterator[tuple[str, float]]:
    each, rest = divmod(people, len(names))
    for position, name in enumerate(names):
        yield name, float(each + (position < rest))
