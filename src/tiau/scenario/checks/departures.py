"""Departures that are given: against each other, the people who live there, and the calendar of the scenario."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from tiau.faults import Fault, clip, number_of, some_of
from tiau.scenario.model import Scenario
from tiau.scenario.outflows import Outflow
from tiau.scenario.severity import severity_of

# A calendar has a step if three of four rows follow the one before at the same distance, and there are so many.
REGULAR, FEWEST_STEPS, HALF = 0.75, 6, 0.5
MONTH = range(28, 32)
# Figures come in with a delay of a week or two: a file that ends so early, or a tenth of the period, covers it.
COVERED_DAYS, COVERED_SHARE = 14, 0.1
# So many of the series with most homes are set beside the others: more totals than that no file has.
MOST_TOTALS = 50
SHOWN = 3
Span = tuple[dt.date, dt.date]


def _told(spans: Sequence[Span]) -> str:
    """Return the first few spans of days in words."""
    texts = [f"{first}" if first == last else f"{first} to {last}" for first, last in spans]
    return some_of(texts, SHOWN, "more spans")


def _spans(days: Sequence[dt.date]) -> list[Span]:
    """Return days in order as spans without a gap."""
    spans: list[Span] = []
    for day in days:
        if spans and (day - spans[-1][1]).days == 1:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans


def departures_twice(scenario: Scenario) -> Iterator[Fault]:
    """Days that stand twice in departures from the same homes (a warning)."""
    for outflow in scenario.outflows:
        seen: set[dt.date] = set()
        again = []
        for row in outflow.rows:
            if row.day in seen:
                again.append(row)
            seen.add(row.day)
        if again:
            days = sorted({row.day for row in again})
            problem = (
                f"stands twice for {outflow.name}: {number_of(len(days), 'day')} given again ({_told(_spans(days))}), "
                "and rows of one day add up"
            )
            remedy = "delete the copy; where both are meant, write them as one row"
            yield Fault("departures.csv", problem, remedy, again[0].number, "day", str(again[0].day), "warning")


def departures_beside_their_parts(scenario: Scenario) -> Iterator[Fault]:
    """Departures of an area or of everybody on days that have those of a place or group in it too (a warning)."""
    outflows = sorted(scenario.outflows, key=lambda one: -len(one.homes))
    days = [{row.day for row in one.rows} for one in outflows]
    one_home = [next(iter(one.homes)) for one in outflows]
    for position, whole in enumerate(outflows[:MOST_TOTALS]):
        # One home of each is looked up first: to compare all sets with each other takes minutes in a large file.
        parts = [
            other for other in range(position + 1, len(outflows))
            if one_home[other] in whole.homes and outflows[other].homes < whole.homes and days[position] & days[other]
        ]  # fmt: skip
        if parts:
            both = sorted(days[position] & set().union(*(days[other] for other in parts)))
            first = next(row for row in whole.rows if row.day in both)
            named = " and ".join(outflows[other].name for other in parts[:SHOWN])
            more = f" and {len(parts) - SHOWN} more" if len(parts) > SHOWN else ""
            problem = (
                f"has {whole.name} beside {named}{more}, which it includes, on {number_of(len(both), 'day')} "
                f"({_told(_spans(both))}): the rows add up"
            )
            remedy = "delete the total or its parts; or name in each row only the places and groups that it counts"
            yield Fault("departures.csv", problem, remedy, first.number, "day", str(first.day), "warning")


def more_departures_than_people(scenario: Scenario) -> Iterator[Fault]:
    """More people given as leaving than live there (a warning)."""
    people, place = np.array(scenario.residents.people, np.float64), np.array(scenario.residents.place, np.int64)
    leaving, last_row = np.zeros(people.size), np.zeros(people.size, np.int64)
    for outflow in scenario.outflows:
        homes = np.fromiter(outflow.homes, np.int64)
        total = sum(row.people for row in outflow.rows)
        # As the engine shares a row over its homes, but for the rounding of each row.
        living = people[homes].sum()
        leaving[homes] += total * people[homes] / living if living else total / homes.size
        last_row[homes] = np.maximum(last_row[homes], max(row.number or 0 for row in outflow.rows))
    left_over = np.where(leaving - people >= 1, leaving - people, 0.0)
    if not left_over.any():
        return
    worst = int(np.argmax(left_over))
    there = (place == place[worst]) & (leaving > 0)
    where = clip(scenario.places[place[worst]].place, 40)
    living_there = f"{people[there].sum():,.0f} live in the groups that leave"
    problem = f"adds up to {leaving[there].sum():,.0f} who leave {where}, where {living_there}"
    elsewhere = np.unique(place[left_over > 0]).size - 1
    problem += f", and to too many at {number_of(elsewhere, 'other place')}" if elsewhere else ""
    problem += f": {left_over.sum():,.0f} of {leaving.sum():,.0f} people given cannot leave"
    remedy = "correct the people given, the population in places.csv or the shares in groups.csv"
    yield Fault("departures.csv", problem, remedy, int(last_row[worst]) or None, "people", level="warning")


def _missing(outflow: Outflow) -> tuple[int, list[Span], int] | None:
    """Return the step of a calendar in days, the spans that it leaves out, and how many rows these lack."""
    days = sorted({row.day for row in outflow.rows})
    steps = Counter((after - day).days for day, after in pairwise(days))
    if steps.total() < FEWEST_STEPS:
        return None
    step, often = steps.most_common(1)[0]
    if often < REGULAR * steps.total():
        # Days left out here and there break most steps, yet half of all days are more than days with news alone.
        step = min(steps)
        if len(days) < HALF * ((days[-1] - days[0]).days // step + 1):
            return None
    one = dt.timedelta(step)
    gaps = [(day + one, after - one) for day, after in pairwise(days) if (after - day).days >= 2 * step]
    rows = sum((after - day).days // step + 1 for day, after in gaps)
    return (step, gaps, rows) if gaps else None


def missing_days(scenario: Scenario) -> Iterator[Fault]:
    """Days without a row in departures that otherwise have one every day, or every so many days (a warning)."""
    for outflow in scenario.outflows:
        found = _missing(outflow)
        if found is not None:
            step, gaps, rows = found
            every = "on most days" if step == 1 else "every month" if step in MONTH else f"every {step} days"
            count = number_of(rows, "day" if step == 1 else "row")
            problem = (
                f"is given for {outflow.name} {every}, but {count} {'is' if rows == 1 else 'are'} missing "
                f"({_told(gaps)}): nobody leaves then"
            )
            remedy = "add each, with 0 where nobody left"
            after = next(row for row in outflow.rows if row.day > gaps[0][1])
            yield Fault("departures.csv", problem, remedy, after.number, "day", str(after.day), "warning")


def days_before_and_after(scenario: Scenario) -> Iterator[Fault]:
    """Departures that are given for a part of the scenario's period alone: nobody leaves in the rest (a warning)."""
    start, end = scenario.settings.start, scenario.settings.end
    given = [row.day for row in scenario.departures if row.sound("day")]
    days = [day for day in given if start <= day <= end]
    uncovered = (min(days) - start).days + (end - max(days)).days if days else scenario.days
    if given and all(row.people == 0 for row in scenario.departures if row.sound("people")):
        remedy = "where this file is given, none are modelled: give the people who leave, or delete the file"
        yield Fault("departures.csv", "has 0 people in every row: nobody leaves at all", remedy, level="warning")
        return
    if not given or uncovered <= max(COVERED_DAYS, COVERED_SHARE * scenario.days):
        return
    covered = f"{_told([(min(days), max(days))])} alone" if days else "no day of the period"
    others = f"on the {number_of(uncovered, 'other day')} of the period" if days else "at all"
    problem = f"gives departures of {covered}: nobody leaves {others}, {start} to {end}"
    remedy = "where this file is given, none are modelled: add the days, with 0 where nobody left, or delete the file"
    yield Fault("departures.csv", problem, remedy, level="warning")


def homes_left_out(scenario: Scenario) -> Iterator[Fault]:
    """Homes where events happen, but that no given departures are from: nobody leaves them (a warning)."""
    if not scenario.outflows:
        return
    named = frozenset[int]().union(*(outflow.homes for outflow in scenario.outflows))
    start, end = scenario.settings.start, scenario.settings.end
    struck: set[int] = set()
    for cell in {event.place for event in scenario.events if severity_of(event) > 0 and event.sound("place", "severity")
                 and event.start <= end and event.end >= start}:  # fmt: skip
        struck.update(scenario.names.members_of(cell))
    left = [home for home, place in enumerate(scenario.residents.place) if place in struck and home not in named]
    people = sum(scenario.residents.people[home] for home in left)
    if people:
        places = list(dict.fromkeys(clip(scenario.places[scenario.residents.place[home]].place, 40) for home in left))
        problem = (
            f"has no row for {people:,.0f} people of {some_of(places, SHOWN)}, where events happen: they never leave"
        )
        remedy = "where this file is given, none are modelled: add a row for them, or name a wider area"
        yield Fault("departures.csv", problem, remedy, level="warning")
