"""Thresholds that somebody set: of which place, until when, and who answers for them."""

from __future__ import annotations

from collections.abc import Iterator

from tiau.faults import Fault, Suggestions
from tiau.scenario.checks.places import ADD, NEITHER
from tiau.scenario.model import Scenario
from tiau.scenario.vocabulary import to_cell

TIMES = ("by", "on", "within_days")


def unknown_places_of_triggers(scenario: Scenario) -> Iterator[Fault]:
    """A trigger of something that is neither a place nor an area."""
    suggest = Suggestions(scenario.names, ADD)
    for row in scenario.triggers:
        if row.sound("place") and row.place not in scenario.names:
            yield Fault(row.file, NEITHER, suggest(row.place), row.number, "place", row.place)


def triggers_without_one_time(scenario: Scenario) -> Iterator[Fault]:
    """A trigger with none or several of a last day, a day, and days ahead; or with a part of a day."""
    for row in scenario.triggers:
        given = [column for column in TIMES if getattr(row, column) is not None]
        if row.sound(*TIMES) and len(given) != 1:
            said = f"has {' and '.join(given)}" if given else f"has none of {', '.join(TIMES)}"
            remedy = "give one: the last day, the very day, or how many days after each forecast"
            yield Fault(row.file, said, remedy, row.number, "trigger", row.trigger)
        days = row.within_days
        if days is not None and row.sound("within_days") and not days.is_integer():
            yield Fault(row.file, "is no whole number of days", "round it", row.number, "within_days", to_cell(days))


def triggers_set_by_nobody(scenario: Scenario) -> Iterator[Fault]:
    """A trigger that does not say who set it, or when."""
    said = {"set_by": "give the office that answers for the threshold", "set_on": "give the day on which it was set"}
    for row in scenario.triggers:
        for column, remedy in said.items():
            if row.sound(column) and not getattr(row, column):
                yield Fault(row.file, "is blank", remedy, row.number, column)
