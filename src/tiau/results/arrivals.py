"""Who arrived in areas, counted as reports of arrivals are read."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tiau.observations.ledger import entry_routes
from tiau.scenario.network import Network

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Values = NDArray[np.floating[Any]]


def ways_of_arrival(network: Network, areas: Bools) -> tuple[Bools, Bools]:
    """Return the border ways into areas (area, route), and the places where people settle there (area, place).

    Who settles is counted only where no such way leads in, as reports of arrivals are read.

    Parameters
    ----------
    network : Network
    areas : bool array (area, place)
    """
    entries = np.array([entry_routes(network, area) for area in areas], bool).reshape(len(areas), network.start.size)
    return entries, areas & ~entries.any(1, keepdims=True)


class Arrivals:
    """Counts who entered over the border into areas; where no such way leads in, who settled there.

    Parameters
    ----------
    network : Network
    places : bool array (area, place)

    Attributes
    ----------
    routes : sparse array (area, route)
        1 where a border way leads into an area.
    settled : sparse array (area, place)
        1 at the places of areas into which none leads.
    """

    def __init__(self, network: Network, places: NDArray[np.bool_]) -> None:
        entries, settled = ways_of_arrival(network, places)
        self.routes, self.settled = csr_matrix(entries.astype(float)), csr_matrix(settled.astype(float))

    def __call__(self, flow: Values, arrived: Values) -> Floats:
        """Return the arrivals since the start (area, member), persons.

        `flow` (route, member) and `arrived` (place, member) are who came to the end of routes, and who settled.
        """
        return np.asarray(self.routes @ flow + self.settled @ arrived)
