"""Where a run starts from: a scenario's network made ready for the day's phases."""

from __future__ import annotations

import numpy as np

from tiau.engine import departures
from tiau.engine.batch import Model, Routes
from tiau.engine.by_day import ByDay
from tiau.engine.members import Members, shared
from tiau.engine.phases import DESTINATIONS
from tiau.engine.rules import names_of, options_of
from tiau.engine.ways import Calendar, way_back
from tiau.scenario.network import Network


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
    scenario = network.scenario
    options = network.once("options", lambda: options_of(network), scenario.values["stay_inside"])
    calendar, days = Calendar(network, options), scenario.days
    speed = np.array([group.speed_factor or 1.0 for group in scenario.groups])
    delay = shared(members, "departure_delay_days")
    return Model(
        network=network,
        chance=members.chance,
        options=options,
        names=names_of(network, options),
        homes=departures.homes_of(network),
        events=network.once("events", lambda: departures.events_of(network), scenario.events),
        active=network.once("active", lambda: departures.active_events(network, delay), scenario.events, days, delay),
        given=departures.given_of(network),
        calendar=calendar,
        ways=ByDay(calendar.ways, days),
        laws=ByDay(calendar.law, days),
        back=network.once("back", lambda: way_back(network)),
        routes=Routes(network.end, network.crossing, network.days / speed[:, None]),
        phases=DESTINATIONS,
    )
