"""Of which class a figure is: figures of one class err alike, and are scored together."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tiau.scenario.model import Scenario
from tiau.scenario.names import Gazetteer, key_of
from tiau.scenario.quantities import QUANTITIES, QuantityClass
from tiau.scenario.rows import Report
from tiau.scenario.source_kinds import kind_of
from tiau.scenario.vocabulary import SourceKind

PlaceLevel = Literal["state", "district", "village"]


class FigureClass(NamedTuple):
    """The class of a figure.

    Attributes
    ----------
    source : {"register", "agency", "media", "other"}
        Of which kind the source is.
    level : {"state", "district", "village"}
        How wide the place is: a country, an admin1 or whatever reaches over several districts; a district (admin2) or
        several places of one; one place.
    quantity : {"present", "arrivals", "flow", "inside", "returns"}
        What is counted.
    """

    source: SourceKind
    level: PlaceLevel
    quantity: QuantityClass

    @property
    def name(self) -> str:
        """The class in a table: "register district present"."""
        return " ".join(self)


def is_register(kind: FigureClass) -> bool:
    """Whether figures of a class are read off a list of who is there."""
    return kind.source == "register" and kind.quantity == "present"


def class_of(scenario: Scenario, report: Report) -> FigureClass:
    """Return the class of a report's figure; a place that the scenario does not know counts as one place."""
    quantity = QUANTITIES[report.quantity].counted_as
    level = _level(scenario.names, report.place)
    # Homes stand for the township around them, so that who is displaced there is told by townships.
    if quantity == "inside" and level == "village":
        level = "district"
    return FigureClass(kind_of(report), level, quantity)


def _level(names: Gazetteer, name: str) -> PlaceLevel:
    if key_of(name) in names.place_index:
        return "village"
    proper, places = names.proper(name), [names.places[position] for position in names.members(name)]
    if any(proper in (place.country, place.admin1) for place in places):
        return "state"
    # A district is one however few of its places the scenario has; places that tell none are each for themselves.
    districts = {(place.country, place.admin1, place.admin2 or place.place) for place in places}
    if len(districts) > 1:
        return "state"
    return "district" if len(places) > 1 or any(proper == place.admin2 for place in places) else "village"
