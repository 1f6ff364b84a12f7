"""Countries and their first level of administration as shapes on the map."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from tiau.borders.topology import Polygon, topology


@dataclass(frozen=True, slots=True, eq=False)
class CountryShape:
    """A country or territory on the map.

    Attributes
    ----------
    iso3 : str
        Its code of ISO 3166-1; "XKX" for Kosovo.
    name : str
    polygons : tuple
        The largest first; each an outer ring, clockwise, and the holes in it. A ring is an array of longitude and
        latitude in degrees, shape (points, 2), its last point the first.
    """

    iso3: str
    name: str
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True, eq=False)
class RegionShape:
    """A region of the first level of administration on the map.

    Attributes
    ----------
    iso3 : str
        The country that it is drawn with.
    code : str
        Its code of ISO 3166-2 ("IN-MZ"); blank where there is none.
    name, local : str
        Its name in English, and in the country's own Latin spelling if it is known.
    also : tuple of str
        Countries whose places may lie there as well: those that claim it, and the one that it depends on.
    polygons : tuple
        As those of a country, whose lines they share.
    """

    iso3: str
    code: str
    name: str
    local: str
    also: tuple[str, ...]
    polygons: tuple[Polygon, ...]


@cache
def countries() -> tuple[CountryShape, ...]:
    """Return every country that has a shape, in the order of their codes."""
    known = topology()
    return tuple(
        CountryShape(one["id"], one["properties"]["name"], known.polygons(one)) for one in known.countries
    )  # fmt: skip


@cache
def admin1(iso3: str) -> tuple[RegionShape, ...]:
    """Return the regions of a country, in the order of their codes; none where no shape is known."""
    return tuple(_region(one) for one in topology().regions if one["properties"]["country"] == iso3)


@cache
def claimed(iso3: str) -> tuple[RegionShape, ...]:
    """Return the regions drawn with another country that places of this one may lie in as well."""
    return tuple(_region(one) for one in topology().regions if iso3 in one["properties"].get("also", ()))


def _region(geometry: dict[str, Any]) -> RegionShape:
    told = geometry["properties"]
    code, local, also = told.get("code", ""), told.get("local", ""), tuple(told.get("also", ()))
    return RegionShape(told["country"], code, told["name"], local, also, topology().polygons(geometry))
