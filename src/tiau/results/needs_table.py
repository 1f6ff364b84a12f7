"""needs.csv of a run: what people at places, in districts, states and countries need month by month."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.results.area_table import AREA_COLUMNS
from tiau.results.areas import areas_kept
from tiau.results.arrays import Arrays
from tiau.results.disclosure import NOBODY, kept_back, shown
from tiau.results.needs import needs_of
from tiau.results.place_table import months
from tiau.results.spreadsheet import write_csv
from tiau.results.variables import NUMBERS, QUANTILES
from tiau.scenario.rows import Place
from tiau.scenario.vocabulary import to_cell

AMOUNTS = ("need", "unit", *NUMBERS, "gap")
COLUMNS = (*AREA_COLUMNS, "place", "month", "to", "capacity", *AMOUNTS, "suppressed")


@dataclass(frozen=True)
class _Whose:
    """A place or an area, its places, and quantiles of people there at the ends of months (month, quantile)."""

    head: tuple[str, ...]
    places: tuple[int, ...]
    people: NDArray[np.floating[Any]]


def rows(result: Arrays, *, suppress_below: float) -> Iterator[list[str]]:
    """Yield the rows of needs.csv: by level, area or place, month and need; months with nobody there are left out.

    Needs are worked out of people as they are shown. The room of an area is that of its places where people are, if all
    of these give a capacity.
    """
    size, ends, dates = result.scenario.values["household_size"], months(result), result.days
    for whose in (*_areas(result, ends), *_places(result, ends)):
        shown_there = shown(whose.people, suppress_below)
        for end, people in zip(ends, shown_there, strict=True):
            if not people.any():
                continue
            day, room = dates[end], _room(result, whose.places, end)
            head = [*whose.head, f"{day:%Y-%m}", day.isoformat(), to_cell(room)]
            blank = kept_back(people, NUMBERS)
            for needed in needs_of(people, room, household_size=size, days=calendar.monthrange(day.year, day.month)[1]):
                gap = ("gap",) if needed.need.room and room is not None and "median" in blank else ()
                yield [*head, *needed.cells(), "; ".join((*blank, *gap))]


def _areas(result: Arrays, ends: Sequence[int]) -> Iterator[_Whose]:
    kept = areas_kept(result.network)
    for area, row in kept.row_of.items():
        people = np.quantile(result.areas["present"][row][ends], QUANTILES, axis=1).T
        head = (area.name, area.level, area.country, area.admin1, area.admin2, "")
        yield _Whose(head, tuple(np.flatnonzero(kept.places[row]).tolist()), people)


def _places(result: Arrays, ends: Sequence[int]) -> Iterator[_Whose]:
    for position, place in enumerate(result.scenario.places):
        head = (place.place, "place", place.country, place.admin1, place.admin2, place.place)
        yield _Whose(head, (position,), result.everybody[:, ends, position].T)


def _room(result: Arrays, places: Sequence[int], end: int) -> float | None:
    """Return for how many people there is room at those of some places where people are; None if one does not say."""
    there = [place for place in places if result.everybody[-1, end, place] >= NOBODY]
    return room_of([result.scenario.places[place] for place in there])


def room_of(places: Sequence[Place]) -> float | None:
    """Return for how many people there is room at some places; None if one does not say."""
    rooms = [place.capacity for place in places if place.capacity is not None]
    return sum(rooms) if rooms and len(rooms) == len(places) else None


def write(result: Arrays, path: Path, *, suppress_below: float) -> None:
    """Write needs.csv: one row a place or area, month and need, quantiles as columns."""
    write_csv(path, COLUMNS, rows(result, suppress_below=suppress_below))
