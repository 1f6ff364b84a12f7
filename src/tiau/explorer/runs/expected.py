"""Expected values of a scenario, day by day: one member with every parameter at its value, and no chance."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.engine.day import advance
from tiau.engine.members import Members
from tiau.engine.memory import size_of
from tiau.engine.run import Seen
from tiau.explorer.runs.fans import Values
from tiau.explorer.runs.sight import Sight, rows
from tiau.explorer.runs.snapshots import Snapshots
from tiau.explorer.runs.stopping import Stop, Stopped
from tiau.explorer.runs.watching import TOTALS, WatchFollowed
from tiau.results.reported import reported
from tiau.results.truths import Truths
from tiau.simulation import World

MOST_LEFT = 60_000_000
"""Bytes of the states that are left behind."""


@dataclass(frozen=True)
class Expected:
    """What is expected of a scenario.

    Attributes
    ----------
    sight : Sight
        Of the scenario.
    members : Members
        The one without chance.
    places : float32 array (place, day), persons
        People present at the page's places.
    present, arrived, irregular : float32 arrays (followed, day), persons
        Arrivals and irregular entries since the start; NaN where irregular ones are not shown.
    totals : float32 array (total, day), persons
    regular : float32 array (route, day), persons
        Who came to the end of the page's ways on that day, without those who crossed irregularly there.
    reports : float array (report,), persons
        What would be reported; NaN where a report is not placed.
    seconds : float
    left : Snapshots
        The states of some days.
    """

    sight: Sight
    members: Members
    places: Values
    present: Values
    arrived: Values
    totals: Values
    regular: Values
    irregular: Values
    reports: NDArray[np.float64]
    seconds: float
    left: Snapshots

    @property
    def size(self) -> int:
        """Bytes that it holds."""
        return size_of(vars(self)) + self.left.size

    def goes_until(self, day: int) -> int:
        """Return how many days one may take over from it that differs from a day on."""
        return self.left.until(day)

    def message(self) -> dict[str, Any]:
        """Return it as it is told to a page."""
        figures = [None if np.isnan(figure) else figure for figure in self.reports.tolist()]
        return {
            "kind": "expected", "present": self.present, "arrived": self.arrived,
            "totals": dict(zip(TOTALS, self.totals, strict=True)), "flow": self.regular, "irregular": self.irregular,
            "reports": figures, "seconds": self.seconds,
        }  # fmt: skip

    def light(self, follow: int, quantity: str) -> dict[str, Any]:
        """Return what a page needs of it while somebody drags."""
        series = (self.arrived if quantity == "arrived" else self.present)[follow]
        return {"kind": "expected", "light": True, "series": series[None], "places": self.places,
                "seconds": self.seconds}  # fmt: skip


def expect(sight: Sight, member: Members, stop: Stop, *, source: tuple[Expected, int] | None = None,
           leave: bool = False) -> Expected:  # fmt: skip
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
    leave : bool
        Whether states are left behind for others to go on from.

    Raises
    ------
    Stopped
        Within a day of being asked to.
    """
    begun = time.perf_counter()
    days, left, found = sight.days, Snapshots(MOST_LEFT), _blank(sight)
    truths = Truths(sight.placements, members=1, days=days)
    first, state = _begun(source, found, truths)
    watch = WatchFollowed(sight, ways=True)
    world = World(sight.network, member, watch)
    batch, seen = world.batch(member, state, first), Seen()
    before = watch.regular(batch)[0]
    for day in range(first, days):
        advance(batch, day)
        world.see(batch, day, seen)
        before = _take(sight, found, day, seen, before)
        truths.take(day, seen["reports"].T)
        if stop():
            raise Stopped
        if leave and left.next(day) == day + 1 < days:
            left.put(day + 1, batch.state, truths)
    found["irregular"][~sight.shape.districts] = np.nan
    figures = rows(reported(sight.placements, truths.of, member), sight.report_at, np.nan)[:, 0]
    return Expected(sight, member, **found, reports=figures, seconds=time.perf_counter() - begun, left=left)


def _blank(sight: Sight) -> dict[str, Values]:
    followed, days = len(sight.shape.masks), sight.days
    rows = {
        "places": sight.shape.place_at.size, "present": followed, "arrived": followed, "totals": len(TOTALS),
        "regular": sight.shape.route_at.size, "irregular": followed,
    }  # fmt: skip
    return {name: np.zeros((many, days), np.float32) for name, many in rows.items()}


def _begun(source: tuple[Expected, int] | None, found: dict[str, Values], truths: Truths) -> tuple[int, Any]:
    """Take over the days on which another scenario is the same; return how many, and the state then."""
    snapshot = None if source is None else source[0].left.before(source[1])
    if source is None or snapshot is None or truths.take_over(snapshot.truths, snapshot.day):
        return 0, None
    for name, values in found.items():
        values[:, : snapshot.day] = getattr(source[0], name)[:, : snapshot.day]
    return snapshot.day, snapshot.state


def _take(
    sight: Sight, found: dict[str, Values], day: int, seen: Seen, before: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Take what is seen on a day; return who has travelled by then, for the next one."""
    present: NDArray[np.float64] = seen["present"][0]
    regular: NDArray[np.float64] = seen["regular"][0]
    found["places"][:, day] = rows(present, sight.shape.place_at)
    found["present"][:, day] = sight.shape.masks @ present
    found["regular"][:, day] = np.maximum(regular - before, 0.0)
    for name in ("arrived", "totals", "irregular"):
        found[name][:, day] = seen[name][0]
    return regular
