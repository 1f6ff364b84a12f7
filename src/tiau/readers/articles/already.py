"""What a scenario has already of what a text gives: papers pass on the same figures, orders and events."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from tiau.readers.articles.proposals import Proposal
from tiau.readers.articles.sentences import words_of
from tiau.readers.articles.surroundings import Surroundings
from tiau.scenario.event_kinds import same_kind
from tiau.scenario.quantities import FLOWS
from tiau.scenario.rows import Act, Event, Report
from tiau.scenario.vocabulary import parse_period, to_cell

NEAR_DAYS = 7
"""Days between two reports of one figure, order or event that is passed on from paper to paper."""
MOST_NAMED = 3
"""Rows of the scenario that a check names: whoever looks at three sees what is there."""
FIGURE = ("place", "origin", "group", "value", "unit")
ENDS = ("low", "high")
"""Columns that two reports of one figure have in common; those of a range too."""


def compared(one: Proposal, surroundings: Surroundings) -> Proposal:
    """Return a proposal with what the scenario has of it already: `same_as` of a figure, a check of an act or event."""
    if surroundings.scenario is None or not one.cells.get("as_of"):
        return one
    if one.cells.get("report") in _ids(surroundings):
        return replace(one, check=(*one.check, "accepted before"))
    if one.table == "reports":
        found = next(_same_figures(one, surroundings), None)
        if found is None:
            return one
        look = f"the figure of {found.report} ({found.as_of}); clear same_as if it is another count"
        return replace(one, cells={**one.cells, "same_as": found.report}, check=(*one.check, look))
    rows = _same_acts(one, surroundings) if one.table == "acts" else _same_events(one, surroundings)
    looks = tuple(f"the scenario has {row}: is it the same?" for _, row in zip(range(MOST_NAMED), rows, strict=False))
    return replace(one, check=(*one.check, *looks))


def _same_figures(one: Proposal, surroundings: Surroundings) -> Iterator[Report]:
    """Yield reports with the figure of a proposal, of nearly the same days."""
    cells = one.cells
    last = parse_period(cells["as_of"]).end
    for report in _by_figure(surroundings).get(tuple(cells.get(column, "") for column in FIGURE), ()):
        ends = cells["bound"] != "range" or all(to_cell(getattr(report, end)) == cells.get(end, "") for end in ENDS)
        # One paper writes about, another leaves it out.
        bounds = {report.bound, cells["bound"]} - {"exact", "about"}
        flows = (report.quantity in FLOWS) == (cells["quantity"] in FLOWS)
        if ends and flows and len(bounds) <= 1 and _near(report.as_of.end, last):
            yield report


@lru_cache(maxsize=2)
def _ids(surroundings: Surroundings) -> frozenset[str]:
    """Return the ids of a scenario's reports, acts and events: those of proposals are no others' by their making."""
    if surroundings.scenario is None:
        return frozenset()
    scenario = surroundings.scenario
    reports, acts = (row.report for row in scenario.reports), (row.act for row in scenario.acts)
    return frozenset((*reports, *acts, *(row.event for row in scenario.events)))


@lru_cache(maxsize=2)
def _by_figure(surroundings: Surroundings) -> Mapping[tuple[str, ...], Sequence[Report]]:
    """Return the reports of a scenario that are no copies, by their figure and whom it counts where."""
    found: defaultdict[tuple[str, ...], list[Report]] = defaultdict(list)
    for report in surroundings.scenario.reports if surroundings.scenario else ():
        if not report.same_as:
            found[tuple(to_cell(getattr(report, column)) for column in FIGURE)].append(report)
    return found


def _same_acts(one: Proposal, surroundings: Surroundings) -> Iterator[str]:
    """Yield acts that do what a proposed one does, there and nearly then; statements change nothing twice."""
    day = parse_period(one.cells["as_of"]).start
    for act in surroundings.scenario.acts if surroundings.scenario else ():
        alike = act.effect == one.cells.get("effect") != "statement" and act.level == one.cells.get("level")
        if alike and _near(act.from_, day) and _overlap(one, act, surroundings):
            yield f"{act.act} ({act.authority}: {act.effect}, {act.from_})"


def _same_events(one: Proposal, surroundings: Surroundings) -> Iterator[str]:
    """Yield events of the kind of a proposed one, there and then."""
    period = parse_period(one.cells["as_of"])
    for event in surroundings.scenario.events if surroundings.scenario else ():
        then = event.start <= period.end and period.start <= event.end
        if then and same_kind(event.kind, one.cells.get("kind", "")) and _overlap(one, event, surroundings):
            yield f"{event.event} ({event.kind}, {'; '.join(event.place)}, {event.start})"


def _near(day: dt.date, other: dt.date) -> bool:
    return abs((day - other).days) <= NEAR_DAYS


def _overlap(one: Proposal, row: Act | Event, surroundings: Surroundings) -> bool:
    names = surroundings.names
    given = [name.strip() for name in one.cells.get("place", "").split(";")]
    theirs = row.places if isinstance(row, Act) else row.place
    # Crossings have names of their own, and lie in no place.
    if not {words_of(name) for name in given if name}.isdisjoint(map(words_of, theirs)):
        return True
    return names is not None and not set(names.members_of(given)).isdisjoint(names.members_of(theirs))
