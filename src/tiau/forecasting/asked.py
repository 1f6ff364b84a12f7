"""What sources would be asked of days ahead: who is present at places and areas, and who arrived there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tiau.observations.ledger import Placement
from tiau.scenario.model import Scenario
from tiau.scenario.names import key_of
from tiau.scenario.rows import Report
from tiau.scenario.vocabulary import parse_period

PRESENT, ARRIVED = "present", "arrived_cumulative"


def asked_of(known: Scenario, origin: dt.date, last: Mapping[tuple[str, str], Report]) -> dict[tuple[str, str], Report]:
    """Return what is asked by quantity and place, on the origin: last figures again, the same of others, arrivals.

    That is of each country, state, district and place that people flee to. Arrivals are asked of all of them that have
    a name in a forecast: places without a figure are only there to be added up.
    """
    places, areas = _unreported(known, origin)
    stocks = {**areas, **last}
    arrived = {
        (ARRIVED, place): report.model_copy(update={"report": f"arrivals {report.report}", "quantity": ARRIVED})
        for (quantity, place), report in stocks.items() if quantity == PRESENT
    }  # fmt: skip
    return {**places, **stocks, **arrived}


def _unreported(
    known: Scenario, origin: dt.date
) -> tuple[dict[tuple[str, str], Report], dict[tuple[str, str], Report]]:
    """Return what would be asked of each place, and of each area, that people flee to."""
    home = {known.places[place].country for place in known.residents.place}
    abroad = [place for place in known.places if place.country not in home]
    names = {name for place in abroad for name in (place.country, place.admin1, place.admin2)}
    areas = sorted(name for name in names if name and key_of(name) not in known.names.place_index)
    day = parse_period(str(origin))

    def of(name: str) -> Report:
        return Report(
            report=f"of {name}", known_on=origin, as_of=day, place=name, group="all", quantity=PRESENT, value=1,
            bound="exact",
        )  # fmt: skip

    return {(PRESENT, place.place): of(place.place) for place in abroad}, {
        (PRESENT, known.names.proper(name)): of(name) for name in areas
    }


def settling(placement: Placement) -> Placement:
    """Return a placement that counts as arrivals at a place or district who comes to stay there, wherever from.

    As reports do, one of a state or country counts who enters over a border; but behind the border people arrive who
    came by other districts.
    """
    if placement.report.quantity != ARRIVED or placement.figure_class.level == "state":
        return placement
    return replace(placement, entries=np.zeros_like(placement.entries))
