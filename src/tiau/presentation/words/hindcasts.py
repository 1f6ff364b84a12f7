"""What a hindcast says, in sentences and cells."""

from __future__ import annotations

import datetime as dt
from math import isnan

from tiau.faults import number_of, some_of
from tiau.forecasting.methods import REFERENCE
from tiau.forecasting.outcome import CaseHindcast, Hindcast, Line, Target
from tiau.forecasting.threshold_events import DECISION, FEWEST, MARKS, ROUND, EventScore
from tiau.presentation.words.listing import listed

NAMED = 6
HOW = (
    "CRPS and ARD are sums over all origins as shares of the people counted: the smaller the better. In brackets: "
    f"5-95% when origins are drawn again in blocks. Cases weigh alike; {REFERENCE} is the reference."
)
EVENTS = (
    "Brier scores of the chance that a figure is so many times the last one or more (where that is of "
    f"{FEWEST} people or more), or reaches the next of {listed(f'{mark:,.0f}' for mark in MARKS)}: the smaller the "
    f"better. Behind them warnings from a chance of {DECISION:.0%} on: right/missed/false."
)
LEAK = "knows what nobody knew: for comparison alone"


def opening(found: Hindcast) -> str:
    """Say what was forecast, how often and how far ahead."""
    origins = {(case.name, target.origin) for case in found.cases for target in case.targets}
    figures = sum(len(case.targets) for case in found.cases)
    days = ", ".join(map(str, found.horizons))
    return (
        f"Forecasts of {number_of(len(found.cases), 'case')} made again from {number_of(len(origins), 'past day')}, "
        f"{days} days ahead, by what was known then; scored on {number_of(figures, 'figure')}."
    )


def constants(case: CaseHindcast) -> str:
    """Say what the constants of a case were fitted to."""
    if case.left_out:
        return f"{case.name}: constants fitted without {', '.join(case.left_out)}"
    return f"{case.name}: constants fitted to other conflicts"


def silent(case: CaseHindcast) -> str:
    """Say which places of a case are not forecast; blank where there is none."""
    if not case.silent:
        return ""
    named = some_of(case.silent, NAMED)
    return f"{case.name}: {number_of(len(case.silent), 'place')} never reported and not forecast: {named}"


def percent(value: float) -> str:
    """Return a share in percent with one digit; a dash for none."""
    return "-" if isnan(value) else f"{100 * value:.1f}"


def versus(line: Line) -> str:
    """Return by how many percent a score is above the reference, with its interval."""
    if line.method == REFERENCE:
        return "reference"
    if isnan(line.versus):
        return "-"
    interval = "" if isnan(line.low) else f" ({100 * line.low:+.1f} to {100 * line.high:+.1f})"
    return f"{100 * line.versus:+.1f}{interval}"


def event(name: str) -> str:
    """Return what a threshold event is called at the head of a column."""
    return "next mark" if name == ROUND else f"x {name}"


def event_score(of: EventScore) -> str:
    """Return the Brier score of an event with three digits, and what came of warnings; a dash for none."""
    return f"{of.brier:.3f} {of.hits}/{of.misses}/{of.false_alarms}" if of.asked else "-"


def miss(case: str, target: Target, low: float, median: float, high: float) -> str:
    """Say of one figure what was forecast and what came."""
    made = dt.date.fromordinal(target.origin)
    of = made + dt.timedelta(round(target.lead))
    return (
        f"{case}, {target.place}, {of} from {made}: {median:,.0f} ({low:,.0f} to {high:,.0f}) forecast, "
        f"{target.observed:,.0f} came"
    )
