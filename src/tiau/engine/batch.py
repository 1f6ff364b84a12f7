"""What one run needs: the model, shared by all members, and a batch of members with their state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tiau.engine import cohorts, departures
from tiau.engine.day import Phase
from tiau.engine.kernels import choose
from tiau.engine.members import Members
from tiau.engine.options import Names, Options
from tiau.engine.policy import Border
from tiau.engine.portions import taken
from tiau.engine.rules import Rules, rules_of
from tiau.engine.ways import Ways
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
    phases: tuple[Phase[Batch], ...]


class State(NamedTuple):
    """What the days change, for some members: with the members themselves all that a later day needs to know.

    Attributes
    ----------
    people, cells
        Who is where, and who is on the way.
    intensity : float array (member, place), severity
    noise : float array (member, community), log
    """

    people: cohorts.People
    cells: cohorts.Cells
    intensity: Floats
    noise: Floats


@dataclass
class Batch:
    """Some members and their state; phases change it day by day.

    Attributes
    ----------
    pull : float array (member, option)
        Attraction of crowds and room as it was when people chose last.
    base : float array (member, row, way, option)
        Weights by place that hold as long as the ways are `weights_of`; `row_of` (place,) gives the row of
        a place, -1 where nobody chose there yet.
    """

    model: Model
    members: Members
    rules: Rules
    people: cohorts.People
    cells: cohorts.Cells
    intensity: Floats
    noise: Floats
    pull: Floats
    base: Floats
    row_of: NDArray[np.int32]
    weights_of: Ways | None = field(default=None)

    @property
    def keys(self) -> NDArray[np.uint64]:
        """The key of each member's draws (member,)."""
        return self.members.key

    @property
    def state(self) -> State:
        """The state of the members as it is now: the arrays themselves, which the next day changes."""
        return State(self.people, self.cells, self.intensity, self.noise)

    def take(self, index: ArrayLike) -> Batch:
        """Return a batch of its own of some of the members, in any order.

        Parameters
        ----------
        index : int array or bool array
            Which of them, by position in this batch.
        """
        chosen = np.arange(self.keys.size)[np.asarray(index)]
        return batch_of(self.model, self.members.part(chosen), taken(self.state, chosen))

    def copy(self) -> Batch:
        """Return a batch of its own of all members."""
        return self.take(np.arange(self.keys.size))

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


def batch_of(model: Model, members: Members, state: State | None = None) -> Batch:
    """Return members with a state that they had at the end of a day; by default those of the first morning.

    Parameters
    ----------
    model : Model
    members : Members
    state : State, optional
        Of these members, which the batch then changes.
    """
    count, options, places = members.key.size, model.options.place.size, len(model.network.place_names)
    if state is None:
        state = State(
            people=cohorts.start(model.network, members=count, options=model.options.place),
            cells=cohorts.empty_cells(count),
            intensity=np.zeros((count, places)),
            noise=np.zeros((count, model.community_keys.size)),
        )
    return Batch(
        model=model,
        members=members,
        rules=rules_of(members),
        **state._asdict(),
        pull=np.zeros((count, options)),
        base=np.zeros((count, 0, 1, options)),
        row_of=np.full(places, -1, np.int32),
    )
