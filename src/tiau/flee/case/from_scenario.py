"""A scenario whose rules are Flee's as a case in Flee's format: the inverse of `to_scenario`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Annotated, TypeVar

import numpy as np
from pydantic import Field, TypeAdapter, ValidationError

from tiau.faults import Fault, InputError
from tiau.flee.case.attributes import LOCATION_NUMBERS, ROUTE_NUMBERS, fits
from tiau.flee.case.model import (
    Attributes,
    Change,
    Closure,
    Correction,
    DataFile,
    DayTable,
    FleeCase,
    Label,
    Link,
    Location,
)
from tiau.flee.case.settings import FleeSettings
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Act, Place, Route, Row

FLEE_KINDS = {"origin": "conflict_zone", "town": "town", "reception": "camp", "camp": "camp", "junction": "marker"}
LARGEST = 1e12
T = TypeVar("T", int, float)
Demographics = dict[str, tuple[tuple[str, dict[str, float]], ...]]


Number = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_DEMOGRAPHICS: TypeAdapter[Demographics] = TypeAdapter(dict[str, tuple[tuple[str, dict[str, Number]], ...]])


def case_of(scenario: Scenario) -> FleeCase:
    """Return a scenario as a case in Flee's format.

    Parameters
    ----------
    scenario : Scenario
        Of `scenario_of`, as it was or edited: columns of the format count before those that begin with x_.

    Returns
    -------
    FleeCase

    Raises
    ------
    InputError
        If the scenario has other rules, or a column that begins with x_ cannot be read.
    """
    model = scenario.settings.rules.model
    if model != "flee":
        remedy = 'write model = "flee", or import a case in the format of Flee'
        raise InputError([Fault("scenario.toml", "is not Flee's model", remedy, column="rules.model", cell=model)])
    return _Back(scenario).case()


class _Back:
    """Takes one scenario back, and notes the cells that cannot be read."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.faults = scenario, list[Fault]()
        self.names = scenario.names
        self.settings = scenario.settings.rules.flee or FleeSettings()

    def case(self) -> FleeCase:
        """Return the case."""
        scenario, flooded = self.scenario, self.settings.spawn_mode == "flood"
        labels, corrections = self._counts()
        changes = [act for act in scenario.acts if _text(act, "new_kind")]
        case = FleeCase(
            name=scenario.name,
            start=scenario.settings.start,
            days=scenario.days,
            locations=tuple(self._location(place) for place in scenario.places),
            links=tuple(self._link(route) for route in scenario.routes),
            closures=tuple(closure for act in scenario.acts for closure in self._closures(act)),
            labels=labels,
            corrections=corrections,
            conflicts=None if flooded else self._table("conflict"),
            flood_level=self._table("flood") if flooded else None,
            changes=tuple(
                Change(act.places[0], _text(act, "new_kind"), self._number(act, "start", self._day(act.from_)))
                for act in changes
            ),
            demographics=self._demographics(),
            settings=self.settings,
        )
        if self.faults:
            raise InputError(self.faults)
        return case

    def _number(self, row: Row, name: str, otherwise: T) -> T:
        """Return a number that stands in a column beginning with x_, or another where the cell is blank."""
        text = _text(row, name)
        try:
            value = type(otherwise)(text) if text else otherwise
        except ValueError:
            value = type(otherwise)(0)
            self._fault(row, name, text)
        if not abs(value) <= LARGEST:
            self._fault(row, name, text)
        return value

    def _fault(self, row: Row, name: str, text: str) -> None:
        problem, remedy = "is not what was written for Flee", "take it from the imported scenario, or leave it blank"
        self.faults.append(Fault(type(row).file, problem, remedy, row.number, f"x_{name}", text))

    def _json(self, row: Row, name: str) -> object:
        text = _text(row, name)
        try:
            return json.loads(text) if text else {}
        except (ValueError, RecursionError):
            self._fault(row, name, text)
            return {}

    def _attributes(self, row: Row, numbers: Mapping[str, str]) -> Attributes:
        found = self._json(row, "attributes")
        if isinstance(found, dict) and all(isinstance(text, str) for text in found.values()):
            given = {name: text for name, text in found.items() if text and name in numbers}
            if all(fits(text, numbers[name]) for name, text in given.items()):
                return tuple(found.items())
        self._fault(row, "attributes", _text(row, "attributes"))
        return ()

    def _day(self, day: dt.date) -> int:
        return (day - self.scenario.settings.start).days

    def _location(self, place: Place) -> Location:
        kind = _text(place, "flee_kind") or FLEE_KINDS[place.kind]
        people = place.capacity if place.kind in ("camp", "reception") else place.population
        return Location(
            name=place.place,
            region=place.admin1 or "unknown",
            country=place.country,
            x=self._number(place, "x", place.lat),
            y=self._number(place, "y", place.lon),
            kind=kind,
            conflict_date=self._number(place, "conflict_date", 0),
            people=self._number(place, "capacity", int(people or 0)),
            attributes=self._attributes(place, LOCATION_NUMBERS),
        )

    def _link(self, route: Route) -> Link:
        return Link(
            name1=route.from_,
            name2=route.to,
            km=self._number(route, "km", route.distance_km),
            forced_redirection=self._number(route, "forced_redirection", 0),
            attributes=self._attributes(route, ROUTE_NUMBERS),
        )

    def _closures(self, act: Act) -> Iterator[Closure]:
        """Return the row of an act that was imported, or rows for the crossings and places of one that closes them."""
        start = self._number(act, "start", self._day(act.from_))
        end = self._number(act, "end", -1 if act.until is None else self._day(act.until) + 1)
        if kind := _text(act, "closure"):
            yield Closure(kind, _text(act, "name1"), _text(act, "name2"), start, end)
        elif act.effect == "close":
            for name in act.places:
                for route in self.scenario.routes:
                    if route.crossing == name:
                        yield Closure("link", route.from_, route.to, start, end)
                for position in self.names.members(name):
                    yield Closure("location", self.scenario.places[position].place, "", start, end)

    def _table(self, kind: str) -> DayTable | None:
        """Return the events of a kind by day and place, in the order of the columns that the case had."""
        scenario = self.scenario
        at = [(event, self.names.members_of(event.place)) for event in scenario.events if event.kind == kind]
        numbers = {
            position: self._number(place, "column", 0)
            for position, place in enumerate(scenario.places) if _text(place, "column")
        }  # fmt: skip
        for position in dict.fromkeys(position for _, positions in at for position in positions):
            numbers.setdefault(position, max(numbers.values(), default=0) + 1)
        order = sorted(numbers, key=lambda position: (numbers[position], position))
        column = {position: number for number, position in enumerate(order)}
        values = np.zeros((scenario.days, len(order)))
        for event, positions in at:
            first, after = max(self._day(event.start), 0), self._day(event.end) + 1
            for position in positions if after > first else ():
                rows = values[first:after, column[position]]
                np.maximum(rows, event.severity, out=rows)
        return DayTable(tuple(scenario.places[position].place for position in order), values)

    def _demographics(self) -> Demographics:
        for place in self.scenario.places:
            if text := _text(place, "demographics"):
                try:
                    return _DEMOGRAPHICS.validate_json(text)
                except ValidationError:
                    self._fault(place, "demographics", text)
        return {}

    def _counts(self) -> tuple[tuple[Label, ...], tuple[Correction, ...]]:
        """Return the reports as files of counts by label, and the corrections that stand beside them."""
        labels: dict[str, dict[str, tuple[str, list[int], list[int]]]] = {}
        corrections: dict[int, Correction] = {}
        for report in self.scenario.reports:
            if not (file := _text(report, "file")) or report.value is None:
                continue
            day = self._day(report.as_of.start)
            _, days, people = labels.setdefault(report.place, {}).setdefault(file, (report.publisher, [], []))
            days.append(day)
            people.append(int(report.value))
            for text in _text(report, "corrections").split(";"):
                if text.strip().isdecimal():
                    corrections[int(text)] = Correction(report.place, day)
                elif text:
                    self._fault(report, "corrections", text)
        found = [
            Label(name, tuple(DataFile(file, tuple(days), tuple(people)) for file, days, people in files.values()))
            for name, files in labels.items()
        ]
        return tuple(found), tuple(corrections[number] for number in sorted(corrections))


def _text(row: Row, name: str) -> str:
    """Return the cell of a column that begins with x_."""
    return dict(row.extra).get(f"x_{name}", "")
