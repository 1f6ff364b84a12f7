"""What members cost that run elsewhere: the size of what is sent to and fro, by member and day.

Run: python benchmarks/ensemble.py
"""

from __future__ import annotations

import pickle

import tiau
from tiau.engine.members import draw
from tiau.ensemble import afar
from tiau.ensemble.world import portions
from tiau.observations.ledger import ledger
from tiau.results.watch import Watch
from tiau.scenario.network import build
from tiau.simulation import World

MEMBERS, FIRST, DAYS = 20, 300, 30


def size(what: object) -> int:
    """Return the bytes that something takes on its way."""
    return len(pickle.dumps(what, protocol=5))


def main() -> None:
    """Print the sizes for mizoram-2021."""
    network = build(tiau.load("mizoram-2021"))
    members = draw(network.scenario, members=MEMBERS, seed=1)
    recipe = pickle.dumps(World(network, members, Watch(network, ledger(network))), protocol=5)
    (portion,) = portions(members, None, 1)
    portion, _ = afar.go_on(recipe, portion, range(FIRST))
    portion, told = afar.go_on(recipe, portion, range(FIRST, FIRST + DAYS))
    print(f"the scenario, once for each worker   {len(recipe) / 1e6:8.2f} MB")
    print(f"the state of a member                {size(portion) / 1e6 / MEMBERS:8.2f} MB")
    print(f"what a member shows on a day         {size(told) / 1e3 / MEMBERS / DAYS:8.1f} kB")


if __name__ == "__main__":
    main()
