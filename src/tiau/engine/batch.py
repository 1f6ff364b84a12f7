"""What one run needs: the model, shared by all members, and a batch of members with their state."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine import cohorts, departures
from tiau.engine.kernels import choose
from tiau.engine.members import Members, shared
from tiau.engine.options import Names, Options
from tiau.engine.policy import Border
from tiau.engine.rules import Rules, names_of, options_of, rules_of
from tiau.engine.ways import Calendar, Ways, way_back
from tiau.scenario.network import Network

Floats = NDArray[np.float64]


class Routes(NamedTuple):
    """One-way routes: end and crossing (route,), and days of travel (group, route)."""

    end: NDArray[np.int32]
    crossing: NDArray[np.int32]
    days: Floats


@dataclass(frozen=True)
class Model:
    """Everything that all members share, as arrays."""

    network: Network
    chance: bool
    options: Options
    names: Names
    homes: departures.Homes
    community_keys: NDArray[np.uint64]
    events: departures.Events
    active: list[NDArray[np.int32]]
    given: dict[int, Floats]
    ways: list[Ways]
    borders: list[Border]
    back: NDArray[np.int32]
    routes: Routes
    kin: Floats


def model_of(network: Network, members: Members) -> Model:
    """Prepare a network for the `destinations` rules.

    Parameters
    ----------
    network : Network
    members : Members
        For the parameters that shape the network, and whether chance plays.

    Returns
    -------
    Model
    """
    options = options_of(network)
    homes, community_keys = departures.homes_of(network)
    calendar = Calendar(
        network,
        options.place,
        km_per_day_waited=shared(members, "km_per_day_waited"),
        news_days=round(shared(members, "news_days")),
    )
    start = network.scenario.settings.start
    days = [start + dt.timedelta(day) for day in range(network.scenario.days)]
    speed = np.array([group.speed_factor or 1.0 for group in network.scenario.groups])
    return Model(
        network=network,
        chance=members.chance,
        options=options,
        names=names_of(network, options),
        homes=homes,
        community_keys=community_keys,
        events=departures.events_of(network),
        active=departures.active_events(network, shared(members, "departure_delay_days")),
        given=departures.given_of(network),
        ways=[calendar.ways(day) for day in days],
        borders=[calendar.border(day) for day in days],
        back=way_back(network),
        routes=Routes(network.end, network.crossing, network.days / speed[:, None]),
        kin=np.exp(options.affinity),
    )


@dataclass
class Batch:
    """Some members and their state; phases change it day by day.

    Attributes
    ----------
    intensity : float array (member, place), severity
    noise : float array (member, community), log
    pull : float array (member, option)
        Attraction of crowds and room, of yesterday.
    base : float array (member, row, way, option)
        Weights by place that hold as long as the ways are `weights_of`; `row_of` (place,) gives the row of
        a place, -1 where nobody chose there yet.
    """

    model: Model
    keys: NDArray[np.uint64]
    rules: Rules
    event_factor: Floats
    people: cohorts.People
    cells: cohorts.Cells
    intensity: Floats
    noise: Floats
    pull: Floats
    base: Floats
    row_of: NDArray[np.int32]
    weights_of: Ways | None = field(default=None)

    def prepare_weights(self, ways: Ways) -> None:
        """Make weights ready for every place where somebody chooses today."""
        model = self.model
        without = np.flatnonzero(self.row_of < 0)
        new = without[self.people.choosing[:, :, without].any((0, 1))]
        other_ways = self.weights_of is not ways
        if not (other_ways or new.size):
            return
        old = np.flatnonzero(self.row_of >= 0)
        old = old[np.argsort(self.row_of[old])]
        places = np.concatenate([old, new]).astype(np.int32)
        fresh = places if other_ways else new.astype(np.int32)
        weights = np.empty((self.keys.size, fresh.size, len(ways.cost), model.options.place.size))
        choose.place_weights(fresh, model.options, ways, self.rules, weights)
        self.base = weights if other_ways else np.concatenate([self.base, weights], 1)
        self.row_of[places] = np.arange(places.size)
        self.weights_of = ways


def batch_of(model: Model, members: Members) -> Batch:
    """Return members at the start of the scenario: everybody at home."""
    count, options = members.key.size, model.options.place.size
    return Batch(
        model=model,
        keys=members.key,
        rules=rules_of(members),
        event_factor=members.event_factor,
        people=cohorts.start(model.network, members=count, options=options),
        cells=cohorts.empty_cells(count),
        intensity=np.zeros((count, len(model.network.place_names))),
        noise=np.zeros((count, model.community_keys.size)),
        pull=np.zeros((count, options)),
        base=np.zeros((count, 0, 1, options)),
        row_of=np.full(len(model.network.place_names), -1, np.int32),
    )
