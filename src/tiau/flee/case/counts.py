"""The counts of a case by day: files merged, corrected and interpolated exactly as Flee does."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.faults import Fault, InputError, Suggestions
from tiau.flee.case.model import Correction, FleeCase, Label

TOTAL = "total"
Ints = NDArray[np.int64]
Series = tuple[list[int], list[float]]
CORRECTIONS_FILE = "registration_corrections.csv"
LARGEST_COUNT = 1e15


def counts(case: FleeCase, *, hasten: int, days: int) -> Ints:
    """Return what source_data says of each label on each day (label, day), agents, in the order of `case.labels`.

    One agent stands for `hasten` people; counts are divided by it before anything else.

    Raises
    ------
    InputError
        If files do not fit together or a correction cannot be made.
    """
    series, wrong = corrected(case, hasten)
    if wrong:
        raise InputError([fault for _, fault in wrong])
    of_label = [_by_day(times, people, days) for times, people in series]
    return np.array(of_label, dtype=np.int64).reshape(len(of_label), days)


def corrected(case: FleeCase, hasten: int) -> tuple[list[Series], list[tuple[int, Fault]]]:
    """Return days and agents of each label after merging and correction, before interpolation.

    Returns
    -------
    series : list of (list of int, list of float)
        Days and agents in the order of `case.labels`.
    wrong : list of (int, Fault)
        What cannot be done, with the position of the correction in `case.corrections`, -1 where it is none.
    """
    series: list[Series] = []
    wrong: list[tuple[int, Fault]] = []
    for label in case.labels:
        sums, unfit = added(label, hasten)
        series.append(sums)
        problem = f"of {label.name} begins after the file before it in data_layout.csv"
        wrong += [(-1, Fault(f"source_data/{file}", problem, "begin both on the same day")) for file in unfit]
    position: dict[str, int] = {}
    for number, label in enumerate(case.labels):
        position.setdefault(label.name, number)
    suggest = Suggestions(position, "name a row of data_layout.csv")
    for number, correction in enumerate(case.corrections):
        if correction.name not in position:
            problem, remedy = "is not a row of data_layout.csv", suggest(correction.name)
            wrong.append((number, Fault(CORRECTIONS_FILE, problem, remedy, column="name", cell=correction.name)))
        elif correction.day >= 0 and (said := _correct(*series[position[correction.name]], correction, case, hasten)):
            wrong.append((number, Fault.saying(CORRECTIONS_FILE, said, column="name", cell=correction.name)))
    return series, wrong


def added(label: Label, hasten: int = 1) -> tuple[Series, list[str]]:
    """Return days and agents of a label, its files added up, and which files begin too late to be added."""
    first, *others = ((list(file.days), [people / hasten for people in file.people]) for file in label.files)
    unfit = []
    for other, file in zip(others, label.files[1:], strict=True):
        both = merged(first, other)
        first = both or first
        if both is None:
            unfit.append(file.file)
    return first, unfit


def merged(first: Series, second: Series) -> Series | None:
    """Add two files of counts as Flee does: without interpolation, first rows of an unequal start refused.

    None where the second begins after the first, for which Flee has no rule.
    """
    days1, people1 = first
    days: list[int] = []
    people: list[float] = []
    row, last = 0, len(days1) - 1
    before: float | None = None
    for day, count in zip(*second, strict=True):
        while day > days1[row]:
            if before is None:
                return None
            days.append(days1[row])
            people.append(people1[row] + before)
            if row == last:
                break
            row += 1
        if day <= days1[row]:
            days.append(day)
            people.append(count + people1[row])
            row += int(day == days1[row] and row < last)
            before = count
    return days, people


def _correct(days: list[int], people: list[float], correction: Correction, case: FleeCase, hasten: int) -> str:
    """Rescale the rows before a correction in place; return why it cannot be done and what to do, parted by "; "."""
    date = np.datetime64(case.start, "D") + correction.day
    rows = [row for row, day in enumerate(days) if day == correction.day]
    if not rows:
        return f"has no count on {date}, so nothing can be corrected there; name a day that its file has"
    if rows == [0]:
        return f"has its first count on {date}, so there is nothing before it to correct; remove the row"
    for row in rows:
        if row == 0:
            continue
        if people[row - 1] < 1:
            smaller = f", or give a smaller hasten than {hasten}" if people[row - 1] * hasten >= 1 else ""
            problem = f"has fewer than 1 agent in the count before {date}, which a correction would divide by"
            return f"{problem}; remove the row{smaller}"
        factor = people[row] / people[row - 1]
        for earlier in range(row):
            people[earlier] *= factor
        if max(people) > LARGEST_COUNT:
            return f"grows beyond any number of people by the correction on {date}; check the counts"
    return ""


def _by_day(times: list[int], people: list[float], days: int) -> Ints:
    """Interpolate between the first row after a day and the row before it in the file, whatever their order."""
    row_days, values = np.array(times, dtype=float), np.array(people)
    day = np.arange(days)
    later, inside = _between(times, days)
    result = np.where(day <= row_days[0], values[0], values[-1])
    after = later[inside]
    begin, end = row_days[after - 1], row_days[after]
    fraction = (day[inside] - begin) / (end - begin)
    result[inside] = values[after - 1] + fraction * (values[after] - values[after - 1])
    whole: Ints = np.trunc(result).astype(np.int64)
    return whole


def _between(times: list[int], days: int) -> tuple[Ints, NDArray[np.bool_]]:
    """Return the first row after each day (day,), and whether the day lies between that row and the one before it."""
    row_days, day = np.array(times), np.arange(days)
    later = np.searchsorted(np.maximum.accumulate(row_days[1:]), day, side="right") + 1
    return later, (day > row_days[0]) & (later < len(times))


def known_on(case: FleeCase, days: int) -> Ints:
    """Return the day on which the newcomers of each day are known (day,), never before those of the day before it.

    A day between two counts is known with the later one, and what a correction rescales with the correction.
    """
    known = np.arange(days)
    series, _ = corrected(case, 1)
    counted, day = list(zip(case.labels, series, strict=True)), np.arange(days)
    in_total = counted[1:] if _by_camps(case) else [pair for pair in counted if pair[0].name == TOTAL][:1]
    for label, (times, _) in in_total:
        later, inside = _between(times, days)
        row_days = np.array(times)
        between = inside & (row_days[np.where(inside, later, 1) - 1] < day)
        known[between] = np.maximum(known[between], row_days[later[between]])
        for correction in case.corrections:
            if correction.name == label.name:
                rescaled = inside & (day < correction.day)
                known[rescaled] = np.maximum(known[rescaled], correction.day)
    return np.asarray(np.maximum.accumulate(known))


def _by_camps(case: FleeCase) -> bool:
    """Whether newcomers are the rises of the sum of all labels but the first, not of the total."""
    return case.settings.sum_from_camps or TOTAL not in [label.name for label in case.labels]


class Accounts(NamedTuple):
    """What counts say of each day (day,): who comes, Flee's "raw UNHCR refugee count" and its "refugee_debt"."""

    coming: Ints
    raw: Ints
    debt: Ints


def accounts(case: FleeCase, present: Ints) -> Accounts:
    """Return who sets out on each day so that the counts are met; a fall is a debt that later rises pay off first.

    The counts (label, day) are those of `counts`, less those of the first day if the case empties its camps then.
    """
    rules = case.settings
    by_camps = _by_camps(case)
    counted = [label.name for label in case.labels]
    whole = present[1:].sum(0) if by_camps else present[counted.index(TOTAL)]
    first = 0 if rules.empty_camps_on_day0 else present[:, 0].sum() if by_camps else whole[0]
    rise = np.concatenate([[first], np.diff(whole)])
    coming, debt = np.zeros_like(rise), np.zeros_like(rise)
    owed = 0
    for day in range(rise.size):
        due = 0 if day == 0 and rules.insert_day0 else int(rise[day]) - owed
        owed = max(-due, 0)
        coming[day], debt[day] = max(due, 0), owed
    return Accounts(coming, np.cumsum(rise), debt)
