"""What a run gives, quantity by quantity: the tables that say what is kept, and result.nc variable by variable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tiau.scenario.parameters import PARAMETERS

PERSONS = "persons"
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
MEDIAN = QUANTILES.index(0.5)
NUMBERS = ("p05", "p25", "median", "p75", "p95")
"""What tables call them."""

PLACE_QUANTITIES = {
    "present": "displaced people at the place (settled, waiting or trapped)",
    "arrived_cumulative": "people who came from elsewhere and settled there since the start",
    "returned_cumulative": "people who went home from there since the start",
    "departed_cumulative": "people who left home there since the start",
    "registered": "settled people who are registered",
    "expelled_cumulative": "people expelled from there since the start",
}
AREA_QUANTITIES = {
    "present": "displaced people at the places of the area",
    "arrived_cumulative": "entries over the border into the area since the start; where no such way leads into it, who "
    "came from elsewhere and settled there",
}
REGION_QUANTITIES = {
    "returned_cumulative": "people who went home from the area since the start",
    "registered": "registered people at the places of the area",
    "turned_back": "refusals and push-backs at crossings into the area since the start; who tries twice counts twice",
    "irregular_cumulative": "irregular entries over crossings into the area since the start",
    "expelled_cumulative": "people expelled from the area since the start",
}
TOTALS = {
    "waiting": "people who wait at crossings, look for another way overnight, or were expelled that day",
    "trapped": "people whom no open way leads to any destination",
    "gave_up": "people who gave up at a crossing and stay displaced there",
    "moving": "people on a route at the end of the day",
    "bound_abroad": "people on the way to a destination abroad, on a route or waiting at a crossing",
}


@dataclass(frozen=True)
class Variable:
    """A variable of result.nc.

    Attributes
    ----------
    name : str
    field, key : str
        The field of a `Result` that it keeps, and its key there, or an empty text where the field is an array.
    dims : tuple of str
    meaning : str
        In it, {entered} stands for where people enter who are told by risk class.
    unit : str
    """

    name: str
    field: str
    key: str
    dims: tuple[str, ...]
    meaning: str
    unit: str = PERSONS


def _each(field: str, meanings: Mapping[str, str], prefix: str, *dims: str) -> tuple[Variable, ...]:
    return tuple(Variable(f"{prefix}{key}", field, key, dims, meaning) for key, meaning in meanings.items())


VARIABLES: tuple[Variable, ...] = (
    *_each("places", PLACE_QUANTITIES, "", "quantile", "day", "group", "place"),
    *_each("areas", REGION_QUANTITIES, "region_", "region", "day", "member"),
    Variable("present_all_groups", "everybody", "", ("quantile", "day", "place"), "displaced people of all groups"),
    *_each("areas", AREA_QUANTITIES, "area_", "area", "day", "member"),
    Variable("flow", "flow", "", ("quantile", "day", "route"), "people who travelled the route, cumulative"),
    Variable("on_the_way", "on_the_way", "", ("quantile", "day", "group"), "people on a route at the end of the day"),
    *_each("totals", TOTALS, "total_", "day", "member"),
    Variable("crossing_entries", "crossings", "", ("crossing", "day", "member"),
             "entries over the crossing since the start"),
    Variable("entries_by_class", "entries_by_class", "", ("risk_class", "day", "member"),
             "entries {entered} since the start"),
    Variable("report_truth", "truth", "", ("report", "member"), "what the report speaks of"),
    Variable("report_figure", "figures", "", ("report", "member"), "what would be reported"),
    *(Variable(f"parameter_{p.name}", "parameters", p.name, ("member",), p.meaning, p.unit) for p in PARAMETERS),
)  # fmt: skip
