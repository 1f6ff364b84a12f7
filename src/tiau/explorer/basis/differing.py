"""From which day on runs of two scenarios can differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tiau.scenario.model import Scenario
from tiau.scenario.rows import Act, Event, Row
from tiau.scenario.severity import severity_of

TOLD = frozenset({"note", "extra", "source", "known_on", "published", "source_id"})
"""Columns that say where a row is from: nothing that happens hangs on them."""
SHAPING = ("places", "areas", "routes", "groups", "reports", "departures", "displaced", "posterior")


def first_day(one: Scenario, other: Scenario) -> int:
    """Return the first day, counted from the first of all, on which members of two scenarios can differ.

    Acts and events show from the day that they begin, or from the day after the earlier of two ends where nothing else
    about an act differs; what else a scenario says shows from the first day. Where nothing differs it is the number of
    days.
    """
    if any(getattr(one, name) != getattr(other, name) for name in SHAPING) or not _same_settings(one, other):
        return 0
    if not (_in_order(one.acts, other.acts, _act_name) and _in_order(one.events, other.events, _event_name)):
        return 0
    days = [*_differing(one.acts, other.acts, _act_name, _acts_from)]
    days += _differing(one.events, other.events, _event_name, _events_from)
    start = one.settings.start
    return max(min([one.days, *((day - start).days for day in days)]), 0)


def _same_settings(one: Scenario, other: Scenario) -> bool:
    mine, theirs = one.settings, other.settings
    return one.values == other.values and (mine.start, mine.end, mine.series) == (
        theirs.start, theirs.end, theirs.series)  # fmt: skip


def _act_name(row: Row) -> str:
    return str(getattr(row, "act", ""))


def _event_name(row: Row) -> str:
    return str(getattr(row, "event", ""))


def _in_order(mine: Sequence[Row], theirs: Sequence[Row], name: Callable[[Row], str]) -> bool:
    """Whether rows that both have stand in one order: what is added up in another order ends in other digits."""
    if mine is theirs:
        return True
    names = [name(row) for row in mine], [name(row) for row in theirs]
    both = set(names[0]) & set(names[1])
    kept = [[one for one in of if one in both] for of in names]
    return kept[0] == kept[1]


def _differing(
    mine: Sequence[Any], theirs: Sequence[Any], name: Callable[[Row], str],
    since: Callable[[Any, Any], dt.date],
) -> Iterator[dt.date]:  # fmt: skip
    """Yield from when on each row counts that only one of two tables has, or that they have in two forms."""
    if mine is theirs:
        return
    before, after = ({name(row): row for row in rows} for rows in (mine, theirs))
    for key in before.keys() | after.keys():
        one, other = before.get(key), after.get(key)
        if one is not other and (one is None or other is None or _said(one) != _said(other)):
            yield since(one or other, other or one)


def _said(row: Row) -> dict[str, Any]:
    return {column: value for column, value in row.cells().items() if column not in TOLD}


def _events_from(one: Event, other: Event) -> dt.date:
    # What a rule gives is no other severity than the same one given.
    same = {**_said(one), "severity": severity_of(one)} == {**_said(other), "severity": severity_of(other)}
    return dt.date.max if same and one is not other else min(one.start, other.start)


def _acts_from(one: Act, other: Act) -> dt.date:
    if one is other or one.from_ != other.from_:
        return min(one.from_, other.from_)
    apart = {column for column, value in _said(one).items() if _said(other)[column] != value}
    if apart == {"until"}:
        ends = [act.until for act in (one, other) if act.until is not None]
        return max(min(ends) + dt.timedelta(1), one.from_)
    return one.from_
