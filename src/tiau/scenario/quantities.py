"""What figures of reports are of: a row here is all that a quantity needs to be read, placed, compared and told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

QuantityName = Literal[
    "present", "arrived_cumulative", "crossed_in_period", "returned_cumulative", "turned_back", "idp_present",
    "registered", "displaced_in_period",
]  # fmt: skip
QuantityClass = Literal["present", "arrivals", "flow", "inside", "returns"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of reports.

    Attributes
    ----------
    name : str
    over_time : {"stock", "cumulative", "flow"}
        Over the days of a report a stock is their mean, a cumulative count is that of the last day, a flow the sum.
    counted_as : {"present", "arrivals", "flow", "inside", "returns"}
        Figures of one class err alike. Those of people displaced inside are `inside`, be they a stock or a flow: both
        are counted in the country that people flee, township by township, and not where they ask for refuge.
    done : str
        What people are or have done, in a sentence: "about 100 registered".
    at_places : str
        The array of a member's state (`engine.cohorts.People`, or `present`) that is summed over the places of a
        report; blank if none.
    over_routes : str
        The one that is summed over the border routes into these places, where there are any.
    at_homes : str
        The one that is summed over the homes at these places, whoever lives there.
    family : str
        Quantities of one family are set beside each other as pictures of one thing; by default each is its own.
    """

    name: QuantityName
    over_time: Literal["stock", "cumulative", "flow"]
    counted_as: QuantityClass
    done: str
    at_places: str = ""
    over_routes: str = ""
    at_homes: str = ""
    family: str = ""

    @property
    def modelled(self) -> bool:
        """Whether members show it."""
        return bool(self.at_places or self.over_routes or self.at_homes)


QUANTITIES = {
    quantity.name: quantity
    for quantity in (
        Quantity("present", "stock", "present", "present", "present", family="displaced people"),
        Quantity("idp_present", "stock", "inside", "displaced", "present"),
        Quantity("registered", "stock", "present", "registered", "registered"),
        Quantity("arrived_cumulative", "cumulative", "arrivals", "arrived", "arrived", "flow",
                 family="displaced people"),
        Quantity("returned_cumulative", "cumulative", "returns", "returned", "returned"),
        Quantity("crossed_in_period", "flow", "flow", "entered", "arrived", "flow"),
        Quantity("displaced_in_period", "flow", "inside", "newly displaced", at_homes="departed"),
        Quantity("turned_back", "flow", "flow", "turned back", over_routes="turned_back"),
    )
}  # fmt: skip
STOCKS, CUMULATIVE, FLOWS = (
    tuple(name for name, quantity in QUANTITIES.items() if quantity.over_time == kind)
    for kind in ("stock", "cumulative", "flow")
)
