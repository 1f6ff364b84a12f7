"""Expected values of a scenario, day by day: one member with every parameter at its value, and no chance."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.engine.members import Members
from tiau.engine.memory import size_of
from tiau.engine.run import run
from tiau.explorer.runs.fans import Values
from tiau.explorer.runs.sight import Sight, rows
from tiau.explorer.runs.stopping import Stop, Stopped
from tiau.explorer.runs.watching import TOTALS, WatchFollowed
from tiau.results.reported import reported
from tiau.results.truths import Truths
from tiau.simulation import World


@dataclass(frozen=True)
class Expected:
    """What is expected of a scenario.

    Attributes
    ----------
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
    """

    places: Values
    present: Values
    arrived: Values
    totals: Values
    regular: Values
    irregular: Values
    reports: NDArray[np.float64]
    seconds: float

    @property
    def size(self) -> int:
        """Bytes that it holds."""
        return size_of(vars(self))

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


def expect(sight: Sight, member: Members, stop: Stop) -> Expected:
    """Return what is expected of a scenario; `member` is the one without chance.

    Raises
    ------
    Stopped
        Within a day of being asked to.
    """
    begun = time.perf_counter()
    days, network = sight.days, sight.network
    shapes = {
        "present": len(network.place_names), "arrived": len(sight.masks), "totals": len(TOTALS),
        "regular": sight.route_at.size, "irregular": len(sight.masks),
    }  # fmt: skip
    kept = {name: np.zeros((many, days)) for name, many in shapes.items()}
    truths = Truths(sight.placements, members=1, days=days)
    world = World(network, member, WatchFollowed(sight, ways=True))
    for day, seen in enumerate(run(world.batch(member, None, 0), range(days), world.see)):
        for name, values in kept.items():
            values[:, day] = seen[name][0]
        truths.take(day, seen["reports"].T)
        if stop():
            raise Stopped
    kept["irregular"][~sight.districts] = np.nan
    figures = reported(sight.placements, truths.of, member)
    present = kept["present"]
    by_day = np.diff(kept["regular"], axis=1, prepend=0.0)
    return Expected(
        places=_single(rows(present, sight.place_at)),
        present=_single(sight.masks.astype(float) @ present),
        arrived=_single(kept["arrived"]),
        totals=_single(kept["totals"]),
        regular=_single(np.maximum(by_day, 0.0)),
        irregular=_single(kept["irregular"]),
        reports=rows(figures, sight.report_at, np.nan)[:, 0],
        seconds=time.perf_counter() - begun,
    )


def _single(values: NDArray[np.float64]) -> Values:
    return values.astype(np.float32)
