"""A case in Flee's format under the `destinations` rules: the same totals, conflicts and roads, shared over camps.

The game is Flee's own cold start. Those who are counted in camps on the first day stay there; the newcomers of each
day are shared over the zones in conflict by population times intensity, as under Flee's rules, and choose a camp.
Closures mean what they mean under Flee's rules. Nobody returns or moves on, and everything is an expectation.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tiau.engine.audit import audit
from tiau.engine.batch import Batch, Model, State, batch_of
from tiau.engine.day import Phase
from tiau.engine.members import Members, draw
from tiau.engine.phases import DESTINATIONS
from tiau.engine.run import Seen
from tiau.engine.start import model_of
from tiau.engine.ways import Ways, least_cost
from tiau.ensemble import driving
from tiau.faults import Fault, InputError
from tiau.flee.case.counts import counts
from tiau.flee.case.model import FleeCase, Floats
from tiau.flee.conversion import scenario_of
from tiau.flee.conversion.game import FITTED_TO, settings_of_the_game
from tiau.flee.engine.course import Course, course_of
from tiau.flee.engine.environment import Environment, links_of
from tiau.flee.engine.newcomers import Newcomers, newcomers_of
from tiau.flee.engine.preparation import require_runnable
from tiau.flee.result import CAPACITIES, ROADS, FleeResult
from tiau.progress import Progress
from tiau.scenario.model import Scenario
from tiau.scenario.network import Network, build
from tiau.scenario.rows import Group
from tiau.scenario.vocabulary import Kind

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class ColdStart:
    """A case made ready for the engine; see `ensemble.world.World`.

    Attributes
    ----------
    case : FleeCase
    capacity : bool
        Whether capacities are known.
    scenario : Scenario
        Places, ways and parameters.
    model : Model
        What the engine needs of it, with the ways of each day.
    newcomers : Newcomers
        Of the case, in people.
    coming : float array (day, place), persons
        The newcomers of each day where they set out.
    """

    case: FleeCase
    capacity: bool
    scenario: Scenario
    model: Model
    newcomers: Newcomers
    coming: Floats

    @property
    def days(self) -> int:
        """Length of the run."""
        return self.case.days

    def batch(self, members: Members, state: State | None = None, day: int = 0) -> Batch:
        """Return members on the first morning: those who are counted in camps are there, nobody is at home."""
        batch = batch_of(self.model, members, state)
        if state is None:
            there = self.newcomers.at_camps.astype(np.float64)
            # Flee's newcomers are made, not taken from a population.
            batch.people.home[:] = 0.0
            batch.people.settled[:, 0] += there
            batch.people.toward[:] += there[self.model.options.place]
        return batch

    def see(self, batch: Batch, day: int, seen: Seen) -> None:
        """See people in reported camps, and on the last day at each place."""
        people = batch.people
        seen["there"] = people.settled[:, 0, self.newcomers.reported]
        if day == self.days - 1:
            cells = batch.cells
            everywhere = (people.settled + people.trapped + people.choosing)[:, 0]
            standing = (np.arange(cells.route.shape[1]) < cells.size[:, None]) & (cells.route < 0)
            np.add.at(everywhere, (np.nonzero(standing)[0], cells.place[standing]), cells.people[standing])
            seen["everywhere"] = everywhere

    def audit(self, batch: Batch, first: int) -> None:
        """Check that all who came are somewhere."""
        audit(batch, float(self.newcomers.at_camps.sum() + self.newcomers.a_day.sum()), first=first)


def cold_start(case: FleeCase, *, capacity: bool = True) -> ColdStart:
    """Make a case with counts ready for the `destinations` rules: its totals say how many come.

    Without `capacity` every camp is unlimited: capacities are mostly the largest count ever made, so tell the answer.

    Raises
    ------
    InputError
        If newcomers do not come from counts, or have no zone of conflict to come from.
    """
    if case.settings.spawn_mode != "source_data":
        remedy = "leave out conflict_driven_spawning and flood_driven_spawn_mode"
        raise InputError([Fault("simsetting.yml", "makes newcomers without counts; destinations need totals", remedy)])
    known = counts(case, hasten=1, days=case.days)
    require_runnable(case, known, hasten=1)
    environment = Environment(case, links_of(case), 1)
    newcomers = newcomers_of(case, environment, known)
    course = course_of(case, environment)
    whole = course.weight.sum(1, keepdims=True)
    coming = newcomers.a_day[:, None] * course.weight / np.where(whole > 0, whole, 1.0)
    scenario = _scenario(case, capacity=capacity, ever_camp=np.asarray(course.camp.any(0)))
    network = build(scenario)
    model = model_of(network, draw(scenario, members=1, seed=1, chance=False))
    model = replace(model, ways=_ways(network, model, course, environment), phases=_phases(coming))
    return ColdStart(case, capacity, scenario, model, newcomers, coming)


def _scenario(case: FleeCase, *, capacity: bool, ever_camp: Bools) -> Scenario:
    """Return places, ways and parameters; who comes when, and what is closed, the case says."""
    full = scenario_of(case)
    camp: Kind = "camp"
    places = tuple(
        place.model_copy(update={
            "kind": camp if is_camp else "town" if place.kind == camp else place.kind,
            "capacity": place.capacity if capacity and is_camp else None,
        })
        for place, is_camp in zip(full.places, ever_camp.tolist(), strict=True)
    )  # fmt: skip
    # Newcomers are put where they come from, day by day; the group is there to name them.
    nobody = Group(group="everybody", risk_class="everybody", community="everybody", homes=(places[0].place,), share=1)
    settings = full.settings.model_copy(update={"parameters": settings_of_the_game(capacity=capacity)})
    return Scenario(settings=settings, places=places, routes=full.routes, groups=full.groups or (nobody,))


def _ways(network: Network, model: Model, course: Course, environment: Environment) -> list[Ways]:
    """Return the ways of each day; the same object while nothing opens or shuts."""
    links, place = environment.links, model.options.place
    pair = links.start.astype(np.int64) * len(network.place_names) + links.end
    route = network.start.astype(np.int64) * len(network.place_names) + network.end
    found: dict[bytes, Ways] = {}
    ways = []
    for open_, camp in zip(course.open, course.camp, strict=True):
        key = open_.tobytes() + camp.tobytes()
        if key not in found:
            passing = np.isin(route, pair[open_]).astype(np.float64)
            found[key] = least_cost(network, place, passing[None, :], 0.0, open_options=camp[place])
        ways.append(found[key])
    return ways


def variants(cold: ColdStart, parameters: Sequence[Mapping[str, float]]) -> Members:
    """Return members without chance that differ in parameters: one for each mapping, else as the scenario says."""
    one = draw(cold.scenario, members=1, seed=1, chance=False)
    columns = {
        name: np.array([chosen.get(name, value[0]) for chosen in parameters]) for name, value in one.parameters.items()
    }  # fmt: skip
    return one.part(np.zeros(len(parameters), np.int64))._replace(parameters=columns)


def _phases(coming: Floats) -> tuple[Phase[Batch], ...]:
    """Return the day: newcomers come instead of leaving home; then as under the `destinations` rules, but returns."""

    def come(batch: Batch, keys: NDArray[np.uint64], day: int) -> None:
        batch.people.choosing[:, 0] += coming[day]

    kept = ("reconsider", "choose", "travel")
    return (
        Phase("come", "newcomers appear in zones of conflict", come),
        *(phase for phase in DESTINATIONS if phase.name in kept),
    )


def present(cold: ColdStart, members: Members, progress: Progress | None = None) -> tuple[Floats, Floats]:
    """Take members through all days.

    Returns people in the reported camps at the end of each (day, camp, member), and at each place at the end
    (place, member); those on the way are at none.

    Raises
    ------
    ConservationError
        If people were lost or made, by a fault of Tiau.
    """
    there = np.zeros((cold.days, cold.newcomers.reported.size, members.key.size))
    everywhere = np.zeros((len(cold.case.locations), members.key.size))

    def gather(day: int, seen: Sequence[Seen], pool: object) -> None:
        (batch,) = seen
        there[day] = batch["there"].T
        if "everywhere" in batch:
            everywhere[:] = batch["everywhere"].T

    driving.run(cold, members, gather, jobs=1, progress=progress)
    return there, everywhere


def simulate_destinations(case: FleeCase, *, capacity: bool = True, progress: Progress | None = None) -> FleeResult:
    """Run a case in Flee's format by the `destinations` rules, at full scale, as expectations: one member, in people.

    Arguments and errors are those of `cold_start`; `progress` is called with (days done, days in all).
    """
    begun = time.perf_counter()
    cold = cold_start(case, capacity=capacity)
    there, everywhere = present(cold, draw(cold.scenario, members=1, seed=1, chance=False), progress)
    newcomers, known = cold.newcomers, f"{ROADS}, {CAPACITIES}" if capacity else ROADS
    return FleeResult(
        case=case,
        hasten=1,
        members=1,
        seed=1,
        chance=False,
        camps=tuple(case.locations[place].name for place in newcomers.reported),
        present=there,
        data=newcomers.data,
        created=(newcomers.at_camps.sum() + np.cumsum(newcomers.a_day)).astype(np.float64)[:, None],
        raw=newcomers.raw,
        debt=newcomers.debt,
        everywhere=everywhere,
        seconds=time.perf_counter() - begun,
        model="destinations",
        knows=f"{known}; constants FITTED TO THIS CASE too" if case.name in FITTED_TO else known,
    )
