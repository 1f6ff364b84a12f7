"""The opening of a page: everything about a scenario that it shows before anything runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tiau.explorer.basis.ahead import assumed
from tiau.explorer.basis.followed import first_of
from tiau.explorer.basis.sound import Basis
from tiau.explorer.opening import rows
from tiau.explorer.opening.ground import map_of
from tiau.explorer.opening.parameters import parameters
from tiau.explorer.opening.presets import presets
from tiau.explorer.opening.reports import reports
from tiau.faults import Fault
from tiau.results.variables import QUANTILES

CROSSINGS_NOTE = (
    "Who crosses irregularly is shown by district and larger areas alone. So dots over a border say how many come into "
    "a district regularly, spread evenly over the ways into it, not by which way they come."
)


def document(basis: Basis, *, members: int, seed: int) -> tuple[dict[str, Any], list[Fault]]:
    """Return what the contract of the page calls the opening, without its first keys, and faults of what-ifs."""
    scenario, network = basis.scenario, basis.network
    settings = scenario.settings
    ground, where = map_of(network)
    ready, faults = presets(basis)
    return {
        "digest": basis.digest, "name": settings.name, "title": settings.title,
        "description": settings.description, "start": rows.day(settings.start), "end": rows.day(settings.end),
        "last": rows.day(basis.carried.settings.end), "days": basis.carried.days, "known": basis.known,
        "ahead": assumed(scenario, basis.carried), "members": members, "seed": seed, "levels": list(QUANTILES),
        "places": rows.places(network, where), "routes": rows.routes(network),
        "followed": rows.followed(basis.followed), "first_followed": first_of(network, basis.followed),
        "crossings": list(network.crossings), "crossings_note": CROSSINGS_NOTE, "map": ground,
        "acts": rows.acts(network), **rows.words_of_acts(network), "events": rows.events(scenario),
        "reports": reports(basis), "parameters": parameters(scenario, members=members, seed=seed), "presets": ready,
    }, faults  # fmt: skip


def told(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Return faults and warnings as a page shows them in place."""
    names = ("file", "row", "column", "cell", "problem", "remedy", "level")
    return [{name: getattr(fault, name) for name in names} for fault in faults]
