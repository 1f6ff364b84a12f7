"""A case of Flee's made into a scenario: who sets out there, who comes by Flee's accounts, and what is lost."""

import datetime as dt

import numpy as np

from tiau.flee.case.counts import accounts, counts
from tiau.flee.conversion import convert
from tiau.loading import examine
from tiau.readers import native

START = dt.date(2020, 1, 1)


def through_files(scenario, folder):
    native.write(scenario, folder)
    again, faults = examine(folder)
    assert [str(fault) for fault in faults if fault.level == "fault"] == []
    return again


def by_day(scenario):
    """Who sets out on each day, in all."""
    people = np.zeros(scenario.days)
    for row in scenario.departures:
        people[(row.day - scenario.settings.start).days] += row.people
    return people


def by_place(scenario, day):
    """Who sets out on a day, place by place, but for those where nobody does."""
    date = scenario.settings.start + dt.timedelta(day)
    return {row.place: row.people for row in scenario.departures if row.day == date and row.people}


def lost(case):
    """What is said of a case that a scenario has no place for."""
    return [str(fault) for fault in convert(case)[1]]


def coming(case):
    """Who comes by Flee's own accounts."""
    present = counts(case, hasten=1, days=case.days)
    return accounts(case, present - present[:, :1] if case.settings.empty_camps_on_day0 else present).coming
