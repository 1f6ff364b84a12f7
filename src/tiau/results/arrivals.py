"""Who arrived in areas, counted as reports of arrivals are read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tiau.observations.ledger import entry_routes
from tiau.scenario.network import Network

Floats = NDArray[np.float64]


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
        many, routes = len(places), network.start.size
        entries = np.array([entry_routes(network, area) for area in places], bool).reshape(many, routes)
        self.routes = csr_matrix(entries.astype(float))
        self.settled = csr_matrix((places & ~entries.any(1, keepdims=True)).astype(float))

    def __call__(self, flow: Floats, arrived: Floats) -> Floats:
        """Return the arrivals since the start (area, member), persons.

        `flow` (route, member) and `arrived` (place, member) are who came to the end of routes, and who settled.
        """
        return np.asarray(self.routes @ flow + self.settled @ arrived)
