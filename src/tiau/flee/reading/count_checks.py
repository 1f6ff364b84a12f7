"""What is wrong with the counts of a case, or may not be meant: one function each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tiau.faults import Suggestions
from tiau.flee.case.counts import TOTAL, Ints, corrected, counts, merged
from tiau.flee.case.kinds import CAMPS, kind_in, reported
from tiau.flee.case.model import DataFile, FleeCase
from tiau.flee.reading.source_files import LAYOUT
from tiau.readers.notes import Notes, joined

MOST_COUNTS = 50_000_000
# In six published cases, over all days, up to 41% of the total is in no camp, and camps exceed the total by up to 3%.
MOST_OUTSIDE, MOST_IN_EXCESS = 0.5, 0.1


def check(case: FleeCase, corrections: Sequence[int], rows: Sequence[int], notes: Notes) -> bool:
    """Note what is wrong with counts, and return whether those of each day can be made.

    `corrections` and `rows` are row numbers of corrections and of data_layout.csv.
    """
    _reported_without_counts(case, notes)
    _total(case, notes)
    if not _can_be_made(case, corrections, notes):
        return False
    by_day = counts(case, hasten=1, days=case.days)
    _of_no_camp(case, by_day, rows, notes)
    _outside_of_the_run(case, notes)
    _sums(case, by_day, notes)
    return True


def _reported_without_counts(case: FleeCase, notes: Notes) -> None:
    labels = {label.name for label in case.labels}
    if case.settings.spawn_mode == "flood":
        without = [place.name for place in case.locations if place.name not in labels]
        if without:
            of = f"{len(without):,} of {len(case.locations):,} locations"
            problem = f"has no row for {joined(without)} ({of}), where Flee stops; no accuracy is given"
            notes.warn(LAYOUT, problem, "add a row and a file for each, of zeros where nobody is counted")
        return
    others = labels - {place.name for place in case.locations}
    suggest = Suggestions(others, f"add a row to {LAYOUT}, and its file")
    for place in reported(case):
        if place.name not in labels:
            notes.fault(LAYOUT, "is a camp and has no row here", suggest(place.name), column="name", cell=place.name)


def _total(case: FleeCase, notes: Notes) -> None:
    settings = case.settings
    needed = settings.spawn_mode == "source_data" and not settings.sum_from_camps
    if needed and all(label.name != TOTAL for label in case.labels):
        notes.fault(LAYOUT, "has no row total", "add it, or leave sum_from_camps out of the settings")


def _can_be_made(case: FleeCase, corrections: Sequence[int], notes: Notes) -> bool:
    if len(case.labels) * case.days > MOST_COUNTS:
        problem = f"has {len(case.labels):,} rows for {case.days:,} days, more than can be counted"
        notes.fault(LAYOUT, problem, "leave rows out, or shorten Length in sim_period.csv")
        return False
    _, wrong = corrected(case, case.settings.hasten)
    for number, fault in wrong:
        notes.take(replace(fault, row=corrections[number] if number >= 0 else None))
    for label in case.labels:
        if len(label.files) > 1 and _dropped(label.files):
            problem = f"of {label.name} hold different days; Flee adds them without interpolation and leaves days out"
            notes.warn("source_data", f"files {problem}", "give both files the same days", kind="different days")
    return not wrong


def _dropped(files: Sequence[DataFile]) -> bool:
    first = files[0]
    series = (list(first.days), [0.0] * len(first.days))
    for file in files[1:]:
        both = merged(series, (list(file.days), [0.0] * len(file.days)))
        if both is None or not set(series[0]) | set(file.days) <= set(both[0]):
            return True
        series = both
    return False


def _of_no_camp(case: FleeCase, by_day: Ints, rows: Sequence[int], notes: Notes) -> None:
    """Warn of counts that are in no table: Flee reports the camps of the first day, in a flood all locations."""
    places = {place.name: place for place in case.locations}
    camps, opens = {place.name for place in reported(case)}, _opening(case)
    from_counts = case.settings.spawn_mode == "source_data" and case.settings.sum_from_camps
    come = ", though newcomers come from them too" if from_counts else ""
    for label, row, people in list(zip(case.labels, rows, by_day.max(1, initial=0).tolist(), strict=True))[1:]:
        place = places.get(label.name)
        if not people or label.name == TOTAL:
            continue
        if place is None:
            why, remedy = "is no location", "add it to locations.csv and routes.csv as a camp, or leave the row out"
        elif case.settings.spawn_mode == "flood" or label.name in camps:
            continue
        elif label.name in opens:
            day = opens[label.name]
            why = f"is a camp from day {day} ({case.date(day)}) on, but not in locations.csv"
            shut = f", and shut it until then: location,{label.name},,0,{day} in closures.csv" if day else ""
            remedy = f"to compare it, make it a camp there{shut}"
        else:
            why, remedy = f"is no camp but a {place.kind}", "make it a camp in locations.csv, or leave the row out"
        problem = f"{why}, so its counts of up to {people:,} people are in no table and are not compared{come}"
        notes.warn(LAYOUT, problem, remedy, row, "name", label.name, kind="counts of no camp")


def _opening(case: FleeCase) -> dict[str, int]:
    """Return the first day on which a location becomes a camp."""
    days = [(change.day, change.name) for change in case.changes if kind_in(change.kind) in CAMPS]
    days += [(closure.end, closure.name1) for closure in case.closures if closure.kind in CAMPS]
    return {name: day for day, name in sorted(days, reverse=True) if 0 <= day < case.days}


def _outside_of_the_run(case: FleeCase, notes: Notes) -> None:
    for label in case.labels:
        for file in label.files:
            if any(file.people) and not any(0 <= day <= case.days for day in file.days):
                first, last = case.start, case.date(case.days - 1)
                problem = f"has no count from {first} to {last}, and Flee takes the nearest of its counts for all days"
                notes.warn(f"source_data/{file.file}", problem, "check StartDate and the days of the file")


def _sums(case: FleeCase, by_day: Ints, notes: Notes) -> None:
    """Warn where the first row, the total, and the sum of the others differ by more than they do in published cases."""
    if len(case.labels) < 2 or case.labels[0].name != TOTAL or case.settings.spawn_mode == "flood":
        return
    total, camps = by_day[0], by_day[1:].sum(0)
    outside = np.maximum(total - camps, 0).sum() > MOST_OUTSIDE * total.sum()
    in_excess = np.maximum(camps - total, 0).sum() > MOST_IN_EXCESS * camps.sum()
    if outside or in_excess:
        day = int(np.argmax(np.abs(total - camps)))
        files = ", ".join(file.file for file in case.labels[0].files)
        date, others = case.date(day), f"the other rows of {LAYOUT}"
        problem = f"counts {total[day]:,} people on {date}, and {others} together {camps[day]:,}"
        used = "other rows" if case.settings.sum_from_camps else "total"
        notes.warn(f"source_data/{files}", problem, f"newcomers come from the {used}: check which is right")
