"""What Flee makes of the words in `location_type` and of the settings: which locations are camps from the start."""

from __future__ import annotations

from dataclasses import replace

from tiau.flee.case.model import FleeCase, Location
from tiau.flee.case.settings import FleeSettings

KINDS = ("camp", "conflict", "forward", "marker", "flood_zone", "default", "town")
CAMPS = ("camp", "idpcamp")
LEAST_MOVECHANCE = 0.005


def kind_in(text: str) -> str:
    """Return the kind that a text names: one of `KINDS`, "idpcamp", or "" for a word that Flee does not know.

    Words are found anywhere in the text, the first of this order counts; the default is a town.
    """
    word = text.lower()
    for kind in KINDS:
        if kind in word:
            return "idpcamp" if kind == "camp" and "idp" in word else "town" if kind == "default" else kind
    return ""


def kind_of(location: Location) -> str:
    """Return the kind of a location on the first day: a zone whose conflict comes later begins as a town."""
    kind = kind_in(location.kind)
    return "town" if kind == "conflict" and location.conflict_date > 0 else kind


def is_camp(location: Location) -> bool:
    """Whether a location is a camp by its kind, so that column 8 is its capacity."""
    return kind_of(location) in CAMPS


def made_camp(location: Location, settings: FleeSettings) -> bool:
    """Whether Flee takes a location for a camp because its kind has a chance to move below 0.005."""
    chances = {"conflict": settings.conflict_movechance, "town": settings.default_movechance}
    return chances.get(kind_of(location), 1.0) < LEAST_MOVECHANCE


def reported(case: FleeCase) -> tuple[Location, ...]:
    """Return the camps of the first day, of which Flee reports, in file order."""
    return tuple(
        location for location in case.locations
        if is_camp(location) or made_camp(location, case.settings)
    )  # fmt: skip


def without_capacities(case: FleeCase) -> FleeCase:
    """Return a case whose camps take everybody."""
    places = tuple(replace(place, people=0) if is_camp(place) else place for place in case.locations)
    return replace(case, locations=places)
