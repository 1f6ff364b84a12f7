"""What a member is: its parameters, its shocks, how it judges acts, and the key of its draws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tiau.engine.keys import mixed_with, name_key
from tiau.engine.portions import joined, taken
from tiau.engine.shocks import Judgements, Shocks, judgements, shocks, without_judgements, without_shocks
from tiau.engine.unknowns import Middle, Whitened, drawn, knots_until
from tiau.faults import nearest, wrong_argument
from tiau.scenario.model import Scenario
from tiau.scenario.parameters import BY_NAME, PARAMETERS, Parameter
from tiau.scenario.unknown import Unknown

Floats = NDArray[np.float64]
DrawnT = TypeVar("DrawnT", Shocks, Judgements)

VARIED = ("parameters", "judged", "shocks")
"""What may differ between members beside the draws of movements: what figures can tell, what is judged, and shocks."""


class Members(NamedTuple):
    """Members of an ensemble, numbered from 0.

    Attributes
    ----------
    key : uint64 array (member,)
    parameters : dict of str to float array (member,)
        Every parameter of `scenario.parameters`, in its unit and inside its bounds.
    shocks : Shocks
    judgements : Judgements
    chance : bool
        False for the single member of expectations.
    events, acts : tuples of str
        The events whose factors these are, and the acts that are judged, in their order.
    seed : int
        That the members were drawn by.
    """

    key: NDArray[np.uint64]
    parameters: dict[str, Floats]
    shocks: Shocks
    judgements: Judgements
    chance: bool
    events: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    seed: int = 0

    def part(self, index: slice | ArrayLike) -> Members:
        """Return some of the members, in any order, by position: a slice, whole numbers or a mask."""
        chosen = np.arange(self.key.size)[index if isinstance(index, slice) else np.asarray(index)]
        parameters = {name: column[chosen] for name, column in self.parameters.items()}
        return self._replace(
            key=self.key[chosen], parameters=parameters, shocks=taken(self.shocks, chosen),
            judgements=taken(self.judgements, chosen),
        )  # fmt: skip


def alike(members: int, seed: int, *, chance: bool) -> Members:
    """Return members that differ in the draws of movements alone, for rules that know no parameters and shocks."""
    none: NDArray[Any] = np.ones((members, 0))
    return Members(
        key=keys_of(members, seed), parameters={}, shocks=Shocks(*[none] * len(Shocks._fields)),
        judgements=Judgements(*[none] * len(Judgements._fields)), chance=chance, seed=seed,
    )  # fmt: skip


def together(parts: Sequence[Members]) -> Members:
    """Return the members of several ensembles, one after the other; all with chance or all without."""
    parameters = {
        name: np.concatenate([part.parameters[name] for part in parts]) for name in parts[0].parameters
    }  # fmt: skip
    return parts[0]._replace(
        key=np.concatenate([part.key for part in parts]),
        parameters=parameters,
        shocks=joined([part.shocks for part in parts]),
        judgements=joined([part.judgements for part in parts]),
    )


def draw(
    scenario: Scenario,
    *,
    members: int,
    seed: int,
    chance: bool = True,
    vary: tuple[str, ...] = VARIED,
) -> Members:
    """Draw the members of an ensemble; member i is the same whatever their number.

    Where a fit has learned something (`Scenario.posterior`), that is drawn; else the prior.

    Parameters
    ----------
    scenario : Scenario
    members : int
    seed : int
    chance : bool
        False gives one member with everything at the value that is expected.
    vary : tuple of str
        What differs between members beside the draws of the kernel. What does not is as expected: at the scenario's
        values, with every factor at 1, or in the middle of what a fit learned.

    Returns
    -------
    Members

    Raises
    ------
    InputError
        If `vary` holds another word.
    """
    for word in (vary,) if isinstance(vary, str) else vary:
        if word not in VARIED:
            remedy = nearest(word, VARIED) or f"choose from {', '.join(VARIED)}"
            raise wrong_argument("vary", "is nothing that members differ in", remedy, word)
    key = keys_of(members, seed) if chance else np.zeros(1, np.uint64)
    varied = vary if chance else ()
    # The shocks of members depend on parameters, those of the expected member on the parameters that it has.
    parameters = parameters_of(scenario, key, varied)
    return Members(
        key=key,
        parameters=parameters,
        shocks=_expected_unless("shocks" in varied, scenario, key, parameters, shocks, without_shocks),
        judgements=_expected_unless("judged" in varied, scenario, key, parameters, judgements, without_judgements),
        chance=chance,
        events=event_names(scenario),
        acts=act_names(scenario),
        seed=seed,
    )


def judging(members: Members, scenario: Scenario, *, vary: tuple[str, ...] = VARIED) -> Members:
    """Return members that were drawn for a scenario, for one that differs in acts, and in what no draw hangs on.

    Parameters
    ----------
    members : Members
        Drawn with the same `vary`, and not a part of what was drawn.
    scenario : Scenario
    vary : tuple of str
        As in `draw`; what it says counts where chance plays.
    """
    varies = members.chance and "judged" in vary
    judged = _expected_unless(varies, scenario, members.key, members.parameters, judgements, without_judgements)
    return members._replace(judgements=judged, acts=act_names(scenario))


def event_names(scenario: Scenario) -> tuple[str, ...]:
    """Return the names of a scenario's events, in the order of factors."""
    return tuple(event.event for event in scenario.events)


def act_names(scenario: Scenario) -> tuple[str, ...]:
    """Return the names of a scenario's acts, in the order of judgements."""
    return tuple(act.act for act in scenario.acts)


def same_until(scenario: Scenario, one: Members, other: Members, days: int) -> bool:
    """Whether members are the same in all that the first days of a scenario show of them.

    Parameters
    ----------
    scenario : Scenario
    one, other : Members
        Of this scenario, or of one with the same places and groups.
    days : int
        How many days from its first on: what happens later, and what drifts later, may differ.
    """
    if one.chance != other.chance or not np.array_equal(one.key, other.key):
        return False
    if not all(np.array_equal(other.parameters[name], column) for name, column in one.parameters.items()):
        return False
    end = scenario.settings.start + dt.timedelta(days)
    events = [event.event for event in scenario.events if event.start < end]
    acts = [act.act for act in scenario.acts if act.from_ < end]
    if not (set(events) <= set(other.events) and set(acts) <= set(other.acts)):
        return False
    knots = knots_until(days)
    return all(map(np.array_equal, *(_shown(members, events, acts, knots) for members in (one, other))))


def _shown(members: Members, events: list[str], acts: list[str], knots: int) -> Iterator[NDArray[Any]]:
    """Yield the shocks and judgements of members, of these events, acts and first knots."""
    shocks, judged = members.shocks, [members.acts.index(act) for act in acts]
    yield shocks.event[:, [members.events.index(event) for event in events]]
    yield from (shocks.pull, shocks.kin_pull, shocks.outflow, shocks.inside)
    yield from (shocks.pull_drift[:, :knots], shocks.outflow_drift[:, :knots])
    yield from (part[:, judged] for part in members.judgements)


def _expected_unless(
    varies: bool,
    scenario: Scenario,
    key: NDArray[np.uint64],
    parameters: dict[str, Floats],
    realised: Callable[[Scenario, Whitened, Mapping[str, Floats]], DrawnT],
    expected: Callable[[Scenario, int], DrawnT],
) -> DrawnT:
    """Return what members have drawn, or have in the middle of what a fit learned, or have where nothing is drawn."""
    if varies:
        return realised(scenario, Whitened(key, scenario.posterior), parameters)
    if scenario.posterior is None:
        return expected(scenario, key.size)
    # Where factors are learned their product is known better than each of them: the mean of each, multiplied, is far
    # above what members send. Their standard normal numbers lie around a middle that is one of them.
    central = {name: np.full(1, column.mean()) for name, column in parameters.items()}
    middle, untold = (realised(scenario, whole, central) for whole in (Middle(scenario.posterior), Middle()))
    plain = expected(scenario, 1)
    whole: Iterator[tuple[Any, Any, Any]] = zip(middle, untold, plain, strict=True)
    parts = [np.where(part == nothing, same, part).astype(same.dtype) for part, nothing, same in whole]
    return type(plain)(*(np.repeat(part, key.size, 0) for part in parts))


def parameters_of(scenario: Scenario, key: NDArray[np.uint64], varied: tuple[str, ...]) -> dict[str, Floats]:
    """Return every parameter of members (member,), by name, in its unit; what differs is as `draw` says."""
    found = {}
    for parameter in PARAMETERS:
        centre = scenario.values[parameter.name]
        if parameter.spread and ("judged" if parameter.judged else "parameters") in varied:
            z = Whitened(key, scenario.posterior).of(Unknown("parameter", parameter.name))
            found[parameter.name] = _realised(parameter, centre, z)
        else:
            # A whole number would have kernels compiled again, for numbers of another type.
            found[parameter.name] = np.full(key.size, _learned(scenario, parameter, centre), float)
    # What an event causes in all is found by figures, not how fast: a shorter memory goes with a higher rate.
    found["departure_rate"] = np.clip(
        found["departure_rate"] * scenario.values["event_memory_days"] / found["event_memory_days"],
        BY_NAME["departure_rate"].lower, BY_NAME["departure_rate"].upper,
    )  # fmt: skip
    return found


def _realised(parameter: Parameter, centre: float, z: ArrayLike) -> Floats:
    return np.clip(centre * np.exp(parameter.spread * np.asarray(z)), parameter.lower, parameter.upper)


def _learned(scenario: Scenario, parameter: Parameter, centre: float) -> float:
    """Return the value of a parameter in which members do not differ."""
    learned = scenario.posterior.of(Unknown("parameter", parameter.name)) if scenario.posterior else None
    return centre if learned is None else float(_realised(parameter, centre, np.mean(learned)))


def keys_of(members: int, seed: int) -> NDArray[np.uint64]:
    """Return the keys of members 0 to `members` - 1 (member,)."""
    return np.asarray(mixed_with(np.arange(members, dtype=np.uint64), [name_key("tiau", str(seed))])[0])


def figure_normals(members: Members, report: str) -> Floats:
    """Return the standard normal number of each member for the noise of one report (member,)."""
    return drawn(members.key, Unknown("report", report))


def shared(members: Members, name: str) -> float:
    """Return a parameter that shapes the network and therefore is the same for all members.

    Raises
    ------
    ValueError
        If members differ in it.
    """
    column = members.parameters[name]
    if np.ptp(column):
        msg = f"{name} must be the same for all members"
        raise ValueError(msg)
    return float(column[0])
