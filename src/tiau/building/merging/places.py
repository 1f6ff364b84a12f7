"""Areas and towns into places.csv and areas.csv: homes with their people, and where people may stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tiau.building.known_places import Known
from tiau.building.likeness import Likeness
from tiau.building.merging.pool import Area, Pool, Town
from tiau.building.merging.tables import EditedTable, clean
from tiau.building.outcomes import Outcome
from tiau.readers.exports.findings import FoundArea, FoundPlace, FoundPopulation
from tiau.scenario.names import key_of
from tiau.scenario.rows import Area as AreaRow
from tiau.scenario.rows import Place

SEAT_KM = 40.0
"""A town no further from the middle of an area can stand for it where no export says in which area it lies."""
SMALLEST_TOWN = 5_000
"""A town of fewer people becomes a place only if an export names it."""
ABROAD_KM = 300.0
"""Places abroad further from all homes are left out, unless an export names them."""
LEAST_LEFT = 0.1
"""Share of an area's people who stay with its seat when towns of their own are taken out of it."""


@dataclass
class Places:
    """What becomes a place, and what is to be said of it.

    Attributes
    ----------
    table, areas : EditedTable
        Those of places and of areas.
    home, abroad : tuple of str
        Names of countries.
    level : str
        The tier whose areas are homes: "admin1" or "admin2".
    said : list of str
        Estimates, choices between figures, and what is missing.
    """

    table: EditedTable[Place]
    areas: EditedTable[AreaRow]
    home: tuple[str, ...]
    abroad: tuple[str, ...]
    level: str = "admin2"
    said: list[str] = field(default_factory=list)
    _called: dict[int, str] = field(default_factory=dict)
    _placed: dict[int, Outcome] = field(default_factory=dict)
    _peopled: dict[int, tuple[str, float]] = field(default_factory=dict)
    _kept: dict[str, str] = field(default_factory=dict)
    _areas: dict[str, str] = field(default_factory=dict)

    def outcome(self, pool: Pool, found: FoundPlace | FoundArea | FoundPopulation) -> Outcome:
        """Return what became of a finding."""
        meant = pool.meant.get(id(found))
        if found.spot.tier == "country":
            return Outcome("left out", why="the country itself, which is an area of its places already")
        if meant is None:
            nation = found.spot.country or found.spot.name
            return Outcome("left out", why=f"in {nation}, which is no country of this scenario, or without coordinates")
        if isinstance(meant, Town):
            reason = "no place is needed there: nothing names it, and it is far, small or closed"
            return self._placed.get(id(meant), Outcome("left out", why=reason))
        if not isinstance(found, FoundPopulation):
            name = self._called[id(meant)]
            if name not in self._areas:
                return Outcome("left out", why=f"{name} has no code and no other name that areas.csv could hold")
            return Outcome(self._areas[name], "areas.csv", name)
        place, people = self._peopled.get(id(meant), ("", 0.0))
        if not place:
            reason = "no place stands for the area" if meant.tier == self.level else f"homes are areas of {self.level}"
            return Outcome("left out", "areas.csv", self._called[id(meant)], reason)
        if why := self._kept.get(place):
            return Outcome("left out", "places.csv", place, why)
        same = people == found.people
        return Outcome(
            "given a population" if same else "left out", "places.csv", place, "" if same else "another figure is taken"
        )

    def merge(self, pool: Pool) -> None:
        """Put what a pool knows into the tables."""
        chosen = list(self._chosen(pool))
        taken_by = Counter([key_of(place) for place in self.table.rows] + [key_of(town.name) for town, *_ in chosen])
        names = {id(town): town.place or _free_name(town, taken_by) for town, *_ in chosen}
        taken = {key_of(name) for name in names.values()}
        taken |= {key_of(alias) for town, *_ in chosen for alias in town.aliases}
        for area in pool.areas:
            # A name of a place and of its district means the place: the district needs one of its own.
            told_apart = f"{area.name} (admin {area.tier[-1]})" if key_of(area.name) in taken else area.name
            self._called[id(area)] = area.called or clean(told_apart)
        for town, kind, lies_in, people in chosen:
            self._put(pool, town, names[id(town)], kind, lies_in, people)
        for area in pool.areas:
            self._put_area(area)

    def _chosen(self, pool: Pool) -> Iterator[tuple[Town, str, Area | None, float | None]]:
        """Yield each town that becomes a place: its kind, its area and its people."""
        seats = list(self._seats(pool, self.home))
        taken = {id(town) for _, town in seats}
        own = [town for town in pool.towns if town.country in self.home and id(town) not in taken and _lives(town)]
        taken |= {id(town) for town in own}
        people = self._shared(seats, own)
        for area, town in seats:
            yield town, "origin", area, people.get(id(town))
        for town in own:
            yield town, "origin", self._area_of(pool, town), town.population
        homes = [town for _, town in seats] + own
        for area, town in self._seats(pool, self.abroad):
            if town.mentions or _near(town, homes):
                taken.add(id(town))
                yield town, "reception", area, self._people(area)
        for town in self._others(pool, homes, taken):
            kind = "camp" if town.kind == "camp" else "reception" if town.country in self.abroad else "town"
            yield town, kind, self._area_of(pool, town), None

    def _seats(self, pool: Pool, nations: Sequence[str]) -> Iterator[tuple[Area, Town]]:
        """Yield the town that stands for each area of the level in some countries."""
        taken: set[int] = set()
        missing = []
        areas = [area for area in pool.areas if area.tier == self.level and area.country in nations]
        for area in sorted(areas, key=lambda area: -len(list(_named_like(pool, area)))):
            town = self._seat(pool, area, taken)
            if town is None:
                missing.append(area.name)
                continue
            taken.add(id(town))
            yield area, town
        if missing and nations == self.home:
            named = ", ".join(missing[:8]) + (f" and {len(missing) - 8} more" if len(missing) > 8 else "")
            self.said.append(
                f"{named}: no coordinates in any file, so that they are no places; import a gazetteer (GeoNames), "
                "areas with their middles, or sites, together with these files"
            )

    def _seat(self, pool: Pool, area: Area, taken: set[int]) -> Town | None:
        free = [
            town
            for town in pool.towns
            if town.country == area.country and id(town) not in taken and town.kind != "camp"
        ]
        named = {id(town) for town in _named_like(pool, area)}
        inside = [town for town in free if _usual(town, area.tier) == area.name]
        here = [town for town in inside if id(town) in named] or [
            town for town in free if id(town) in named and _usual(town, area.tier) in ("", area.name)
        ]
        if not (here or inside) and (like := self._alike(free, area)):
            return like
        if here or inside:
            return max(here or inside, key=lambda town: (town.population or 0, town.mentions))
        if area.lat is None or area.lon is None:
            return None
        lat, lon = area.lat, area.lon
        near = [town for town in free if not _usual(town, area.tier) and town.km_to(lat, lon) <= SEAT_KM]
        if near:
            chosen = min(near, key=lambda town: town.km_to(lat, lon))
            self.said.append(
                f"{area.name}: {chosen.name} stands for it, {chosen.km_to(lat, lon):.0f} km from its middle (estimated)"
            )
            return chosen
        if area.country not in self.home:
            return None
        town = Town(area.country, area.name, lat, lon, source=f"middle of {area.name}")
        town.areas[area.tier, area.name] = 1
        self.said.append(f"{area.name}: its middle stands for it, no town is known there (estimated)")
        return town

    def _alike(self, free: Sequence[Town], area: Area) -> Town | None:
        """Return the town whose name is clearly most like that of an area, which is said."""
        towns = [town for town in free if _usual(town, area.tier) in ("", area.name)]
        known = [Known("place", town.name, tuple(town.aliases)) for town in towns]
        likeness = Likeness(known, [town.country for town in towns])
        best = likeness.clear(likeness.like(area.name, area.country, areas=False))
        if best is None:
            return None
        town = towns[best[1]]
        self.said.append(f"{area.name}: {town.name} stands for it by the likeness of their names (estimated)")
        return town

    def _shared(self, seats: Sequence[tuple[Area, Town]], own: Iterable[Town]) -> dict[int, float]:
        """Return the people of each seat: those of its area less those of its other towns."""
        people: dict[int, float] = {}
        for area, town in seats:
            if figure := self._people(area):
                people[id(town)] = figure
            elif town.population:
                people[id(town)] = town.population
                if town.place:
                    continue
                self.said.append(f"{area.name}: no population in any file but that of {town.name}, which stands for it")
        by_area = {(area.country, area.name): (area, town) for area, town in seats}
        whole = dict(people)
        for town in own:
            if not (name := _usual(town, self.level)) and not town.place and (near := self._nearest_seat(town, seats)):
                name = near[0].name
                town.areas[self.level, name] = 1
                self.said.append(f"{town.name}: taken to lie in {name}, the area of the nearest seat (estimated)")
            if (held := by_area.get((town.country, name))) and id(held[1]) in people and held[0].people:
                seat = id(held[1])
                people[seat] = max(people[seat] - (town.population or 0), LEAST_LEFT * whole[seat])
        return {key: float(round(number)) for key, number in people.items()}

    def _nearest_seat(self, town: Town, seats: Sequence[tuple[Area, Town]]) -> tuple[Area, Town] | None:
        near = [(area, seat) for area, seat in seats if area.country == town.country]
        found = min(near, key=lambda pair: pair[1].km_to(town.lat, town.lon), default=None)
        return found if found and found[1].km_to(town.lat, town.lon) <= SEAT_KM else None

    def _people(self, area: Area) -> float | None:
        """Return the population of an area: the figure of the latest year, of one year the first."""
        if not area.people:
            return None
        chosen = max(area.people, key=lambda figure: figure[2] or 0)
        others = dict.fromkeys((people, source) for people, source, _ in area.people if people != chosen[0])
        if others:
            told = "; ".join(f"{people:,.0f} ({source})" for people, source in others)
            self.said.append(f"{area.name}: population {chosen[0]:,.0f} ({chosen[1]}) is taken, not {told}")
        return chosen[0]

    def _others(self, pool: Pool, homes: Sequence[Town], taken: set[int]) -> Iterator[Town]:
        """Yield the places that are no homes: camps, and abroad towns that are named, seats or large."""
        far = 0
        for town in pool.towns:
            if id(town) in taken or town.closed:
                continue
            if town.place:
                yield town
                continue
            at_home = town.country in self.home
            wanted = (
                town.kind == "camp" or town.counted
                or (not at_home and (town.mentions or town.seat or (town.population or 0) >= SMALLEST_TOWN))
            )  # fmt: skip
            near = bool(wanted) and (bool(town.mentions) or _near(town, homes))
            if near:
                if not _near(town, homes):
                    where = f"{town.lat:.2f}, {town.lon:.2f}"
                    self.said.append(f"{town.name}: lies at {where}, further than {ABROAD_KM:g} km from all homes")
                yield town
            far += bool(wanted) and not near
        if far:
            self.said.append(f"{far:,} places abroad lie further than {ABROAD_KM:g} km from all homes and are left out")

    def _area_of(self, pool: Pool, town: Town) -> Area | None:
        """Return the area of the level in which a town lies, which is estimated abroad where no export says it."""
        if name := _usual(town, self.level):
            return pool.area(town.country, self.level, name)
        near = [
            area for area in pool.areas
            if area.tier == self.level and area.country == town.country
            and area.lat is not None and area.lon is not None and town.km_to(area.lat, area.lon) <= 2 * SEAT_KM
        ]  # fmt: skip
        return min(near, key=lambda area: town.km_to(area.lat or 0.0, area.lon or 0.0), default=None)

    def _put(self, pool: Pool, town: Town, key: str, kind: str, area: Area | None, people: float | None) -> None:
        above = pool.area(town.country, "admin1", (area.admin1 if area else "") or _usual(town, "admin1"))
        row: dict[str, object] = {
            "place": key, "country": town.country, "lat": round(town.lat, 5), "lon": round(town.lon, 5), "kind": kind,
            "admin1": self._called[id(above)] if above else "",
            "admin2": self._called[id(area)] if area and area.tier == "admin2" else "",
            "population": people, "source": clean(town.source or "seen in exports"),
            "estimated": area is not None and _usual(town, area.tier) != area.name,
        }  # fmt: skip
        aliases = dict.fromkeys(name for name in map(clean, town.aliases) if key_of(name) != key_of(key))
        if key in self.table:
            # Whoever edited a place knows better than an export: what is blank alone is filled, and aliases are added.
            self._tell_kept(key, people)
            row = {name: value for name, value in row.items() if not self.table.cell(key, name)}
            aliases = dict.fromkeys([*filter(None, self.table.cell(key, "aliases").split("; ")), *aliases])
        if area is not None and people is not None and kind != "camp":
            self._peopled.setdefault(id(area), (key, self._people(area) or people))
        what = self.table.put(key, row | {"aliases": tuple(aliases)})
        self._placed[id(town)] = Outcome(what, "places.csv", key)

    def _tell_kept(self, key: str, people: float | None) -> None:
        """Tell of a population that files give otherwise than the table, which keeps its own."""
        kept = self.table.cell(key, "population")
        if people and kept and self.table.cell(key, "kind") == "origin" and float(kept) != people:
            self._kept[key] = f"{key} keeps its population, {float(kept):,.0f}; by these files it is {people:,.0f}"
            self.said.append(self._kept[key])

    def _put_area(self, area: Area) -> None:
        key = self._called[id(area)]
        aliases = [name for name in map(clean, (area.name, *area.aliases)) if key_of(name) != key_of(key)]
        # Without a code or another name there is nothing to say of it that places.csv does not say.
        if key in self.areas or area.code or aliases:
            kept = [name for name in self.areas.cell(key, "aliases").split("; ") if name]
            row = {"area": key, "aliases": tuple(dict.fromkeys([*kept, *aliases])), "code": area.code}
            self._areas[key] = self.areas.put(key, row | {"x_tier": area.tier, "x_country": area.country})


def _free_name(town: Town, taken: Counter[str]) -> str:
    """Return a name for a new place that no other has: its own, or with its area or country behind it."""
    name = clean(town.name)
    if taken[key_of(name)] < 2:
        return name
    behind = (_usual(town, "admin2"), _usual(town, "admin1"), town.country, f"{town.lat:.2f} {town.lon:.2f}")
    for full in (f"{name} ({word})" for word in behind if word and not word.startswith(name)):
        if not taken[key_of(full)]:
            taken[key_of(full)] += 1
            return full
    return f"{name} ({town.lat:.5f} {town.lon:.5f})"


def _near(town: Town, homes: Sequence[Town]) -> bool:
    return not homes or min(home.km_to(town.lat, town.lon) for home in homes) <= ABROAD_KM


def _named_like(pool: Pool, area: Area) -> Iterator[Town]:
    for name in (area.name, *area.aliases):
        yield from pool.towns_named(area.country, name)


def _usual(town: Town, tier: str) -> str:
    """Return the area of a tier in which most exports put a town; blank where none says it."""
    votes = [(times, name) for (of, name), times in town.areas.items() if of == tier]
    return max(votes)[1] if votes else ""


def _lives(town: Town) -> bool:
    population = town.population or 0
    return town.kind != "camp" and (population >= SMALLEST_TOWN or (population > 0 and town.mentions > 0))
