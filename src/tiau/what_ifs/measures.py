"""What is compared: one row a measure, with its unit, its words and how it is taken from a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tiau.results.disclosure import WHOLE, nearest
from tiau.results.result import Result
from tiau.results.variables import PERSONS

Floats = NDArray[np.float64]
Unit = Literal["persons", "attempts", "days"]
Key = tuple[str, str]
Values = NDArray[np.floating[Any]]

STUCK = ("waiting", "trapped", "gave_up")
# Where a paragraph tells of a measure: first of all, in a sentence that begins so, or not at all.
HEADLINE, AT_THE_END, STUCK_THEN, AT_THE_BORDER, CSV_ALONE = (
    "By {end}", "On {end}", "Stuck on that day", "At the border until then", "",
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """A run as measures see it.

    Attributes
    ----------
    result : Result
    named : tuple of str
        Places whose people are compared.
    at_home, abroad : tuple of str
        The countries that people leave, and the others.
    """

    result: Result
    named: tuple[str, ...]
    at_home: tuple[str, ...]
    abroad: tuple[str, ...]

    def people(self, *areas: str, quantity: str = "present") -> Floats:
        """Return a quantity at the end in areas together (member,); those that the run does not keep are left out."""
        kept = [self.result.area(name, quantity)[-1] for name in areas if name in self.result.area_names]
        return np.asarray(np.sum(kept, axis=0, dtype=np.float64))

    def entries(self) -> Floats:
        """Return entries over all crossings since the start (day, member)."""
        return np.asarray(self.result.crossings.sum(0, dtype=np.float64))


@dataclass(frozen=True)
class Measure:
    """A measure.

    Attributes
    ----------
    name, unit, meaning : str
        As tables tell it.
    words : str
        As sentences tell it.
    take : callable
        Takes it of a `Seen`: an array (member,), or one by place; NaN where a member has no value.
    told : str
        Where the paragraph tells of it, and then the terminal too; else it stands in compare.csv alone.
    words_at : str
        As sentences tell it of one place.
    """

    name: str
    unit: Unit
    meaning: str
    words: str
    take: Callable[[Seen], Values | Mapping[str, Values]]
    told: str = CSV_ALONE
    words_at: str = ""


def _entries(seen: Seen) -> Mapping[str, Values]:
    last = {name: seen.result.crossings[row, -1] for row, name in enumerate(seen.result.network.crossings)}
    return {"": seen.entries()[-1], **last}


def _present(seen: Seen) -> Mapping[str, Values]:
    return {name: seen.people(name) for name in seen.named if name in seen.result.area_names}


def _at_the_end(total: str) -> Callable[[Seen], Values]:
    return lambda seen: seen.result.totals[total][-1]


def _mean(total: str) -> Callable[[Seen], Values]:
    return lambda seen: seen.result.totals[total].mean(0, dtype=np.float64)


def _abroad(quantity: str) -> Callable[[Seen], Values]:
    return lambda seen: seen.people(*seen.abroad, quantity=quantity)


def _days_until_safety(seen: Seen) -> Floats:
    return days_until_safety(seen.result.totals["bound_abroad"].sum(0, dtype=np.float64), seen.entries()[-1])


def days_until_safety(underway: Floats, entries: Floats) -> Floats:
    """Return Little's law: people on the way, summed over days, per entry (member,), days; NaN without entries."""
    days = np.full(underway.shape, np.nan)
    np.divide(underway, entries, out=days, where=entries > 0)
    return days


MEASURES: dict[str, Measure] = {measure.name: measure for measure in (
    Measure("entries", "persons",
            "entries over the border since the start, irregular ones included; who enters twice counts",
            "entries over the border", _entries, HEADLINE, "entries at {place}"),
    Measure("present", "persons", "displaced people there at the end",
            "displaced people", _present, AT_THE_END, "people in {place}"),
    Measure("displaced_at_home", "persons", "displaced people in the countries that people leave, at the end",
            "people displaced inside their country", lambda seen: seen.people(*seen.at_home), AT_THE_END),
    Measure("waiting_end", "persons", "people who wait at crossings or look for another way, at the end",
            "people waiting at crossings or looking for another way", _at_the_end("waiting"), STUCK_THEN),
    Measure("waiting_mean", "persons", "people who wait at crossings or look for another way, mean over the days",
            "people waiting at crossings or looking for another way, mean over the days", _mean("waiting")),
    Measure("trapped_end", "persons", "people whom no open way leads to any destination, at the end",
            "people trapped where no open way leads on", _at_the_end("trapped"), STUCK_THEN),
    Measure("trapped_mean", "persons", "the same, mean over the days",
            "people trapped, mean over the days", _mean("trapped")),
    Measure("gave_up_end", "persons", "people who gave up at a crossing and stay displaced there, at the end",
            "people who gave up at a crossing", _at_the_end("gave_up"), STUCK_THEN),
    Measure("gave_up_mean", "persons", "the same, mean over the days",
            "people who gave up at a crossing, mean over the days", _mean("gave_up")),
    Measure("moving_end", "persons", "people on a route at the end",
            "people on a route at the end", _at_the_end("moving")),
    Measure("moving_mean", "persons", "people on a route at the end of a day, mean over the days",
            "people on a route, mean over the days", _mean("moving")),
    Measure("refusals", "attempts",
            "refusals and push-backs at the border since the start; who tries twice counts twice",
            "refusals and push-backs, by attempt", _abroad("turned_back"), AT_THE_BORDER),
    Measure("irregular_entries", "persons", "irregular entries over the border since the start",
            "irregular entries", _abroad("irregular_cumulative"), AT_THE_BORDER),
    Measure("expulsions", "persons",
            "people expelled over the border since the start; who is expelled twice counts twice",
            "expulsions", _abroad("expelled_cumulative"), AT_THE_BORDER),
    Measure("days_until_safety", "days",
            "mean days on the way to a destination abroad, or waiting, for each entry, by Little's law",
            "days until safety for each entry", _days_until_safety, AT_THE_BORDER),
)}  # fmt: skip


def measured(seen: Seen, suppress_below: float = 0) -> dict[Key, Floats]:
    """Return every measure of a run (member,), by its name and place; people as `_people` says."""
    found: dict[Key, Floats] = {}
    for measure in MEASURES.values():
        taken = measure.take(seen)
        by_place = taken if isinstance(taken, Mapping) else {"": taken}
        for place, values in by_place.items():
            # Nobody counted anywhere is one 0 for all members.
            of_all = np.broadcast_to(values, (seen.result.members,)).astype(np.float64)
            found[measure.name, place] = _people(of_all, suppress_below) if measure.unit == PERSONS else of_all
    return found


def _people(values: Floats, suppress_below: float) -> Floats:
    """Return people in multiples of the smallest number that may be told, if there is one."""
    return nearest(values, suppress_below) if suppress_below > WHOLE else values


def followed(seen: Seen, suppress_below: float = 0) -> dict[str, Floats]:
    """Return what is followed by day (day, member): entries, people at the place of the series, people stuck."""
    result, series = seen.result, seen.result.scenario.settings.series
    daily = {"entries": seen.entries()}
    if series is not None and result.network.names.proper(series.place) in result.area_names:
        daily[f"present in {series.place}"] = result.area(series.place).astype(np.float64)
    daily["stuck"] = np.sum([result.totals[name] for name in STUCK], axis=0, dtype=np.float64)
    return {name: _people(values, suppress_below) for name, values in daily.items()}


def of_measures(keys: Iterable[Key]) -> list[Key]:
    """Return keys in the order of the measures, each once; within one measure they stay as they come."""
    return sorted(dict.fromkeys(keys), key=lambda key: list(MEASURES).index(key[0]))
