"""Where a finding goes in a scenario: the place, area or country that its spot means, and how that was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tiau.building.matching import Atlas, Match
from tiau.readers.exports.findings import Spot
from tiau.scenario.countries import country
from tiau.scenario.geography import great_circle_km
from tiau.scenario.model import Scenario
from tiau.scenario.names import Gazetteer, key_of
from tiau.scenario.rows import Place

FIGURE_KM, EVENT_KM = 15.0, 30.0
"""How far from a place a figure or an event may be said to be and still be of it."""
NOT_OURS = "is no country of this scenario"
"""Why a figure is not scored, until its country is one of the scenario."""
AT_HOME = ("idp_present", "displaced_in_period")


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """Where a figure is of: a name in the scenario, how it was found, and why it is not to be scored, if so."""

    name: str
    how: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where an event is: names, how they were found, and at which of how many places it may have been."""

    names: tuple[str, ...]
    how: str
    among: int = 1
    reason: str = ""


@dataclass
class Where:
    """The places and areas of a scenario, as findings are matched to them.

    Attributes
    ----------
    places : sequence of Place
    names : Gazetteer
    atlas : Atlas
    nations : tuple of str
        Countries of the scenario, at home and abroad.
    homes : tuple of str
        Those at home, which people leave.
    inexact : dict of str to Match
        Matches that are not exact, by what was matched: they are listed with their alternatives.
    """

    places: Sequence[Place]
    names: Gazetteer
    atlas: Atlas
    nations: tuple[str, ...]
    homes: tuple[str, ...]
    inexact: dict[str, Match] = field(default_factory=dict)
    _events: dict[tuple[Spot, float | None], EventPlace] = field(default_factory=dict)
    _figures: dict[Spot, FigurePlace] = field(default_factory=dict)

    @classmethod
    def of(cls, scenario: Scenario, home: Sequence[str], abroad: Sequence[str], atlas: Atlas) -> Where:
        """Return it for the places and areas of a scenario."""
        return cls(scenario.places, scenario.names, atlas, (*home, *abroad), tuple(home))

    def of_figure(self, spot: Spot) -> FigurePlace:
        """Return where a figure is of; without a name where that is not known."""
        if spot not in self._figures:
            self._figures[spot] = self._figure(spot)
        return self._figures[spot]

    def _figure(self, spot: Spot) -> FigurePlace:
        if spot.tier == "country":
            return self._country(spot)
        if (nation := self._nation(spot)) and nation not in self.nations:
            return FigurePlace("", f"in {nation}, which is no country of this scenario")
        match = self._match(spot, FIGURE_KM)
        return FigurePlace(match.name, match.how)

    def _country(self, spot: Spot) -> FigurePlace:
        named = country(spot.code) or country(spot.name)
        name = named.name if named else spot.name or spot.code
        if name in self.nations:
            return FigurePlace(name, "by country")
        # It can be told which country is meant, so that the figure is kept; but the model has nobody there.
        return FigurePlace(name, "by country", f"{name} {NOT_OURS}")

    def of_origin(self, spot: Spot) -> FigurePlace:
        """Return where the people of a figure come from."""
        if spot.tier == "country" and not (country(spot.code) or country(spot.name)):
            # A column of origins can hold towns as well: what is no country is a place of its name, if there is one.
            match = self.atlas.match(replace(spot, tier=""), within_km=FIGURE_KM)
            if match.name and match.exact:
                return FigurePlace(match.name, match.how)
        found = self.of_figure(spot)
        return found if found.name else FigurePlace(spot.name or spot.code, found.how, f"origin: {found.how}")

    def moves_nobody(self, quantity: str, place: str, origin: str) -> str:
        """Say why a figure is of people whom the model does not move, who leave no home; blank if it is not."""
        if quantity in AT_HOME and self._abroad(place):
            return f"nobody of this scenario is displaced inside {place}"
        return f"nobody of this scenario comes from {origin}" if self._abroad(origin) else ""

    def _abroad(self, name: str) -> bool:
        where = {self.places[at].country for at in self.names.members(name)} or {name}
        return bool(self.homes) and where <= set(self.nations) - set(self.homes)

    def of_event(self, spot: Spot, precision_km: float | None) -> EventPlace:
        """Return where an event is: places where people live or stay, or the area in which it was."""
        key = spot, precision_km
        if key not in self._events:
            self._events[key] = self._event(spot, precision_km)
        return self._events[key]

    def _event(self, spot: Spot, precision_km: float | None) -> EventPlace:
        if (nation := self._nation(spot)) and nation not in self.nations:
            return EventPlace((), f"in {nation}, which is no country of this scenario")
        if spot.tier == "country":
            found = self._country(spot)
            inside = self._peopled(self.names.members(found.name))
            return EventPlace((found.name,), found.how, max(len(inside), 1), "known for the country alone")
        match = self._match(spot, EVENT_KM)
        if not (name := match.name):
            return EventPlace((), match.how)
        members = self.names.members(name)
        if spot.tier in ("admin1", "admin2", "admin3") or (match.known and not match.known.is_place):
            among = max(len(self._peopled(members)), 1)
            return EventPlace((name,), match.how, among, f"known for {name} alone")
        if len(members) == 1 and not self._peopled(members):
            return self._of_its_area(self.places[members[0]], match)
        near = self._around(spot, precision_km) if precision_km else []
        names = tuple(dict.fromkeys([name, *near]))
        reason = f"somewhere within {precision_km:g} km" if len(names) > 1 else ""
        return EventPlace(names, match.how, len(names), reason)

    def _of_its_area(self, place: Place, match: Match) -> EventPlace:
        """Return the area of a place where nobody lives, and where those live whom an event there drives out."""
        for area in filter(None, (place.admin2, place.admin1)):
            if key_of(area) in self.names.area_names and (peopled := self._peopled(self.names.members(area))):
                alone = f"nobody lives in {place.place} itself"
                return EventPlace((area,), f"{match.how}; {alone}, set on {area}", len(peopled), alone)
        return EventPlace((place.place,), match.how)

    def _around(self, spot: Spot, within_km: float) -> list[str]:
        if spot.lat is None or spot.lon is None:
            return []
        return [
            place.place for place in self.places
            if place.kind == "origin" and great_circle_km(spot.lat, spot.lon, place.lat, place.lon) <= within_km
        ]  # fmt: skip

    def _peopled(self, members: Sequence[int]) -> list[int]:
        """Return the places where people live, or where displaced people stay."""
        return [position for position in members if self.places[position].kind in ("origin", "camp", "reception")]

    def _nation(self, spot: Spot) -> str:
        named = country(spot.country) if spot.country else None
        return named.name if named else ""

    def _match(self, spot: Spot, within_km: float) -> Match:
        match = self.atlas.match(spot, within_km=within_km)
        if match.name and not match.exact:
            self.inexact.setdefault(spot.name or f"{spot.lat}, {spot.lon}", match)
        return match

    def spot_of(self, cell: str) -> Spot | None:
        """Return the spot of the first place that a cell names; None where it names none."""
        members = self.names.members(cell.partition(";")[0].strip())
        if len(members) != 1:
            return None
        place = self.places[members[0]]
        return Spot("place", place.place, country=place.country, lat=place.lat, lon=place.lon)
