"""`tiau explore`: a page on this machine where a decision is tried and felt."""

from __future__ import annotations

import signal
from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from tiau.cli.console import err, print_plain
from tiau.cli.ending import leave
from tiau.cli.options import Horizon, MembersExplored, Port, Seed

if TYPE_CHECKING:
    from tiau.explorer.explored import Explored
    from tiau.explorer.serving import Stand

FAREWELL = 1.0
"""Seconds that work under way has to end in."""


def explore(
    scenario: str = "mizoram-2021",
    *,
    port: Port = None,
    host: str | None = None,
    browser: bool = True,
    members: MembersExplored = 200,
    seed: Seed = 1,
    horizon: Horizon = 90,
) -> None:
    """Show a scenario on a page of this machine, where acts, events and numbers are changed and the outcome follows.

    Parameters
    ----------
    scenario
        Name of a packaged scenario (mizoram-2021), a scenario folder, or a case folder of Flee's. A folder that is
        edited meanwhile is read again.
    port
        Where the page is; by default 8765, or the next one that is free.
    host
        A name or address of this machine, 0.0.0.0 for all, at which others reach it too. They need the whole address
        that is printed. By default nobody else does.
    browser
        With --no-browser, only print the address.
    members
        Number of members of a run, up to 1,000.
    seed
        The same seed gives the same numbers.
    horizon
        Days ahead that are shown after the scenario's end, up to three years.
    """
    from tiau.loading import locate

    locate(scenario)
    from tiau.explorer.files import Files
    from tiau.explorer.server import Server
    from tiau.explorer.serving import serve, show, stand
    from tiau.explorer.threads import over_within

    at = stand(host, port)
    try:
        _say(scenario, at, port)
        if browser:
            show(at.address)
        serve(Server(partial(_explored, scenario, members, seed, horizon), Files()), at)
    except KeyboardInterrupt as stop:
        # This is how it is meant to end.
        if getattr(stop, "number", signal.SIGINT) != signal.SIGINT:
            raise
    if not over_within(FAREWELL):
        leave(0)


def _say(scenario: str, at: Stand, port: int | None) -> None:
    from tiau.explorer.serving import FIRST_PORT

    if port is None and at.port != FIRST_PORT:
        err.print(Text(f"port {FIRST_PORT} is taken; this is {at.port}"))
    if at.access.token:
        err.print(Text("whoever has this address can look, and what is sent can be read on the way", style="yellow"))
    print_plain(f"{scenario} is explored at {at.address}\nCtrl-C ends it")


def _explored(scenario: str, members: int, seed: int, horizon: int) -> Explored:
    from tiau.explorer.exploration import Exploration

    return Exploration(scenario, members=members, seed=seed, horizon=horizon)
