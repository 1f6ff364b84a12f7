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
        # Of one member every quantile is what it shows, and is kept once.
        self._levels = len(QUANTILES) if members > 1 else 1
        shapes: dict[str, tuple[int, ...]] = dict.fromkeys(PLACE_QUANTITIES, (groups, places))
        shapes |= {"everybody": (places,), "flow": (network.start.size,), "on_the_way": (groups,)}
        self._quantiles: dict[str, Values] = {
            name: np.zeros((self._levels, days, *shape), np.float32) for name, shape in shapes.items()
        }
        kept = dict.fromkeys(AREA_QUANTITIES, len(self.area_names)) | dict.fromkeys(REGION_QUANTITIES, self.regions)
        self.areas = {name: np.zeros((rows, days, members), np.float32) for name, rows in kept.items()}
        self.by_class = np.zeros((len(network.risk_classes), days, members), np.float32)
        self.crossings = np.zeros((len(network.crossings), days, members), np.float32)
        self.totals = {name: np.zeros((days, members), np.float32) for name in TOTALS}
        self._truths = Truths(placements, members=members, days=days)

    def gather(self, day: int, seen: Sequence[Seen], pool: Executor) -> None:
        """Take what `Watch` saw of each batch on a day, in the order of members; `pool` has threads to work on."""
        self._take_quantiles(day, seen, pool)
        names = [name for name in seen[0] if name not in self._quantiles]
        if len(seen) == 1:
            whole = {name: seen[0][name].T for name in names}
        else:
            whole = {name: np.concatenate([one[name] for one in seen]).T for name in names}
        for name, kept in self.areas.items():
            kept[:, day] = whole[f"area {name}"]
        self.by_class[:, day], self.crossings[:, day] = whole["classes"], whole["crossings"]
        for name, values in zip(TOTALS, whole["totals"], strict=True):
            self.totals[name][day] = values
        self._truths.take(day, whole["reports"])

    @property
    def places(self) -> dict[str, Values]:
        """Quantiles by place (quantile, day, group, place)."""
        return {name: self._at_all_levels(name) for name in PLACE_QUANTITIES}

    @property
    def everybody(self) -> Values:
        """Quantiles of all groups together (quantile, day, place)."""
        return self._at_all_levels("everybody")

    @property
    def flow(self) -> Values:
        """Quantiles by route (quantile, day, route)."""
        return self._at_all_levels("flow")

    @property
    def on_the_way(self) -> Values:
        """Quantiles by group (quantile, day, group)."""
        return self._at_all_levels("on_the_way")

    def _at_all_levels(self, name: str) -> Values:
        kept = self._quantiles[name]
        return np.broadcast_to(kept, (len(QUANTILES), *kept.shape[1:]))

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
        by_day = [(self._quantiles[name], earlier._quantiles[name]) for name in self._quantiles]
        names = ("by_class", "crossings")
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
        if self._levels == 1:
            found = {name: part[0] for name, (part,) in zip(names, parts, strict=True)}
        else:
            found = dict(zip(names, pool.map(self._over_members, names, parts), strict=True))
        for name, values in found.items():
            kept = self._quantiles[name][:, day]
            if name == "departed_cumulative":
                kept[:, *self._homes] = values
            else:
                kept[:] = values.reshape(kept.shape)

    def _over_members(self, name: str, parts: list[Floats]) -> Values:
        """Return quantiles of all columns (level, column); those of which nobody was ever seen are 0."""
        flat = [part.reshape(len(part), -1) for part in parts]
        if name not in self._ever:
            self._ever[name] = np.zeros(flat[0].shape[1], bool)
        ever = self._ever[name]
        for part in flat:
            mark(part, ever)
        columns = np.flatnonzero(ever)
        found: Values = np.zeros((len(QUANTILES), ever.size), np.float32)
        if columns.size:
            found[:, columns] = over_members(flat, columns, QUANTILES)
        return found
