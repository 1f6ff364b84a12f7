"""What members show, put together by day: kept whole for areas, crossings and reports, as quantiles for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels.quantiles import mark, over_members
from tiau.engine.memory import size_of
from tiau.engine.run import Seen
from tiau.observations.ledger import Placement
from tiau.results.areas import areas_kept
from tiau.results.truths import Truths
from tiau.results.variables import AREA_QUANTITIES, PLACE_QUANTITIES, QUANTILES, REGION_QUANTITIES, TOTALS
from tiau.results.watch import KEPT_AS
from tiau.scenario.network import Network

Floats = NDArray[np.float64]
Values = NDArray[np.float32]

BY_PLACE = ("present", *KEPT_AS)


class Recorder:
    """Gathers a run; `gather` takes what all batches show at the end of a day.

    Parameters
    ----------
    network : Network
    placements : tuple of Placement
        The ledger.
    members : int
    """

    def __init__(self, network: Network, placements: tuple[Placement, ...], *, members: int) -> None:
        days, groups, places = network.scenario.days, len(network.group_names), len(network.place_names)
        self._homes = (network.home_group, network.home_place)
        self._ever: dict[str, NDArray[np.bool_]] = {}
        areas = areas_kept(network)
        self.area_names, self.regions, self._area_places = areas.names, areas.regions, areas.places
        shape = (len(QUANTILES), days, groups, places)
        self.places: dict[str, Values] = {name: np.zeros(shape, np.float32) for name in PLACE_QUANTITIES}
        self.everybody = np.zeros((len(QUANTILES), days, places), np.float32)
        self.flow = np.zeros((len(QUANTILES), days, network.start.size), np.float32)
        self.on_the_way = np.zeros((len(QUANTILES), days, groups), np.float32)
        kept = dict.fromkeys(AREA_QUANTITIES, len(self.area_names)) | dict.fromkeys(REGION_QUANTITIES, self.regions)
        self.areas = {name: np.zeros((rows, days, members), np.float32) for name, rows in kept.items()}
        self.by_class = np.zeros((len(network.risk_classes), days, members), np.float32)
        self.crossings = np.zeros((len(network.crossings), days, members), np.float32)
        self.totals = {name: np.zeros((days, members), np.float32) for name in TOTALS}
        self._truths = Truths(placements, members=members, days=days)

    def gather(self, day: int, seen: Sequence[Seen], pool: Executor) -> None:
        """Take what `Watch` saw of each batch on a day, in the order of members; `pool` has threads to work on."""
        self._take_quantiles(day, seen, pool)
        whole = {name: np.concatenate([one[name] for one in seen]).T for name in seen[0] if name not in self._ever}
        for name, kept in self.areas.items():
            kept[:, day] = whole[f"area {name}"]
        self.by_class[:, day], self.crossings[:, day] = whole["classes"], whole["crossings"]
        for name, values in zip(TOTALS, whole["totals"], strict=True):
            self.totals[name][day] = values
        self._truths.take(day, whole["reports"])

    @property
    def size(self) -> int:
        """Bytes that it holds."""
        return size_of(vars(self)) + size_of(vars(self._truths))

    @property
    def truth(self) -> Floats:
        """What each report speaks of (report, member), persons; NaN where it is not placed."""
        return self._truths.of

    def take_over(self, earlier: Recorder, days: int) -> None:
        """Take what another recorder of the same places, groups and members has gathered until a day.

        Raises
        ------
        ValueError
            If a report or an area is to be seen on these days that it did not look at.
        """
        by_day = [(self.places[name], earlier.places[name]) for name in self.places]
        names = ("everybody", "flow", "on_the_way", "by_class", "crossings")
        for mine, theirs in (*by_day, *((getattr(self, name), getattr(earlier, name)) for name in names)):
            mine[:, :days] = theirs[:, :days]
        for name, mine in self.totals.items():
            mine[:days] = earlier.totals[name][:days]
        # By their places: what an area is called hangs on which reports name it. Regions come first, and so do theirs.
        rows = {of.tobytes(): row for row, of in reversed([*enumerate(earlier._area_places)])}
        for name, mine in self.areas.items():
            theirs = earlier.areas[name]
            for row, of in enumerate(self._area_places[: len(mine)]):
                found = rows.get(of.tobytes(), len(theirs))
                self._require_seen(found < len(theirs), self.area_names[row])
                mine[row, :days] = theirs[found, :days]
        self._ever = {name: ever.copy() for name, ever in earlier._ever.items()}
        unseen = self._truths.take_over(earlier._truths, days)
        self._require_seen(not unseen, unseen)

    @staticmethod
    def _require_seen(seen: bool, what: str) -> None:
        if not seen:
            msg = f"{what} is to be seen on days before the snapshot, and was not seen then; run these days again"
            raise ValueError(msg)

    def _take_quantiles(self, day: int, seen: Sequence[Seen], pool: Executor) -> None:
        names = (*BY_PLACE, "departed_cumulative", "everybody", "flow", "on_the_way")
        parts = [[one[name] for one in seen] for name in names]
        one_member = len(seen) == 1 and len(seen[0]["everybody"]) == 1
        found = dict(zip(names, (map if one_member else pool.map)(self._quantiles, names, parts), strict=True))
        group, place = self._homes
        self.places["departed_cumulative"][:, day, group, place] = found["departed_cumulative"]
        self.everybody[:, day], self.flow[:, day] = found["everybody"], found["flow"]
        self.on_the_way[:, day] = found["on_the_way"]
        for name in BY_PLACE:
            self.places[name][:, day] = found[name].reshape(self.places[name][:, day].shape)

    def _quantiles(self, name: str, parts: list[Floats]) -> Values:
        """Return quantiles of all columns (level, column); those of which nobody was ever seen are 0."""
        flat = [part.reshape(len(part), -1) for part in parts]
        if name not in self._ever:
            self._ever[name] = np.zeros(flat[0].shape[1], bool)
        ever = self._ever[name]
        if len(flat) == 1 and len(flat[0]) == 1:
            # Of one member every quantile is what it shows.
            return np.broadcast_to(flat[0].astype(np.float32), (len(QUANTILES), ever.size))
        for part in flat:
            mark(part, ever)
        columns = np.flatnonzero(ever)
        found: Values = np.zeros((len(QUANTILES), ever.size), np.float32)
        if columns.size:
            found[:, columns] = over_members(flat, columns, QUANTILES)
        return found
