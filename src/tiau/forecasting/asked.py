"""What sources would be asked of days ahead: who is present at places and areas, and who arrived there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tiau.forecasting.regions import regions, with_figures
from tiau.observations.ledger import Placement
from tiau.scenario.model import Scenario
from tiau.scenario.names import key_of
from tiau.scenario.rows import Report
from tiau.scenario.vocabulary import parse_period

PRESENT, ARRIVED = "present", "arrived_cumulative"


def asked_of(known: Scenario, origin: dt.date, last: Mapping[tuple[str, str], Report]) -> dict[tuple[str, str], Report]:
    """Return what is asked by quantity and place, on the origin: last figures again, the same of others, arrivals.

    Others are countries, states and districts that people flee to; and, where one of these has figures of some parts,
    its other places, so that all can be added up. Arrivals are asked of all but the latter.
    """
    stocks = {**_of_areas(known, origin), **last}
    arrived = {
        (ARRIVED, place): report.model_copy(update={"report": f"arrivals {report.report}", "quantity": ARRIVED})
        for (quantity, place), report in stocks.items() if quantity == PRESENT
    }  # fmt: skip
    return {**_of_the_rest(known, origin, last), **stocks, **arrived}


def _of_areas(known: Scenario, origin: dt.date) -> dict[tuple[str, str], Report]:
    home = {known.places[place].country for place in known.residents.place}
    abroad = (place for place in known.places if place.country not in home)
    names = {name for place in abroad for name in (place.country, place.admin1, place.admin2)}
    areas = sorted(name for name in names if name and key_of(name) not in known.names.place_index)
    return {(PRESENT, known.names.proper(name)): _question(name, origin) for name in areas}


def _of_the_rest(
    known: Scenario, origin: dt.date, last: Mapping[tuple[str, str], Report]
) -> dict[tuple[str, str], Report]:
    of = regions(known)
    told = with_figures(of, {place for quantity, place in last if quantity == PRESENT})
    rest = dict.fromkeys(part for name in told for part in of[name].parts if part not in of)
    return {(PRESENT, place): _question(place, origin) for place in sorted(rest)}


def _question(place: str, origin: dt.date) -> Report:
    day = parse_period(str(origin))
    return Report(
        report=f"of {place}", known_on=origin, as_of=day, place=place, group="all", quantity=PRESENT, value=1,
        bound="exact",
    )  # fmt: skip


def settling(placement: Placement) -> Placement:
    """Return a placement that counts as arrivals at a place or district who comes to stay there, wherever from.

    As reports do, one of a state or country counts who enters over a border; but behind the border people arrive who
    came by other districts.
    """
    if placement.report.quantity != ARRIVED or placement.figure_class.level == "state":
        return placement
    return replace(placement, entries=np.zeros_like(placement.entries))
