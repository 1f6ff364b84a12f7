"""What a member is: its draw of every parameter, its factor of every event, and the key of its draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv, ndtri

from tiau.engine.streams import mixed, name_key, uniforms
from tiau.faults import nearest, wrong_argument
from tiau.scenario.model import Scenario
from tiau.scenario.parameters import BY_NAME, PARAMETERS

Floats = NDArray[np.float64]


VARIED = ("parameters", "shocks")
"""What may differ between members beside the draws of movements."""


class Members(NamedTuple):
    """Members of an ensemble, numbered from 0.

    Attributes
    ----------
    key : uint64 array (member,)
    parameters : dict of str to float array (member,)
        Every parameter of `scenario.parameters`, in its unit and inside its bounds, but for `departure_noise_sd`: where
        the shocks do not vary it is 0, whatever the scenario says.
    event_factor : float array (member, event)
        Over-dispersion of each event's effect, mean 1.
    chance : bool
        False for the single member of expectations.
    events : tuple of str
        The events whose factors these are, in their order.
    seed : int
        That the members were drawn by.
    """

    key: NDArray[np.uint64]
    parameters: dict[str, Floats]
    event_factor: Floats
    chance: bool
    events: tuple[str, ...] = ()
    seed: int = 0

    def part(self, index: slice | ArrayLike) -> Members:
        """Return some of the members, in any order, by position: a slice, whole numbers or a mask."""
        chosen = np.arange(self.key.size)[index if isinstance(index, slice) else np.asarray(index)]
        parameters = {name: column[chosen] for name, column in self.parameters.items()}
        return self._replace(key=self.key[chosen], parameters=parameters, event_factor=self.event_factor[chosen])


def together(parts: Sequence[Members]) -> Members:
    """Return the members of several ensembles, one after the other; all with chance or all without."""
    parameters = {
        name: np.concatenate([part.parameters[name] for part in parts]) for name in parts[0].parameters
    }  # fmt: skip
    factors = np.concatenate([part.event_factor for part in parts])
    return parts[0]._replace(
        key=np.concatenate([part.key for part in parts]), parameters=parameters, event_factor=factors
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

    Parameters
    ----------
    scenario : Scenario
    members : int
    seed : int
    chance : bool
        False gives one member with parameters at the scenario's values and every event's factor at 1.
    vary : tuple of str
        What differs between members beside the draws of the kernel; `shocks` are the factors of events and days.

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
    centre, events = scenario.values, tuple(event.event for event in scenario.events)
    if not chance:
        return Members(
            key=np.zeros(1, np.uint64),
            parameters={name: np.array([value], float) for name, value in centre.items()},
            event_factor=np.ones((1, len(events))),
            chance=False,
            events=events,
            seed=seed,
        )
    key = keys_of(members, seed)
    parameters = {}
    for parameter in PARAMETERS:
        # A whole number would have kernels compiled again, for numbers of another type.
        column = np.full(members, centre[parameter.name], float)
        if parameter.spread and "parameters" in vary:
            # By the name of the parameter: a new one moves the draws of no other.
            z = ndtri(_uniforms(key, "parameter", parameter.name))
            column = np.clip(column * np.exp(parameter.spread * z), parameter.lower, parameter.upper)
        parameters[parameter.name] = column
    factor = np.ones((members, len(events)))
    if "shocks" not in vary:
        parameters["departure_noise_sd"] = np.zeros(members)
        return Members(key, parameters, factor, True, events, seed)
    cv = parameters["event_factor_cv"]
    for index, event in enumerate(scenario.events):
        # A gamma number of mean 1; its shape is the inverse square of the coefficient of variation.
        shape = 1.0 / np.maximum(cv, 1e-6) ** 2
        drawn = gammaincinv(shape, _uniforms(key, "event", event.event)) / shape
        factor[:, index] = np.where(cv > 1e-6, drawn, 1.0)
    return Members(key, parameters, factor, True, events, seed)


def keys_of(members: int, seed: int) -> NDArray[np.uint64]:
    """Return the keys of members 0 to `members` - 1 (member,)."""
    numbers = np.arange(members, dtype=np.uint64)
    key = np.empty_like(numbers)
    mixed(numbers, np.array([name_key("tiau", str(seed))], np.uint64), key)
    return key


def _uniforms(keys: NDArray[np.uint64], *names: str) -> Floats:
    own = np.empty_like(keys)
    mixed(keys, np.array([name_key(*names)], np.uint64), own)
    drawn = np.empty(keys.size)
    uniforms(own, drawn)
    return drawn


def figure_normals(members: Members, report: str) -> Floats:
    """Return the standard normal number of each member for the noise of one report (member,)."""
    return np.asarray(ndtri(_uniforms(members.key, "report", report)))


def shared(members: Members, name: str) -> float:
    """Return a parameter that shapes the network and therefore is the same for all members.

    Raises
    ------
    ValueError
        If members differ in it.
    """
    column = members.parameters[name]
    if BY_NAME[name].spread or np.ptp(column):
        msg = f"{name} must be the same for all members"
        raise ValueError(msg)
    return float(column[0])
