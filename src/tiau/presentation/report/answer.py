"""The first screen of a report: the question, and its answer in three sentences, each with a number and its range."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tiau.evaluation.forecasts import interval_levels
from tiau.forecasting.asked import PRESENT
from tiau.forecasting.forecast_result import Forecast
from tiau.presentation.report.counts import Count, LastCounts, later
from tiau.presentation.words.days import in_words
from tiau.presentation.words.listing import listed
from tiau.results.area_table import AreaRow
from tiau.results.areas import CHAIN, Area, kept_names
from tiau.scenario.model import Scenario
from tiau.scenario.network import Network
from tiau.texts import of_people

ENDS = (0.05, 0.5, 0.95)
GOES_ON = "It goes on from that count, not from the model's own number above"
NOBODY, FEW = (0.0, 0.0, 0.0), 0.5


@dataclass(frozen=True)
class Number:
    """A number of people with its range, as a row of a table of the result has it.

    Attributes
    ----------
    file : str
        The table, in the folder of a report.
    low, middle, high : float or None
        The 5%, 50% and 95% quantiles, persons; None where the table leaves it blank, as too few people are meant.
    """

    file: str
    low: float | None
    middle: float | None
    high: float | None


@dataclass(frozen=True)
class Sentence:
    """A sentence of the answer: words, its number, and words after it; what follows ends it where there is any.

    Attributes
    ----------
    before : str
        Blank where the number is first; a page puts "about" before a number that is told, and not before "under 10".
    number : Number
    after : str
    more, than : Number or None, str
        By how much the number differs from `last`, and words after that.
    last, since : Number or None, str
        The last figure that was counted, and words after that.
    """

    before: str
    number: Number
    after: str
    more: Number | None = None
    than: str = ""
    last: Number | None = None
    since: str = ""


@dataclass(frozen=True)
class Answer:
    """What the first screen says.

    Attributes
    ----------
    question : str
    main : Area or None
        What the answer is of; None where nobody is displaced anywhere.
    sentences : tuple of Sentence
    """

    question: str
    main: Area | None
    sentences: tuple[Sentence, ...]


def answer(network: Network, rows: Sequence[AreaRow], forecast: Forecast | None) -> Answer:
    """Return the answer that the rows of areas.csv give, and a forecast's if there is one."""
    scenario = network.scenario
    homes = tuple(dict.fromkeys(_home_countries(scenario)))
    last = max((row.last for row in rows), default=scenario.settings.end)
    people = {row.area: row for row in rows if row.target == PRESENT and row.period == "day" and row.last == last}
    names = kept_names(network)
    main = main_area(scenario, people, homes, names)
    fled = f"people who fled from {listed(homes)}" if homes else "displaced people"
    if main is None:
        return Answer(f"How many {fled} are where?", None, ())
    inside = main.country in homes
    who = "displaced people" if inside else fled
    question = f"How many {who} are in {main.name}, where are they, and how many more are to come?"
    counts = LastCounts(network)
    there = f"{'displaced people' if inside else 'of them'} are in {main.name} by the model on {in_words(last)}"
    found = [
        _said(people[main], "", there, counts),
        _largest(main, people, homes, counts),
        _coming(main, names[main], rows, forecast, counts),
    ]
    return Answer(question, main, tuple(one for one in found if one is not None))


def main_area(
    scenario: Scenario, people: dict[Area, AreaRow], homes: Sequence[str], names: Mapping[Area, str]
) -> Area | None:  # fmt: skip
    """Return the area that an answer is of: that of the series, else the country abroad, or at home, of most people."""
    series = scenario.settings.series
    named = scenario.names.proper(series.place) if series else ""
    # Not by its own name: a place may be called like the area around it.
    if of_series := [area for area in people if names[area] == named]:
        return of_series[0]
    order = sorted(
        (area for area in people if area.level == "country"),
        key=lambda area: (_size(people[area]) > NOBODY, area.country not in homes, _size(people[area])),
    )
    return order[-1] if order else None


def _home_countries(scenario: Scenario) -> list[str]:
    """Return the countries in which groups have their homes, as far as places say."""
    homes = {position for group in scenario.groups for position in scenario.names.members_of(group.homes)}
    return [place.country for position, place in enumerate(scenario.places) if position in homes and place.country]


def _said(row: AreaRow, before: str, after: str, counts: LastCounts) -> Sentence:
    """Say how many people the model has in an area, and how many were last counted there."""
    last = counts.of(row.area)
    if last is None:
        return Sentence(before, _of_row(row), f"{after}; nobody has counted all of them.")
    counted = Number("fit.csv", last.people, last.people, last.people)
    of = "" if last.place == row.area.name else f", of {last.place},"
    return Sentence(
        before, _of_row(row), f"{after}; the last count{of} was", last=counted, since=f"on {in_words(last.day)}."
    )


def _largest(
    main: Area, people: dict[Area, AreaRow], homes: Sequence[str], counts: LastCounts
) -> Sentence | None:  # fmt: skip
    """Say where the largest part of an area is, or where it has no parts, the next area like it."""
    if inner := parts(main, people):
        largest = max(inner, key=lambda area: _size(people[area]))
        return _said(people[largest], "The largest part of them,", f"people, is in {largest.name}", counts)
    others = [area for area in people if area.level == main.level and area != main and people[area].numbers[-1] != 0]
    if not others:
        return None
    abroad = [area for area in others if area.country not in homes] or others
    largest = max(abroad, key=lambda area: _size(people[area]))
    where = f"displaced inside {largest.name}" if largest.country in homes else f"in {largest.name}"
    return _said(people[largest], "Outside it most people,", f"of them, are {where}", counts)


def parts(main: Area, areas: Iterable[Area]) -> list[Area]:
    """Return the areas inside another, of the widest level at which there are several."""
    inside = [area for area in areas if area != main and _within(area, main)]
    levels = [[area for area in inside if area.level == level] for level in CHAIN[CHAIN.index(main.level) + 1 :]]
    return next((those for those in levels if len(those) > 1), [])


def _within(area: Area, around: Area) -> bool:
    return all(getattr(area, name) == getattr(around, name) for name in CHAIN[: CHAIN.index(around.level) + 1])


def _coming(
    main: Area, name: str, rows: Sequence[AreaRow], forecast: Forecast | None, counts: LastCounts
) -> Sentence | None:  # fmt: skip
    """Say how many a forecast has there at its end; without a forecast how many arrived in the last whole month."""
    if forecast is not None and (PRESENT, name) in forecast.rows:
        return _ahead(forecast, forecast.row(PRESENT, name), counts.of(main))
    months = [row for row in rows if row.area == main and row.target == "arrivals" and row.period == "month"]
    whole = [row for row in months if row.first.day == 1 and (row.last + dt.timedelta(1)).day == 1] or months
    if not whole:
        return None
    month = whole[-1]
    arrived = f"people arrived there from {in_words(month.first)} to {in_words(month.last)}."
    return Sentence("", _of_row(month), arrived)


def _ahead(forecast: Forecast, row: int, latest: Count | None) -> Sentence:
    """Say how many will be counted at the end of a forecast, and how many more that is than the count it goes on from.

    Where people were counted and no count was known on its day, the reader is told by what that is judged.
    """
    levels, (_, place) = interval_levels().round(6).tolist(), forecast.rows[row]
    ends = [float(of_people(forecast.quantiles[row, -1][levels.index(level)])) for level in ENDS]
    before, number = f"By {in_words(forecast.date(forecast.days[-1]))}", Number("forecast/forecast.csv", *ends)
    made, day = f"forecast on {in_words(forecast.origin)}", forecast.last_days[row]
    if day is None:
        why = " (known_on of reports.csv)" if latest and latest.known > forecast.origin else ""
        return Sentence(before, number, f"will be counted in {place}: {made}, when no count of it was known{why}.")
    last = float(forecast.last[row])
    # Of whole people, as both numbers are shown.
    more = Number("forecast/forecast.csv", *(float(f"{end:.0f}") - float(f"{last:.0f}") for end in ends))
    return Sentence(
        before, number, f"will be counted in {place}: {made},", more, "than its last count known then,",
        Number("forecast/areas.csv", last, last, last),
        f"on {in_words(day)}. {'; '.join(filter(None, (GOES_ON, later(latest, day, forecast.origin))))}.",
    )  # fmt: skip


def _of_row(row: AreaRow) -> Number:
    low, _, middle, _, high = row.numbers
    return Number("areas.csv", low, middle, high)


def _size(row: AreaRow) -> tuple[float, ...]:
    """Return by what areas are ranked: their median, then upper ends; what is kept back is a few."""
    return tuple(FEW if number is None else number for number in row.numbers[2:])
