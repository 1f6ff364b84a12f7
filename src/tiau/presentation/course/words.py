"""What charts over time say in words: headings, what can be seen, what the marks mean."""

from __future__ import annotations

import datetime as dt
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
SHADES = (
    "The line is the middle of what the model gives (half of its runs give more, half fewer); the dark band holds half "
    "of them, the light one nine in ten."
)
SHAPES = (
    "Every report is a mark. Its shape says how the figure is meant: ● a figure, ○ about, ▲ at least, ▼ at most, "
    "Ɪ from one number to another; a flat bar through it spans the days that it is of. Small and pale: it repeats "
    "another report, or is set aside. Numbers beside marks are those of the sentence below."
)
KINDS = {"register": "a register or authority", "agency": "an agency", "media": "media", "other": "others"}
AHEAD = (
    "Right of the dashed line, hatched: the forecast, which goes on from the last figure that was reported and not "
    "from the run. Horizontal lines are triggers, over the days that they are asked for."
)
ACTS = (
    "Below, on the same days, a row for each authority with a bar for each act: solid shuts or sends back, striped "
    "lets people through, dotted helps or registers, a diamond is a statement. The stronger an act, the fuller its "
    "colour; one that is only outlined has no strength that a source gives and moves nobody in the model. An arrow: "
    "no end is known. Of orders to close by one office the latest counts: the bar of one ends where the next takes its "
    "place."
)


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


def day_of(answer: Answer) -> dt.date:
    """Return the last day that a trigger is of."""
    return answer.end
