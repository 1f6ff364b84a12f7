"""People who were displaced before the scenario starts, out of figures of that time, into displaced.csv."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tiau.building.merging.tables import EditedTable
from tiau.scenario.names import Gazetteer
from tiau.scenario.quantities import STOCKS
from tiau.scenario.rows import Displaced, Place, Report
from tiau.scenario.vocabulary import parse_period

OLDEST_DAYS = 550
"""A figure older than this says little of the first day: end-year figures of the year before last are left."""
TOLD_BEYOND = 1.1
"""How many times the people of its places a figure of an area may be before it is told that it is not taken."""
Key = tuple[str, str]


class Series(NamedTuple):
    """What figures share that are added up: parts of one count. Those of two series count the same people twice."""

    quantity: str
    kind: str
    said_by: str
    group: str


class Stock(NamedTuple):
    """A figure of people who are somewhere, on its last day."""

    report: str
    place: str
    origin: str
    people: float
    end: dt.date
    series: Series


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
        for place, chosen, others in sorted(self._chosen(), key=lambda found: self._size(found[0])):
            members = self.names.members(place)
            where = self._where(members)
            total = sum(figure.people for figure in chosen)
            told = f"{total:,.0f} people ({', '.join(figure.report for figure in chosen)})"
            if not where:
                continue
            if inside := taken & set(members):
                names = {self.places[position].place for position in inside}
                there = sum(count for (name, _), count in people.items() if name in names)
                if total > TOLD_BEYOND * there:
                    said.append(f"{place}: {told} are not put there, as {there:,.0f} are by figures of places in it")
                continue
            taken |= set(members)
            for figure in chosen:
                for name, share in _shared(round(figure.people), where):
                    people[name, figure.origin] = people.get((name, figure.origin), 0.0) + share
            among = f"shared evenly among {len(where)} places there, " if len(where) > 1 else ""
            beside = f"; not {', '.join(others)}" if others else ""
            said.append(f"{place}: {told} are there on the first day ({among}estimated){beside}")
        for number, ((name, origin), count) in enumerate(people.items()):
            key = name if name not in self.table else f"{name}\0{number}"
            source = "figures of the time before the start, shared among places"
            row = {"place": name, "people": count, "origin": origin, "source": source, "estimated": True}
            self.table.put(key, row)
        return said

    def _chosen(self) -> Iterator[tuple[str, list[Stock], list[str]]]:
        """Yield each place with the last figures of one series, and in words those of others, which count them too."""
        by_place: dict[str, dict[Series, list[Stock]]] = {}
        for figure in self._before():
            by_place.setdefault(figure.place, {}).setdefault(figure.series, []).append(figure)
        for place, series in by_place.items():
            last = {of: [f for f in found if f.end == max(f.end for f in found)] for of, found in series.items()}
            first = max(last, key=lambda of: (of.group == "all", last[of][0].end))
            others = [
                f"{figure.people:,.0f} ({figure.report})" for of, found in last.items() if of != first
                for figure in found
            ]  # fmt: skip
            yield place, self._widest(last[first]), others

    def _widest(self, figures: list[Stock]) -> list[Stock]:
        """Return figures but for those whose origin lies in the origin of another, which counts their people."""
        origins = {figure.origin: set(self.names.members(figure.origin)) for figure in figures if figure.origin}
        whole = [figure for figure in figures if not figure.origin]
        return whole or [
            figure for figure in figures
            if not any(origins[figure.origin] < other for other in origins.values())
        ]  # fmt: skip

    def _before(self) -> Iterator[Stock]:
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
                series = Series(cell(key, "quantity"), key.partition(".")[0], cell(key, "said_by"), cell(key, "group"))
                yield Stock(key, cell(key, "place"), cell(key, "origin"), float(cell(key, "value")), end, series)

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
