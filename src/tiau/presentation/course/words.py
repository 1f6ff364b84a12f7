"""What charts over time say in words: what they are of, what can be seen, what a trigger asks."""

from __future__ import annotations

from collections.abc import Sequence

from tiau.faults import number_of
from tiau.forecasting.trigger_answers import Answer
from tiau.presentation.course.bands import Band
from tiau.presentation.course.marks import Mark

DONE = {
    "present": "displaced people present", "registered": "displaced people registered",
    "idp_present": "people displaced inside their country",
    "arrived_cumulative": "people who have arrived since the start",
    "arrivals": "people who arrive from the day of the forecast on",
    "returned_cumulative": "people who have gone home since the start",
    "turned_back": "refusals and push-backs since the start",
    "irregular_cumulative": "irregular entries since the start",
    "expelled_cumulative": "people expelled since the start",
}  # fmt: skip
COMPARED = {">": "above", ">=": "at least", "<": "below", "<=": "at most"}


def heading(place: str, quantity: str) -> str:
    """Say what a chart is of."""
    return f"{place}: {DONE[quantity]}"


def people(number: float) -> str:
    """Write a number of people that may be shown."""
    return f"{number:,.0f}"


def told(bands: Sequence[Band], marks: Sequence[Mark], missed: int) -> str:
    """Say what can be seen on a chart: from how many to how many, the range on the last day, the reports."""
    parts = [_of_band(band) for band in bands]
    if marks:
        off = f", {missed} of them outside what nine in ten runs give" if missed else ""
        parts.append(f"{number_of(len(marks), 'report')} drawn{off}.")
    return " ".join(parts)


def _of_band(band: Band) -> str:
    low, middle, high = band.on(band.days[-1])
    _, before, _ = band.on(band.days[0])
    what = "Forecast" if band.ahead else "The run"
    spread = f", nine in ten between {people(low)} and {people(high)}" if band.wide else ""
    return f"{what}: from {people(before)} on {band.days[0]} to {people(middle)} on {band.days[-1]}{spread}."


def threshold(answer: Answer) -> str:
    """Say in a few words from which number on somebody is to be warned."""
    trigger = answer.question.trigger
    return f"trigger: {COMPARED[trigger.comparison]} {people(trigger.threshold)}"
