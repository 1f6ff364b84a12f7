"""What one run needs: the model, shared by all members, and a batch of members with their state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tiau.engine import cohorts, departures
from tiau.engine.by_day import ByDay
from tiau.engine.day import Phase
from tiau.engine.journeys import Journeys
from tiau.engine.kernels import choose
from tiau.engine.kernels.parties import Parties
from tiau.engine.members import Members
from tiau.engine.options import Names, Options
from tiau.engine.parties import cells_of, empty_parties
from tiau.engine.passage import Passage, passage_of, waits_of
from tiau.engine.policy import Law
from tiau.engine.portions import taken
from tiau.engine.rules import Rules, rules_of
from tiau.engine.shocks import kin_pull_of
from tiau.engine.ways import Calendar, Ways
from tiau.scenario.network import Network

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


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
    events: departures.Events
    active: list[NDArray[np.int32]]
    given: dict[int, Floats]
    calendar: Calendar
    ways: ByDay[Ways] | list[Ways]
    laws: ByDay[Law]
    back: NDArray[np.int32]
    routes: Routes
    phases: tuple[Phase[Batch], ...]


class State(NamedTuple):
    """What the days change, for some members: with the members themselves all that a later day needs to know.

    Attributes
    ----------
    people, cells
        Who is where, and who is on the way: as cohorts, without chance as parties.
    intensity : float array (member, place), severity
    """

    people: cohorts.People
    cells: cohorts.Cells | Parties
    intensity: Floats


@dataclass
class Batch:
    """Some members and their state; phases change it day by day.

    Attributes
    ----------
    listed : Cells
        Cohorts on the way; without chance none.
    journeys : Journeys
        Those on the way without chance.
    sent_by, sent : float arrays (member, group), (member, place)
        Factors on what homes send, those of places as they are today.
    kin : float array (member, group, option)
        Factor of affinity.
    pull : float array (member, option)
        Attraction of crowds and room as it was when people chose last.
    base : float array (member, row, way, option)
        Weights by place that hold as long as the ways are `weights_of` and members know of the `rulings` (member,) of
        borders, `weighed` so many times; `row_of` (place,) gives the row of a place, -1 where nobody chose there yet.
    """

    model: Model
    members: Members
    rules: Rules
    people: cohorts.People
    listed: cohorts.Cells
    intensity: Floats
    sent_by: Floats
    sent: Floats
    kin: Floats
    pull: Floats
    base: Floats
    row_of: NDArray[np.int32]
    rulings: Ints
    journeys: Journeys
    weights_of: Ways | None = field(default=None)
    weighed: int = 0
    _passage: tuple[Law, Passage] | None = field(default=None)
    _heard: Ints = field(default_factory=lambda: np.zeros(0, np.int32))
    _news_on: int = field(default=-1)

    @property
    def cells(self) -> cohorts.Cells:
        """All cohorts on the way; without chance in arrays of their own."""
        return self.listed if self.model.chance else cells_of(self.journeys.parties())

    @property
    def keys(self) -> NDArray[np.uint64]:
        """The key of each member's draws (member,)."""
        return self.members.key

    @property
    def state(self) -> State:
        """The state of the members as it is now: the arrays themselves, which the next day changes."""
        if self.model.chance:
            return State(self.people, self.listed, self.intensity)
        # Who goes on from here, the batch or a copy of it, goes on from the same.
        parties = self.journeys.parties()
        self.journeys = Journeys(parties)
        return State(self.people, parties, self.intensity)

    @property
    def on_the_way(self) -> Floats:
        """Numbers of people on the way and of those who wait, each in one of them (member, any)."""
        if not self.model.chance:
            return self.journeys.people()
        listed = np.arange(self.listed.people.shape[1]) < self.listed.size[:, None]
        return np.where(listed, self.listed.people, 0.0)

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

    def passage(self, law: Law) -> Passage:
        """Return what a law does to these members; the same object as long as the law is."""
        if self._passage is None or self._passage[0] is not law:
            self._passage = law, passage_of(self.model.network, law, self.members.judgements)
        return self._passage[1]

    def prepare_weights(self, ways: Ways, day: int) -> None:
        """Make weights ready for every place where somebody chooses today, as each member's people know the borders."""
        rulings, is_new = self._rulings_known(day), choose.anybody_new(self.people.choosing, self.row_of)
        if not is_new and self.weights_of is ways and rulings is self.rulings:
            return
        without = np.flatnonzero(self.row_of < 0)
        new = without[self.people.choosing[:, :, without].any((0, 1))]
        everybody = np.arange(self.keys.size)
        changed = everybody if self.weights_of is not ways else np.flatnonzero(rulings != self.rulings)
        if not (changed.size or new.size):
            self.rulings = rulings
            return
        old = np.flatnonzero(self.row_of >= 0)
        self.row_of[new] = np.arange(old.size, old.size + new.size)
        if self.weights_of is not ways or new.size:
            whole = np.empty((self.keys.size, old.size + new.size, len(ways.km), self.model.options.place.size))
            if self.weights_of is ways:
                whole[:, : old.size] = self.base
            self.base = whole
        self.weights_of, self.rulings, self.weighed = ways, rulings, self.weighed + 1
        waiting = self._waiting(ways, rulings)
        for members, places in ((changed, old), (everybody, new)):
            where = places.astype(np.int32)
            choose.place_weights(
                members, where, self.row_of[where], self.model.options, ways, waiting, self.rules, self.base
            )

    def _rulings_known(self, day: int) -> Ints:
        """Return what members know of borders (member,); the same object until news reaches one of them."""
        if day >= self._news_on:
            heard = np.asarray(day - np.rint(self.members.parameters["news_days"]), np.int64)
            self._heard = self.model.calendar.rulings(heard)
            self._news_on = day + self.model.calendar.days_until_news(heard)
        return self._heard

    def _waiting(self, ways: Ways, rulings: Ints) -> Floats:
        """Return the days that people expect to wait on ways that pass the borders of a bundle (member, bundle)."""
        waits = np.zeros((self.keys.size, ways.passed.shape[1]))
        if ways.passed.any():
            for ruling in np.unique(rulings).tolist():
                known = waits_of(self.model.network, self.model.calendar.law_of(ruling), self.members.judgements)
                waits[rulings == ruling] = known[rulings == ruling]
        return np.asarray(waits @ ways.passed.T)


def batch_of(model: Model, members: Members, state: State | None = None) -> Batch:
    """Return members with a state that they had at the end of a day; by default those of the first morning.

    Parameters
    ----------
    model : Model
    members : Members
    state : State, optional
        Of these members, which the batch then changes.
    """
    destinations = model.options
    count, options, places = members.key.size, destinations.place.size, len(model.network.place_names)
    nobody, no_parties = cohorts.empty_cells(count), empty_parties(count, len(model.network.group_names))
    if state is None:
        state = State(
            people=cohorts.start(model.network, members=count, options=destinations.place),
            cells=nobody if model.chance else no_parties,
            intensity=np.zeros((count, places)),
        )
    listed, parties = (nobody, state.cells) if isinstance(state.cells, Parties) else (state.cells, no_parties)
    community, shocks = model.homes.community, members.shocks
    stay = shocks.inside[:, community, None] * destinations.inside
    drawn_to = kin_pull_of(shocks, model.network.scenario, destinations.place)[:, community]
    return Batch(
        model=model,
        members=members,
        rules=rules_of(members),
        people=state.people,
        listed=listed,
        intensity=state.intensity,
        # Kernels are compiled once, for one order in memory.
        sent_by=np.ascontiguousarray(shocks.outflow[:, community]),
        sent=np.ones((count, places)),
        kin=np.ascontiguousarray(np.exp(destinations.affinity + stay + drawn_to)),
        pull=np.zeros((count, options)),
        base=np.zeros((count, 0, 1, options)),
        row_of=np.full(places, -1, np.int32),
        rulings=np.full(count, -1, np.int32),
        journeys=Journeys(parties),
    )
