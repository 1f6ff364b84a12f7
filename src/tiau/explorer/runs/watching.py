"""What members show at the end of a day of what a page follows, before anything is put together."""

from __future__ import annotations

import numpy as np

from tiau.engine.batch import Batch
from tiau.engine.run import Seen
from tiau.explorer.runs.sight import Sight, rows
from tiau.results.truths import watched_by_day
from tiau.results.watch import all_shown, booked

TOTALS = ("waiting", "trapped", "gave_up", "moving")


class WatchFollowed:
    """Sees batches of a run; called as `engine.run.See` says.

    It shows by member: `present` by the scenario's own place; `arrived` by what is followed, at places who settled
    there and in areas as results count it; `totals` in the order of `TOTALS`; `reports`.

    Parameters
    ----------
    sight : Sight
    """

    def __init__(self, sight: Sight) -> None:
        self._sight, self._abroad = sight, sight.network.abroad
        self._watched = watched_by_day(sight.placements, sight.days)

    def __call__(self, batch: Batch, day: int, seen: Seen) -> None:
        """Put what a batch shows at the end of a day into `seen`."""
        people = batch.people
        if "of groups" not in seen:
            seen["of groups"] = np.empty_like(people.settled)
        present = seen["of groups"]
        moving, sums = booked(batch, self._abroad, present)
        seen["present"] = present.sum(1)
        flow, arrived = people.flow.sum(1).T, people.arrived.sum(1).T
        at_places = rows(arrived, self._sight.shape.place_at)
        seen["arrived"] = np.concatenate([self._sight.shape.arrivals(flow, arrived), at_places]).T
        seen["totals"] = np.stack([*sums[:3], moving.sum(0)], 1)
        seen["reports"] = all_shown(self._sight.placements, self._watched[day], present, batch)
