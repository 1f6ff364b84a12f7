"""Expected values of a scenario, day by day: one member with every parameter at its value, and no chance."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.batch import Batch
from tiau.engine.day import advance
from tiau.engine.members import Members
from tiau.engine.memory import size_of
from tiau.engine.run import Seen
from tiau.explorer.runs.fans import Values
from tiau.explorer.runs.sight import Sight, rows
from tiau.explorer.runs.snapshots import Snapshots
from tiau.explorer.runs.stopping import Stop, Stopped
from tiau.explorer.runs.watching import TOTALS
from tiau.results.reported import reported
from tiau.results.truths import Truths, watched_by_day
from tiau.results.watch import all_shown, booked
from tiau.simulation import World

MOST_LEFT, MOST_NEAR = 60_000_000, 30_000_000
"""Bytes of the states that are left behind, and of those from which what is dragged begins."""


class Noted(NamedTuple):
    """What was noted each day in the scenario's own places and ways, all groups together, persons.

    Attributes
    ----------
    present, arrived : float arrays (day, place)
        Who is there; who has settled there since the start.
    flow, irregular : float arrays (day, route)
        Who has come to the end of the way since the start; those of them who crossed irregularly there.
    totals : float array (day, total)
        As `TOTALS`.
    """

    present: Values
    arrived: Values
    flow: Values
    irregular: Values
    totals: Values


Heard = Callable[["Expected", int], None]


@dataclass(frozen=True)
class Expected:
    """What is expected of a scenario: what was noted, and summed up when it is asked for.

    Attributes
    ----------
    sight : Sight
        Of the scenario.
    members : Members
        The one without chance.
    noted : Noted
    reports : float array (report,), persons
        What would be reported; NaN where a report is not placed, or none was looked at.
    seconds : float
    left, near : Snapshots
        The states of some days: for any run that goes on from them, and for those that look at no report.
    """

    sight: Sight
    members: Members
    noted: Noted
    reports: NDArray[np.float64]
    seconds: float
    left: Snapshots
    near: Snapshots

    @property
    def size(self) -> int:
        """Bytes that it holds."""
        return size_of(vars(self)) + self.left.size + self.near.size

    def goes_until(self, day: int) -> int:
        """Return how many days one may take over from it that differs from a day on."""
        return max(self.left.until(day), self.near.until(day))

    @property
    def places(self) -> Values:
        """People present at the page's places (place, day)."""
        return rows(self.noted.present.T, self.sight.shape.place_at)

    @cached_property
    def present(self) -> Values:
        """People present at what is followed (followed, day)."""
        return np.asarray(self.sight.shape.masks.astype(np.float32) @ self.noted.present.T)

    @cached_property
    def arrived(self) -> Values:
        """Arrivals at what is followed since the start (followed, day)."""
        shape, arrived = self.sight.shape, self.noted.arrived.T
        in_areas = shape.arrivals(self.noted.flow.T, arrived)
        return np.concatenate([in_areas, rows(arrived, shape.place_at)], dtype=np.float32)

    @property
    def regular(self) -> Values:
        """Who came regularly to the end of the page's ways on a day (route, day), spread as `Shape.spread` says."""
        regular = self.sight.shape.spread @ (self.noted.flow - self.noted.irregular).T
        return np.asarray(np.maximum(np.diff(regular, axis=1, prepend=0), 0), np.float32)

    @property
    def irregular(self) -> Values:
        """Irregular entries since the start (followed, day); NaN where they are not shown."""
        entries = np.asarray(self.sight.shape.unseen @ self.noted.irregular.T, np.float32)
        entries[~self.sight.shape.districts] = np.nan
        return entries

    def message(self) -> dict[str, Any]:
        """Return it as it is told to a page."""
        figures = [None if np.isnan(figure) else figure for figure in self.reports.tolist()]
        return {
            "kind": "expected", "present": self.present, "arrived": self.arrived,
            "totals": dict(zip(TOTALS, self.noted.totals.T, strict=True)), "flow": self.regular,
            "irregular": self.irregular, "reports": figures, "seconds": self.seconds,
        }  # fmt: skip

    def light(self, follow: int, quantity: str, first: int = 0, until: int | None = None) -> dict[str, Any]:
        """Return what a page needs of some days while somebody drags: of what is followed, and of places."""
        shape, noted = self.sight.shape, Noted(*(values[first:until].T for values in self.noted))
        if quantity == "present":
            series = shape.masks[follow] @ noted.present
        elif follow < shape.areas:
            series = shape.arrivals(noted.flow, noted.arrived)[follow]
        else:
            series = rows(noted.arrived, shape.place_at)[follow - shape.areas]
        return {
            "kind": "expected", "light": True, "first": first, "days": self.sight.days, "series": series[None],
            "places": rows(noted.present, shape.place_at),
        }  # fmt: skip


def expect(sight: Sight, member: Members, stop: Stop, *, source: tuple[Expected, int] | None = None,
           heard: Heard | None = None) -> Expected:  # fmt: skip
    """Return what is expected of a scenario.

    Parameters
    ----------
    sight : Sight
    member : Members
        The one without chance.
    stop : callable
        Asked every day.
    source : tuple of Expected and int, optional
        What was expected of another scenario, and from which day on this one differs.
    heard : callable, optional
        Told every day of what is there so far, and how many days that is. With it no report is looked at, and no state
        is left behind for others to go on from.

    Raises
    ------
    Stopped
        Within a day of being asked to.
    """
    begun = time.perf_counter()
    light = heard is not None
    placements = () if light else sight.placements
    days, left, near = sight.days, Snapshots(MOST_LEFT), Snapshots(MOST_NEAR, evenly=False)
    truths = Truths(placements, members=1, days=days)
    watched, noted = watched_by_day(placements, days), _blank(sight)
    first, state = _begun(source, noted, truths, light=light)
    figures = np.full(len(sight.report_at), np.nan)
    found = Expected(sight, member, noted, figures, 0.0, left, near)
    present = np.empty((1, len(sight.network.group_names), len(sight.network.place_names)))

    def see(batch: Batch, day: int, seen: Seen) -> None:
        _note(noted, day, batch, sight.network.abroad, present)
        truths.take(day, all_shown(placements, watched[day], present, batch).T)

    world, seen = World(sight.network, member, see), Seen()
    batch = world.batch(member, state, first)
    for day in range(first, days):
        advance(batch, day)
        world.see(batch, day, seen)
        if stop():
            raise Stopped
        if heard is not None:
            heard(found, day + 1)
            if source is not None and day + 1 == source[1] < days:
                # Where the pointer moves on all is the same until then.
                source[0].near.put(day + 1, batch.state, truths)
        elif left.next(day) == day + 1 < days:
            left.put(day + 1, batch.state, truths)
    if not light:
        figures = rows(reported(placements, truths.of, member), sight.report_at, np.nan)[:, 0]
    return replace(found, reports=figures, seconds=time.perf_counter() - begun)


def _blank(sight: Sight) -> Noted:
    places, routes, days = len(sight.network.place_names), sight.network.start.size, sight.days
    return Noted(*(np.zeros((days, many), np.float32) for many in (places, places, routes, routes, len(TOTALS))))


def _begun(source: tuple[Expected, int] | None, noted: Noted, truths: Truths, *, light: bool) -> tuple[int, Any]:
    """Take over the days on which another scenario is the same; return how many, and the state then."""
    snapshot = None if source is None else source[0].left.before(source[1])
    if source is not None and light and source[0].near.until(source[1]) > source[0].left.until(source[1]):
        snapshot = source[0].near.before(source[1])
    if source is None or snapshot is None or truths.take_over(snapshot.truths, snapshot.day):
        return 0, None
    for values, before in zip(noted, source[0].noted, strict=True):
        values[: snapshot.day] = before[: snapshot.day]
    return snapshot.day, snapshot.state


def _note(noted: Noted, day: int, batch: Batch, abroad: NDArray[np.bool_], present: NDArray[np.float64]) -> None:
    """Note what the one member shows at the end of a day; fill who is `present` (member, group, place)."""
    people = batch.people
    moving, sums = booked(batch, abroad, present)
    several = ((noted.present, present), (noted.arrived, people.arrived), (noted.flow, people.flow),
               (noted.irregular, people.irregular))  # fmt: skip
    for values, by_group in several:
        values[day] = by_group[0].sum(0)
    noted.totals[day] = (*sums[:3, 0], moving.sum())
