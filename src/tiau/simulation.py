"""A scenario run: members taken through the days in step, and what they show gathered as they go."""

from __future__ import annotations

import copy
import datetime as dt
import operator
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tiau.arguments import require_whole
from tiau.engine import cohorts
from tiau.engine.audit import audit
from tiau.engine.batch import Batch, State, batch_of
from tiau.engine.members import VARIED, Members, act_names, draw, event_names, same_until
from tiau.engine.memory import require_memory, size_of
from tiau.engine.run import See
from tiau.engine.shocks import without_shocks
from tiau.engine.start import model_of
from tiau.ensemble import driving
from tiau.faults import wrong_argument
from tiau.loading import opened
from tiau.observations.ledger import ledger
from tiau.progress import Progress
from tiau.results.recorder import Recorder
from tiau.results.reported import reported
from tiau.results.result import Result
from tiau.results.watch import Watch
from tiau.scenario.model import Scenario
from tiau.scenario.network import Network, build


class World:
    """Our rules made ready for the members of an ensemble; see `ensemble.world.World`.

    Parameters
    ----------
    network : Network
    members : Members
        One or more of them, for what all share.
    see : callable
        As `engine.run.See` says.
    """

    def __init__(self, network: Network, members: Members, see: See) -> None:
        self._network, self._members, self.see = network, members.part([0]), see
        self._model, self.days = model_of(network, members), network.scenario.days

    def __reduce__(self) -> tuple[Any, ...]:
        return _world_of, (self._network.scenario, self._members, self.see)

    def batch(self, members: Members, state: State | None, day: int) -> Batch:
        """Return members with a state of theirs, by default that of the first morning."""
        return batch_of(self._model, members, state)

    def audit(self, batch: Batch, first: int) -> None:
        """Check that everybody is somewhere."""
        audit(batch, self._network.everybody, first=first)


def _world_of(scenario: Scenario, members: Members, see: See) -> World:
    return World(build(scenario), members, see)


@dataclass(frozen=True)
class Snapshot:
    """A run as it was at the end of a day, to go on from as often as one likes.

    Attributes
    ----------
    day : int
        How many days have passed.
    members : Members
    laid_out : tuple
        In which order the state is: places, groups and routes, and who lives where from when on.
    state : State or None
        Of all members; None before the first day.
    recorder : Recorder
        What they showed until then.
    """

    day: int
    members: Members
    laid_out: tuple[object, ...]
    state: State | None
    recorder: Recorder


def _laid_out(network: Network) -> tuple[object, ...]:
    names = (network.place_names, network.group_names, network.route_names)
    settings = network.scenario.settings
    living = tuple(network.home_people.tolist()), tuple(network.home_missing.tolist()), network.displaced.tobytes()
    return *names, *living, settings.start, settings.series and settings.series.place


def simulate(
    scenario: Scenario | str | Path,
    *,
    members: int | Members = 200,
    seed: int = 1,
    chance: bool = True,
    jobs: int | None = None,
    workers: str = driving.THREADS,
    progress: Progress | None = None,
    vary: tuple[str, ...] = VARIED,
) -> Result:
    """Run a scenario.

    Parameters
    ----------
    scenario : Scenario, str or Path
        Without faults, as `tiau.load` returns it, or what that takes.
    members : int or Members
        How many draws of parameters, shocks and movements, 1 to 1,000,000; or members that `engine.members.draw` gave,
        or some of them: then `seed`, `chance` and `vary` are theirs.
    seed : int
        0 to 2**64 - 1. The same seed gives the same numbers, whatever `jobs`, `workers` and the machine.
    chance : bool
        False moves expectations, with every parameter at its value: one member.
    jobs : int, optional
        How many batches run at once; by default as many as there are processors.
    workers : str
        "threads", "processes", or the address of a dask scheduler such as tcp://host:8786.
    progress : callable, optional
        Called with (days done, days in all).
    vary : tuple of str
        What differs between members beside the draws of movements.

    Returns
    -------
    Result

    Raises
    ------
    InputError
        If the members do not fit into memory.
    ValueError
        If `members`, `seed` or `jobs` is no whole number within its bounds, or `workers` is none of the above.
    WorkersError
        If processes or a cluster failed the run.
    ConservationError
        If people were lost or made, by a fault of Tiau.

    Examples
    --------
    >>> import tiau
    >>> scenario = tiau.load("mizoram-2021").until("2021-03-31")
    >>> tiau.simulate(scenario, members=2).members
    2
    """
    run = Simulation(scenario, members=members, seed=seed, chance=chance, vary=vary)
    run.go_on(jobs=jobs, workers=workers, progress=progress)
    return run.result()


class Simulation:
    """A run that can stop at a day, be kept as a snapshot and go on; `simulate` goes through it at once.

    Parameters
    ----------
    scenario, members, seed, chance, vary
        As in `simulate`, with the same errors.

    Attributes
    ----------
    day : int
        How many days have passed.
    """

    def __init__(
        self,
        scenario: Scenario | str | Path,
        *,
        members: int | Members = 200,
        seed: int = 1,
        chance: bool = True,
        vary: tuple[str, ...] = VARIED,
    ) -> None:
        self._begun = time.perf_counter()
        # What fits to other days learned is for forecasts: a result need not carry it along.
        scenario = opened(scenario).model_copy(update={"posteriors": ()})
        self._network = build(scenario)
        self._placements = ledger(self._network)
        if isinstance(members, Members):
            named = members.events, members.acts
            if named != (event_names(scenario), act_names(scenario)) or not members.key.size:
                msg = "members must be one or more drawn for this scenario, with its events and acts in their order"
                raise ValueError(msg)
        else:
            require_whole(members=members, seed=seed)
            members, seed = operator.index(members), operator.index(seed)
            if chance:
                require_memory(members, self._size_of_a_member())
            members = draw(scenario, members=members, seed=seed, chance=chance, vary=vary)
        self._members, self.day = members, 0
        self._state: State | None = None
        self._world = World(self._network, members, Watch(self._network, self._placements))
        self._recorder = Recorder(self._network, self._placements, members=members.key.size)
        self._under_way = False

    def _size_of_a_member(self) -> int:
        """Return how many bytes a run keeps of each member at least."""
        network = self._network
        # Of one member alone less is kept: no quantiles.
        two, three = (Recorder(network, self._placements, members=members).size for members in (2, 3))
        return (
            three
            - two
            + size_of(without_shocks(network.scenario, 1))
            + size_of(cohorts.start(network, members=1, options=np.empty(0, np.int32)))
            + size_of(cohorts.empty_cells(1))
        )

    def go_on(
        self,
        until: dt.date | str | None = None,
        *,
        jobs: int | None = None,
        workers: str = driving.THREADS,
        progress: Progress | None = None,
    ) -> None:
        """Take all members through the days that are left, or until a day.

        Parameters
        ----------
        until : date or str, optional
            The last day to go through, a date or YYYY-MM-DD; by default the last of the scenario.
        jobs, workers, progress
            As in `simulate`.
        """
        require_whole(jobs=jobs)
        self._require_whole_days()
        last = self._world.days
        if until is not None:
            last = self._network.day_index(self._network.scenario.day_in_period(until, "until")) + 1
            if last < self.day:
                raise wrong_argument("until", "lies before days that have passed", "resume an earlier snapshot", until)
        if last == self.day:
            return
        # What is stopped in between has seen half a day: nothing goes on from that.
        self._under_way = True
        self._state = driving.run(
            self._world, self._members, self._recorder.gather, days=range(self.day, last), state=self._state,
            workers=workers, jobs=jobs, progress=progress, keep=last < self._world.days,
        )  # fmt: skip
        self.day, self._under_way = last, False

    def _require_whole_days(self) -> None:
        if self._under_way:
            msg = "the run was stopped or failed in mid-day; begin it again, or resume a snapshot"
            raise ValueError(msg)

    def snapshot(self) -> Snapshot:
        """Return the run as it is now, to go on from: `resumed` leaves it as it is."""
        self._require_whole_days()
        return Snapshot(self.day, self._members, _laid_out(self._network), self._state, copy.deepcopy(self._recorder))

    def resumed(self, snapshot: Snapshot) -> Simulation:
        """Return a run of this scenario and these members that goes on from a snapshot.

        The snapshot may be of another run, of a scenario that differs from this one on later days alone: in events and
        acts, in its end, in reports of later days.

        Raises
        ------
        ValueError
            If it is of other members, or of members whose parameters, shocks or judgements differ in what its days
            show, of other places, people or routes, of another start or of days that this run does not have, or if
            something is seen here of earlier days that was not seen then.
        """
        scenario, mine = self._network.scenario, self._members
        if snapshot.laid_out != _laid_out(self._network) or snapshot.day > self._world.days:
            msg = "the snapshot is of other places, people, routes or days; resume it with the same until its day"
            raise ValueError(msg)
        if not same_until(scenario, mine, snapshot.members, snapshot.day):
            msg = "the snapshot is of other members, or other parameters, shocks or judgements; resume it with the same"
            raise ValueError(msg)
        other = copy.copy(self)
        other.day, other._state, other._under_way = snapshot.day, snapshot.state, False
        other._recorder = Recorder(self._network, self._placements, members=mine.key.size)
        other._recorder.take_over(snapshot.recorder, snapshot.day)
        return other

    def result(self) -> Result:
        """Return what the run gave.

        Raises
        ------
        ValueError
            If days are left.
        """
        self._require_whole_days()
        if self.day < self._world.days:
            msg = f"{self._world.days - self.day} days of the run are left; go_on() takes it through them"
            raise ValueError(msg)
        drawn, recorder = self._members, self._recorder
        return Result(
            network=self._network,
            members=drawn.key.size,
            seed=drawn.seed,
            chance=drawn.chance,
            places=recorder.places,
            everybody=recorder.everybody,
            flow=recorder.flow,
            on_the_way=recorder.on_the_way,
            area_names=recorder.area_names,
            regions=recorder.regions,
            areas=recorder.areas,
            crossings=recorder.crossings,
            entries_by_class=recorder.by_class,
            totals=recorder.totals,
            placements=self._placements,
            truth=recorder.truth,
            figures=reported(self._placements, recorder.truth, drawn),
            parameters=drawn.parameters,
            seconds=time.perf_counter() - self._begun,
        )
