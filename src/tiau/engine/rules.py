"""The `destinations` rules: which places people may choose, and what a member's rules are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.keys import name_key
from tiau.engine.members import Members
from tiau.engine.options import Names, Options, tree_of
from tiau.scenario.network import Network

Floats = NDArray[np.float64]


class Rules(NamedTuple):
    """The parameters that the day's kernels read, one value a member each (units: scenario/parameters.py)."""

    departure_rate: Floats
    background_intensity: Floats
    intensity_power: Floats
    event_memory_days: Floats
    national_event_weight: Floats
    distance_decay: Floats
    own_place_km: Floats
    km_per_day_waited: Floats
    log_stay_inside: Floats
    entry_bonus: Floats
    crowd_power: Floats
    crowd_floor: Floats
    room_scale: Floats
    room_power: Floats
    room_floor: Floats
    onward_rate: Floats
    flee_again: Floats
    blocked_wait: Floats
    blocked_other_way: Floats
    blocked_irregular: Floats
    blocked_give_up: Floats
    relief_weight: Floats
    return_rate: Floats
    quiet_intensity: Floats
    unquiet_return: Floats


def rules_of(members: Members) -> Rules:
    """Return the rules of some members."""
    with np.errstate(divide="ignore"):
        derived = {"log_stay_inside": np.log(members.parameters["stay_inside"])}
    return Rules(*(derived[name] if name in derived else members.parameters[name] for name in Rules._fields))


def options_of(network: Network) -> Options:
    """Return the destinations of a scenario.

    Reception places and camps everywhere; and, unless `stay_inside` is 0, origins and towns of the
    countries that people leave, where they stay displaced. Other places where people are displaced already on the
    first day stand among them and take nobody in.
    """
    places = network.scenario.places
    home_country = ~network.abroad
    stay = network.scenario.values["stay_inside"] > 0
    inside_kinds = ("origin", "town") if stay else ()
    taking_in = np.array([
        place.kind in ("reception", "camp") or (home_country[index] and place.kind in inside_kinds)
        for index, place in enumerate(places)
    ])  # fmt: skip
    chosen = np.flatnonzero(taking_in | network.displaced.any(0)).tolist()
    key = np.array([name_key(places[index].place) for index in chosen], np.uint64)
    order = np.argsort(key)
    place = np.array(chosen, np.int32)[order]
    inside = home_country[place] & np.isin([places[i].kind for i in place], ("origin", "town"))
    return Options(
        place=place,
        inside=inside,
        home_country=home_country,
        takes_in=taking_in[place],
        room_of=network.capacity[place],
        affinity=_affinity(network, place),
        tree=tree_of(key[order]),
    )


def _affinity(network: Network, option_place: NDArray[np.int32]) -> Floats:
    affinity = np.zeros((len(network.group_names), option_place.size))
    for index, group in enumerate(network.scenario.groups):
        for name, weight in group.affinity:
            affinity[index, np.isin(option_place, network.names.members(name))] += weight
    return affinity


def names_of(network: Network, options: Options) -> Names:
    """Return the keys of the scenario's names."""
    place = np.array([name_key(name) for name in network.place_names], np.uint64)
    group = np.array([name_key(name) for name in network.group_names], np.uint64)
    return Names(
        group=group,
        place=place,
        option=place[options.place],
        home=np.uint64(name_key("home")),
        stuck=np.uint64(name_key("stuck")),
        group_order=np.argsort(group),
        place_order=np.argsort(place),
    )
